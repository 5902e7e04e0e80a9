"""What a plan is solved from: candidates with value and effort, releases with room, and what ties items together."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pilothouse.people.access import Actor
from pilothouse.people.models import Product
from pilothouse.planning.models import Estimate, Plan, PlanChoice, Skill
from pilothouse.planning.plans.capacity import Room, rooms
from pilothouse.planning.scorecards.table import sheet
from pilothouse.workbench.models import Item, Link
from pilothouse.workbench.models.custom import kind_of

KIND = "requirement"
MOST_CANDIDATES = 2_000
DAYS_A_MONTH = 20  # what a person-month of a requirement's own effort field is counted as
AHEAD, TOGETHER = "blocks", "goes_with"


@dataclass
class Problem:
    """What a plan is computed from. Items and releases are keyed by their numbers and skills by their names, so that a
    result says the same wherever the product goes.

    `values` are scores, `efforts` days by skill. `ahead` and `together` are pairs of items. `aside` says why an item
    takes no part: "no_value", "no_effort", "chosen_out" or "waits". `shares` are the items whose effort comes from
    their own effort field. `room` is {release: {skill: Room}} by primary keys.
    """

    plan: Plan
    items: dict[int, Item]
    releases: list[Item]
    skills: list[Skill]
    room: dict[int, dict[int, Room]]
    values: dict[int, float]
    efforts: dict[int, dict[str, float]]
    choices: dict[int, PlanChoice]
    ahead: list[tuple[int, int]]
    together: list[tuple[int, int]]
    aside: dict[int, str] = field(default_factory=dict)
    shares: set[int] = field(default_factory=set)

    @property
    def candidates(self) -> list[int]:
        return [key for key in self.items if key not in self.aside]

    def asked(self) -> dict[str, Any]:
        """The arguments of `methods.nrp`."""
        return {
            "items": {key: self.row(key) for key in self.candidates},
            "releases": [
                {
                    "id": release.number, "weight": self.plan.hurry**place,
                    "capacity": {skill.name: self.room[release.pk][skill.pk].days for skill in self.skills},
                }
                for place, release in enumerate(self.releases)
            ],
            "precedence": self.ahead, "couplings": self.together,
        }  # fmt: skip

    def row(self, key: int) -> dict[str, Any]:
        choice = self.choices.get(key)
        row: dict[str, Any] = {"value": self.values[key], "effort": self.efforts[key]}
        if choice and choice.rule == PlanChoice.MUST:
            row["must"] = True
        if choice and choice.rule == PlanChoice.FIXED and (fixed := self.fixed(choice)):
            row["release"] = fixed.number
        elif (latest := self.latest(self.items[key])) is not None:
            row["deadline"] = latest
        return row

    def fixed(self, choice: PlanChoice) -> Item | None:
        return next((release for release in self.releases if release.pk == choice.release_id), None)

    def latest(self, item: Item) -> int | None:
        """The number of the last release that is due by the item's own due date, the first release where none is; None
        for an item without one."""
        if item.due_on is None:
            return None
        in_time = [release.number for release in self.releases if release.due_on and release.due_on <= item.due_on]
        return in_time[-1] if in_time else self.releases[0].number

    def digest(self) -> str:
        """A hash of everything that the result rests on."""
        asked = {**self.asked(), "aside": self.aside}
        return hashlib.sha256(json.dumps(asked, sort_keys=True, default=str).encode()).hexdigest()


def gather(actor: Actor, plan: Plan) -> Problem:
    """The problem as it is now, in a constant number of queries."""
    product = plan.item.product
    closed = kind_of(product, KIND).closed_states()
    rows = Item.objects.live().visible_to(actor).filter(product=product, kind=KIND).exclude(state__in=closed)
    items = {item.number: item for item in rows.order_by("rank")[:MOST_CANDIDATES]}
    for item in items.values():
        item.product = product
    skills = skills_of(product)
    releases = releases_of(actor, plan)
    efforts, shares = efforts_of(items, skills)
    values = values_of(actor, plan, items)
    number = {item.pk: key for key, item in items.items()}
    chosen = plan.choices.filter(item__in=number)
    choices = {number[choice.item_id]: choice for choice in chosen}
    found = Problem(
        plan=plan, items=items, releases=releases, skills=skills, room=rooms(product, releases, skills), values=values,
        efforts=efforts, choices=choices, ahead=[], together=[], shares=shares,
    )  # fmt: skip
    ahead, together = ties(number)
    found.aside = {key: why for key in items if (why := aside(found, key))}
    carry(found, ahead)
    wanted = set(found.candidates)
    found.ahead, found.together = within(ahead, wanted), within(together, wanted)
    return found


def aside(found: Problem, key: int) -> str:
    choice = found.choices.get(key)
    if choice and choice.rule == PlanChoice.OUT:
        return "chosen_out"
    if key not in found.efforts:
        return "no_effort"
    wanted = choice is not None
    if not found.values.get(key) and not wanted:
        return "no_value"
    found.values.setdefault(key, 0.0)
    return ""


def carry(found: Problem, ahead: Sequence[tuple[int, int]]) -> None:
    """Bring along what a candidate waits for, even without a value of its own; leave out what waits for something that
    takes no part. `ahead` are pairs (first, then). Circles stay in: the solver names them when it refuses."""
    changed = True
    while changed:
        changed = False
        for before, after in ahead:
            if found.aside.get(before) == "no_value" and after not in found.aside:
                del found.aside[before]
                found.values.setdefault(before, 0.0)
                changed = True
            if before in found.aside and found.aside[before] != "no_value" and after not in found.aside:
                found.aside[after] = "waits"
                changed = True


def within(pairs: Sequence[tuple[int, int]], wanted: set[int]) -> list[tuple[int, int]]:
    return [(one, other) for one, other in pairs if one in wanted and other in wanted]


def skills_of(product: Product) -> list[Skill]:
    return list(Skill.objects.filter(product=product).order_by("pk"))


def releases_of(actor: Actor, plan: Plan) -> list[Item]:
    """The plan's releases in its order; those closed or thrown away since are left out."""
    rows = Item.objects.live().visible_to(actor).filter(product=plan.item.product, kind="release", closed_at=None)
    there = {item.number: item for item in rows.filter(number__in=plan.releases)}
    for item in there.values():
        item.product = plan.item.product
    return [there[number] for number in plan.releases if number in there]


def efforts_of(items: dict[int, Item], skills: Sequence[Skill]) -> tuple[dict[int, dict[str, float]], set[int]]:
    """Likely days by skill; where nobody estimated, the item's own effort in person-months, on the first skill."""
    found: dict[int, dict[str, float]] = {}
    rows = Estimate.objects.filter(item__in=items.values(), skill__in=skills)
    for number, name, likely in rows.values_list("item__number", "skill__name", "likely"):
        found.setdefault(number, {})[name] = likely
    shares = set()
    for key, item in items.items():
        months = item.fields.get("effort")
        if key not in found and skills and isinstance(months, int | float) and months > 0:
            found[key] = {skills[0].name: float(months) * DAYS_A_MONTH}
            shares.add(key)
    return found, shares


def values_of(actor: Actor, plan: Plan, items: dict[int, Item]) -> dict[int, float]:
    """The scores of the plan's scorecard, else those that the items are sorted by; never below zero. A card on which
    people still score apart has none yet: a plan would tell everybody what its maker put in."""
    if plan.scorecard and plan.scorecard.hidden:
        return {}
    if plan.scorecard:
        plan.scorecard.item.product = plan.item.product
        scores = sheet(actor, plan.scorecard).ranking.scores
        return {key: max(scores[item.pk], 0.0) for key, item in items.items() if item.pk in scores}
    return {key: max(item.score, 0.0) for key, item in items.items() if item.score is not None}


def ties(number: dict[int, int]) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """What goes ahead of what, and what goes together, among all these."""
    rows = Link.objects.filter(source__in=number, target__in=number, relation__in=(AHEAD, TOGETHER)).order_by("pk")
    found = rows.values_list("relation", "source_id", "target_id")
    pairs = [(relation, number[source], number[target]) for relation, source, target in found]
    return (
        [(source, target) for relation, source, target in pairs if relation == AHEAD],
        [(source, target) for relation, source, target in pairs if relation == TOGETHER],
    )
