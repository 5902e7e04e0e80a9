"""When it is done by what was estimated: three-point estimates drawn at random against the days that people work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from django.utils import timezone

from pilothouse.methods import monte_carlo
from pilothouse.people.access import Actor
from pilothouse.people.models import Product
from pilothouse.planning.forecast.ranges import LEVELS, Range
from pilothouse.planning.models import DayOff, Estimate, Skill, Worker
from pilothouse.planning.plans.capacity import days_of
from pilothouse.planning.plans.problem import DAYS_A_MONTH, skills_of
from pilothouse.workbench.models import Item, Link
from pilothouse.workbench.models.custom import kind_of

KIND = "requirement"
MOST = 300
HORIZON = 3 * 366  # days
TRIALS, TURN_TRIALS = 5_000, 1_000


@dataclass(frozen=True)
class Work:
    """What the open requirements take: by item and skill a number of days, or {low, mode, high}; `bare` are those that
    nobody has estimated."""

    items: dict[int, Item]
    efforts: dict[int, dict[int, Any]]
    bare: tuple[Item, ...]


@dataclass(frozen=True)
class Estimated:
    """What the estimates foretell. `ends` is when all is done, `driver` the item whose estimate moves that most, `idle`
    the skills that are needed and nobody has."""

    ends: Range
    work: Work
    idle: tuple[Skill, ...]
    driver: Item | None


def estimated(actor: Actor, product: Product, release: Item | None, today: date | None = None) -> Estimated | None:
    """When the open requirements (of the release, if one is named) are done by their estimates; None where none is
    estimated or nobody works on any of it."""
    today = today or timezone.localdate()
    skills = skills_of(product)
    work = work_of(actor, product, release, skills)
    days = by_day(product, skills, today)
    idle = tuple(one for one in skills if one.pk not in days and needed(work, one.pk))
    drivers = {
        f"{item} {skill}": spec for item, row in work.efforts.items() for skill, spec in row.items() if skill in days
    }
    if not drivers:
        return None
    found = monte_carlo.analyse(drivers, model=lambda draws: finish(draws, days), trials=TRIALS, seed=1)
    ends = Range.of(on(today, found.percentiles[level]) for level in LEVELS)
    strongest = next((name for name, r in found.drivers.items() if r == r and abs(r) > 0.1), "")
    return Estimated(ends, work, idle, work.items.get(int(strongest.split()[0])) if strongest else None)


def by_turn(actor: Actor, product: Product, order: Sequence[int]) -> dict[int, Range]:
    """When each estimated item is done, if they are worked off in this order: {item: Range}. An item without an
    estimate takes no time."""
    today, skills = timezone.localdate(), skills_of(product)
    work, days = work_of(actor, product, None, skills), by_day(product, skills, timezone.localdate())
    turns = {item: work.efforts[item] for item in order if item in work.efforts and work.efforts[item].keys() & days}
    drivers = {f"{item} {skill}": spec for item, row in turns.items() for skill, spec in row.items() if skill in days}
    found: dict[int, Range] = {}

    def last(draws: Mapping[str, Any]) -> Any:
        ends: Any = 0.0
        for item, ends in finished(draws, days):
            found[item] = range_of(today, ends)
        return ends

    if drivers:
        monte_carlo.analyse(drivers, model=last, trials=TURN_TRIALS, seed=1)
    return found


def finished(draws: Mapping[str, Any], days: Mapping[int, Any]) -> Iterator[tuple[int, Any]]:
    """Yields (item, days from today until it is done, one number for each trial), in the order of `draws`. An item is
    done with the slowest of its skills, and no sooner than the items before it. `draws` holds drawn days of work by
    "item skill", `days` what `by_day` gives."""
    totals: dict[int, Any] = {}
    end: Any = 0.0
    for name, drawn in draws.items():
        item, skill = map(int, name.split())
        totals[skill] = totals.get(skill, 0) + drawn
        end = np.maximum(end, np.searchsorted(days[skill], totals[skill] - 1e-9).astype(float))
        yield item, end


def range_of(today: date, ends: Any) -> Range:
    levels = np.quantile(ends, [level / 100 for level in LEVELS], method="inverted_cdf")
    return Range.of((on(today, float(one)) for one in levels), by_estimates=True)


def work_of(actor: Actor, product: Product, release: Item | None, skills: Sequence[Skill]) -> Work:
    closed = kind_of(product, KIND).closed_states()
    rows = Item.objects.live().visible_to(actor).filter(product=product, kind=KIND).exclude(state__in=closed)
    if release is not None:
        rows = rows.filter(pk__in=Link.objects.filter(relation="planned_in", target=release).values("source"))
    items = {item.pk: item for item in rows.order_by("rank", "pk")[:MOST]}
    efforts: dict[int, dict[int, Any]] = {}
    for one in Estimate.objects.filter(item__in=items, skill__in=skills):
        if one.high > 0:
            efforts.setdefault(one.item_id, {})[one.skill_id] = spec_of(one)
    for key, item in items.items():
        item.product = product
        months = item.fields.get("effort")
        if key not in efforts and skills and isinstance(months, int | float) and months > 0:
            efforts[key] = {skills[0].pk: float(months) * DAYS_A_MONTH}
    return Work(items, efforts, tuple(item for key, item in items.items() if key not in efforts))


def spec_of(one: Estimate) -> Any:
    if one.high <= one.low:
        return one.likely
    return {"dist": "triangular", "low": one.low, "mode": one.likely, "high": one.high}


def needed(work: Work, skill: int) -> bool:
    return any(skill in row for row in work.efforts.values())


def by_day(product: Product, skills: Sequence[Skill], today: date) -> dict[int, Any]:
    """{skill: days of work done by the end of each day from today on, cumulated over everybody who has the skill}. A
    skill that nobody has is left out."""
    away = list(DayOff.objects.filter(product=product, to_on__gte=today))
    found: dict[int, Any] = {}
    for worker in Worker.objects.filter(skill__in=skills):
        mine = [off for off in away if off.worker_id in (None, worker.pk)]
        days = [today + timedelta(days=number) for number in range(HORIZON)]
        done = np.cumsum([days_of(worker, (day, day), mine) for day in days])
        found[worker.skill_id] = found.get(worker.skill_id, 0) + done
    return {skill: done for skill, done in found.items() if done[-1] > 0}


def finish(draws: Mapping[str, Any], days: Mapping[int, Any]) -> Any:
    """The days from today until the last skill has done its work, one number for each trial."""
    totals: dict[int, Any] = {}
    for name, drawn in draws.items():
        skill = int(name.split()[1])
        totals[skill] = totals.get(skill, 0) + drawn
    return np.max([np.searchsorted(days[skill], total - 1e-9) for skill, total in totals.items()], axis=0).astype(float)


def on(today: date, days: float) -> date | None:
    return None if days >= HORIZON else today + timedelta(days=int(-(-days // 1)))
