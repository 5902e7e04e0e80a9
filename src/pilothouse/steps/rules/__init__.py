"""All rules, in the order in which they speak where several fire."""

from __future__ import annotations

from collections import Counter

from pilothouse.steps.checks import CHECKS
from pilothouse.steps.declare import Rule
from pilothouse.steps.rules import begin, define, deliver, discover, grow, market, measure

MODULES = (begin, discover, define, deliver, measure, market, grow)
RULES: dict[str, Rule] = {
    rule.slug: rule
    for rule in sorted((rule for module in MODULES for rule in module.RULES), key=lambda rule: rule.order)
}

if twice := [slug for slug, n in Counter(rule.slug for module in MODULES for rule in module.RULES).items() if n > 1]:
    raise ValueError(f"rules declared twice: {twice}")
if unknown := [
    rule.slug for rule in RULES.values() if rule.check and rule.check[1] not in CHECKS.get(rule.check[0], {})
]:
    raise ValueError(f"rules that name no check: {unknown}")
