"""What a schedule is made from: the items of a plan, the people of each skill, what waits for what, and when it is due.

An item takes one person of each of its skills at a time, side by side; each begins when all it waits for has ended.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from pilothouse.jinja import decimal
from pilothouse.methods import dependencies
from pilothouse.people.access import Actor
from pilothouse.planning.models import DayOff, Plan, Skill, Worker
from pilothouse.planning.plans.capacity import WORKDAYS, days_of, windows
from pilothouse.planning.plans.problem import Problem, gather, ties
from pilothouse.planning.plans.telling import refs
from pilothouse.planning.plans.workdays import HALVES, Pool, Workdays, pools_of, workdays
from pilothouse.workbench.models import Item, Link
from pilothouse.workbench.writing.cleaning import Invalid

MOST_ITEMS = 300
MOST_HALVES = 50_000  # of work in all
WHOLE = 0  # where a skill would stand: all of an item


@dataclass
class Timetable:
    """`release` says by numbers which release each item goes into, `ahead` what goes before what, `windows` how many
    working days each release has."""

    found: Problem
    days: Workdays
    pools: dict[str, Pool]
    release: dict[int, Item]
    ahead: list[tuple[int, int]]
    windows: dict[int, float]

    @cached_property
    def work(self) -> dict[tuple[int, int], list[dict[str, Any]]]:
        """By item and skill, the ways to do it: one for each pool of people who could."""
        names = {skill.name: skill for skill in self.found.skills}
        return {
            (key, names[name].pk): self.ways(key, names[name], effort)
            for key in self.release
            for name, effort in self.found.efforts.get(key, {}).items()
            if effort > 0
        }

    @cached_property
    def parts(self) -> dict[int, list[tuple[int, int]]]:
        found: dict[int, list[tuple[int, int]]] = {}
        for part in self.work:
            found.setdefault(part[0], []).append(part)
        return found

    def ways(self, key: int, skill: Skill, effort: float) -> list[dict[str, Any]]:
        pace = self.pace(self.release[key], skill)
        return [
            {"duration": halves(effort / (pool.share * pace)), "demand": {pool.key: 1}}
            for pool in self.pools.values()
            if pool.skill.pk == skill.pk and pace > 0
        ]

    def pace(self, release: Item, skill: Skill) -> float:
        """Days typed for a release as a multiple of those that the calendar gives: 1.2 means that people get through a
        fifth more. 1 where the calendar counts, 0 where nothing was typed and nothing counted."""
        room = self.found.room[release.pk][skill.pk]
        if not (room.typed and room.days):
            return float(not room.typed)
        people = sum(pool.count for pool in self.pools.values() if pool.skill.pk == skill.pk)
        usual = room.counted or people * self.windows[release.pk]
        return room.days / usual if usual else 1.0

    def due(self, key: int) -> date | None:
        days = (self.found.items[key].due_on, self.release[key].due_on)
        return min((day for day in days if day), default=None)

    def asked(self) -> dict[str, Any]:
        """As `methods.rcpsp` takes it: a task for each skill of an item, and one of no time when all of it is done."""
        tasks: dict[Any, dict[str, Any]] = {}
        links = [((one, WHOLE), (other, WHOLE)) for one, other in self.ahead]
        for key, release in self.release.items():
            due, start = self.due(key), release.start_on
            earliest = self.days.begin(start) if start else None
            tasks[key, WHOLE] = {"duration": 0, "earliest": earliest, "due": self.days.end(due) if due else None}
            for part in self.parts.get(key, ()):
                tasks[part] = {"ways": self.work[part], "earliest": earliest}
                links.append((part, (key, WHOLE)))
        links += [((one, WHOLE), part) for one, other in self.ahead for part in self.parts.get(other, ())]
        return {
            "tasks": tasks,
            "links": links,
            "capacity": {pool.key: pool.count for pool in self.pools.values()},
            "breaks": {pool.key: pool.breaks for pool in self.pools.values()},
        }

    def digest(self) -> str:
        names = {key: (pool.skill.name, pool.names) for key, pool in self.pools.items()}
        return hashlib.sha256(repr((self.asked(), names)).encode()).hexdigest()

    def check(self) -> None:
        """Raises Invalid, naming what stands in the way of any schedule."""
        for why in (self.nothing, self.unestimated, self.circles, self.nobody, self.too_much):
            if said := why():
                raise Invalid({"schedule": said})

    def nothing(self) -> str:
        if not self.release:
            return _("There is nothing to schedule: no open requirement is planned into these releases.")
        if len(self.release) > MOST_ITEMS:
            return _("A schedule takes at most %(most)s requirements.") % {"most": MOST_ITEMS}
        return "" if self.days.days else _("Everybody is away for the next ten years.")

    def unestimated(self) -> str:
        bare = [key for key in self.release if key not in self.found.efforts]
        return _("Nobody has estimated %(refs)s.") % {"refs": refs(self.found, bare)} if bare else ""

    def circles(self) -> str:
        found = next(iter(dependencies.loops(self.ahead)), ())
        return (
            _("These wait for each other in a circle: %(refs)s.") % {"refs": refs(self.found, found)} if found else ""
        )

    def nobody(self) -> str:
        said = [self.without_people(key, skill) for (key, skill), ways in self.work.items() if not ways]
        return " ".join(said)

    def without_people(self, key: int, pk: int) -> str:
        skill = next(one for one in self.found.skills if one.pk == pk)
        words = {
            "ref": self.found.items[key].ref, "skill": skill.name, "release": self.release[key].title,
            "days": decimal(self.found.efforts[key][skill.name], 1),
        }  # fmt: skip
        return _("%(ref)s takes %(days)s days of %(skill)s, and %(release)s has none.") % words

    def too_much(self) -> str:
        longest = {part: min(way["duration"] for way in ways) for part, ways in self.work.items()}
        endless = [key for (key, _skill), most in longest.items() if most > self.days.halves]
        if endless:
            return _("%(refs)s would take longer than ten years.") % {"refs": refs(self.found, dict.fromkeys(endless))}
        return "" if sum(longest.values()) <= MOST_HALVES else _("This is more work than a schedule can lay out.")


def halves(days: float) -> int:
    return max(1, math.ceil(days * HALVES - 1e-6))


def timetable(actor: Actor, plan: Plan, first: date | None = None) -> Timetable:
    """From today on, unless a day is given; in a constant number of queries."""
    found = gather(actor, plan)
    away = list(DayOff.objects.filter(product=plan.item.product))
    workers = list(Worker.objects.filter(skill__in=found.skills).order_by("pk"))
    days = workdays(first or timezone.localdate(), away)
    release = chosen(found)
    windows = working_days(found.releases, away)
    pools = [pool for skill in found.skills for pool in pools_of(skill, workers, away, days)]
    pools += typed_pools(found, windows, {pool.skill.pk for pool in pools})
    number = {found.items[key].pk: key for key in release}
    return Timetable(found, days, {pool.key: pool for pool in pools}, release, ties(number)[0], windows)


def chosen(found: Problem) -> dict[int, Item]:
    """What the plan put into its releases and is open; before there is a plan, what is planned into them."""
    releases = {release.number: release for release in found.releases}
    if found.plan.result:
        pairs = {int(key): at for key, at in found.plan.result["plan"].items()}
    else:
        rows = Link.objects.filter(relation="planned_in", source__in=found.items.values(), target__in=found.releases)
        pairs = dict(rows.order_by("-pk").values_list("source__number", "target__number"))
    return {key: releases[pairs[key]] for key in found.items if pairs.get(key) in releases}


def typed_pools(found: Problem, windows: Mapping[int, float], peopled: set[int]) -> list[Pool]:
    """Where days were typed and nobody is in the calendar: as many people as those days would keep busy."""
    made = []
    for skill in found.skills:
        typed = [(found.room[one.pk][skill.pk].days, windows[one.pk]) for one in found.releases]
        if skill.pk not in peopled and any(room for room, _window in typed):
            most = max(room / window if window else 1.0 for room, window in typed)
            made.append(Pool(f"{skill.pk}.0", skill, (), max(1, round(most)), 1.0, ()))
    return made


def working_days(releases: Sequence[Item], away: Sequence[DayOff]) -> dict[int, float]:
    """By release, of somebody who works all week; none where nothing says when it is due."""
    spans = zip(releases, windows(releases), strict=True)
    return {one.pk: days_of(Worker(days=WORKDAYS), span, away) if span else 0.0 for one, span in spans}
