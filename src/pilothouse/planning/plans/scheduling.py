"""The schedule of a plan: laid out by a job, kept with the best found so far, and its dates taken over by the items."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pilothouse.methods import MethodError, rcpsp
from pilothouse.people.access import Actor
from pilothouse.planning.models import Plan
from pilothouse.planning.plans.timetable import WHOLE, Timetable, timetable
from pilothouse.planning.plans.workdays import HALVES
from pilothouse.planning.plans.working import begin, under_way
from pilothouse.planning.roadmap.dates import FIELDS
from pilothouse.workbench.jobs import JobFailed, Running, handler
from pilothouse.workbench.models import Event, Item, Job
from pilothouse.workbench.writing import actions
from pilothouse.workbench.writing.changes import event
from pilothouse.workbench.writing.cleaning import Invalid

STAGES = (1.0, 4.0, 15.0)  # seconds of each try


@transaction.atomic
def start(actor: Actor, plan: Plan) -> Job:
    """Lay the schedule out in the background. A job that works on the plan already goes on instead. Raises Invalid for
    a plan that has no schedule."""
    actor.require("write", plan.item.product)
    if job := under_way(plan):
        return job
    timetable(actor, plan).check()
    title = _("Schedule of %(ref)s") % {"ref": plan.item.ref}
    return begin(actor, plan, lay_out, title, plan.schedule_url)


@handler
def lay_out(job: Running, actor: Actor, *, plan: int) -> dict[str, Any]:
    """The job. Each stage begins from the best schedule so far, and each better one is stored, so that whoever cancels
    keeps it."""
    row = actor.find(Plan.objects.select_related("item__product__workspace", "scorecard__item"), "write", pk=plan)
    made = timetable(actor, row)
    try:
        made.check()
    except Invalid as invalid:
        raise JobFailed(next(iter(invalid.errors.values()))) from None
    best: Any = None
    for number, seconds in enumerate(STAGES):
        job.tick(number, total=len(STAGES), message=note(best))
        best = levelled(made.asked(), seconds, best)
        keep(row, made, best)
        if best.proved and best.punctual:
            break
    return {"text": note(best)}


def levelled(asked: dict[str, Any], seconds: float, best: Any = None) -> Any:
    """The shortest of the schedules that are least late, or the best one found in so many seconds. Raises JobFailed
    where there is none."""
    try:
        found = rcpsp.analyse(**asked, seconds=seconds, known=best)
    except MethodError as error:
        raise JobFailed(_("These numbers have no schedule (%(code)s).") % {"code": error.code}) from None
    if found.makespan is None:
        raise JobFailed(_("No schedule was found: take some items out of the plan."))
    return found


def note(best: Any) -> str:
    if best is None:
        return _("Looking for a first schedule…")
    days = {"days": best.makespan / HALVES, "gap": f"{best.gap * 100:.1f}"}
    return _("Best so far: %(days)g working days, at most %(gap)s %% above the shortest possible") % days


def keep(row: Plan, made: Timetable, found: Any) -> None:
    """Store the schedule as JSON, items by their numbers."""
    if max(found.finishes.values()) > made.days.halves:
        raise JobFailed(_("This would take longer than ten years."))
    document = {
        "basis": made.digest(), "made_at": timezone.now().isoformat(),
        "from": made.days.starts(0).isoformat(), "until": made.days.stops(found.makespan).isoformat(),
        "halves": found.makespan, "bound": found.bound, "gap": found.gap, "proved": found.proved,
        "punctual": found.punctual, "unlimited": found.unlimited,
        "chain": list(dict.fromkeys(key for key, _skill in found.chain)),
        "items": [item_row(made, found, key) for key in by_start(made, found)],
    }  # fmt: skip
    Plan.objects.filter(pk=row.pk).update(schedule=document)


def by_start(made: Timetable, found: Any) -> list[int]:
    begin = {key: min(found.starts[part] for part in parts_of(made, key)) for key in made.release}
    return sorted(made.release, key=lambda key: (begin[key], found.finishes[key, WHOLE]))


def parts_of(made: Timetable, key: int) -> list[tuple[int, int]]:
    return made.parts.get(key) or [(key, WHOLE)]


def item_row(made: Timetable, found: Any, key: int) -> dict[str, Any]:
    parts = [part_row(made, found, part) for part in parts_of(made, key)]
    due = made.due(key)
    return {
        "number": key, "release": made.release[key].number, "due": due.isoformat() if due else None,
        "start": min(part["start"] for part in parts), "finish": max(part["finish"] for part in parts),
        "parts": [part for part in parts if part["skill"]], "why": why(made, found, key),
    }  # fmt: skip


def part_row(made: Timetable, found: Any, part: tuple[int, int]) -> dict[str, Any]:
    ways = made.work.get(part)
    pool = made.pools[next(iter(ways[found.ways[part]]["demand"]))] if ways else None
    begin, end = found.starts[part], found.finishes[part]
    return {
        "skill": pool.skill.name if pool else "", "who": list(pool.names) if pool else [],
        "start": made.days.starts(begin).isoformat(), "finish": made.days.stops(max(begin + 1, end)).isoformat(),
        "halves": end - begin,
    }  # fmt: skip


def why(made: Timetable, found: Any, key: int) -> list[dict[str, Any]]:
    """What the parts of an item wait for, the part that begins first coming first: items by number, a skill and its
    people by name."""
    order = sorted(parts_of(made, key), key=lambda part: found.starts[part])
    said = [wait_row(made, found.waits[part], key) for part in order]
    return [one for place, one in enumerate(said) if one not in said[:place] and (place == 0 or one["skill"])]


def wait_row(made: Timetable, wait: Any, key: int) -> dict[str, Any]:
    pool = made.pools.get(wait.resource)
    return {
        "reason": wait.reason, "items": list(dict.fromkeys(one for one, _skill in wait.by if one != key)),
        "skill": pool.skill.name if pool else "", "who": list(pool.names) if pool else [],
    }  # fmt: skip


def current(actor: Actor, plan: Plan) -> tuple[Timetable, bool]:
    """(what a schedule made now would rest on, from the day of the stored one if there is one; whether that is what the
    stored one rests on)."""
    kept = plan.schedule
    made = timetable(actor, plan, date.fromisoformat(kept["from"]) if kept else None)
    return made, kept is not None and made.digest() == kept["basis"]


@transaction.atomic
def take_over(actor: Actor, plan: Plan) -> list[Event]:
    """Write the first and last day of each item into its own fields, as one batch that can be undone."""
    actor.require("write", plan.item.product)
    row = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    row.item = plan.item
    kept = row.schedule
    if not kept:
        raise Invalid({"schedule": _("There is no schedule yet: let it be made first.")})
    made, fits = current(actor, row)
    if not fits:
        raise Invalid({"schedule": _("Something has changed since this schedule was made: make it again first.")})
    batch, changed = uuid.uuid4(), 0
    for one in kept["items"]:
        changed += bool(put(actor, made.found.items[one["number"]], (one["start"], one["finish"]), batch))
    noted = event(actor, plan.item, "dated", {"items": changed}, batch)
    noted.save()
    return [noted]


def put(actor: Actor, item: Item, days: Sequence[str], batch: uuid.UUID) -> Event | None:
    return actions.change(actor, item, dict(zip(FIELDS[item.kind], days, strict=True)), batch=batch)
