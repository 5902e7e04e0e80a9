"""As whom a command acts, on which product, and how it follows a job to its end."""

from __future__ import annotations

import argparse
import sys
import threading
import time
from collections.abc import Callable
from typing import Any


class Refused(Exception):
    """The command cannot do this; the message says why."""


def whole(least: int, most: int) -> Callable[[str], int]:
    """An argument that is a whole number in these bounds."""

    def number(text: str) -> int:
        if not (text.isdecimal() and least <= int(text) <= most):
            raise argparse.ArgumentTypeError(f"{text!r} is no whole number from {least} to {most}")
        return int(text)

    return number


def actor_of(workspace: str | None, email: str | None) -> Any:
    from pilothouse.people.access import Actor
    from pilothouse.people.models import Membership, Role, Workspace

    rows = Workspace.objects.filter(slug=workspace) if workspace else Workspace.objects.all()
    found = list(rows[:20])
    if len(found) != 1:
        slugs = ", ".join(row.slug for row in Workspace.objects.order_by("slug")[:20])
        raise Refused(f"--workspace is one of: {slugs}" if slugs else "There is no workspace yet.")
    members = Membership.objects.filter(workspace=found[0], user__is_active=True).select_related("user").order_by("pk")
    one = members.filter(user__email__iexact=email) if email else members.filter(role=Role.OWNER)
    if (member := one.first()) is None:
        raise Refused(f"{email or 'An owner'} is not in this workspace.")
    return Actor(member.user, found[0], Role(member.role))


def product_of(actor: Any, key: str) -> Any:
    from django.http import Http404

    try:
        return actor.product(key.upper())
    except Http404:
        keys = ", ".join(product.key for product in actor.products)
        raise Refused(f"--product is one of: {keys}" if keys else "There is no product yet.") from None


def follow(job: Any) -> Any:
    """Run the job here unless a worker has taken it, and say how far it is. Raises Refused where it fails."""
    from pilothouse.workbench import jobs
    from pilothouse.workbench.models import Job

    over = threading.Event()
    reporter = threading.Thread(target=report, args=(job.pk, over), daemon=True)
    if sys.stderr.isatty():
        reporter.start()
    jobs.run.call(str(job.pk))
    job.refresh_from_db()
    while not job.over:
        time.sleep(0.5)
        job.refresh_from_db()
    over.set()
    if job.status != Job.DONE:
        raise Refused(job.message or "It was stopped.")
    return job


def report(pk: Any, over: threading.Event) -> None:
    from django.db import connections

    from pilothouse.workbench.models import Job

    while not over.wait(1.0):
        job = Job.objects.get(pk=pk)
        if job.total:
            print(f"\r{job.done:,} of {job.total:,}", end="", file=sys.stderr, flush=True)
    print("\r", end="", file=sys.stderr)
    connections.close_all()
