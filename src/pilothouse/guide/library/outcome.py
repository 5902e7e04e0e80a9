"""The result of a method as a person reads it: one sentence, its numbers, its tables; and a refusal in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from pilothouse.charts import Spec
from pilothouse.guide.library.charting import charted
from pilothouse.guide.library.headlines import headline

MOST_SHOWN, LONG = 50, 200
# What refusals that many methods share mean; a rarer one is shown by its code.
WORDS = {
    "not_a_number": gettext_lazy("This is not a number."),
    "not_whole": gettext_lazy("A whole number is needed."),
    "too_small": gettext_lazy("This is smaller than allowed."),
    "too_large": gettext_lazy("This is larger than allowed."),
    "too_few": gettext_lazy("There are too few values."),
    "too_many_items": gettext_lazy("There are too many items."),
    "no_items": gettext_lazy("There is nothing to compute from."),
    "no_answers": gettext_lazy("There is not one answer to compute from."),
    "different_length": gettext_lazy("These lists are not equally long."),
    "duplicate": gettext_lazy("The same name stands here twice."),
    "out_of_order": gettext_lazy("These values are in the wrong order."),
    "not_one_of": gettext_lazy("This is none of the allowed values."),
    "not_a_date": gettext_lazy("A date is needed, like 2026-11-22."),
    "no_such_column": gettext_lazy("There is no column of this name."),
    "give_one_of": gettext_lazy("One of several arguments has to be given, and not more of them."),
    "all_zero": gettext_lazy("All values are zero."),
    "constant": gettext_lazy("This column has one value only."),
    "collinear": gettext_lazy("One column follows from the others."),
    "separation": gettext_lazy("One column splits yes from no without a remainder: no finite answer exists."),
    "no_events": gettext_lazy("Nobody has left, so there is nothing to learn from."),
    "not_summing_to_one": gettext_lazy("The weights do not sum to 1."),
    "not_zero_or_one": gettext_lazy("Only 0 and 1 may stand here."),
    "effort_not_positive": gettext_lazy("Effort has to be above 0."),
    "confidence_over_one": gettext_lazy("Confidence lies between 0 and 1."),
    "not_a_row": gettext_lazy("This is no row of the form that the example has."),
    "not_a_mapping": gettext_lazy("Values by name are needed here."),
    "missing_parameter": gettext_lazy("A value is missing."),
    "bad_formula": gettext_lazy("The formula cannot be read."),
    "impossible_loop": gettext_lazy("These links lead round in a circle that cannot be kept."),
    "unreadable": gettext_lazy("This cannot be read. Write it as the example is written, or paste rows."),
    "ragged": gettext_lazy("A row has more or fewer cells than the first line."),
    "too_many": gettext_lazy("At most 5,000 values are computed on this page."),
    "too_deep": gettext_lazy("This is nested too deeply."),
}
LEADING = (
    ("p_value", pgettext_lazy("result", "The p value is %(value)s.")),
    ("n", pgettext_lazy("result", "Computed from n = %(value)s.")),
)


@dataclass(frozen=True)
class Table:
    name: str
    head: list[str]
    rows: list[list[str]]


@dataclass(frozen=True)
class Outcome:
    """What was computed (`sentence`, `chart`, `facts`, `tables`), or why nothing was (`problem`, at `argument` and
    `row`)."""

    sentence: str = ""
    facts: list[tuple[str, str]] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    chart: Spec | None = None
    problem: str = ""
    argument: str = ""
    row: str = ""


def outcome_of(answer: Mapping[str, Any], id: str = "") -> Outcome:
    """With the headline and the chart that the method of this id has."""
    if "result" in answer:
        found = told(answer["result"])
        first = headline(id, answer["result"]) or found.sentence
        return replace(found, sentence=first, chart=charted(id, answer["result"]))
    if "code" in answer:
        reason = str(WORDS.get(answer["code"], answer["code"]))
        row = answer["row"]
        if isinstance(row, int) and not isinstance(row, bool):
            row += 1
        return Outcome(problem=reason, argument=answer["field"] or "", row="" if row is None else str(row))
    if "unreadable" in answer:
        return Outcome(problem=str(WORDS[answer["reason"]]), argument=answer["unreadable"])
    if "broken" in answer:
        return Outcome(problem=_("These values do not have the form of the example."))
    if "busy" in answer:
        return Outcome(problem=_("Other numbers are being computed just now. Try again in a moment."))
    if "too_much" in answer:
        return Outcome(problem=_("At most 100,000 characters are computed on this page."))
    return Outcome(problem=_("This takes longer than a page may take. Try fewer rows."))


def told(result: Mapping[str, Any]) -> Outcome:
    facts, tables, columns = [], [], {}
    for name, value in result.items():
        if value is None or is_single(value):
            facts.append((name, single(value)))
        elif isinstance(value, list) and all(is_single(one) for one in value):
            facts.append((name, listed(value)))
        elif isinstance(value, Mapping) and value and all(is_single(one) for one in value.values()):
            columns[name] = value
        elif value:
            tables.append(table_of(name, value))
    return Outcome(sentence(result), facts, [*side_by_side(columns), *tables])


def sentence(result: Mapping[str, Any]) -> str:
    """The order where there is one; else the first number that many methods share; else the first number at all."""
    order = result.get("order")
    if isinstance(order, list) and len(order) > 1 and all(is_single(one) for one in order):
        return _("First comes %(first)s, last %(last)s.") % {"first": single(order[0]), "last": single(order[-1])}
    for name, words in LEADING:
        if isinstance(result.get(name), int | float):
            return str(words) % {"value": single(result[name])}
    name, value = next(((name, value) for name, value in result.items() if is_number(value)), ("", None))
    return f"{name} = {single(value)}" if name else ""


def is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_single(value: Any) -> bool:
    return value is None or isinstance(value, str | int | float | bool)


def single(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int | float):
        text = f"{value + 0:.6g}" if isinstance(value, float) else str(value)  # no minus before a zero
        return f"−{text[1:]}" if text.startswith("-") else text
    text = str(value)
    return text if len(text) <= LONG else f"{text[:LONG]}…"


def listed(values: list[Any]) -> str:
    more = [f"… ({len(values)})"] if len(values) > MOST_SHOWN else []
    return ", ".join([*(single(one) for one in values[:MOST_SHOWN]), *more]) or "–"


def side_by_side(columns: Mapping[str, Mapping[str, Any]]) -> list[Table]:
    """Values of the same names stand in one table, a column each."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for name, values in columns.items():
        groups.setdefault(tuple(sorted(values)), []).append(name)
    return [
        Table(", ".join(names), ["", *names], [
            [key, *(single(columns[name][key]) for name in names)] for key in list(columns[names[0]])[:MOST_SHOWN]
        ])
        for names in groups.values()
    ]  # fmt: skip


def table_of(name: str, value: Any) -> Table:
    rows = list(value.items()) if isinstance(value, Mapping) else list(enumerate(value, start=1))
    rows = rows[:MOST_SHOWN]
    if all(isinstance(one, Mapping) for _key, one in rows):
        head = list(dict.fromkeys(name for _key, one in rows for name in one))
        return Table(name, ["", *head], [[str(key), *(cell(one.get(part)) for part in head)] for key, one in rows])
    return Table(name, [], [[str(key), *cells(one)] for key, one in rows])


def cells(value: Any) -> list[str]:
    return [cell(one) for one in value] if isinstance(value, list) else [cell(value)]


def cell(value: Any) -> str:
    if is_single(value):
        return single(value)
    if isinstance(value, list) and all(is_single(one) for one in value):
        return listed(value)
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {cell(one)}" for name, one in list(value.items())[:MOST_SHOWN]) or "–"
    return f"({', '.join(cell(one) for one in value[:MOST_SHOWN])})"
