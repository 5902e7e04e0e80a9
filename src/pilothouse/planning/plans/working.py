"""The one job that works on a plan at a time, whether it looks for a plan or lays out a schedule."""

from __future__ import annotations

from typing import Any

from pilothouse.people.access import Actor
from pilothouse.planning.models import Plan
from pilothouse.workbench import jobs
from pilothouse.workbench.models import Job


def under_way(plan: Plan) -> Job | None:
    """The job that works on the plan now, if any. Locks the plan, so that two people start one job; call inside a
    transaction."""
    locked = Plan.objects.select_for_update(of=("self",)).select_related("job").get(pk=plan.pk)
    return locked.job if locked.job and not locked.job.over else None


def begin(actor: Actor, plan: Plan, work: Any, title: str, next_url: str) -> Job:
    """Start the handler `work` on the plan; the page of the job leads on to `next_url`."""
    job = jobs.start(actor, work, title, product=plan.item.product, arguments={"plan": plan.pk}, next_url=next_url)
    Plan.objects.filter(pk=plan.pk).update(job=job)
    return job
