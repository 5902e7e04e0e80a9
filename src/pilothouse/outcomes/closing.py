"""Closing a release: what the readings propose, what the person decides, and the decision review that keeps both."""

from __future__ import annotations

import uuid
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pilothouse.jinja import day, decimal
from pilothouse.kinds import Kind
from pilothouse.outcomes.actions import log
from pilothouse.outcomes.models import Prediction, Reading
from pilothouse.outcomes.verdict import CANNOT_TELL, MOVED, NOT_MOVED, VERSION, Point, Proposal, propose, standard_error
from pilothouse.people.access import Actor
from pilothouse.workbench.models import Event, Item, Run
from pilothouse.workbench.models.custom import kind_of
from pilothouse.workbench.products import with_products
from pilothouse.workbench.writing.actions import create, link, locked
from pilothouse.workbench.writing.changes import apply
from pilothouse.workbench.writing.cleaning import Invalid

VERDICTS = (MOVED, NOT_MOVED, CANNOT_TELL)
REVIEW = "reviewed_in"


@dataclass(frozen=True)
class Judged:
    """A prediction and what the readings say of it."""

    prediction: Prediction
    proposal: Proposal


def judged(actor: Actor, release: Item) -> list[Judged]:
    """Every prediction of a release with its proposal; two queries."""
    rows = predictions(actor, release)
    readings = Reading.objects.filter(metric__in={row.metric_id for row in rows}, removed_at=None)
    by_metric: dict[int, list[Reading]] = {}
    for reading in readings.order_by("on", "id"):
        by_metric.setdefault(reading.metric_id, []).append(reading)
    when = released_on(release)
    return [Judged(row, proposal(row, by_metric.get(row.metric_id, []), when)) for row in rows]


def predictions(actor: Actor, release: Item) -> list[Prediction]:
    rows = Prediction.objects.visible_to(actor).filter(
        release=release, removed_at=None, metric__trashed_at=None, metric__product__in=actor.product_ids
    )
    found = list(rows.select_related("metric").order_by("id"))
    with_products(actor, [row.metric for row in found])
    for row in found:
        row.release = release
    return found


def proposal(row: Prediction, readings: list[Reading], when: date | None) -> Proposal:
    unit = str(row.metric.fields.get("unit") or "")
    points = [Point(one.on, one.value, standard_error(one.value, one.low, one.high, one.n, unit)) for one in readings]
    return propose(points, when, row.baseline, row.expected)


def released_on(release: Item) -> date | None:
    text = release.fields.get("released_on")
    return date.fromisoformat(text) if text else None


def overall(found: list[Judged]) -> str:
    """One verdict for the release: any that cannot be told leaves it untold, else the worst of them."""
    verdicts = {one.proposal.verdict for one in found}
    if not verdicts or CANNOT_TELL in verdicts:
        return CANNOT_TELL
    return NOT_MOVED if NOT_MOVED in verdicts else MOVED


@transaction.atomic
def close(actor: Actor, release: Item, verdict: str, why: str) -> uuid.UUID:
    """Close a release with a verdict and why: a decision review is kept, linked, and the release is done."""
    actor.require("write")
    release = locked(actor, release.pk)
    refuse(release, verdict, why)
    batch = uuid.uuid4()
    found = judged(actor, release)
    Run.objects.create(
        product=release.product, item=release, method="before_after", version=VERSION, actor=actor.user,
        inputs=frozen_inputs(release, found), result=[asdict(one.proposal) for one in found],
    )  # fmt: skip
    review(actor, release, found, verdict, why, batch)
    apply(actor, [release], {"state": final_state(release.declared)}, batch=batch)
    log(actor, release, "closed", {"verdict": verdict, "proposed": overall(found)}, batch)
    return batch


def refuse(release: Item, verdict: str, why: str) -> None:
    errors = {}
    if verdict not in VERDICTS:
        errors["verdict"] = _("Choose a verdict.")
    if not why.strip():
        errors["why"] = _("Say in a sentence why: whoever reads this in a year was not there.")
    if release.state_declared.category == "done":
        errors["verdict"] = _("This release is closed already.")
    if errors:
        raise Invalid(errors)


def frozen_inputs(release: Item, found: list[Judged]) -> dict[str, Any]:
    """The metric by its number: that one stays the same wherever the product goes."""
    fields = ("baseline", "expected", "probability", "late")
    made = [one.prediction for one in found]
    rows = [{"metric": row.metric.number, **{name: getattr(row, name) for name in fields}} for row in made]
    return {"released_on": release.fields.get("released_on"), "predictions": rows}


def final_state(kind: Kind) -> str:
    return next((state.slug for state in reversed(kind.states) if state.category == "done"), kind.states[-1].slug)


def review(actor: Actor, release: Item, found: list[Judged], verdict: str, why: str, batch: uuid.UUID) -> Item:
    """The decision that reviews the release: an open one that is linked already, else a new one."""
    kind = kind_of(release.product, "decision")
    probability = found[0].prediction.probability if len(found) == 1 else None
    data = {
        "state": final_state(kind), "verdict": verdict, "outcome": why,
        "prediction": "\n".join(told(one) for one in found), "probability": probability,
        "review_on": timezone.localdate().isoformat(),
    }  # fmt: skip
    known = {name: value for name, value in data.items() if name == "state" or name in kind.field_by_slug}
    there = release.links_out.filter(relation=REVIEW, target__closed_at=None, target__trashed_at=None).first()
    if there:
        target = locked(actor, there.target_id)
        apply(actor, [target], {name: value for name, value in known.items() if value is not None}, batch=batch)
        return target
    title = _("Review of %(release)s") % {"release": release.title[:400]}
    made = create(actor, release.product, "decision", {"title": title, **known}, batch=batch)
    link(actor, release, REVIEW, made, batch=batch)
    return made


def told(one: Judged) -> str:
    """A prediction as a sentence."""
    row = one.prediction
    return _("%(metric)s: from %(baseline)s to %(expected)s, %(probability)s %% sure, reviewed on %(day)s") % {
        "metric": row.metric.title,
        "baseline": decimal(row.baseline, 4),
        "expected": decimal(row.expected, 4),
        "probability": decimal(row.probability),
        "day": day(row.review_on),
    }


def last_verdict(release: Item) -> Event | None:
    rows = Event.objects.filter(item=release, verb="closed", undone_at=None).select_related("actor")
    return rows.order_by("-id").first()
