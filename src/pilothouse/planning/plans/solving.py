"""Solving a plan as a job: a first usable plan within a second, then better ones, the best so far always kept."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from pilothouse.methods import MethodError, nrp
from pilothouse.people.access import Actor
from pilothouse.planning.models import Plan
from pilothouse.planning.plans.problem import Problem, gather
from pilothouse.planning.plans.telling import refusal
from pilothouse.workbench.jobs import Handler, JobFailed, Running, handler

STAGES = (0.5, 9.5, 50.0)  # seconds of each try
GOOD_ENOUGH = 0.01
EXPLAINED, PATIENCE = 20, 0.25  # how many of those left out, and seconds for each


@handler
def solve(job: Running, actor: Actor, *, plan: int) -> dict[str, Any]:
    """Each stage starts where nothing is lost: whoever cancels keeps the best plan found so far."""
    row = actor.find(Plan.objects.select_related("item__product__workspace", "scorecard__item"), "write", pk=plan)
    found = gather(actor, row)
    job.tick(0, total=len(STAGES), message=note(None))
    best: Any = at_once(found)
    for number, seconds in enumerate(STAGES):
        if best is not None:
            keep(row, found, best)
        job.tick(number, message=note(best))
        tried = attempt(found, seconds, gap=0 if number == 0 else GOOD_ENOUGH / 10)
        best = nrp.better(best, tried) if best and tried else best or tried
        if best is not None and (best.proved or best.gap <= GOOD_ENOUGH):
            break
    if best is None:
        raise JobFailed(_("No plan was found in time: take some items out, or fix fewer of them."))
    keep(row, found, best)
    job.tick(len(STAGES) - 1, message=_("Saying what would let the others in…"))
    keep(row, found, nrp.explained(best, **found.asked(), explain=EXPLAINED, seconds=PATIENCE))
    return {"text": note(best)}


def at_once(found: Problem) -> Any:
    """A usable plan before the solver is at hand; None where it finds none. Raises JobFailed for what has no plan."""
    try:
        return nrp.first(**found.asked())
    except MethodError as error:
        raise JobFailed(refusal(found, error)) from None


def attempt(found: Problem, seconds: float, *, explain: int = 0, gap: float = GOOD_ENOUGH / 10) -> Any:
    """None where no plan was found in this time; `gap` is how near to the best is near enough. Raises JobFailed for a
    problem that has no plan at all."""
    try:
        return nrp.analyse(**found.asked(), seconds=seconds, gap=gap, explain=explain)
    except MethodError as error:
        if error.code == "no_plan_in_time":
            return None
        raise JobFailed(refusal(found, error)) from None


def failure(row: Plan, handler: Handler) -> str:
    """Why the last job of a plan failed, where it was such a job."""
    job = row.job
    return job.message if job and job.status == job.FAILED and job.handler == handler.path else ""


def note(best: Any) -> str:
    if best is None:
        return _("Looking for a first plan…")
    return _("Best so far: %(n)s items in, at most %(gap)s %% below the best possible") % {
        "n": len(best.plan), "gap": f"{best.gap * 100:.1f}",
    }  # fmt: skip


def keep(row: Plan, found: Problem, result: Any) -> None:
    """The result as JSON. A plan that was committed meanwhile keeps its baseline."""
    document = {
        "plan": {str(key): release for key, release in result.plan.items()}, "value": result.value,
        "bound": result.bound, "gap": result.gap, "proved": result.proved,
        "used": {
            str(release): {str(skill): [used, limit] for skill, (used, limit) in by_skill.items()}
            for release, by_skill in result.used.items()
        },
        "out": {str(key): out(why) for key, why in result.out.items()},
        "values": {str(key): found.values[key] for key in found.candidates},
    }  # fmt: skip
    Plan.objects.filter(pk=row.pk, committed_at=None).update(
        result=document, basis=found.digest(), solved_at=timezone.now()
    )


def out(why: Any) -> dict[str, Any]:
    return {
        "reasons": list(why.reasons), "needs": list(why.needs), "excluded_by": list(why.excluded_by),
        "release": why.release, "shortage": {str(skill): days for skill, days in why.shortage.items()},
        "value_needed": why.value_needed, "replaces": None if why.replaces is None else list(why.replaces),
    }  # fmt: skip
