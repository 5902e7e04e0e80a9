"""A survey's answers as columns: what every analysis, export and instrument reads.

    frame = frame_of(survey)                 # finished responses that nobody took out
    frame.column("q1")                       # numbers: nan is missing; choices: codes by `labels`, -1 is missing
    frame.where(frame.column("q2") == 1)     # the same, of some of the people

A question that was removed or asked in another way keeps its earlier answers: its column is there once for each way in
which it was asked (its measure), and says in which versions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np

from pilothouse.surveys.analysis.keeping import store_of, versions_of
from pilothouse.surveys.analysis.store import DTYPES, Store, name_of
from pilothouse.surveys.definition import Question
from pilothouse.surveys.models import Response, Survey, Version
from pilothouse.surveys.questions import TYPES, Column

Array = np.ndarray[Any, Any]
CHUNK = 400


@dataclass(frozen=True)
class Asked:
    """A column, the numbers of the versions that asked it, and the question as the newest of them put it."""

    column: Column
    question: Question
    versions: tuple[int, ...]

    @property
    def name(self) -> str:
        return name_of(self.column.question, self.column.key, self.column.measure)


@dataclass(frozen=True)
class Book:
    """What was ever asked: columns by name, in the order of the newest version, those no longer asked at the end."""

    survey: Survey
    versions: dict[int, Version]

    @cached_property
    def asked(self) -> dict[str, Asked]:
        found: dict[str, Asked] = {}
        for version in sorted(self.versions.values(), key=lambda version: -version.number):
            for question in version.questionnaire.questions():
                for column in TYPES[question.type].columns(question) if question.type in TYPES else ():
                    name = name_of(column.question, column.key, column.measure)
                    there = found.get(name)
                    found[name] = merged(there, column, version.number) if there else Asked(
                        column, question, (version.number,)
                    )  # fmt: skip
        return found

    @cached_property
    def by_key(self) -> dict[tuple[str, str], Asked]:
        """The newest way in which each column was asked."""
        found: dict[tuple[str, str], Asked] = {}
        for asked in self.asked.values():
            found.setdefault((asked.column.question, asked.column.key), asked)
        return found

    @cached_property
    def questions(self) -> dict[tuple[str, str], list[Asked]]:
        """Columns by question and type: a question asked in two ways stands here twice."""
        found: dict[tuple[str, str], list[Asked]] = {}
        for asked in self.asked.values():
            found.setdefault((asked.question.id, asked.question.type), []).append(asked)
        return found

    def versions_asking(self, question: str) -> list[int]:
        return [pk for pk, version in self.versions.items() if version.questionnaire.question(question)]


def merged(there: Asked, column: Column, version: int) -> Asked:
    """Options that only an earlier version offered come after those of today."""
    codes = {
        **there.column.codes,
        **{code: text for code, text in column.codes.items() if code not in there.column.codes},
    }
    wider = replace(there.column, codes=codes) if len(codes) > len(there.column.codes) else there.column
    return Asked(wider, there.question, (version, *there.versions))


@dataclass(frozen=True)
class Frame:
    """Some of a survey's responses (`rows` are their places in the store)."""

    book: Book
    store: Store
    rows: Array
    weighting: Array | None = field(default=None, repr=False)

    @property
    def survey(self) -> Survey:
        return self.book.survey

    @property
    def n(self) -> int:
        return len(self.rows)

    @cached_property
    def response_ids(self) -> Array:
        return self.fact("id", np.int64)

    @property
    def columns(self) -> list[Column]:
        return [asked.column for asked in self.book.asked.values()]

    @cached_property
    def version(self) -> Array:
        """The number of the version that each response saw."""
        numbers = {str(pk): version.number for pk, version in self.book.versions.items()}
        by_code = np.array([numbers.get(pk, 0) for pk in self.store.values(":version")] or [0])
        return by_code[self.fact("version")]

    @property
    def weights(self) -> Array:
        """How much each response counts; ones unless the survey is weighted."""
        return np.ones(self.n) if self.weighting is None else self.weighting

    @property
    def weighted(self) -> bool:
        return self.weighting is not None

    def fact(self, name: str, dtype: Any = np.int32) -> Array:
        return self.store.get(f":{name}", dtype)[self.rows]

    def words(self, name: str) -> Array:
        """A fact in words: language, source, status, end, or hidden.<code>; empty where there is none."""
        values = np.array([*self.store.values(f":{name}"), ""], dtype=object)
        return values[self.fact(name)]

    def fact_is(self, name: str, *wanted: str) -> Array:
        """Who has one of these values of a fact, "" for none; by numbers, since comparing words is slow."""
        known = {value: place for place, value in enumerate(self.store.values(f":{name}"))} | {"": -1}
        return np.isin(self.fact(name), [known[value] for value in wanted if value in known])

    def asked(self, question: str, key: str = "", measure: str | None = None) -> Asked:
        """Raises KeyError for what was never asked."""
        return self.book.by_key[question, key] if measure is None else self.book.asked[name_of(question, key, measure)]

    def column(self, question: str, key: str = "", measure: str | None = None) -> Array:
        """float64 with nan (number, flag; a date as its ordinal day); codes by `labels` with -1; texts with None."""
        asked = self.asked(question, key, measure)
        if asked.column.measure in ("text", "file"):
            return self.texts(asked)
        array = self.store.get(asked.name, DTYPES[asked.column.measure])[self.rows]
        if asked.column.measure == "flag":
            return np.where(array < 0, np.nan, array.astype(np.float64))
        return array if asked.column.measure in ("number", "date") else self.in_order(asked, array)

    def labels(self, question: str, key: str = "", measure: str | None = None) -> list[str]:
        """The codes of a choice in the order of its scale, by which `column` counts."""
        return list(self.asked(question, key, measure).column.codes)

    def in_order(self, asked: Asked, array: Array) -> Array:
        order = {code: place for place, code in enumerate(asked.column.codes)}
        places = [order.get(value, -1) for value in self.store.values(asked.name)]
        return np.array([*places, -1], dtype=np.int32)[array]

    def known(self, asked: Asked) -> Array:
        """Who has a value here; cheap for texts too."""
        array = self.store.get(asked.name, DTYPES[asked.column.measure])[self.rows]
        return ~np.isnan(array) if array.dtype.kind == "f" else array >= 0

    def answered(self, question: str, type: str | None = None) -> Array:
        """Who gave any answer to a question."""
        found = np.zeros(self.n, dtype=bool)
        for (id, kind), columns in self.book.questions.items():
            if id == question and type in (None, kind):
                for asked in columns:
                    found |= self.known(asked)
        return found

    def was_asked(self, question: str) -> Array:
        """Whose version has this question at all."""
        asking = {str(pk) for pk in self.book.versions_asking(question)}
        by_code = np.array([pk in asking for pk in self.store.values(":version")] or [False])
        return by_code[self.fact("version")]

    def texts(self, asked: Asked) -> Array:
        """Read from the database, only of those who wrote something."""
        found = np.full(self.n, None, dtype=object)
        places = np.flatnonzero(self.known(asked))
        for place, text in zip(places, self.read_texts(asked, self.response_ids[places]), strict=True):
            found[place] = text
        return found

    def read_texts(self, asked: Asked, ids: Array) -> Iterator[Any]:
        """The words of these responses, in this order; None for one that went meanwhile."""
        type = TYPES[asked.question.type]
        for start in range(0, len(ids), CHUNK):
            some = ids[start : start + CHUNK].tolist()
            there = dict(Response.objects.filter(pk__in=some).values_list("pk", "answers"))
            for pk in some:
                answer = there.get(pk, {}).get(asked.column.question)
                yield None if answer is None else type.cells(asked.question, answer).get(asked.column.key)

    def where(self, mask: Array) -> Frame:
        weighting = None if self.weighting is None else self.weighting[mask]
        return replace(self, rows=self.rows[mask], weighting=weighting)

    def with_weights(self, weights: Array) -> Frame:
        """People without a weight count nothing."""
        return replace(self, weighting=np.nan_to_num(weights))

    def segment(self, question: str, key: str = "") -> list[tuple[str, Frame]]:
        """The people of each answer to a choice, as (code, frame)."""
        codes = self.column(question, key)
        return [(code, self.where(codes == place)) for place, code in enumerate(self.labels(question, key))]


def frame_of(survey: Survey, *, unfinished: bool = False, flagged: bool = True) -> Frame:
    """Finished responses that were not taken out; with those under way, or without those that look odd."""
    book, store = book_of(survey), store_of(survey)
    frame = Frame(book, store, np.arange(store.n))
    wanted = frame.fact("excluded", np.int8) != 1
    if not unfinished:
        wanted &= frame.fact_is("status", Response.COMPLETE)
    if not flagged:
        wanted &= frame.fact("flagged", np.int8) != 1
    return frame.where(wanted)


def everything(survey: Survey) -> Frame:
    """Every response there is, for counting who is in and who is out."""
    store = store_of(survey)
    return Frame(book_of(survey), store, np.arange(store.n))


def book_of(survey: Survey) -> Book:
    return Book(survey, {pk: version for pk, (version, _reader) in versions_of(survey).items()})


def day_of(ordinal: float) -> date:
    return date.fromordinal(int(ordinal))
