"""What a person does not want to be told for a while."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from pilothouse.people.access import ScopedQuerySet
from pilothouse.people.models import Product


class Dismissal(models.Model):
    """One person put one rule aside for a product, `until` a day, or for good where there is none. `bad` is how bad
    things were then: clearly worse, it speaks again."""

    product_path = "product_id"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    product = models.ForeignKey(Product, models.CASCADE, related_name="+")
    rule = models.CharField(max_length=60)
    bad = models.FloatField(default=1)
    until = models.DateTimeField(null=True)
    at = models.DateTimeField(auto_now=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "product", "rule"], name="one_dismissal_a_rule")]

    def __str__(self) -> str:
        return self.rule
