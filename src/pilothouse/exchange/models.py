"""What was imported, from which file, by which plan, and what became of every row that did not pass."""

from __future__ import annotations

import uuid
from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from pilothouse.people.access import ScopedQuerySet
from pilothouse.people.models import Product
from pilothouse.surveys.models import Response, Survey
from pilothouse.workbench.models import Job

OUTCOMES = ("created", "updated", "unchanged", "skipped", "failed")


class Import(models.Model):
    """One file on its way into a product. `position` counts the rows that are done: it is written in the same
    transaction as their items, so that a killed import goes on exactly where it stopped. With `answers` its rows are
    responses of `survey`, which is still to be made while there is none."""

    product_path = "product_id"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    product = models.ForeignKey(Product, models.CASCADE, related_name="imports")
    kind = models.CharField(max_length=30)
    answers = models.BooleanField(default=False)
    survey = models.ForeignKey(Survey, models.CASCADE, null=True, related_name="imports")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    name = models.CharField(max_length=255)
    size = models.PositiveBigIntegerField(default=0)
    reading = models.JSONField(default=dict)
    plan = models.JSONField(default=dict)
    check_job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")
    undo_job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")
    batch = models.UUIDField(default=uuid.uuid4)
    position = models.PositiveBigIntegerField(default=0)
    created = models.PositiveBigIntegerField(default=0)
    updated = models.PositiveBigIntegerField(default=0)
    unchanged = models.PositiveBigIntegerField(default=0)
    skipped = models.PositiveBigIntegerField(default=0)
    failed = models.PositiveBigIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["product", "-created_at"], name="import_recent")]

    def __str__(self) -> str:
        return self.name

    @property
    def url(self) -> str:
        if self.survey_id:
            return f"{self.survey.url}/import/{self.pk}"  # type: ignore[union-attr]
        return f"{self.product.url}{'surveys/import' if self.answers else 'imports'}/{self.pk}"

    @property
    def folder(self) -> Path:
        return Path(settings.MEDIA_ROOT) / "imports" / self.pk.hex

    @property
    def file(self) -> Path:
        return self.folder / "upload"

    @property
    def file_kept(self) -> bool:
        return self.file.exists()

    @property
    def counts(self) -> dict[str, int]:
        return {outcome: getattr(self, outcome) for outcome in OUTCOMES}


class Problem(models.Model):
    """A row that was not taken, and why: `reasons` is a list of {column, message}. `checking` ones are of a dry run."""

    product_path = "source__product_id"

    source = models.ForeignKey(Import, models.CASCADE, related_name="problems")
    checking = models.BooleanField(default=False)
    row = models.PositiveBigIntegerField()
    outcome = models.CharField(max_length=10)
    reasons = models.JSONField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["row"]
        indexes = [models.Index(fields=["source", "checking", "row"], name="problem_rows")]

    def __str__(self) -> str:
        return f"row {self.row}"


class Taken(models.Model):
    """A response that an import made, or changed: `before` is what stood there, so that it can go back to it, and
    `changed` how the response was stamped, so that what was changed since is left alone."""

    product_path = "source__product_id"

    source = models.ForeignKey(Import, models.CASCADE, related_name="taken")
    response = models.ForeignKey(Response, models.CASCADE, related_name="+")
    before = models.JSONField(null=True)
    changed = models.PositiveBigIntegerField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["source", "response"], name="one_taking_a_response")]

    def __str__(self) -> str:
        return f"response {self.response_id}"


class Template(models.Model):
    """A plan with a name, proposed for files that have the same columns."""

    product_path = "product_id"

    product = models.ForeignKey(Product, models.CASCADE, related_name="import_templates")
    kind = models.CharField(max_length=30)
    name = models.CharField(_("Name"), max_length=100)
    plan = models.JSONField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["product", "kind", "name"], name="one_import_template")]

    def __str__(self) -> str:
        return self.name
