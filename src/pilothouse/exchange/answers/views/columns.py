"""The form that says what each column becomes and what its values mean, and the plan that comes back from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from pilothouse.exchange.answers.long import source_of
from pilothouse.exchange.answers.plan import POLICIES, AnswerColumn, AnswerPlan
from pilothouse.exchange.answers.reading import NO_CODE, YES_CODE, index_of, parts
from pilothouse.exchange.answers.steps import targets_of
from pilothouse.exchange.answers.targets import Target, Targets
from pilothouse.exchange.answers.values import Unknown, flag, is_missing
from pilothouse.exchange.models import Import
from pilothouse.exchange.reading import cells
from pilothouse.exchange.reading.source import Row
from pilothouse.exchange.taking.guessing import MOST_SAMPLE

MOST_VALUES = 60
UNDECIDED = "?"
DESIGNED = ("maxdiff", "conjoint")


def context(source: Import, language: str) -> dict[str, Any]:
    plan, targets = AnswerPlan.of(source.plan), targets_of(source, language)
    sample = source_of(source).sample(MOST_SAMPLE)
    return {
        "plan": plan,
        "columns": [
            column_row(place, column, targets, sample, plan.separator) for place, column in enumerate(plan.columns)
        ],
        "targets": [("", _("Leave out")), *((slug, target.name) for slug, target in targets.by_slug.items())],
        "policies": [("changed", _("Update what differs")), ("skip", _("Leave them as they are"))],
        "separators": [(";", _("Semicolon ;")), (",", _("Comma ,")), ("|", _("Bar |"))],
        "several": any(column.target.startswith("all:") for column in plan.columns),
    }


def column_row(
    place: int, column: AnswerColumn, targets: Targets, sample: Sequence[Row], separator: str
) -> dict[str, Any]:
    values = [cells.visible(row[place].strip()) for _number, row in sample if place < len(row) and row[place].strip()]
    target = targets.get(column.target)
    rows = value_rows(column, target, values, separator) if target else []
    designed = target is not None and target.question is not None and target.question.type in DESIGNED
    return {
        "place": place,
        "plan": column,
        "examples": list(dict.fromkeys(value[:120] for value in values))[:3],
        "values": rows,
        "options": options_of(target) if rows else [],
        "open": sum(row["chosen"] == UNDECIDED for row in rows),
        "designed": designed and column.target.startswith("q:"),
    }


def options_of(target: Target | None) -> list[tuple[str, str]]:
    if target is None or target.column is None:
        return []
    if target.column.measure == "flag":
        return [(YES_CODE, _("Yes")), (NO_CODE, _("No"))]
    return [(code, f"{text.get('') or code} ({code})") for code, text in target.column.codes.items()]


def value_rows(column: AnswerColumn, target: Target, values: Sequence[str], separator: str) -> list[dict[str, Any]]:
    """The values that stand in the column, unknown ones first, then the most frequent, and what each means."""
    if target.column is None or target.column.measure not in ("nominal", "ordinal", "flag"):
        return []
    if column.target.startswith("all:"):
        values = [part for value in values for part in parts(value, separator)]
    found = [
        {"text": value, "count": count, "chosen": column.values.get(value, known(column, target, value))}
        for value, count in Counter(values).most_common()
    ]
    found = [row for row in found if row["chosen"] != UNDECIDED or not is_missing(str(row["text"]))]
    return sorted(found, key=lambda row: row["chosen"] != UNDECIDED)[:MOST_VALUES]


def known(column: AnswerColumn, target: Target, text: str) -> str:
    assert target.column is not None
    index = index_of(column, target)
    try:
        return index.code(text) if index else YES_CODE if flag(text, target.column) else NO_CODE
    except Unknown:
        return UNDECIDED


def plan_from(given: QueryDict, source: Import) -> AnswerPlan:
    """The plan that a person chose. Names and numbers of columns come from the file, never from the form."""
    old, targets = AnswerPlan.of(source.plan), targets_of(source)
    sample = source_of(source).sample(MOST_SAMPLE)
    separator = given.get("separator", "")
    separator = separator if separator in (";", ",", "|") else old.separator
    columns = [
        column_from(given, place, column, targets, sample, separator) for place, column in enumerate(old.columns)
    ]
    policy = given.get("policy", "")
    return AnswerPlan(
        columns=tuple(columns), policy=policy if policy in POLICIES else old.policy, separator=separator,
        unknown_empty="unknown_empty" in given,
    )  # fmt: skip


def column_from(
    given: QueryDict, place: int, column: AnswerColumn, targets: Targets, sample: Sequence[Row], separator: str
) -> AnswerColumn:
    slug = given.get(f"target-{place}", column.target)
    if slug and targets.get(slug) is None:
        slug = ""
    same = slug == column.target
    plan = AnswerColumn(
        column.name, slug, column.values if same else {},
        f"places-{place}" in given if f"designed-{place}" in given else column.places and same,
    )  # fmt: skip
    row = column_row(place, plan, targets, sample, separator)
    allowed = {"", *(code for code, _name in row["options"])}
    told = {value["text"]: given.get(f"value-{place}-{n}") for n, value in enumerate(row["values"])} if same else {}
    asked = {
        value["text"]: known(plan, target, value["text"]) for value in row["values"] if (target := targets.get(slug))
    }
    values = {text: code for text, code in told.items() if code in allowed and code is not None and code != asked[text]}
    return AnswerColumn(plan.name, plan.target, values, plan.places)
