"""What a survey says about the items it asks about, and in which order they come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pilothouse.surveys.analysis.frame import Frame
from pilothouse.surveys.definition import Question
from pilothouse.surveys.instruments import INSTRUMENTS
from pilothouse.surveys.instruments.declare import Reading
from pilothouse.surveys.instruments.kano import in_order
from pilothouse.surveys.models import Survey

SCORING = {instrument.slug: instrument for instrument in INSTRUMENTS if instrument.scoring}
FIELDS = ("kano", "kano_better", "kano_worse", "kano_n", "maxdiff", "opportunity", "survey_place")
PLACE = "survey_place"


@dataclass
class Said:
    """About one item: its fields, what its page shows beside them, and the methods with what went into them."""

    values: dict[str, Any] = field(default_factory=dict)
    details: dict[str, Any] = field(default_factory=dict)
    methods: dict[str, dict[str, Any]] = field(default_factory=dict)
    n: int = 0


def scoring_questions(survey: Survey) -> list[Question]:
    """The questions of the published version (of the draft, before there is one) that rank items."""
    found = survey.live.questionnaire if survey.live else survey.questionnaire
    return [
        question for question in found.questions() if question.type in SCORING and any(r.item for r in question.rows)
    ]


def ranks_items(survey: Survey) -> bool:
    """Whether there is anything to use as a priority; reads the document without making it out."""
    document = survey.live.definition if survey.live else survey.draft
    return any(
        question.get("type") in SCORING and any(row.get("item") for row in question.get("rows", ()))
        for page in document.get("pages", ())
        for question in page.get("questions", ())
    )


def readings(survey: Survey, frame: Frame, options: Mapping[str, str]) -> list[tuple[Question, Reading]]:
    return [(question, SCORING[question.type].read(question, frame, options)) for question in scoring_questions(survey)]


def said(found: list[tuple[Question, Reading]]) -> dict[int, Said]:
    """By the item's number, in the survey's order: the place is among the fields."""
    items: dict[int, Said] = {}
    for question, reading in found:
        for number, values in reading.scores.items():
            one = items.setdefault(number, Said())
            one.values.update(values)
            one.details.update(reading.details.get(number, {}))
            one.methods[reading.method] = inputs_of(question, reading, number)
            one.n = max(one.n, int(values.get("kano_n", reading.n)))
    for place, number in enumerate(order(items), start=1):
        items[number].values[PLACE] = place
    return dict(sorted(items.items(), key=lambda pair: pair[1].values[PLACE]))


def inputs_of(question: Question, reading: Reading, number: int) -> dict[str, Any]:
    """What the method got for this item: the counts of its own rows where they stand row by row."""
    rows = {row.id for row in question.rows if row.item == number}
    kept = dict(reading.inputs)
    for name, value in kept.items():
        if isinstance(value, Mapping) and set(value) & rows:
            kept[name] = {row: value[row] for row in value if row in rows}
    return {"question": question.id, **kept}


def order(items: Mapping[int, Said]) -> list[int]:
    """By Kano where that was asked, else by MaxDiff, else by opportunity; what only a lesser one ranks comes after."""
    kano = {number: one.values for number, one in items.items() if "kano" in one.values}
    rest = [number for number in items if number not in kano]
    rest.sort(
        key=lambda number: (
            -items[number].values.get("maxdiff", -1),
            -items[number].values.get("opportunity", -1),
            number,
        )
    )
    return [*in_order(kano), *rest]
