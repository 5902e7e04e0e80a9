"""Answers for SPSS and its relatives: codes as numbers, with labels of columns and values, measures and missings."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import IO, Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from pilothouse.exchange.answers.writing import Tick, silent
from pilothouse.surveys.files.codebook import Place, Variable
from pilothouse.surveys.files.table import HIDDEN, Fact, Table
from pilothouse.surveys.models import Response
from pilothouse.surveys.questions.trade import MaxDiff

# What the format holds, in bytes.
LONGEST_NAME, LONGEST_LABEL, LONGEST_VALUE_LABEL, LONGEST_STRING = 60, 250, 120, 32_000
NOT_SHOWN, NO_ANSWER = -8, -9
RESERVED = frozenset(["ALL", "AND", "BY", "EQ", "GE", "GT", "LE", "LT", "NE", "NOT", "OR", "TO", "WITH"])
STRANGE = re.compile(r"[^\w.]")
MEASURES = {"nominal": "nominal", "ordinal": "ordinal", "number": "scale", "flag": "nominal", "date": "scale"}


@dataclass
class Out:
    """One variable of the file. `read` gives its cell from the response and the cell of the answer."""

    name: str
    label: str
    measure: str
    read: Callable[[Response, Any], Any]
    place: Place | None = None
    values: dict[int | float, str] = field(default_factory=dict)
    cells: list[Any] = field(default_factory=list)


def as_sav(table: Table, tick: Tick = silent) -> IO[bytes]:
    """The file, in a temporary place; it goes when it is closed."""
    import pandas  # heavy: only whoever asks for this form waits for it
    import pyreadstat

    with override(table.language):
        outs = list(named([*of_facts(table), *of_variables(table)]))
        title, how = cut(table.survey.item.title, 60), _("Missing: -8 was not shown, -9 was not answered.")
    for done, (response, found) in enumerate(table.read(), 1):
        for out in outs:
            out.cells.append(out.read(response, found.get(out.place) if out.place else None))
        if done % 500 == 0:
            tick(done)
    file = tempfile.NamedTemporaryFile(suffix=".sav")  # noqa: SIM115 closed by whoever sends it
    frame = pandas.DataFrame({out.name: pandas.Series(out.cells, dtype=dtype(out)) for out in outs})
    pyreadstat.write_sav(
        frame, file.name, file_label=title, note=how,
        column_labels=[out.label for out in outs],
        variable_value_labels={out.name: {**out.values} for out in outs if out.values},
        missing_ranges={out.name: [NOT_SHOWN, NO_ANSWER] for out in outs if NO_ANSWER in out.values},
        variable_measure={out.name: MEASURES.get(out.measure, "nominal") for out in outs},
        variable_format={out.name: "DATE11" for out in outs if out.measure == "date" and out.place},
    )  # fmt: skip
    return file


def dtype(out: Out) -> str:
    return "object" if out.measure in ("text", "file", "date") else "float64"


def of_facts(table: Table) -> Iterator[Out]:
    for fact in table.facts:
        yield Out(fact.name, cut(fact.label, LONGEST_LABEL), kept_as(fact), of_fact(fact))
    for code in table.hidden:
        yield Out(HIDDEN + code, cut(code, LONGEST_LABEL), "text", of_hidden(code))


def kept_as(fact: Fact) -> str:
    return fact.measure if fact.measure in ("number", "date", "flag") else "text"


def of_fact(fact: Fact) -> Callable[[Response, Any], Any]:
    if fact.measure == "text" or fact.measure == "nominal":
        return lambda response, cell: text(fact.value(response))
    if fact.measure == "date":
        return lambda response, cell: fact.value(response)
    return lambda response, cell: number(fact.value(response))


def of_hidden(code: str) -> Callable[[Response, Any], Any]:
    return lambda response, cell: text(response.hidden.get(code, ""))


def of_variables(table: Table) -> Iterator[Out]:
    pages = {
        (version, question.id): page.id
        for version, row in table.versions.items()
        for page in row.questionnaire.pages
        for question in page.questions
    }
    for variable in table.variables:
        column = variable.column
        label = cut(variable.label(table.language, table.source), LONGEST_LABEL)
        yield Out(
            variable.name,
            label,
            column.measure,
            of_column(variable, pages),
            variable.place,
            value_labels(variable, table),
        )


def value_labels(variable: Variable, table: Table) -> dict[int | float, str]:
    measure = variable.column.measure
    if measure == "flag":
        named: dict[int | float, str] = {0: _("No"), 1: _("Yes")}
    elif measure in ("nominal", "ordinal"):
        labels = variable.labels(table.language, table.source)
        named = {variable.numbers[code]: cut(label, LONGEST_VALUE_LABEL) for code, label in labels.items()}
    else:
        return {}
    return {**named, NOT_SHOWN: _("Not shown"), NO_ANSWER: _("No answer")}


def of_column(variable: Variable, pages: dict[tuple[int, str], str]) -> Callable[[Response, Any], Any]:
    measure, numbers, question = variable.column.measure, variable.numbers, variable.question.id
    if measure in ("nominal", "ordinal", "flag"):
        maxdiff = variable.question.type == MaxDiff.slug
        place = variable.column.key.partition(".")[0]
        unmet = MaxDiff().met_another(variable.question, place) if maxdiff else lambda answer: False

        def coded(response: Response, cell: Any) -> Any:
            if cell is not None:
                return int(bool(cell)) if measure == "flag" else numbers.get(str(cell), NO_ANSWER)
            if unmet(response.answers.get(question)):
                return NOT_SHOWN
            page = pages.get((response.version_id, question))
            return NO_ANSWER if page and (not response.seen or page in response.seen) else NOT_SHOWN

        return coded
    if measure == "date":
        return lambda response, cell: date.fromisoformat(cell) if cell else None
    if measure == "file":
        return lambda response, cell: text(cell.get("name")) if cell else ""
    return (lambda response, cell: number(cell)) if measure == "number" else (lambda response, cell: text(cell))


def number(value: Any) -> float | None:
    return None if value is None else float(value)


def text(value: Any) -> str:
    return "" if value is None else cut(str(value), LONGEST_STRING)


def cut(words: str, most: int) -> str:
    """At most so many bytes, and no half characters."""
    return words.replace("\x00", "").encode("utf-8", "replace")[:most].decode("utf-8", "ignore")


def named(outs: Iterable[Out]) -> Iterator[Out]:
    """Names that the format allows: letters, digits, points and lines, a letter in front, each once."""
    taken: set[str] = set()
    for out in outs:
        base = cut(STRANGE.sub("_", out.name), LONGEST_NAME).strip("._") or "v"
        if not base[0].isalpha() or base.upper() in RESERVED:
            base = f"v_{base}"
        out.name, n = base, 2
        while out.name.casefold() in taken:
            out.name, n = f"{base}_{n}", n + 1
        taken.add(out.name.casefold())
        yield out
