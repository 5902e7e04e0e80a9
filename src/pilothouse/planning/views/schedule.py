"""The page of a plan's schedule: when each item runs, what it waits for, and its dates for the items."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.dateparse import parse_datetime
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from pilothouse.people.access import Actor
from pilothouse.planning.models import Plan
from pilothouse.planning.plans import scheduling, waiting
from pilothouse.planning.plans.gantt import chart
from pilothouse.planning.plans.solving import failure
from pilothouse.planning.views.making import made_by, plan_of, written_by
from pilothouse.workbench.pages import page, show
from pilothouse.workbench.views.common import Errors, Ref
from pilothouse.workbench.views.item import shared


@require_safe
@page
def schedule(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    return shown(request, actor, plan_of(request, actor, ref))


def shown(request: HttpRequest, actor: Actor, row: Plan, errors: dict[str, str] | None = None) -> HttpResponse:
    there = {**context(actor, row), "errors": Errors(errors or {})}
    return show(request, "planning/schedule.html", there, status=422 if errors else 200)


def context(actor: Actor, row: Plan) -> dict[str, Any]:
    made, fits = scheduling.current(actor, row)
    kept = row.schedule
    there = {
        **shared(actor, row.item), "plan": row, "kept": kept, "planned": len(made.release), "fits": fits,
        "job": row.job if row.job and not row.job.over else None, "failed": failure(row, scheduling.lay_out),
    }  # fmt: skip
    if kept:
        there |= {
            "sentence": waiting.sentence(kept), "sure": waiting.certainty(kept), "chart": chart(made, kept),
            "caveats": [*waiting.late_lines(made, kept), *waiting.loose(made)], "chain": waiting.chain(made, kept),
            "made_at": parse_datetime(kept["made_at"]),
        }  # fmt: skip
    return there


def dated(count: int) -> str:
    return ngettext("%(n)s item has new dates", "%(n)s items have new dates", count) % {"n": count}


solution = made_by(scheduling.start, shown, attrgetter("schedule_url"))
dates = written_by(scheduling.take_over, shown, attrgetter("schedule_url"), dated)
