"""What people say about items and who hears of it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from pilothouse.workbench.models.item import Event, Item
from pilothouse.workbench.models.scope import OpenQuerySet


class Comment(models.Model):
    product_path = "item__product_id"
    item_paths = ("item",)

    item = models.ForeignKey(Item, models.CASCADE, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    body = models.TextField(max_length=50_000)
    created_at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)

    objects = OpenQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.body[:80]


def attachment_path(attachment: Attachment, filename: str) -> str:
    """A random name: what a person called the file is kept in the row, never on the disk."""
    name = uuid.uuid4().hex
    return f"{name[:2]}/{name}"


class Attachment(models.Model):
    product_path = "item__product_id"
    item_paths = ("item",)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(Item, models.CASCADE, related_name="attachments")
    file = models.FileField(upload_to=attachment_path, max_length=100)
    name = models.CharField(max_length=255)
    size = models.PositiveBigIntegerField()
    type = models.CharField(max_length=100, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True)

    objects = OpenQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class Watch(models.Model):
    product_path = "item__product_id"
    item_paths = ("item",)

    item = models.ForeignKey(Item, models.CASCADE, related_name="watches")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="watches")

    objects = OpenQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "user"], name="one_watch")]

    def __str__(self) -> str:
        return f"{self.user_id} watches {self.item_id}"


class Notice(models.Model):
    """An entry of someone's inbox: an event that concerns them, and why."""

    product_path = "event__product_id"
    item_paths = ("event__item",)
    REASONS = [("mention", _("mentioned you")), ("assigned", _("assigned to you")), ("watch", _("you watch this"))]

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    event = models.ForeignKey(Event, models.CASCADE, related_name="notices")
    reason = models.CharField(max_length=10, choices=REASONS)
    read_at = models.DateTimeField(null=True)

    objects = OpenQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "event"], name="one_notice")]
        indexes = [models.Index(fields=["user", "read_at", "-id"], name="notice_inbox")]

    def __str__(self) -> str:
        return f"{self.reason} {self.event_id}"
