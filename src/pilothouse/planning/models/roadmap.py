"""What somebody without an account may see of a roadmap: one link each, and what it shows."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pilothouse.people.access import ScopedQuerySet
from pilothouse.people.models import Product
from pilothouse.people.naming import can_be_seen


class ShareQuerySet(ScopedQuerySet["Share"]):
    def open(self) -> ShareQuerySet:
        """Neither withdrawn nor run out, of a product that is not archived."""
        rows = self.filter(revoked_at=None, product__archived_at=None)
        return rows.filter(Q(expires_at=None) | Q(expires_at__gt=timezone.now()))


class Share(models.Model):
    """A public read-only link. The token follows from `key` and the installation's own secret and is stored nowhere,
    only its digest. `fields` is what each row shows beside its title; without `releases` all of them are shown."""

    product_path = "product_id"

    product = models.ForeignKey(Product, models.CASCADE, related_name="roadmap_shares")
    name = models.CharField(_("Name"), max_length=100, validators=[can_be_seen])
    key = models.UUIDField(default=uuid.uuid4, unique=True)
    digest = models.CharField(max_length=64, unique=True)
    password = models.CharField(max_length=200, blank=True)
    fields = models.JSONField(default=list)
    horizons = models.JSONField(default=list)
    releases = models.JSONField(default=list)
    language = models.CharField(max_length=10, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = ShareQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @property
    def expired(self) -> bool:
        return self.expires_at is not None and self.expires_at <= timezone.now()

    @property
    def last_day(self) -> date | None:
        """The last day on which it opens, by the reader's clock."""
        return timezone.localtime(self.expires_at - timedelta(seconds=1)).date() if self.expires_at else None

    @property
    def live(self) -> bool:
        return self.revoked_at is None and not self.expired
