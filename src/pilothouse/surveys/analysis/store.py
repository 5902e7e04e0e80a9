"""All responses of a survey as arrays, one a column; new responses are appended, changed ones written over.

Arrays know nothing of wording or order: a category is a number in the order in which values were first met. Words of
open answers are not kept here, only that there are some; they are read from the database where they are shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import numpy as np

from pilothouse.surveys.definition import Question, Questionnaire
from pilothouse.surveys.models import Response
from pilothouse.surveys.questions import TYPES

CATEGORY, FLAG, NUMBER = np.int32, np.int8, np.float64
DTYPES: dict[str, Any] = {
    "nominal": CATEGORY, "ordinal": CATEGORY, "flag": FLAG, "text": FLAG, "file": FLAG, "number": NUMBER,
    "date": NUMBER,
}  # fmt: skip
FACTS: dict[str, Any] = {
    ":id": np.int64, ":changed": np.int64, ":version": CATEGORY, ":status": CATEGORY, ":language": CATEGORY,
    ":source": CATEGORY, ":end": CATEGORY, ":started": NUMBER, ":finished": NUMBER, ":seconds": NUMBER,
    ":excluded": FLAG, ":flagged": FLAG, ":weight": NUMBER,
}  # fmt: skip
READ = (
    "id", "changed", "version_id", "status", "language", "source", "end", "started_at", "finished_at", "seconds",
    "excluded", "weight", "flags", "hidden", "answers",
)  # fmt: skip
MOST_REMEMBERED, LONGEST_REMEMBERED = 20_000, 300
MOST_VALUES = 5_000  # of a hidden field; further ones fall together
UNREADABLE = (KeyError, TypeError, ValueError, AttributeError)
Arrays = dict[str, "np.ndarray[Any, Any]"]


def name_of(question: str, key: str, measure: str) -> str:
    return f"{question}|{key}|{measure}"


@dataclass
class Store:
    """`words` gives, for each column of categories, its values by number (insertion order)."""

    arrays: Arrays = field(default_factory=lambda: {name: np.empty(0, dtype) for name, dtype in FACTS.items()})
    words: dict[str, dict[str, int]] = field(default_factory=dict)

    @property
    def n(self) -> int:
        return len(self.arrays[":id"])

    @property
    def watermark(self) -> int:
        return int(self.arrays[":changed"].max(initial=-1))

    @property
    def bytes(self) -> int:
        return sum(array.nbytes for array in self.arrays.values())

    def get(self, name: str, dtype: Any) -> np.ndarray[Any, Any]:
        """A column, all missing where nobody has answered it yet."""
        found = self.arrays.get(name)
        return found if found is not None else blank(self.n, dtype)

    def values(self, name: str) -> list[str]:
        return list(self.words.get(name, ()))

    def with_rows(self, rows: Iterable[tuple[Any, ...]], versions: dict[int, Reader]) -> Store:
        """This store and these responses: those that were here are written over, the others appended."""
        batch = Batch({name: dict(values) for name, values in self.words.items()})
        for row in rows:
            batch.add(row, versions)
        return self.merged(batch) if batch.n else self

    def merged(self, batch: Batch) -> Store:
        added = batch.arrays()
        places = {pk: place for place, pk in enumerate(self.arrays[":id"].tolist())}
        at = np.array([places.get(pk, -1) for pk in added[":id"].tolist()])
        old, new = at >= 0, at < 0
        names = {**{name: array.dtype for name, array in self.arrays.items()}, **batch.dtypes}
        merged = {}
        for name, dtype in names.items():
            more = added[name] if name in added else blank(batch.n, dtype)
            array = np.concatenate([self.get(name, dtype), more[new]])
            array[at[old]] = more[old]
            merged[name] = array
        return Store(merged, batch.words)

    def without(self, gone: np.ndarray[Any, Any]) -> Store:
        return Store({name: array[~gone] for name, array in self.arrays.items()}, self.words)


def blank(n: int, dtype: Any) -> np.ndarray[Any, Any]:
    return np.full(n, np.nan if np.dtype(dtype).kind == "f" else -1, dtype=dtype)


class Batch:
    """Responses on their way into arrays: for each column the places that have a value, and the values."""

    def __init__(self, words: dict[str, dict[str, int]]) -> None:
        self.words, self.n = words, 0
        self.dtypes: dict[str, Any] = dict(FACTS)
        self.places: dict[str, list[int]] = {}
        self.cells: dict[str, list[Any]] = {}

    def add(self, row: tuple[Any, ...], versions: dict[int, Reader]) -> None:
        there = dict(zip(READ, row, strict=True))
        self.add_facts(there)
        reader = versions.get(there["version_id"])
        for question, answer in there["answers"].items():
            for name, dtype, value in reader.cells(question, answer) if reader else ():
                self.put(name, dtype, self.code(name, value) if dtype is CATEGORY else value)
        self.n += 1

    def add_facts(self, there: dict[str, Any]) -> None:
        for name in ("id", "changed", "excluded"):
            self.put(f":{name}", FACTS[f":{name}"], int(there[name]))
        self.put(":flagged", FLAG, int(bool(there["flags"])))
        for name, value in (
            ("version", there["version_id"]), ("status", there["status"]), ("language", there["language"]),
            ("source", there["source"]), ("end", there["end"]),
        ):  # fmt: skip
            self.put(f":{name}", CATEGORY, self.code(f":{name}", str(value)))
        for name in ("started", "finished"):
            self.put(f":{name}", NUMBER, seconds(there[f"{name}_at"]))
        for name in ("seconds", "weight"):
            self.put(f":{name}", NUMBER, np.nan if there[name] is None else there[name])
        for flag in there["flags"]:
            self.put(f":flag.{flag}", FLAG, 1)
        for code, value in there["hidden"].items():
            self.put(f":hidden.{code}", CATEGORY, self.code(f":hidden.{code}", str(value)[:200]))

    def code(self, name: str, value: Any) -> int:
        known = self.words.setdefault(name, {})
        found = known.get(value)
        if found is None:
            value = value if len(known) < MOST_VALUES else "…"
            found = known.setdefault(value, len(known))
        return found

    def put(self, name: str, dtype: Any, value: Any) -> None:
        if name not in self.places:
            self.dtypes[name], self.places[name], self.cells[name] = dtype, [], []
        self.places[name].append(self.n)
        self.cells[name].append(value)

    def arrays(self) -> Arrays:
        found = {}
        for name, places in self.places.items():
            array = found[name] = blank(self.n, self.dtypes[name])
            array[places] = self.cells[name]
        return found


class Reader:
    """Reads the answers of one version. Equal answers are read once, since most answers are choices."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.questions = {question.id: question for question in questionnaire.questions() if question.type in TYPES}
        self.measures = {
            question.id: {column.key: column.measure for column in TYPES[question.type].columns(question)}
            for question in self.questions.values()
        }
        self.readers = {question.id: TYPES[question.type].reader(question) for question in self.questions.values()}
        self.remembered: dict[tuple[str, str], list[tuple[str, Any, Any]]] = {}

    def cells(self, question: str, answer: Any) -> list[tuple[str, Any, Any]]:
        """(column, kind of array, value) for each part of an answer."""
        if question not in self.questions:
            return []
        text = repr(answer)
        found = self.remembered.get((question, text))
        if found is None:
            found = self.read(self.questions[question], answer)
            if len(text) <= LONGEST_REMEMBERED and len(self.remembered) < MOST_REMEMBERED:
                self.remembered[question, text] = found
        return found

    def read(self, question: Question, answer: Any) -> list[tuple[str, Any, Any]]:
        """An answer that its question cannot read (kept by an earlier release, say) is missing, never an error."""
        try:
            cells = self.readers[question.id](answer)
        except UNREADABLE:
            return []
        measures = self.measures[question.id]
        found = []
        for key, value in cells.items():
            measure = measures.get(key)
            kept = None if measure is None or value is None else ready(measure, value)
            if kept is not None:
                found.append((name_of(question.id, key, str(measure)), DTYPES[str(measure)], kept))
        return found


def ready(measure: str, value: Any) -> Any:
    """A cell as its array keeps it."""
    try:
        if measure in ("nominal", "ordinal"):
            return str(value)
        if measure == "number":
            return float(value)
        if measure == "date":
            return float(date.fromisoformat(str(value)[:10]).toordinal())
        return int(bool(value))
    except ValueError:
        return None


def seconds(moment: datetime | None) -> float:
    return np.nan if moment is None else moment.timestamp()


def rows_of(survey: int, **which: Any) -> Iterable[tuple[Any, ...]]:
    rows = Response.objects.filter(survey=survey, **which).order_by("changed", "id")
    return rows.values_list(*READ).iterator(chunk_size=2_000)
