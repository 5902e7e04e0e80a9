"""When each open requirement is done, one after another: by the team's own weeks, else by the estimates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import F
from django.utils import timezone

from pilothouse.methods import forecast_mc
from pilothouse.people.access import Actor
from pilothouse.people.models import Product
from pilothouse.planning.forecast.estimates import KIND, by_turn
from pilothouse.planning.forecast.history import FEWEST, history, monday_of
from pilothouse.planning.forecast.ranges import LEVELS, Range
from pilothouse.workbench.models import Item, Link
from pilothouse.workbench.models.custom import kind_of

AT_RELEASE = "planned_in"
MOST = 500
AFTER = {"next": 2, "later": 3}
HORIZON = 156  # weeks


@dataclass(frozen=True)
class Foretold:
    """By the keys of requirements and of releases; empty where there are too few weeks to go by."""

    items: dict[int, Range] = field(default_factory=dict)
    releases: dict[int, Range] = field(default_factory=dict)


def foretell(actor: Actor, product: Product) -> Foretold:
    """In a constant number of queries. A release is done with its last item."""
    order = in_order(actor, product)
    past = history(actor, product, KIND)
    if len(past.counts) >= FEWEST and past.total:
        ranges = by_weeks(past.counts, [item for item, _release in order])
    else:
        ranges = by_turn(actor, product, [item for item, _release in order])
    releases = {release: ranges[item] for item, release in order if release and item in ranges}
    return Foretold(ranges, releases)


def by_weeks(counts: Sequence[int], order: Sequence[int]) -> dict[int, Range]:
    if not order:
        return {}
    weeks = forecast_mc.ladder(list(counts), len(order), levels=LEVELS, horizon=HORIZON, trials=2_000, seed=1)
    start = monday_of(timezone.localdate())
    return {item: Range.of(ends(start, weeks[level][place]) for level in LEVELS) for place, item in enumerate(order)}


def ends(start: date, week: int | None) -> date | None:
    return None if week is None else start + timedelta(days=7 * week - 1)


def in_order(actor: Actor, product: Product) -> list[tuple[int, int | None]]:
    """(item, its release): what is on now, then the releases by when they are due, then what is next and later; each
    by rank."""
    closed = kind_of(product, KIND).closed_states()
    rows = Item.objects.live().visible_to(actor).filter(product=product, kind=KIND).exclude(state__in=closed)
    planned = Link.objects.filter(
        relation=AT_RELEASE, source__in=rows, target__trashed_at=None, target__closed_at=None,
        target__product=product,
    )  # fmt: skip
    by = planned.order_by(F("target__due_on").asc(nulls_last=True), "target_id")
    first: dict[int, tuple[int, int]] = {}
    for place, (item, release) in enumerate(by.values_list("source_id", "target_id")[:MOST]):
        first.setdefault(item, (place, release))
    releases = {release: place for place, release in reversed([*first.values()])}
    open_rows = rows.order_by("rank", "pk").values_list("pk", "fields__horizon")[:MOST]

    def turn(row: tuple[int, str | None]) -> tuple[int, int]:
        item, horizon = row
        if horizon == "now":
            return (0, 0)
        return (1, releases[first[item][1]]) if item in first else (AFTER.get(horizon or "", 4), 0)

    return [(item, first[item][1] if item in first else None) for item, _horizon in sorted(open_rows, key=turn)]
