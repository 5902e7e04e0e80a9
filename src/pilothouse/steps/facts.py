"""A snapshot of a product's state for the rules: read group by group when a rule asks, each group in one query or two.

Counts of kinds and states are whole. What needs a look at each row is counted over the rows of a kind that were touched
last, at most `WINDOW` of them, so that a product of a hundred thousand items answers as fast as a small one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Case, Count, F, IntegerField, When

from pilothouse.people.access import Actor
from pilothouse.people.models import Product
from pilothouse.steps import reading
from pilothouse.steps.checks import CHECKS, Look
from pilothouse.steps.known import known
from pilothouse.workbench.models import Item
from pilothouse.workbench.models.custom import kind_of

WINDOW = 500


@dataclass(frozen=True)
class Rows:
    """Of `of` rows looked at `n` meet a check; `at` is the number of the newest of these."""

    n: int = 0
    of: int = 0
    at: int | None = None


NO_ROWS = Rows()


class Facts:
    """The snapshot of a product. Each group is read when it is first asked for, and once. A test may name the groups
    that it needs; the others are then empty."""

    def __init__(self, actor: Actor, product: Product, **known: Any) -> None:
        self.look = Look(actor, product)
        self.checked: dict[str, Mapping[str, Rows]] = {}
        self.__dict__.update(known)

    @property
    def today(self) -> date:
        return self.look.today

    @cached_property
    def counts(self) -> dict[str, dict[str, int]]:
        """{kind: {state: n}} of everything that is not in the trash, without what others write for themselves."""
        rows = Item.objects.unveiled(self.look.actor).filter(product=self.look.product, trashed_at=None).order_by()
        found: dict[str, dict[str, int]] = {}
        for kind, state, n in rows.values_list("kind", "state").annotate(n=Count("pk")):
            found.setdefault(kind, {})[state] = n
        return found

    def n(self, kind: str, *categories: str) -> int:
        """How many items there are of a kind, in states of these categories where any are named."""
        states = self.counts.get(kind, {})
        if not categories or not states:
            return sum(states.values())
        declared = kind_of(self.look.product, kind).state_by_slug
        return sum(n for slug, n in states.items() if slug in declared and declared[slug].category in categories)

    def rows(self, kind: str, check: str) -> Rows:
        """How many of the last touched rows of a kind meet a check. All checks of a kind take one query."""
        if kind not in self.checked:
            self.checked[kind] = check_all(self.look, kind) if self.n(kind) else {}
        return self.checked[kind].get(check, NO_ROWS)

    @cached_property
    def voices(self) -> reading.Voices:
        return reading.voices(self.look) if self.n("feedback") else reading.Voices()

    @cached_property
    def surveys(self) -> list[reading.Asked]:
        return reading.surveys(self.look) if self.n("survey") else []

    @cached_property
    def cards(self) -> list[reading.Card]:
        return reading.cards(self.look) if self.n("scorecard") else []

    @cached_property
    def plans(self) -> list[reading.Planned]:
        return reading.plans(self.look) if self.n("plan") else []

    @cached_property
    def canvases(self) -> dict[str, reading.Sheet]:
        """By layout, the one touched last."""
        return reading.canvases(self.look) if self.n("canvas") else {}

    @cached_property
    def weeks(self) -> reading.Weeks:
        return reading.weeks(self.look) if self.n("task") else reading.Weeks()

    @cached_property
    def forecasts(self) -> int:
        """Predictions whose release was closed with a verdict."""
        return reading.closed_predictions(self.look) if self.n("release", "done") else 0

    @cached_property
    def mine(self) -> reading.Load:
        return reading.load(self.look) if self.counts else reading.Load()

    @cached_property
    def team(self) -> reading.Team:
        return reading.team(self.look)


def check_all(look: Look, kind: str) -> dict[str, Rows]:
    """{name of the check: Rows} for every check of a kind, in one query over the rows touched last."""
    checks = CHECKS.get(kind, {})
    rows = Item.objects.unveiled(look.actor).filter(product=look.product, kind=kind, trashed_at=None)
    # The rows are picked first, by an index alone; in one go each check would be made on every row of the kind.
    window = Item.objects.filter(pk__in=rows.order_by("-updated_at", "-pk").values("pk")[:WINDOW])
    marked = window.annotate(**{f"is_{name}": met(check(look)) for name, check in checks.items()}).order_by()
    found = list(marked.values_list(*(f"is_{name}" for name in checks)))
    return {name: rows_of([row[place] for row in found]) for place, name in enumerate(checks)}


def rows_of(numbers: list[int | None]) -> Rows:
    there = [number for number in numbers if number is not None]
    return Rows(len(there), len(numbers), max(there, default=None))


def met(condition: Any) -> Case:
    """The item's number where it meets the condition, else nothing."""
    return Case(When(condition, then=F("number")), default=None, output_field=IntegerField())


def checks_met(actor: Actor, item: Item, names: Iterable[str]) -> set[str]:
    """Which of these checks one item meets; one query, or none where the item's own columns tell."""
    look = Look(actor, item.product)
    answers = {name: known(CHECKS[item.kind][name](look), item) for name in names}
    asked = {f"is_{name}": met(rest) for name, rest in answers.items() if not isinstance(rest, bool)}
    rows = Item.objects.filter(pk=item.pk, trashed_at=None).annotate(**asked).values(*asked) if asked else ()
    found: dict[str, Any] = next(iter(rows), {})
    return {name for name, answer in answers.items() if answer is True or found.get(f"is_{name}") is not None}
