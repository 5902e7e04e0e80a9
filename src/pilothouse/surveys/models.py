"""Surveys, their published versions, invitations, and what people answered.

A survey shows itself as an item of kind "survey"; its tables hold what needs sums over many rows and what outsiders
write. A response belongs to the version it saw.
"""

from __future__ import annotations

import secrets
import uuid
from functools import cached_property

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from pilothouse.people.access import ScopedQuerySet
from pilothouse.surveys.collection import Collection
from pilothouse.surveys.definition import Questionnaire
from pilothouse.surveys.scored import Priority, Score  # noqa: F401  with the models of this app
from pilothouse.workbench.models import Item


def public_code() -> str:
    """Ten letters that cannot be guessed and are easily typed."""
    return "".join(secrets.choice("abcdefghjkmnpqrstuvwxyz23456789") for _place in range(10))


def seed() -> int:
    return secrets.randbits(31)


class Survey(models.Model):
    """`draft` is being edited (`draft_version` counts its saves); people answer `live`, the newest version."""

    product_path = "item__product_id"

    item = models.OneToOneField(Item, models.CASCADE, related_name="survey")
    code = models.CharField(max_length=20, unique=True, default=public_code)
    draft = models.JSONField(default=dict)
    draft_version = models.PositiveIntegerField(default=1)
    live = models.ForeignKey("Version", models.SET_NULL, null=True, related_name="+")
    collection = models.JSONField(default=dict)
    analysis = models.JSONField(
        default=dict
    )  # how it is read: {"weighting": {"margins": {question: {option: share}}, "cap"}}
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return self.code

    @cached_property
    def questionnaire(self) -> Questionnaire:
        """The draft as it stands."""
        return Questionnaire.model_validate(self.draft)

    @cached_property
    def rules(self) -> Collection:
        return Collection.model_validate(self.collection)

    @property
    def url(self) -> str:
        """Where it is built and read."""
        return f"{self.item.url}/survey"

    @property
    def path(self) -> str:
        """Where it is answered."""
        return f"/s/{self.code}"


class Version(models.Model):
    """A questionnaire as it was published. Never changed."""

    product_path = "survey__item__product_id"

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    definition = models.JSONField()
    note = models.CharField(max_length=500, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["survey", "number"], name="one_version_a_number")]

    def __str__(self) -> str:
        return f"{self.survey_id} version {self.number}"

    @cached_property
    def questionnaire(self) -> Questionnaire:
        return Questionnaire.model_validate(self.definition)


class Invitation(models.Model):
    """A personal link, good for one response. Only a digest of its token is kept."""

    product_path = "survey__item__product_id"

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="invitations")
    token_digest = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=20, blank=True)
    hidden = models.JSONField(default=dict)
    sent_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["survey", "id"], name="invitation_survey")]

    def __str__(self) -> str:
        return self.email or self.name or str(self.pk)


class Response(models.Model):
    """What one person answered. `answers` holds {question id: value}; `off_path` what they answered and then left by
    changing an earlier answer. `seen` lists the pages they sent, in order. Finished responses count; `excluded` takes
    one out of every analysis by hand, `flags` says what looks odd without taking it out."""

    STARTED, COMPLETE, SCREENED_OUT, QUOTA_FULL = "started", "complete", "screened_out", "quota_full"
    STATUSES = [
        (STARTED, _("Started")),
        (COMPLETE, _("Complete")),
        (SCREENED_OUT, _("Screened out")),
        (QUOTA_FULL, _("Quota full")),
    ]
    LINK, INVITED, MEMBER, IMPORTED, API = "link", "invited", "member", "imported", "api"
    SOURCES = [
        (LINK, _("Open link")),
        (INVITED, _("Personal link")),
        (MEMBER, _("Member")),
        (IMPORTED, _("Imported")),
        (API, _("API")),
    ]

    product_path = "survey__item__product_id"

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="responses")
    version = models.ForeignKey(Version, models.PROTECT, related_name="responses")
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)  # in the respondent's own address
    invitation = models.OneToOneField(Invitation, models.SET_NULL, null=True, related_name="response")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    source = models.CharField(max_length=10, choices=SOURCES, default=LINK)
    external_id = models.CharField(max_length=200, null=True)
    status = models.CharField(max_length=20, choices=STATUSES, default=STARTED)
    language = models.CharField(max_length=20)
    seed = models.PositiveIntegerField(default=seed)
    hidden = models.JSONField(default=dict)
    answers = models.JSONField(default=dict)
    off_path = models.JSONField(default=dict)
    seen = models.JSONField(default=list)
    end = models.CharField(max_length=40, blank=True)
    consent_version = models.CharField(max_length=12, blank=True)
    flags = models.JSONField(default=list)
    excluded = models.BooleanField(default=False)
    weight = models.FloatField(null=True)
    save_count = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)
    seconds = models.FloatField(null=True)  # spent on pages, not between visits
    changed = models.PositiveBigIntegerField(default=0)  # order of changes within the survey: what is new since when

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "external_id"],
                condition=models.Q(external_id__isnull=False),
                name="one_external_id_a_survey",
            ),
            models.UniqueConstraint(
                fields=["survey", "member"], condition=models.Q(member__isnull=False), name="one_response_a_member"
            ),
        ]
        indexes = [
            models.Index(fields=["survey", "status", "id"], name="response_status"),
            models.Index(fields=["survey", "changed"], name="response_changed"),
        ]

    def __str__(self) -> str:
        return str(self.key)


class QuotaCount(models.Model):
    """How many complete responses fill a quota, counted in the transaction that completes one; under the empty name,
    how many came in at all."""

    product_path = "survey__item__product_id"

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="quota_counts")
    quota = models.CharField(max_length=40)
    count = models.PositiveIntegerField(default=0)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["survey", "quota"], name="one_count_a_quota")]

    def __str__(self) -> str:
        return f"{self.quota}: {self.count}"


class SpentProof(models.Model):
    """A proof of work that was handed in: each counts once."""

    digest = models.CharField(max_length=64, primary_key=True)
    until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.digest


class Visit(models.Model):
    """How often one network address began a survey on one day. The address itself is not kept, only a digest with a
    salt that changes daily; a day later it leads nowhere."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="visits")
    day = models.DateField()
    digest = models.CharField(max_length=64)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["survey", "day", "digest"], name="one_count_an_address")]

    def __str__(self) -> str:
        return f"{self.day}: {self.count}"


class Code(models.Model):
    """A name for what open answers say; the same book of codes serves interviews."""

    product_path = "product_id"

    product = models.ForeignKey("people.Product", models.CASCADE, related_name="codes")
    name = models.CharField(max_length=100)
    meaning = models.TextField(blank=True, max_length=2_000)
    parent = models.ForeignKey("self", models.SET_NULL, null=True, related_name="children")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["product", "name"], name="one_code_a_name")]

    def __str__(self) -> str:
        return self.name


class Coding(models.Model):
    """A code given to one open answer (`question` and `key` name its column)."""

    product_path = "response__survey__item__product_id"

    response = models.ForeignKey(Response, models.CASCADE, related_name="codings")
    question = models.CharField(max_length=40)
    key = models.CharField(max_length=60, blank=True)
    code = models.ForeignKey(Code, models.CASCADE, related_name="codings")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["response", "question", "key", "code"], name="one_coding_an_answer")
        ]

    def __str__(self) -> str:
        return f"{self.code_id} on {self.response_id}"
