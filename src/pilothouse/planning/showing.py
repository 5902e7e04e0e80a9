"""Where planning shows on the workbench's pages: the scorecard on its item's page, its verbs in history."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from pilothouse.people.access import Actor
from pilothouse.planning.scorecards.actions import KIND, card_for
from pilothouse.workbench import undo, words
from pilothouse.workbench.models import Event, Item
from pilothouse.workbench.sections import Offer, add_section, made_at, offer

SCORED = ("requirement", "need", "feedback", "task", "competitor", "decision")


def register() -> None:
    add_section(KIND, card_section)
    made_at(KIND, "scorecards/new")
    offer(SCORED, Offer(name=gettext_lazy("Scorecard"), icon="table-properties", path="scorecards/new"))
    undo.BY_VERB.update(adopted=lambda entry: True)
    words.TOLD.update(
        finished=lambda entry: _("has scored"),
        revealed=lambda entry: _("showed everybody's numbers"),
        reshaped=lambda entry: _("changed the criteria: %(names)s") % {"names": ", ".join(entry.changes["criteria"])},
        adopted=told_adopted,
    )
    words.ICONS.update(finished="check", revealed="eye", reshaped="table-properties", adopted="arrow-up-wide-narrow")


def told_adopted(entry: Event) -> str:
    count = entry.changes["items"]
    return ngettext("made it the order of %(n)s item", "made it the order of %(n)s items", count) % {"n": count}


def card_section(actor: Actor, item: Item) -> dict[str, Any]:
    card = card_for(item)
    return {"template": "planning/section.html", "context": {"card": card, "count": card.rows.count()}}
