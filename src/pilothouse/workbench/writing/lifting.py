"""Making the next station of the thread out of one item or several: new, onto an existing one, or many at once."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pilothouse.kinds import KINDS
from pilothouse.people.access import Actor
from pilothouse.workbench.models import Item
from pilothouse.workbench.models.custom import kind_of
from pilothouse.workbench.writing.actions import create_many, link
from pilothouse.workbench.writing.changes import apply
from pilothouse.workbench.writing.cleaning import Invalid

MOST_LINES = 100
# A requirement is broken down into several of these at a time.
SEVERAL = ("delivered_by",)
CARRIED = ("text", "choice")


@transaction.atomic
def lift(
    actor: Actor,
    sources: Sequence[Item],
    kind: str,
    rows: Sequence[Mapping[str, Any]],
    *,
    batch: uuid.UUID | None = None,
) -> list[Item]:
    """New items of a kind, each linked to every source. Raises Invalid where the kinds do not follow each other."""
    relation_for(sources, kind)
    if not rows or len(rows) > MOST_LINES:
        raise Invalid({"title": _("Between 1 and %(most)s lines, please.") % {"most": MOST_LINES}})
    batch = batch or uuid.uuid4()
    made = create_many(actor, sources[0].product, kind, rows, batch=batch)
    for target in made:
        lift_onto(actor, sources, target, batch)
    return made


@transaction.atomic
def lift_onto(actor: Actor, sources: Sequence[Item], target: Item, batch: uuid.UUID) -> None:
    """Link every source to an item that is there already; what waited to be used is now used."""
    for source, relation in relation_for(sorted(sources, key=lambda one: one.pk), target.kind).items():
        link(actor, source, relation, target, batch=batch)
        if source.declared.lifted_state and not source.state_declared.closed:
            apply(actor, [source], {"state": source.declared.lifted_state}, batch=batch)


def relation_for(sources: Sequence[Item], kind: str) -> dict[Item, str]:
    """How each source leads to that kind."""
    found = {}
    for source in sources:
        relation = kind_of(source.product, source.kind).lifts_to.get(kind)
        if relation is None:
            raise Invalid({"title": _("%(ref)s cannot be lifted to that.") % {"ref": source.ref}})
        found[source] = relation
    return found


def takes_several(sources: Sequence[Item], kind: str) -> bool:
    return all(source.declared.lifts_to.get(kind) in SEVERAL for source in sources)


def carried(sources: Sequence[Item], kind: str) -> dict[str, Any]:
    """What all sources agree on goes along: the segment, the topic, the priority."""
    declared = {field.slug for field in KINDS[kind].fields if field.type in CARRIED}
    first = sources[0].fields
    return {
        name: first[name]
        for name in declared & set(first)
        if first[name] and all(source.fields.get(name) == first[name] for source in sources)
    }
