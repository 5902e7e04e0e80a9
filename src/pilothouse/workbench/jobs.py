"""Jobs: start one, follow it, cancel it, and bring it back after its worker was killed.

A handler is a function `run(job: Running, actor: Actor, **arguments) -> dict` marked with `@handler`. It calls
`job.tick(done)` after each piece of work; its pieces must be safe to start again, for a killed job begins anew:

    @handler
    def rename_all(job, actor, ids, name): ...

    job = start(actor, rename_all, _("Rename 5,000 items"), product=product, arguments={...}, next_url=url)
"""

from __future__ import annotations

import inspect
import logging
import time
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.db import connection, transaction
from django.http import Http404
from django.utils import timezone, translation
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from pilothouse.people.access import Actor, Archived, actor_for
from pilothouse.people.middleware import zone
from pilothouse.people.models import Product
from pilothouse.workbench.models.job import Job, this_worker

log = logging.getLogger(__name__)
MOST_ATTEMPTS = 10
TICK_SECONDS = 0.5
TURN_SECONDS = 0.1
# Where handlers lay in earlier versions: what was queued before an upgrade still runs after it.
MOVED = {"pilothouse.workbench.bulk.run": "pilothouse.workbench.writing.bulk.run"}


class Cancelled(Exception):
    """Someone asked the job to stop; raised by tick, between two pieces of work."""


class Superseded(Exception):
    """Another worker has taken over: this one must not write any more."""


class JobFailed(Exception):
    """The job cannot go on; the message says why, in the reader's language."""


class Handler:
    def __init__(self, function: Callable[..., dict[str, Any] | None]) -> None:
        self.function = function
        self.path = f"{function.__module__}.{function.__qualname__}"

    def __call__(self, *args: Any, **kwargs: Any) -> dict[str, Any] | None:
        return self.function(*args, **kwargs)


handler = Handler


def start(
    actor: Actor,
    handler: Handler,
    title: str,
    *,
    product: Product | None = None,
    arguments: Mapping[str, Any] | None = None,
    total: int | None = None,
    next_url: str = "",
) -> Job:
    """Queue the work; it starts when the transaction that called this ends. `next_url` is where its page goes after."""
    job = Job.objects.create(
        workspace=actor.workspace, product=product, handler=handler.path, arguments=dict(arguments or {}),
        title=str(title)[:200], total=total, next_url=next_url, created_by=actor.user,
    )  # fmt: skip
    run.enqueue(str(job.pk))
    return job


@task()
def run(job_id: str) -> None:
    """What the worker runs. Does nothing when the job is over, or alive in another worker's hands."""
    job = claim(job_id)
    if job is None:
        return
    with translation.override(job.created_by.language), timezone.override(zone(job.created_by)):
        status, message, result = outcome(job)
    if status:
        ours(job).update(status=status, message=message[:500], result=result, finished_at=timezone.now())


def claim(job_id: str) -> Job | None:
    with transaction.atomic():
        rows = Job.objects.select_for_update(of=("self",)).select_related("workspace", "product", "created_by")
        job = rows.filter(pk=uuid.UUID(job_id)).first()
        if job is None or job.over or (job.status == Job.RUNNING and not job.interrupted):
            return None
        now = timezone.now()
        job.status, job.worker, job.attempt = Job.RUNNING, this_worker(), job.attempt + 1
        job.started_at = job.heartbeat_at = now
        job.done_before = job.done
        job.save(update_fields=["status", "worker", "attempt", "started_at", "heartbeat_at", "done_before"])
    return job


def outcome(job: Job) -> tuple[str | None, str, dict[str, Any] | None]:
    """Run the handler with its starter's present rights: (status, message, result); no status when superseded."""
    try:
        actor = actor_for(job.created_by, job.workspace.slug)
        result = handler_of(job)(Running(job), actor, **job.arguments)
    except Cancelled:
        return Job.CANCELLED, "", job.result
    except Superseded:
        return None, "", None
    except JobFailed as error:
        return Job.FAILED, str(error), job.result
    except Archived as error:
        return Job.FAILED, str(error), job.result
    except Http404:
        return Job.FAILED, _("You no longer have the right to do this."), job.result
    except Exception:
        log.exception("job %s failed", job.pk)
        return Job.FAILED, _("Something broke on our side; the server's log has the details."), job.result
    return Job.DONE, "", result


def handler_of(job: Job) -> Handler:
    """Raises JobFailed for what another version queued and this one would do in another way."""
    try:
        found = import_string(MOVED.get(job.handler, job.handler))
        inspect.signature(found.function).bind(job, None, **job.arguments)
    except (ImportError, AttributeError, TypeError):
        log.warning("job %s: no handler %s of %s", job.pk, job.handler, sorted(job.arguments))
        raise JobFailed(_("Another version of Pilothouse left this behind. Start it again.")) from None
    return found


def ours(job: Job) -> Any:
    """The job's row, as long as no later attempt has taken it."""
    return Job.objects.filter(pk=job.pk, attempt=job.attempt, status=Job.RUNNING)


class Running:
    """A job in its handler's hands."""

    def __init__(self, job: Job) -> None:
        self.row = job
        self.said = 0.0

    def tick(self, done: int | None = None, *, total: int | None = None, message: str | None = None) -> None:
        """Say that the job lives and how far it is; twice a second at most. Raises Cancelled or Superseded."""
        pairs = {"done": done, "total": total, "message": message}
        changed = {name: value for name, value in pairs.items() if value is not None}
        for name, value in changed.items():
            setattr(self.row, name, value)
        if time.monotonic() - self.said < TICK_SECONDS and set(changed) <= {"done"}:
            return
        self.said = time.monotonic()
        self.report()

    def give_way(self, done: int | None = None) -> None:
        """Between two pieces of writing. SQLite takes one writer at a time and keeps no queue: whoever waits asks again
        every tenth of a second, and would seldom hit the moment at which nobody writes."""
        self.tick(done)
        if connection.vendor == "sqlite":
            time.sleep(TURN_SECONDS)

    def report(self) -> None:
        """Write the progress at once. Inside a transaction this also fences off a worker that was replaced."""
        row = self.row
        row.heartbeat_at = timezone.now()
        names = ("done", "total", "message", "heartbeat_at")
        if not ours(row).update(**{name: getattr(row, name) for name in names}):
            raise Superseded
        if Job.objects.filter(pk=row.pk, cancel_asked=True).exists():
            raise Cancelled


def cancel(job: Job) -> None:
    """A waiting job ends now, a running one before its next piece of work."""
    Job.objects.filter(pk=job.pk).open().update(cancel_asked=True)
    idle = Job.objects.filter(pk=job.pk, status=Job.WAITING)
    if not idle.update(status=Job.CANCELLED, finished_at=timezone.now()) and job.interrupted:
        Job.objects.filter(pk=job.pk, attempt=job.attempt, status=Job.RUNNING).update(
            status=Job.CANCELLED, finished_at=timezone.now()
        )


@transaction.atomic
def retry(job: Job) -> bool:
    """Queue an interrupted or failed job again. False when it is over or still runs."""
    row = Job.objects.select_for_update().get(pk=job.pk)
    if row.attempt >= MOST_ATTEMPTS or not (row.interrupted or row.status == Job.FAILED):
        return False
    row.status, row.cancel_asked, row.finished_at, row.message = Job.WAITING, False, None, ""
    row.save(update_fields=["status", "cancel_asked", "finished_at", "message"])
    run.enqueue(str(row.pk))
    return True


def revive() -> int:
    """Queue every job again whose worker is gone; called before a worker starts."""
    requeue()
    return sum(retry(job) for job in Job.objects.filter(status=Job.RUNNING) if job.interrupted)


def requeue() -> None:
    """A worker that was killed between taking a turn from the queue and beginning its job took the turn with it."""
    queued = {args["args"][0] for args in DBTaskResult.objects.ready().values_list("args_kwargs", flat=True)}
    for pk in Job.objects.filter(status=Job.WAITING).values_list("pk", flat=True):
        if str(pk) not in queued:
            run.enqueue(str(pk))
