"""The 23 chapters of the guide and its FAQ, as data: what a reader leaves with, and the tools that do it here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from pilothouse.kinds import KINDS
from pilothouse.methods import REGISTRY


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """`number` 24 is the FAQ. A chapter shows only what works: its kinds and its methods."""

    number: int
    name: Any
    leaves_with: Any

    @property
    def kinds(self) -> list[Any]:
        return [kind for kind in KINDS.values() if kind.chapter == self.number]

    @property
    def methods(self) -> list[Any]:
        return [method for method in REGISTRY.values() if method.chapter == self.number]


CHAPTERS = tuple(
    Chapter(number=number, name=name, leaves_with=leaves_with)
    for number, (name, leaves_with) in enumerate(
        (
            (_("Product-management knowledge"), _("a method for the question at hand, run on your own product")),
            (_("Market research"), _("what people said, in their words, and what it means")),
            (_("User-needs analysis"), _("needs with evidence, and an order in which to meet them")),
            (_("Project tools"), _("a board on which everyone sees what is next")),
            (_("Communication and coordination"), _("decisions that everyone can read, with who saw it otherwise")),
            (_("Practice"), _("a year of a product's life, done once without risk")),
            (_("Continuous learning"), _("lessons that come back when they are needed")),
            (_("Personal brand"), _("a case study with numbers that hold")),
            (_("Innovation"), _("an idea with its cheapest test")),
            (_("Data analysis"), _("a number with its n, its interval and what it means")),
            (_("User experience"), _("findings with a severity, each with its evidence")),
            (_("Product life cycle"), _("the stage a product is in, from its own curve")),
            (_("Marketing"), _("a segment, a position and a price that rest on data")),
            (_("Team leadership"), _("goals that people can see and reach")),
            (_("Trends"), _("signals, and what you will do about them")),
            (_("Customer relations"), _("who matters, who is leaving, and whom to answer")),
            (_("Cost and benefit"), _("a business case with its range")),
            (_("Across cultures"), _("words that mean the same in both languages")),
            (_("Law and standards"), _("the checks that a requirement triggers")),
            (_("Mind and stress"), _("a load that you can carry")),
            (_("Business sense"), _("a computed picture of where you stand")),
            (_("Technical understanding"), _("what is slow, and why")),
            (_("Career"), _("a picture of your growth, from real work")),
            (_("Questions and decisions"), _("a decision with a prediction, and later whether it held")),
        ),
        start=1,
    )
)
