"""What became of it: readings of metrics, and what was predicted when a release was approved."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pilothouse.people.access import ScopedQuerySet
from pilothouse.workbench.models import Item


class Reading(models.Model):
    """One number of a metric on one day; `low` and `high` are its interval, `n` the people or events behind it."""

    product_path = "metric__product_id"

    metric = models.ForeignKey(Item, models.CASCADE, related_name="readings")
    on = models.DateField(_("Date"))
    value = models.FloatField(_("Value"))
    low = models.FloatField(pgettext_lazy("interval", "From"), null=True, blank=True)
    high = models.FloatField(pgettext_lazy("interval", "To"), null=True, blank=True)
    n = models.PositiveBigIntegerField(_("n"), null=True, blank=True)
    source = models.CharField(_("Source"), max_length=200, blank=True)
    note = models.CharField(_("Note"), max_length=500, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["metric", "on", "id"], name="reading_metric")]

    def __str__(self) -> str:
        return f"{self.value:g} on {self.on}"


class Prediction(models.Model):
    """What a release should do to a metric; frozen once the release was approved, `late` when made after that."""

    product_path = "release__product_id"

    release = models.ForeignKey(Item, models.CASCADE, related_name="predictions")
    metric = models.ForeignKey(Item, models.CASCADE, related_name="predicted_by")
    baseline = models.FloatField(_("Now"))
    expected = models.FloatField(_("Expected"))
    probability = models.FloatField(_("How sure"))
    review_on = models.DateField(_("Review on"))
    note = models.CharField(_("Why"), max_length=1_000, blank=True)
    late = models.BooleanField(default=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["release", "id"], name="prediction_release")]
        constraints = [
            models.CheckConstraint(condition=~models.Q(baseline=models.F("expected")), name="predicts_a_change")
        ]

    def __str__(self) -> str:
        return f"{self.baseline:g} to {self.expected:g}"
