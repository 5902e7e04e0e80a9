"""How far somebody has come with an exercise."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from pilothouse.people.access import ScopedQuerySet
from pilothouse.people.models import Product


class Attempt(models.Model):
    """One person's work at one exercise: what they answered last, what was right and missed in it, when it was all
    right for the first time, and when they had the key shown. It goes with its product when that starts over."""

    product_path = "product_id"

    product = models.ForeignKey(Product, models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    exercise = models.CharField(max_length=40)
    answers = models.JSONField(default=dict)
    right = models.JSONField(default=list)
    missed = models.JSONField(default=list)
    passed_at = models.DateTimeField(null=True)
    shown_at = models.DateTimeField(null=True)
    at = models.DateTimeField(auto_now=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["product", "user", "exercise"], name="one_attempt_an_exercise")]

    def __str__(self) -> str:
        return self.exercise
