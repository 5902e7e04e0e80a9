"""Ways to judge that several rules share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pilothouse.steps.declare import Finding, Judge
from pilothouse.steps.facts import Facts
from pilothouse.steps.reading import Asked, Sheet


def some(kind: str, check: str, least: int = 1) -> Judge:
    """Fires where at least `least` rows meet the check; the rule waits while there are no rows of the kind."""

    def judge(facts: Facts) -> Finding | None:
        found = facts.rows(kind, check)
        if not found.of:
            return None
        return Finding(found.n >= least, {"n": found.n, "of": found.of}, bad=found.n, at=found.at)

    return judge


def mostly(kind: str, check: str, least: int) -> Judge:
    """Fires where more than half of at least `least` rows meet the check."""

    def judge(facts: Facts) -> Finding | None:
        found = facts.rows(kind, check)
        if found.of < least:
            return None
        return Finding(2 * found.n > found.of, {"n": found.n, "of": found.of}, bad=found.n, at=found.at)

    return judge


def too_few_answers(slugs: frozenset[str], least: int) -> Judge:
    """Fires where a survey that collects or is closed has fewer answers than its method needs."""

    def judge(facts: Facts) -> Finding | None:
        asked = [one for one in facts.surveys if one.instruments & slugs and one.category in ("active", "done")]
        if not asked:
            return None
        short = [one for one in asked if one.answers < least]
        worst = min(short or asked, key=lambda one: one.answers)
        return Finding(
            bool(short), {**said(worst), "n": worst.answers, "least": least}, least - worst.answers, worst.number
        )

    return judge


def said(survey: Asked) -> Mapping[str, Any]:
    return {"survey": survey.title[:80]}


def drawn(layout: str, applies: Any) -> Judge:
    """Fires where no canvas of the layout holds a note, and what `applies` asks is there to be drawn."""

    def judge(facts: Facts) -> Finding | None:
        numbers = applies(facts)
        if numbers is None:
            return None
        sheet = facts.canvases.get(layout)
        return Finding(sheet is None or not sheet.notes, {**numbers, "notes": sheet.notes if sheet else 0})

    return judge


def filled_sheet(facts: Facts, *layouts: str) -> Sheet | None:
    """The newest of these layouts that holds notes."""
    found = [facts.canvases[layout] for layout in layouts if layout in facts.canvases]
    return min((sheet for sheet in found if sheet.notes), key=lambda sheet: sheet.days, default=None)
