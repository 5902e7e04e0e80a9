"""What the exercises compare with: read from the product and computed by the methods, never written down."""

from __future__ import annotations

from datetime import date
from typing import Any

from pilothouse.methods import ab_proportion, abc_pareto, brier, npv
from pilothouse.methods import nps as nps_method
from pilothouse.outcomes import calibration, closing
from pilothouse.outcomes.models import Reading
from pilothouse.practice.exercises.declare import Look
from pilothouse.surveys.models import Response
from pilothouse.surveys.scored import Score
from pilothouse.workbench.models import Event, Run

LOST, SILENT = ("at_risk", "silent"), 150
CASE = (-42_000, 14_500, 14_500, 14_500, 14_500)
RATE = 0.08


def released_on(look: Look, key: str) -> date | None:
    release = look.item(f"release {key}")
    return closing.released_on(release) if release else None


def readings(look: Look, key: str) -> list[Reading]:
    metric = look.item(f"metric {key}")
    rows = Reading.objects.visible_to(look.actor).filter(metric=metric, removed_at=None)
    return list(rows.order_by("on", "pk")) if metric else []


def before_and_after(look: Look, metric: str, release: str) -> Any:
    """The share in the last reading before a release beside the first one since."""
    day, rows = released_on(look, release), readings(look, metric)
    before = [row for row in rows if day and row.on < day and row.n]
    since = [row for row in rows if day and row.on >= day and row.n]
    if not before or not since:
        return None
    pair = (before[-1], since[0])
    return ab_proportion.analyse([round(row.value * (row.n or 0) / 100) for row in pair], [row.n for row in pair])


def change_of(look: Look, release: str, metric: str) -> Any:
    """The proposal of a release's verdict for one metric."""
    item = look.item(f"release {release}")
    found = closing.judged(look.actor, item) if item else []
    return next((one.proposal for one in found if one.prediction.metric.external_id == f"metric {metric}"), None)


def verdicts(look: Look) -> dict[str, tuple[str, str]]:
    """Closed releases: (verdict, why it could not be told or nothing), by their keys."""
    closed = {str(item.external_id): item for item in look.of("release", "closed")}
    by_item = {item.pk: key for key, item in closed.items()}
    events = Event.objects.visible_to(look.actor).filter(item__in=by_item, verb="closed", undone_at=None)
    runs = Run.objects.visible_to(look.actor).filter(item__in=by_item, method="before_after").order_by("pk")
    reasons = {run.item_id: next((row["reason"] for row in run.result if row["reason"]), "") for run in runs}
    return {
        by_item[row.item_id]: (row.changes["verdict"], reasons.get(row.item_id, ""))
        for row in events.order_by("pk")
        if row.item_id
    }


def kano(look: Look) -> dict[str, str]:
    """The category of each requirement of the story, as the riders' survey found it."""
    scores = Score.objects.visible_to(look.actor).filter(survey__item__product=look.product).select_related("item")
    return {str(row.item.external_id): str(row.values.get("kano") or "") for row in scores}


def wave(look: Look, name: str) -> Any:
    rows = Response.objects.visible_to(look.actor).filter(
        survey__item__product=look.product, status=Response.COMPLETE, excluded=False, hidden__wave=name
    )
    marks = [answers["nps"] for answers in rows.values_list("answers", flat=True) if "nps" in answers]
    return nps_method.analyse(marks) if marks else None


def languages(look: Look) -> tuple[int, int]:
    """Who answered the riders' survey in the other language, and who answered at all."""
    survey = look.item("survey riders") or next(iter(look.of("survey")), None)
    rows = Response.objects.visible_to(look.actor).filter(survey__item=survey, status=Response.COMPLETE)
    spoken = list(rows.values_list("language", flat=True))
    own = max(set(spoken), key=spoken.count, default="")
    return sum(language != own for language in spoken), len(spoken)


def worth() -> float:
    return float(npv.analyse(list(CASE), RATE).npv)


def money(look: Look) -> dict[str, float]:
    """Revenue a year by customer."""
    rows = [item for item in look.of("customer") if item.fields.get("revenue")]
    return {item.ref: float(item.fields["revenue"]) for item in rows}


def at_risk(look: Look) -> float:
    """The share of the revenue that is at risk or silent, in per cent."""
    revenue, lost = money(look), {item.ref for item in look.of("customer", *LOST)}
    total = sum(revenue.values())
    return 100 * sum(value for ref, value in revenue.items() if ref in lost) / total if total else 0.0


def few(look: Look) -> int:
    """How many customers are class A."""
    revenue = money(look)
    return int(abc_pareto.analyse(revenue).counts["A"]) if revenue else 0


def sureness(look: Look) -> Any:
    rows = [one for one in calibration.said(look.actor, look.product, None) if one.came is not None]
    return brier.analyse([one.probability / 100 for one in rows], [one.came for one in rows]) if rows else None


def shares(look: Look) -> dict[str, float]:
    """Points of open tasks by who has them."""
    found: dict[str, float] = {}
    for task in look.of("task", "todo", "doing", "review"):
        name = str(task.owner) if task.owner_id else ""
        found[name] = found.get(name, 0) + float(task.fields.get("points") or 0)
    return found
