"""What the API remembers of a create, so that a retry makes nothing twice."""

from __future__ import annotations

from django.db import models

from pilothouse.people.models import Token


class Reply(models.Model):
    """The stored answer to one Idempotency-Key of one token; `digest` is that of the request it answered."""

    token = models.ForeignKey(Token, models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.JSONField(null=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="one_reply_a_key")]

    def __str__(self) -> str:
        return self.key
