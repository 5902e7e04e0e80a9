"""Which steps are told, and where: at most three on a product's home, one in a chapter, one on an item.

for_home(actor, product)            the steps a product's first page tells
for_chapter(facts, 3)               the step of a chapter, or None
for_item(actor, item)               the step of an item, or None
judged(actor, product)              every rule with what it found
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language

from pilothouse.methods import REGISTRY
from pilothouse.people.access import Actor
from pilothouse.people.models import Product
from pilothouse.steps.declare import FIRES, FULFILLED, NOT_APPLICABLE, Finding, Rule
from pilothouse.steps.facts import Facts, checks_met
from pilothouse.steps.models import Dismissal
from pilothouse.steps.numbers import NUMBERS
from pilothouse.steps.rules import RULES
from pilothouse.workbench.models import Item

MOST_AT_HOME = 3
CLEARLY_WORSE = 1.5
YOUNG = 30  # items, up to which a product's first path is told on their pages too,
AFTER_EVIDENCE = 35  # after what they rest on


@dataclass(frozen=True)
class Step:
    """A rule with what it found in a product, in words. `hidden` is the person's dismissal while it holds."""

    rule: Rule
    product: Product
    finding: Finding | None
    hidden: Dismissal | None = None
    item: Item | None = None

    @property
    def slug(self) -> str:
        return self.rule.slug

    @property
    def state(self) -> str:
        if self.finding is None:
            return NOT_APPLICABLE
        return FIRES if self.finding.fires else FULFILLED

    @property
    def numbers(self) -> dict[str, Any]:
        return dict(self.finding.numbers) if self.finding else {}

    @property
    def text(self) -> str:
        return str(self.rule.here) if self.item else self.put(self.rule.text)

    @property
    def title(self) -> str:
        """What to do where the rule fires, else what it looks at."""
        return self.text if self.state == FIRES else str(self.rule.claim)

    @property
    def told_numbers(self) -> list[tuple[str, Any]]:
        """What was counted, each number with its name in words."""
        return [(str(NUMBERS[name]), value) for name, value in self.numbers.items() if name != "kind"]

    @property
    def reason(self) -> str:
        return self.put(self.rule.reason)

    @property
    def enough(self) -> str:
        return str(self.rule.enough)

    @property
    def action(self) -> str:
        return str(self.rule.action)

    @property
    def here(self) -> bool:
        """Whether the step is done on the item's own page, which is open already."""
        return self.item is not None and (self.rule.path == "@" or self.rule.path.endswith("#body"))

    @property
    def url(self) -> str:
        """The address where the step is done, with what is known filled in."""
        base, found = f"{self.product.workspace.url}{self.product.key}", self.finding
        path = self.rule.path
        if self.rule.many and found and found.numbers.get("n", 1) != 1 and not self.item:
            path = self.rule.many
        at = self.item.number if self.item else found.at if found else None
        if path.startswith("@"):
            return f"{base}-{at}{path[1:]}" if at else f"{base}/"
        if path.startswith("../"):
            return f"{self.product.workspace.url}{path[3:]}"
        return f"{base}/{path % self.numbers if '%(' in path else path}"

    @property
    def method_name(self) -> str:
        """The method whose least sample the rule goes by."""
        return REGISTRY[self.rule.method].name(get_language() or "en") if self.rule.method else ""

    @property
    def dismiss_url(self) -> str:
        return f"{self.product.url}steps/{self.rule.slug}/dismissal"

    def put(self, words: Any) -> str:
        """The words with the numbers in them; as they are while there are none."""
        return str(words % self.numbers) if self.numbers else str(words)


def for_home(actor: Actor, product: Product) -> list[Step]:
    """The most urgent steps; later rules are not even asked once there are enough."""
    return list(told(Facts(actor, product), RULES.values(), MOST_AT_HOME))


def for_chapter(facts: Facts | None, number: int) -> Step | None:
    """The most urgent step of one chapter."""
    rules = [rule for rule in RULES.values() if number in rule.chapters]
    return next(iter(told(facts, rules, 1)), None)


def for_item(actor: Actor, item: Item) -> Step | None:
    """The most urgent step that this very item asks for."""
    young = item.product.last_number <= YOUNG
    rules = [rule for rule in RULES.values() if rule.check and rule.check[0] == item.kind and (young or not rule.young)]
    rules.sort(key=lambda rule: AFTER_EVIDENCE if rule.young else rule.order)
    if not rules or item.trashed_at or not wanted(actor, item.product):
        return None
    met = checks_met(actor, item, [rule.check[1] for rule in rules if rule.check])
    firing = [rule for rule in rules if rule.check and rule.check[1] in met]
    hidden = hidden_rules(actor, item.product) if firing else {}
    finding = Finding(True, {"n": 1, "of": 1}, at=item.number)
    return next((Step(rule, item.product, finding, item=item) for rule in firing if rule.slug not in hidden), None)


def judged(actor: Actor, product: Product) -> list[Step]:
    """Every rule with its state, hidden ones included."""
    facts, hidden = Facts(actor, product), hidden_rules(actor, product)
    return [step_of(rule, product, facts, hidden) for rule in RULES.values()]


def told(facts: Facts | None, rules: Iterable[Rule], most: int) -> Iterable[Step]:
    """The steps that speak to whoever looks, in the order of the rules; none without a product."""
    if facts is None or not wanted(actor := facts.look.actor, product := facts.look.product):
        return
    hidden = hidden_rules(actor, product)
    for rule in rules:
        step = step_of(rule, product, facts, hidden)
        if step.state == FIRES and not step.hidden:
            yield step
            most -= 1
            if not most:
                return


def step_of(rule: Rule, product: Product, facts: Facts, hidden: dict[str, Dismissal]) -> Step:
    finding = rule.judge(facts)
    dismissal = hidden.get(rule.slug)
    return Step(rule, product, finding, dismissal if dismissal and holds(dismissal, finding) else None)


def wanted(actor: Actor, product: Product) -> bool:
    """Whether steps are told to this person at all: to those who may write, unless they turned them off."""
    return actor.user.next_steps and actor.may("write", product)


def hidden_rules(actor: Actor, product: Product) -> dict[str, Dismissal]:
    """The rules that the person put aside, and whose time is not over."""
    rows = Dismissal.objects.visible_to(actor).filter(user=actor.user, product=product)
    now = timezone.now()
    return {row.rule: row for row in rows if row.until is None or row.until > now}


def holds(dismissal: Dismissal, finding: Finding | None) -> bool:
    """A dismissal holds until things are clearly worse than when it was made: by half, and by one at least."""
    if finding is None or not finding.fires:
        return True
    return finding.bad < max(dismissal.bad * CLEARLY_WORSE, dismissal.bad + 1)
