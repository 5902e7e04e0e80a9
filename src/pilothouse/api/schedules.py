"""A plan's schedule: when each item runs, what it waits for, and the same as a file."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from ninja import Header, Path, Router

from pilothouse.api.auth import caller
from pilothouse.api.planning import plan_of, started, written
from pilothouse.exchange.views.schedules import FILES
from pilothouse.planning.plans import scheduling, waiting
from pilothouse.planning.plans.workdays import HALVES

router = Router()


@router.get("/items/{ref}/plan/schedule", response=dict, summary="When each item of a plan runs, and what it waits for")
def schedule(request: HttpRequest, ref: str) -> dict[str, Any]:
    actor = caller(request)
    row = plan_of(actor, ref)
    made, fits = scheduling.current(actor, row)
    kept, key = row.schedule, row.item.product.key
    if not kept:
        return {"ref": row.item.ref, "items": []}
    return {
        "ref": row.item.ref, "made_at": kept["made_at"], "stale": not fits,
        "from": kept["from"], "until": kept["until"], "days": kept["halves"] / HALVES,
        "bound_days": kept["bound"] / HALVES, "gap": kept["gap"],
        "proved": kept["proved"], "chain": [f"{key}-{number}" for number in kept["chain"]],
        "items": [
            {"ref": f"{key}-{one['number']}", "release": f"{key}-{one['release']}", "start": one["start"],
             "finish": one["finish"], "due": one["due"], "days_late": waiting.too_late(one),
             "parts": one["parts"], "why_not_sooner": waiting.waits(made, one)}
            for one in kept["items"] if one["number"] in made.release
        ],
    }  # fmt: skip


@router.post("/items/{ref}/plan/schedule/solution", response={202: dict}, summary="Lay out the schedule, as a job")
def lay_out(request: HttpRequest, ref: str, idempotency_key: str | None = Header(None)) -> Any:
    return started(request, ref, scheduling.start)


@router.post("/items/{ref}/plan/schedule/dates", response={200: dict}, summary="Write its dates into the items")
def take_over(request: HttpRequest, ref: str, idempotency_key: str | None = Header(None)) -> Any:
    actor = caller(request)
    row = plan_of(actor, ref, "write")
    return written(request, lambda: scheduling.take_over(actor, row)[0])


@router.get("/items/{ref}/plan/schedule/export.{file}", response={200: str}, summary="The schedule as a file")
def export(
    request: HttpRequest, ref: str, file: str = Path(description="csv, xlsx, or ics for a calendar")
) -> HttpResponseBase:
    """The rows of the page. There is none before there is a schedule."""
    actor = caller(request)
    row = plan_of(actor, ref)
    if file not in FILES:
        raise Http404
    return FILES[file](actor, row, (row.item.product.key, row.item.number))
