"""How the next release was planned: scored apart by two, ordered, estimated, solved, committed; and its gates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone, translation

from pilothouse.people.access import Actor
from pilothouse.people.models import Product
from pilothouse.planning.launch import actions as launch
from pilothouse.planning.models import Entry, Gate, Plan, Scorecard, Seat, Skill
from pilothouse.planning.plans import actions as plans
from pilothouse.planning.plans import scheduling, staff
from pilothouse.planning.plans.problem import gather
from pilothouse.planning.plans.solving import attempt, keep
from pilothouse.planning.plans.timetable import timetable
from pilothouse.planning.scorecards import actions as cards
from pilothouse.workbench.models import Item
from pilothouse.workbench.writing import actions

SCORED, PLANNED = (
    ("What comes after offline tickets?", "离线船票之后做什么？"),
    ("2.5, as the team agreed", "2.5，团队商定"),
)
RELEASE, BEGAN = "r25", -6
LANGUAGES = ("en", "zh-hans")

# requirement: {criterion: (Ada, 小韦)}; they read the group code and the lock screen differently
NUMBERS: Any = {
    "expiry": {"reach": (5200, 4800), "impact": (0.5, 0.5), "confidence": (80, 80), "effort": (0.5, 0.4)},
    "groupcode": {"reach": (900, 2400), "impact": (2, 3), "confidence": (50, 80), "effort": (2, 1.2)},
    "lockscreen": {"reach": (2600, 2600), "impact": (1, 0.25), "confidence": (50, 50), "effort": (3, 1.5)},
    "alerts": {"reach": (700, 800), "impact": (2, 2), "confidence": (50, 60), "effort": (1, 0.8)},
}
# (requirement, criterion, who): (how sure, why)
REASONS: Any = {
    ("groupcode", "reach", 1): (70, ("Every school on the east bank asked since May.", "五月以来东岸每所学校都问过。")),
    ("groupcode", "reach", 0): (50, ("Only the groups that booked last quarter.", "只算了上季度订过票的团体。")),
    ("lockscreen", "impact", 1): (60, ("Offline tickets already open at once.", "离线船票已经能马上打开。")),
}
# skill: [(who, days a week)]
TEAM: Any = {
    ("Development", "开发"): ((("Noor", "努尔"), "5"), (("Tomas", "托马斯"), "4")),
    ("Design", "设计"): ((("Ines", "伊内丝"), "2"),),
}
# (whose, first and last day from now, what for)
AWAY: Any = (
    ("", 8, 8, ("Harbour festival", "海港节")),
    ("Noor", 12, 16, ("Holiday", "休假")),
)
# requirement: days of development and of design, at best, likely, at worst
ESTIMATES = {
    "expiry": ("4 6 9", "1"),
    "groupcode": ("10 16 26", "4 5 7"),
    "lockscreen": ("14 20 34", "4"),
    "alerts": ("5 8 13", "2"),
}
PASSED = 2


class Planning:
    """One telling of it. `made` are the story's items by their keys; the answer of `tell` are the items it made."""

    def __init__(self, people: Sequence[Actor], product: Product, language: int, made: Mapping[str, Item]) -> None:
        self.people, self.product, self.language = people, product, language
        self.release = made[f"release {RELEASE}"]
        self.items = {key: made[f"requirement {key}"] for key in NUMBERS}

    def tell(self, on: Mapping[int, str], scored: datetime, planned: datetime) -> list[Item]:
        """`on` gives the day so many days from now."""
        card = self.score()
        self.staff(on)
        plan = self.plan(card)
        self.lay_out(plan)
        self.check()
        self.backdate(card, plan, scored, planned)
        return [card.item, plan.item]

    def say(self, pair: Any) -> Any:
        return pair[self.language] if isinstance(pair, tuple) else pair

    def score(self) -> Scorecard:
        """Apart, then shown, then the order of the list."""
        owner, teammate = self.people
        rows = list(self.items.values())
        title = {"title": self.say(SCORED)}
        card = cards.create_card(owner, self.product, "rice", title, rows, blind=True, people=[teammate.user])
        for key, numbers in NUMBERS.items():
            for criterion, values in numbers.items():
                for who, value in enumerate(values):
                    given = {"value": value, **self.reason(key, criterion, who)}
                    cards.set_cell(self.people[who], card, self.items[key], criterion, given)
        for person in self.people:
            cards.finish(person, card)
        cards.adopt(owner, card)
        return card

    def reason(self, key: str, criterion: str, who: int) -> dict[str, Any]:
        sure, why = REASONS.get((key, criterion, who), (None, ""))
        return {"confidence": sure, "note": self.say(why)} if why else {}

    def staff(self, on: Mapping[int, str]) -> None:
        owner, workers = self.people[0], {}
        for skill_name, members in TEAM.items():
            skill = plans.add_skill(owner, self.product, self.say(skill_name))
            for name, days in members:
                workers[name[0]] = staff.add_worker(owner, skill, self.say(name), days)
        for whose, first, last, why in AWAY:
            given = {"from_on": on[first], "to_on": on[last], "name": self.say(why)}
            staff.add_days_off(owner, self.product, workers.get(whose), given)
        actions.change(owner, self.release, {"start_on": on[BEGAN]})

    def plan(self, card: Scorecard) -> Plan:
        """Estimated, solved as anybody's plan is, and committed."""
        owner = self.people[0]
        skills = list(Skill.objects.filter(product=self.product).order_by("pk"))
        for key, given in ESTIMATES.items():
            for skill, days in zip(skills, given, strict=True):
                plans.set_estimate(self.people[1], self.items[key], skill, days)
        made = plans.create_plan(owner, self.product, {"title": self.say(PLANNED)}, [self.release], card)
        found = gather(owner, made)
        keep(made, found, attempt(found, 1.0, explain=len(NUMBERS)))
        made = plans.plan_for(made.item)
        plans.commit(owner, made)
        return made

    def lay_out(self, plan: Plan) -> None:
        """Who works on what and when, by the very function that the job calls; four items are proved at once."""
        made = timetable(self.people[0], plan)
        scheduling.keep(plan, made, scheduling.levelled(made.asked(), 1.0))

    def check(self) -> None:
        with translation.override(LANGUAGES[self.language]):
            launch.add_gates(self.people[0], self.release, launch.usual(), self.people[1].user)
        for gate in Gate.objects.filter(release=self.release).order_by("pk")[:PASSED]:
            gate.release = self.release
            launch.pass_gate(self.people[1], gate, True)

    def backdate(self, card: Scorecard, plan: Plan, scored: datetime, planned: datetime) -> None:
        Entry.objects.filter(scorecard=card).update(at=scored)
        Seat.objects.filter(scorecard=card).update(done_at=scored)
        Scorecard.objects.filter(pk=card.pk).update(revealed_at=scored, adopted_at=scored)
        Plan.objects.filter(pk=plan.pk).update(solved_at=planned, committed_at=planned)
        Gate.objects.filter(release=self.release, done_at__lte=timezone.now()).update(done_at=planned)
