"""How many items were finished each week, what is still open, and whether past forecasts would have held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone

from pilothouse.methods import forecast_mc
from pilothouse.people.access import Actor
from pilothouse.people.models import Product
from pilothouse.workbench.models import Item, Link
from pilothouse.workbench.models.custom import kind_of

WEEKS = 26
FEWEST = 5  # weeks of history below which nothing is forecast
AHEAD = 4  # weeks of work that each past forecast is tried on
LEVELS = (50, 80, 95)


@dataclass(frozen=True)
class History:
    """Finished items by week, the oldest first; `first` is the Monday of the oldest. The running week is left out."""

    first: date
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.counts)

    def week(self, place: int) -> date:
        return self.first + timedelta(weeks=place)


def history(actor: Actor, product: Product, kind: str, weeks: int = WEEKS, today: date | None = None) -> History:
    """The items of a kind that were finished in each of the last weeks, from the first week in which any was. Dropped
    items do not count."""
    monday = monday_of(today or timezone.localdate())
    done = [state.slug for state in kind_of(product, kind).states if state.category == "done"]
    begin = monday - timedelta(weeks=weeks)
    rows = Item.objects.live().visible_to(actor).filter(product=product, kind=kind, state__in=done)
    moments = rows.filter(closed_at__isnull=False, closed_at__date__gte=begin, closed_at__date__lt=monday)
    counts = [0] * weeks
    for moment in moments.values_list("closed_at", flat=True):
        counts[(timezone.localtime(moment).date() - begin).days // 7] += 1
    skip = next((place for place, count in enumerate(counts) if count), weeks)
    return History(begin + timedelta(weeks=skip), tuple(counts[skip:]))


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def open_items(actor: Actor, product: Product, kind: str, release: Item | None) -> int:
    """How many items of a kind are still to do: all open ones, or those planned into a release and those delivering its
    requirements."""
    closed = kind_of(product, kind).closed_states()
    rows = Item.objects.live().visible_to(actor).filter(product=product, kind=kind).exclude(state__in=closed)
    if release is None:
        return rows.count()
    planned = Link.objects.filter(relation="planned_in", target=release).values("source")
    delivering = Link.objects.filter(relation="delivered_by", source__in=planned).values("target")
    return rows.filter(Q(pk__in=planned) | Q(pk__in=delivering)).count()


@dataclass(frozen=True)
class Coverage:
    """`n` past forecasts held against what came: for each level, 50, 80 and 95, the share of them that held. A sound
    forecast holds about as often as its level says."""

    n: int
    shares: dict[int, float]


def back_test(counts: Sequence[int]) -> Coverage | None:
    """Forecast again from each past week that has enough weeks before and behind it, how long the items of the next
    four weeks take, and see whether they were done in time. None without such a week."""
    held = dict.fromkeys(LEVELS, 0)
    tried = 0
    for now in range(FEWEST, len(counts) - AHEAD + 1):
        work = sum(counts[now : now + AHEAD])
        if not work or not any(counts[:now]):
            continue
        took = weeks_taken(counts[now:], work)
        found = forecast_mc.analyse(list(counts[:now]), work, trials=2_000, seed=now, levels=LEVELS)
        tried += 1
        for level in LEVELS:
            weeks = found.weeks[level]
            held[level] += weeks is not None and took <= weeks
    return Coverage(tried, {level: held[level] / tried for level in LEVELS}) if tried else None


def weeks_taken(counts: Sequence[int], work: int) -> int:
    done = 0
    for place, count in enumerate(counts, 1):
        done += count
        if done >= work:
            return place
    return len(counts)
