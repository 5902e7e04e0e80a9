"""A decision with its options and its matrix; what competitors offer beside what we do. Both are scorecards."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pilothouse.people.access import Actor
from pilothouse.people.models import Product, User
from pilothouse.planning.models import Scorecard
from pilothouse.planning.scorecards.actions import add_rows, create_card, set_criteria
from pilothouse.planning.scorecards.criteria import Criterion, slug_for
from pilothouse.planning.scorecards.table import sheet
from pilothouse.planning.scorecards.telling import leader
from pilothouse.workbench.models import Event, Item
from pilothouse.workbench.writing import actions
from pilothouse.workbench.writing.cleaning import Invalid

DECISION, OPTION, COMPETITOR = "decision", "option", "competitor"
LONGEST = 100


def named_lines(text: str, most: int, *, least: int = 0) -> list[str]:
    """One name a line, without bullets and repetitions."""
    lines = [" ".join(line.strip(" \t\r-*•·、").split()) for line in text.splitlines()]
    names = list(dict.fromkeys(line for line in lines if line))
    if len(names) < least:
        raise Invalid({"lines": _("Name at least %(least)s, one a line.") % {"least": least}})
    if len(names) > most:
        raise Invalid({"lines": _("At most %(most)s fit here.") % {"most": most}})
    return names


def matrix_of(actor: Actor, decision: Item) -> Scorecard | None:
    """The newest decision matrix below a decision."""
    rows = Scorecard.objects.visible_to(actor).filter(item__parent=decision, item__trashed_at=None, way="decision")
    card = rows.select_related("item").order_by("-pk").first()
    if card:
        card.item.product, card.item.parent = decision.product, decision
    return card


@transaction.atomic
def make_decision(
    actor: Actor, product: Product, title: str, names: Sequence[str], *, blind: bool = False,
    people: Sequence[User] = (),
) -> Scorecard:  # fmt: skip
    """A decision to be taken, with its options and their matrix."""
    decision = actions.create(actor, product, DECISION, {"title": title})
    return weigh(actor, decision, names, blind=blind, people=people)


@transaction.atomic
def weigh(
    actor: Actor, decision: Item, names: Sequence[str], *, blind: bool = False, people: Sequence[User] = (),
    criteria: Sequence[Criterion] = (),
) -> Scorecard:  # fmt: skip
    """The matrix of a decision; the options that lie below it already are in it."""
    data = {"title": _("Options of “%(title)s”") % {"title": decision.title[:400]}, "parent": decision}
    below = Item.objects.live().filter(product=decision.product, kind=OPTION, parent=decision).order_by("rank")
    card = create_card(
        actor, decision.product, "decision", data, list(below), blind=blind, people=people, criteria=criteria
    )
    card.item.parent = decision
    add_options(actor, card, names)
    return card


@transaction.atomic
def add_options(actor: Actor, card: Scorecard, names: Sequence[str]) -> int:
    rows = [{"title": name, "parent": card.item.parent} for name in names]
    made = actions.create_many(actor, card.item.product, OPTION, rows) if rows else []
    return add_rows(actor, card, made)


@transaction.atomic
def decide(actor: Actor, card: Scorecard, chosen: Item) -> list[Event]:
    """Take one option and leave the others; what the matrix said then is kept on the decision. One undo opens it."""
    decision, found = card.item.parent, sheet(actor, card)
    if card.hidden or decision is None or chosen not in found.items:
        raise Invalid({"card": _("Show all numbers first, then choose one of the options.")})
    batch = uuid.uuid4()
    for item in found.items:
        actions.change(actor, item, {"state": "chosen" if item == chosen else "rejected"}, batch=batch)
    values: dict[str, Any] = {} if decision.state == "reviewed" else {"state": "decided"}
    if not decision.fields.get("evidence_then") and found.ranking.order:
        values["evidence_then"] = leader(found, {item.pk: item for item in found.items})
    made = actions.change(actor, decision, values, batch=batch)
    return [made] if made else []


@transaction.atomic
def compare_features(
    actor: Actor, product: Product, title: str, names: Sequence[str], competitors: Sequence[Item]
) -> Scorecard:
    """Competitors beside our own product, which the card's own item stands for."""
    card = create_card(actor, product, "features", {"title": title}, [], criteria=features(names))
    add_rows(actor, card, [card.item, *competitors])
    return card


def features(names: Sequence[str], taken: Sequence[str] = ()) -> list[Criterion]:
    """Asked by yes, partly or no."""
    found: list[Criterion] = []
    for name in names:
        slug = slug_for(name, [*taken, *(one.slug for one in found)])
        found.append(Criterion(slug=slug, name=name[:LONGEST]))
    return found


@transaction.atomic
def add_features(actor: Actor, card: Scorecard, names: Sequence[str]) -> int:
    there = [Criterion.model_validate(given) for given in card.criteria]
    known = {one.name for one in there}
    new = features([name for name in names if name[:LONGEST] not in known], [one.slug for one in there])
    if len(there) + len(new) > (most := card.declared.most_criteria):
        raise Invalid({"lines": _("At most %(most)s fit here.") % {"most": most}})
    if new:
        set_criteria(actor, card, [*there, *new], {})
    return len(new)
