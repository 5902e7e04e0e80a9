"""As whom a command acts, on which product, and how it follows a job to its end."""

from __future__ import annotations

import argparse
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pilothouse.commands.speaking import _


class Refused(Exception):
    """The command cannot do this; the message says why."""

    code = 1


class Misunderstood(Refused):
    """What was asked for names something that is not there."""

    code = 2


def whole(least: int, most: int) -> Callable[[str], int]:
    """An argument that is a whole number in these bounds."""

    def number(text: str) -> int:
        if not (text.isdecimal() and least <= int(text) <= most):
            raise argparse.ArgumentTypeError(
                _("%(text)r is no whole number from %(least)s to %(most)s")
                % {"text": text, "least": least, "most": most}
            )
        return int(text)

    return number


def one_of(option: str, known: str) -> str:
    return _("%(option)s is one of: %(known)s") % {"option": option, "known": known}


def file_there(text: str) -> Path:
    """An argument that is a file which can be read."""
    path = Path(text)
    if path.is_dir():
        raise argparse.ArgumentTypeError(_("%(name)s is a folder") % {"name": text})
    if not path.exists():
        raise argparse.ArgumentTypeError(_("there is no file %(name)s") % {"name": text})
    return path


def actor_of(workspace: str | None, email: str | None) -> Any:
    from pilothouse.people.access import Actor
    from pilothouse.people.models import Membership, Role, Workspace

    rows = Workspace.objects.filter(slug=workspace) if workspace else Workspace.objects.all()
    found = list(rows[:20])
    if len(found) != 1:
        slugs = ", ".join(row.slug for row in Workspace.objects.order_by("slug")[:20])
        raise Misunderstood(one_of("--workspace", slugs) if slugs else _("There is no workspace yet."))
    members = Membership.objects.filter(workspace=found[0], user__is_active=True).select_related("user").order_by("pk")
    one = members.filter(user__email__iexact=email) if email else members.filter(role=Role.OWNER)
    if (member := one.first()) is None:
        raise Misunderstood(_("%(email)s is not in this workspace.") % {"email": email or _("An owner")})
    return Actor(member.user, found[0], Role(member.role))


def product_of(actor: Any, key: str) -> Any:
    from django.http import Http404

    try:
        return actor.product(key.upper())
    except Http404:
        keys = ", ".join(product.key for product in actor.products)
        raise Misunderstood(one_of("--product", keys) if keys else _("There is no product yet.")) from None


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
        raise Refused(job.message or _("It was stopped."))
    return job


def report(pk: Any, over: threading.Event) -> None:
    from django.db import connections

    from pilothouse.workbench.models import Job

    while not over.wait(1.0):
        job = Job.objects.get(pk=pk)
        if job.total:
            far = _("%(done)s of %(total)s") % {"done": f"{job.done:,}", "total": f"{job.total:,}"}
            print(f"\r{far}", end="", file=sys.stderr, flush=True)
    print("\r", end="", file=sys.stderr)
    connections.close_all()
