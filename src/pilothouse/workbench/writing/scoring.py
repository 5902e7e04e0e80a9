"""Scoring an item by its kind's method: the run is kept with its inputs, the score stands on the item for sorting."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pilothouse.kinds import Kind
from pilothouse.methods import MethodError
from pilothouse.methods import rice as rice_method
from pilothouse.people.access import Actor
from pilothouse.workbench.models import Event, Item, Run
from pilothouse.workbench.writing.actions import locked
from pilothouse.workbench.writing.changes import apply
from pilothouse.workbench.writing.cleaning import Invalid, clean

METHOD = "rice"
METHOD_VERSION = "1"
PER_CENT = 100
MOST_RUNS = 20


@dataclass(frozen=True)
class Summary:
    """The score an item has: `stale` where an input was changed after it was computed."""

    inputs: dict[str, Any]
    guidance: dict[str, str]
    options: dict[str, list[tuple[str, Any]]]
    runs: list[Run]
    stale: bool

    @property
    def latest(self) -> Run | None:
        return self.runs[0] if self.runs else None


def inputs_of(kind: Kind) -> tuple[str, ...]:
    """The kind's fields that its scoring method takes; none for kinds that are not scored this way."""
    return rice_method.FIELDS if METHOD in kind.methods else ()


def summary(actor: Actor, item: Item) -> Summary | None:
    names = inputs_of(item.declared)
    if not names:
        return None
    runs = Run.objects.visible_to(actor).filter(item=item, method=METHOD).select_related("actor")
    found = list(runs.order_by("-id")[:MOST_RUNS])
    now = {name: item.fields.get(name) for name in names}
    stale = bool(found) and item.score is not None and found[0].inputs != as_method_takes(now)
    return Summary(now, guidance(), options(item.declared, names), found, stale)


def options(kind: Kind, names: tuple[str, ...]) -> dict[str, list[tuple[str, Any]]]:
    return {
        name: [("", "–"), *((option.slug, option.name) for option in kind.field_by_slug[name].options)]
        for name in names
    }


def guidance() -> dict[str, str]:
    """How to arrive at each number, beside its box."""
    return {
        "reach": _(
            "How many people meet this in a quarter? Count them from your data, over the same period each time."
        ),
        "impact": _("How much does it change for each of them? Be sparing with 3."),
        "confidence": _("How sure are you of these numbers? 100 % measured, 80 % with data, 50 % a guess."),
        "effort": _("Person-months of everybody: design, building, testing, launch. Half a month is the least."),
    }


def as_method_takes(values: Mapping[str, Any]) -> dict[str, Any]:
    """The form asks confidence in per cent and impact as an option; the method takes shares and numbers."""
    taken = dict(values)
    if taken.get("confidence") not in (None, ""):
        taken["confidence"] = number(taken["confidence"], PER_CENT)
    if taken.get("impact") not in (None, ""):
        taken["impact"] = number(taken["impact"])
    return taken


def number(value: Any, divisor: float = 1) -> Any:
    try:
        return float(value) / divisor
    except (TypeError, ValueError):
        return value


def compute(values: Mapping[str, Any]) -> float:
    """The score of one set of inputs. Raises Invalid, naming the field in the reader's language."""
    taken = as_method_takes(values)
    try:
        result = rice_method.analyse({0: taken})
    except MethodError as error:
        raise Invalid({error.field or "score": method_words(error)}) from None
    if result.missing:
        raise Invalid({name: _("This is needed for a score.") for name in taken if taken[name] in (None, "")})
    return float(result.scores[0])


def method_words(error: MethodError) -> str:
    """A method's refusal in words."""
    least, most = error.details.get("least"), error.details.get("most")
    known = {
        "not_a_number": lambda: _("A number is needed here."),
        "too_small": lambda: _("The smallest value is %(minimum)s.") % {"minimum": f"{least:g}"},
        "too_large": lambda: _("The largest value is %(maximum)s.") % {"maximum": f"{most:g}"},
        "confidence_over_one": lambda: _("Confidence is at most 100 %."),
        "effort_not_positive": lambda: _("Effort must be more than 0, or everything would come for free."),
    }
    return known[error.code]() if error.code in known else _("This cannot be computed with that value.")


@transaction.atomic
def score(actor: Actor, item: Item, data: Mapping[str, Any]) -> Event | None:
    """Score an item: its inputs and its score change in one undoable step, and the run is kept as evidence."""
    actor.require("write")
    item = locked(actor, item.pk)
    names = inputs_of(item.declared)
    if not names:
        raise Invalid({"score": _("Items of this kind are not scored.")})
    values = clean(actor, item.product, item.declared, {name: data.get(name, item.fields.get(name)) for name in names})
    result = compute(values)
    Run.objects.create(
        product=item.product, item=item, method=METHOD, version=METHOD_VERSION, inputs=as_method_takes(values),
        result={"score": result}, actor=actor.user,
    )  # fmt: skip
    events = apply(
        actor, [item], {**values, "score": round(result, 6), "score_way": METHOD}, verb="scored", batch=uuid.uuid4()
    )
    return events[0] if events else None
