"""Work that outlasts a request: what it is, how far it has come, and how it ended."""

from __future__ import annotations

import os
import socket
import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pilothouse.people.access import Actor, ScopedQuerySet
from pilothouse.people.models import Product, Workspace

SILENT_AFTER = timedelta(seconds=60)


class JobQuerySet(ScopedQuerySet["Job"]):
    def visible_to(self, actor: Actor) -> JobQuerySet:
        """A product's jobs are seen by whoever sees the product; those without one by their starter only."""
        own = Q(product=None, created_by=actor.user)
        return self.filter(own | Q(product_id__in=actor.product_ids), workspace=actor.workspace)

    def open(self) -> JobQuerySet:
        return self.filter(status__in=(Job.WAITING, Job.RUNNING))


class Job(models.Model):
    """`handler` names the function that does it, `attempt` counts its starts: an older attempt can write no more.
    `done_before` is what earlier attempts had done when this one started."""

    WAITING, RUNNING, DONE, FAILED, CANCELLED = "waiting", "running", "done", "failed", "cancelled"
    STATUSES = [
        (WAITING, _("Waiting")),
        (RUNNING, _("Running")),
        (DONE, _("Finished")),
        (FAILED, _("Failed")),
        (CANCELLED, _("Cancelled")),
    ]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="jobs")
    product = models.ForeignKey(Product, models.CASCADE, null=True, related_name="jobs")
    handler = models.CharField(max_length=200)
    arguments = models.JSONField(default=dict)
    title = models.CharField(max_length=200)
    status = models.CharField(max_length=10, choices=STATUSES, default=WAITING)
    done = models.PositiveBigIntegerField(default=0)
    done_before = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(null=True)
    message = models.CharField(max_length=500, blank=True)
    result = models.JSONField(null=True)
    next_url = models.CharField(max_length=500, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    cancel_asked = models.BooleanField(default=False)
    attempt = models.PositiveSmallIntegerField(default=0)
    worker = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["status", "heartbeat_at"], name="job_open")]

    def __str__(self) -> str:
        return f"{self.title} ({self.status})"

    @property
    def url(self) -> str:
        return f"{self.workspace.url}jobs/{self.pk}"

    @property
    def over(self) -> bool:
        return self.status in (self.DONE, self.FAILED, self.CANCELLED)

    @property
    def percent(self) -> int | None:
        """None while nobody knows how much there is."""
        if self.status == self.DONE:
            return 100
        return min(99, self.done * 100 // self.total) if self.total else None

    @property
    def left(self) -> timedelta | None:
        """How long it will take from here at the pace so far; None while it is too early to tell."""
        fresh = self.done - self.done_before
        if self.status != self.RUNNING or not self.total or fresh <= 0:
            return None
        if self.heartbeat_at is None or self.started_at is None:
            return None
        spent = self.heartbeat_at - self.started_at
        return spent * ((self.total - self.done) / fresh) if spent.total_seconds() > 2 else None

    @property
    def interrupted(self) -> bool:
        """Running by its row, but whoever ran it is gone or has been silent for too long."""
        if self.status != self.RUNNING:
            return False
        return is_gone(self.worker) or self.heartbeat_at is None or self.heartbeat_at < timezone.now() - SILENT_AFTER

    def overdue(self, now: datetime | None = None) -> bool:
        """Waiting for so long that probably no worker runs."""
        return self.status == self.WAITING and self.created_at < (now or timezone.now()) - timedelta(seconds=15)


def this_worker() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"


def is_gone(worker: str) -> bool:
    """Whether a worker of this very machine has ended; of other machines nothing is known."""
    host, _colon, pid = worker.rpartition(":")
    if host != socket.gethostname() or not pid.isdecimal():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return is_zombie(pid)


def is_zombie(pid: str) -> bool:
    try:
        with open(f"/proc/{pid}/stat", encoding="latin-1") as file:
            return file.read().rpartition(")")[2].split()[0] == "Z"
    except (OSError, IndexError):
        return False
