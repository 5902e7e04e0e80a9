"""What a page can be filtered, split and crossed by."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from pilothouse.surveys.analysis.frame import Frame
from pilothouse.surveys.analysis.naming import asked_of, column_name, field_name, short
from pilothouse.surveys.analysis.picking import FACTS, values_of

CHOICES = ("nominal", "ordinal", "flag")
Options = list[tuple[str, str]]


@dataclass(frozen=True)
class Fields:
    """(name, words) pairs: of columns and facts to filter by, of those that make groups, of questions to show."""

    filters: Options
    groups: Options
    rows: Options


def fields_of(frame: Frame) -> Fields:
    columns = [
        (f"q.{id}.{key}" if key else f"q.{id}", short(column_name(asked), 70), asked.column.measure)
        for (id, key), asked in frame.book.by_key.items()
        if asked.question.type not in ("maxdiff", "conjoint")
    ]
    several = dict.fromkeys(
        (f"q.{id}", short(asked_of(asked.question), 70))
        for (id, key), asked in frame.book.by_key.items() if asked.column.measure == "flag" and key
    )  # fmt: skip
    facts = [(name, field_name(frame, name)) for name in FACTS if len(values_of(frame, name)) > (name != "flag")]
    hidden = [(f"h.{name.removeprefix(':hidden.')}", name.removeprefix(":hidden.")) for name in hidden_of(frame)]
    choices = [(name, words) for name, words, measure in columns if measure in CHOICES]
    single = [(name, words) for name, words, measure in columns if measure in ("nominal", "ordinal")]
    days = [("from", _("From a day on")), ("to", _("Until a day"))]
    return Fields(
        filters=[*[(name, words) for name, words, _measure in columns], *hidden, *facts, *days],
        groups=[*hidden, *choices, *facts],
        rows=[*several, *single],
    )


def hidden_of(frame: Frame) -> list[str]:
    return sorted(name for name in frame.store.arrays if name.startswith(":hidden."))
