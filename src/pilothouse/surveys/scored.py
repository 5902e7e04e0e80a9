"""What surveys say about items of the product, and whether that is kept up to date."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from pilothouse.people.access import ScopedQuerySet


class Priority(models.Model):
    """A survey whose answers rank items. `options` says how they are read; while `live`, each new answer is taken in.

    `due` is set by an answer and taken back by the task that takes it in, so that a hundred answers at once start one
    task. `n` counts the answers taken in.
    """

    product_path = "survey__item__product_id"

    survey = models.OneToOneField("surveys.Survey", models.CASCADE, related_name="priority")
    options = models.JSONField(default=dict)
    live = models.BooleanField(default=True)
    due = models.BooleanField(default=False)
    n = models.PositiveIntegerField(default=0)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField(auto_now_add=True)
    scored_at = models.DateTimeField(null=True)

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"priority by {self.survey_id}"


class Score(models.Model):
    """What one survey says about one item now. `values` are those of the item's fields, `place` its place among the
    survey's items; of several surveys that `leads` which was used last, and only it writes the fields."""

    product_path = "survey__item__product_id"

    survey = models.ForeignKey("surveys.Survey", models.CASCADE, related_name="scores")
    item = models.ForeignKey("workbench.Item", models.CASCADE, related_name="survey_scores")
    values = models.JSONField(default=dict)
    detail = models.JSONField(default=dict)
    place = models.PositiveIntegerField()
    n = models.PositiveIntegerField()
    leads = models.BooleanField(default=True)
    at = models.DateTimeField(auto_now=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["survey", "item"], name="one_score_a_survey_and_item")]
        indexes = [models.Index(fields=["item", "leads"], name="score_item")]

    def __str__(self) -> str:
        return f"{self.item_id} by {self.survey_id}"
