"""The table of a scorecard as one reader may see it: every cell with who said what, and the ranking it gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import fmean
from typing import Any

from django.utils import timezone

from pilothouse.methods import MethodError
from pilothouse.methods.ahp import aggregate
from pilothouse.people.access import Actor
from pilothouse.people.models import User
from pilothouse.planning.models import Entry, Judgement, Scorecard, Seat
from pilothouse.planning.scorecards.criteria import Criterion
from pilothouse.planning.scorecards.formula import FormulaError
from pilothouse.planning.scorecards.ways import Ranking, weighed
from pilothouse.workbench.models import Item, Link

FRESH = 180  # days
APART = 0.4  # of the scale: from here people disagree


@dataclass(frozen=True)
class Cell:
    """`value` is the mean of what people said, or what stands on the item where nobody has said anything (`kept`)."""

    value: float | None
    own: Entry | None
    entries: tuple[Entry, ...]
    kept: bool
    apart: float  # how far people lie apart, as a share of the scale

    @property
    def disputed(self) -> bool:
        return self.apart >= APART

    @property
    def newest(self) -> Entry | None:
        return max(self.entries, key=lambda entry: entry.seen, default=None)

    @property
    def stale(self) -> bool:
        """Nobody has looked for half a year: the others do not stand still."""
        return self.newest is not None and (timezone.localdate() - self.newest.seen).days > FRESH


@dataclass
class Sheet:
    """A scorecard with its items, cells and ranking. Rows are in the order of the ranking, then of their numbers."""

    card: Scorecard
    items: list[Item]
    cells: dict[int, dict[str, Cell]]
    seats: list[Seat]
    judgements: list[Judgement]
    options: dict[str, Any]
    problem: str = ""

    @cached_property
    def ranking(self) -> Ranking:
        table = {key: {slug: cell.value for slug, cell in row.items()} for key, row in self.cells.items()}
        try:
            return self.card.declared.rank(table, self.card.columns, self.options)
        except (FormulaError, MethodError) as error:
            self.problem = str(error)
            return Ranking({}, (), {}, {})

    @property
    def rows(self) -> list[Item]:
        place = {key: number for number, key in enumerate(self.ranking.order)}
        return sorted(self.items, key=lambda item: (place.get(item.pk, len(place)), item.number))

    @property
    def filled(self) -> int:
        return sum(cell.value is not None for row in self.cells.values() for cell in row.values())

    @property
    def disputed(self) -> list[tuple[Item, Criterion, Cell]]:
        """Where people lie far apart, the widest first."""
        found = [
            (item, criterion, self.cells[item.pk][criterion.slug])
            for item in self.items
            for criterion in self.card.columns
            if self.cells[item.pk][criterion.slug].disputed
        ]
        return sorted(found, key=lambda one: -one[2].apart)


def sheet(actor: Actor, card: Scorecard) -> Sheet:
    """In a constant number of queries, however many rows and people."""
    items = list(rows_of(actor, card))
    seen = (
        Entry.objects.filter(scorecard=card)
        .select_related("person", "evidence__product__workspace")
        .order_by("person__name", "id")
    )
    asked = Judgement.objects.filter(scorecard=card)
    if card.hidden:
        seen, asked = seen.filter(person=actor.user), asked.filter(person=actor.user)
    judgements = list(asked)
    return Sheet(
        card=card, items=items, cells=cells(actor.user, card.columns, items, seen), judgements=judgements,
        seats=list(Seat.objects.filter(scorecard=card).select_related("person").order_by("id")),
        options={**card.options, "pairs": joint(judgements), "needs": needs(items) if card.way == "moscow" else {}},
    )  # fmt: skip


def rows_of(actor: Actor, card: Scorecard) -> Iterable[Item]:
    rows = Item.objects.live().visible_to(actor).filter(scored_on__scorecard=card).order_by("number")
    for item in rows.select_related("owner"):
        item.product = card.item.product
        yield item


def cells(
    user: User, criteria: Sequence[Criterion], items: Sequence[Item], entries: Iterable[Entry]
) -> dict[int, dict[str, Cell]]:
    said: dict[tuple[int, str], list[Entry]] = {}
    for entry in entries:
        said.setdefault((entry.item_id, entry.criterion), []).append(entry)
    return {
        item.pk: {one.slug: cell(user, one, item, said.get((item.pk, one.slug), [])) for one in criteria}
        for item in items
    }


def cell(user: User, criterion: Criterion, item: Item, entries: Sequence[Entry]) -> Cell:
    if not entries:
        kept = number(item.fields.get(criterion.field)) if criterion.field else None
        return Cell(kept, None, (), kept is not None, 0.0)
    values = [entry.value for entry in entries]
    own = next((entry for entry in entries if entry.person_id == user.pk), None)
    span = criterion.span or max(abs(value) for value in values) or 1.0
    return Cell(joined(criterion, values), own, tuple(entries), False, (max(values) - min(values)) / span)


def joined(criterion: Criterion, values: Sequence[float]) -> float:
    """The mean of what people said. Where the scale has certain values only, such as Fibonacci numbers, the one nearest
    to the mean; of two the lower."""
    mean = fmean(values)
    if not criterion.choices:
        return mean
    return min(sorted(choice.value for choice in criterion.choices), key=lambda value: abs(value - mean))


def number(raw: Any) -> float | None:
    try:
        return float(raw)
    except (TypeError, ValueError):
        return None


def joint(judgements: Iterable[Judgement]) -> dict[str, float]:
    """{"first second": times}: for each pair the geometric mean of what people said, so that judging it the other way
    round gives the inverse."""
    said: dict[tuple[str, str], list[float]] = {}
    for one in judgements:
        said.setdefault((one.first, one.second), []).append(one.times)
    return {
        f"{first} {second}": aggregate([[[1.0, times], [1 / times, 1.0]] for times in values])[0][1]
        for (first, second), values in said.items()
    }


def needs(items: Sequence[Item]) -> dict[int, list[int]]:
    """{item: the items that block it}, among these; what MoSCoW calls needs."""
    ids = [item.pk for item in items]
    found: dict[int, list[int]] = {}
    for source, target in Link.objects.filter(relation="blocks", source__in=ids, target__in=ids).values_list(
        "source_id", "target_id"
    ):
        found.setdefault(target, []).append(source)
    return found


def weights(card: Scorecard, pairs: Mapping[str, float]) -> Any:
    """The AHP of a card's criteria, None while too few pairs are judged."""
    try:
        return weighed(card.columns, pairs)
    except MethodError:
        return None
