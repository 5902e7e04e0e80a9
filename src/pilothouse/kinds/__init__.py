"""The declared kinds, in the order a product is made; the thread's stations; the rooms of the menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from pilothouse.kinds.canvas import canvas, note
from pilothouse.kinds.declare import CATEGORIES, VIEWS, Field, FieldError, Kind, Option, State
from pilothouse.kinds.define import decision, need, option, requirement, scorecard
from pilothouse.kinds.deliver import metric, plan, release, task
from pilothouse.kinds.discover import competitor, feedback, insight, persona, quote, survey
from pilothouse.kinds.grow import reading
from pilothouse.kinds.market import contact, customer
from pilothouse.kinds.relations import RELATIONS, Relation
from pilothouse.methods import REGISTRY

KINDS: dict[str, Kind] = {
    kind.slug: kind
    for kind in (
        feedback,
        quote,
        insight,
        need,
        requirement,
        release,
        task,
        metric,
        decision,
        option,
        survey,
        scorecard,
        plan,
        canvas,
        note,
        persona,
        competitor,
        customer,
        contact,
        reading,
    )
}
STATIONS: tuple[str, ...] = tuple(slug for slug, kind in KINDS.items() if kind.station)
ROOMS = {
    "discover": _("Discover"),
    "define": _("Define"),
    "deliver": _("Deliver"),
    "measure": _("Measure"),
    "market": _("Market"),
    "grow": _("Grow"),
}

for _kind in KINDS.values():
    if unknown := (set(_kind.lifts_to) - set(KINDS)) | (set(_kind.lifts_to.values()) - set(RELATIONS)):
        raise ValueError(f"kind {_kind.slug} names what does not exist: {unknown}")
    if unknown := set(_kind.methods) - set(REGISTRY):
        raise ValueError(f"kind {_kind.slug} names methods that do not exist: {unknown}")
    if _kind.room not in ROOMS:
        raise ValueError(f"kind {_kind.slug} stands in no room")

__all__ = [
    "CATEGORIES",
    "KINDS",
    "RELATIONS",
    "ROOMS",
    "STATIONS",
    "VIEWS",
    "Field",
    "FieldError",
    "Kind",
    "Option",
    "Relation",
    "State",
]
