"""What has to be true before a release goes out, and who was told that it did."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from pilothouse.people.access import ScopedQuerySet
from pilothouse.workbench.models import Item


class Gate(models.Model):
    """Something to be checked before the release, by whom; `done_at` once it was."""

    product_path = "release__product_id"

    release = models.ForeignKey(Item, models.CASCADE, related_name="gates")
    name = models.CharField(max_length=300)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class Told(models.Model):
    """Somebody who asked was told that a release answers them."""

    product_path = "release__product_id"

    release = models.ForeignKey(Item, models.CASCADE, related_name="told")
    asked = models.ForeignKey(Item, models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["release", "asked"], name="told_once_a_release")]

    def __str__(self) -> str:
        return f"{self.asked_id} about {self.release_id}"
