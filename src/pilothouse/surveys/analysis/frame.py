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
    """A column, the numbers of the versions that asked it, and the question as the newest of those versions puts it."""

    column: Column
    question: Question
    versions: tuple[int, ...]

    @property
    def name(self) -> str:
        return name_of(self.column.question, self.column.key, self.column.measure)


@dataclass(frozen=True)
class Book:
    """What was ever asked in a survey. Columns stand in the order of the newest version; those that are no longer asked
    come last."""

    survey: Survey
    versions: dict[int, Version]

    @cached_property
    def asked(self) -> dict[str, Asked]:
        """{name of the column in the store: Asked}."""
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
        """{(question, part): Asked}; of a column asked in several ways the newest."""
        found: dict[tuple[str, str], Asked] = {}
        for asked in self.asked.values():
            found.setdefault((asked.column.question, asked.column.key), asked)
        return found

    @cached_property
    def questions(self) -> dict[tuple[str, str], list[Asked]]:
        """{(question, type): its columns}. A question whose type was changed stands here once for each type."""
        found: dict[tuple[str, str], list[Asked]] = {}
        for asked in self.asked.values():
            found.setdefault((asked.question.id, asked.question.type), []).append(asked)
        return found

    def versions_asking(self, question: str) -> list[int]:
        return [pk for pk, version in self.versions.items() if version.questionnaire.question(question)]


def merged(there: Asked, column: Column, version: int) -> Asked:
    """The column with the options that only this earlier version offered added at the end of its scale."""
    codes = {
        **there.column.codes,
        **{code: text for code, text in column.codes.items() if code not in there.column.codes},
    }
    wider = replace(there.column, codes=codes) if len(codes) > len(there.column.codes) else there.column
    return Asked(wider, there.question, (version, *there.versions))


@dataclass(frozen=True)
class Frame:
    """Some of a survey's responses as columns. `rows` are their places in the store; every array that a frame gives has
    one entry for each of them, in that order."""

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
        """The number of the version that each response was given to."""
        numbers = {str(pk): version.number for pk, version in self.book.versions.items()}
        by_code = np.array([numbers.get(pk, 0) for pk in self.store.values(":version")] or [0])
        return by_code[self.fact("version")]

    @property
    def weights(self) -> Array:
        """The weight of each response; all 1 in a survey that is not weighted."""
        return np.ones(self.n) if self.weighting is None else self.weighting

    @property
    def weighted(self) -> bool:
        return self.weighting is not None

    def fact(self, name: str, dtype: Any = np.int32) -> Array:
        """A fact about each response as the store keeps it: a number, or the place of a word among `store.values`."""
        return self.store.get(f":{name}", dtype)[self.rows]

    def words(self, name: str) -> Array:
        """A fact as words: language, source, status, end, or hidden.<code>. "" where a response has none."""
        values = np.array([*self.store.values(f":{name}"), ""], dtype=object)
        return values[self.fact(name)]

    def fact_is(self, name: str, *wanted: str) -> Array:
        """A mask: the responses whose fact is one of these words, "" for none. Compares numbers, which is faster than
        words."""
        known = {value: place for place, value in enumerate(self.store.values(f":{name}"))} | {"": -1}
        return np.isin(self.fact(name), [known[value] for value in wanted if value in known])

    def asked(self, question: str, key: str = "", measure: str | None = None) -> Asked:
        """The column of this question and part; the newest way of asking it unless `measure` names one. Raises KeyError
        for what was never asked."""
        return self.book.by_key[question, key] if measure is None else self.book.asked[name_of(question, key, measure)]

    def column(self, question: str, key: str = "", measure: str | None = None) -> Array:
        """The answers to one column, by its measure. number and flag: float64, nan where missing. date: float64, the
        ordinal day. nominal and ordinal: int32, the place in `labels`, -1 where missing. text and file: objects, None
        where missing. Raises KeyError for what was never asked."""
        asked = self.asked(question, key, measure)
        if asked.column.measure in ("text", "file"):
            return self.texts(asked)
        array = self.store.get(asked.name, DTYPES[asked.column.measure])[self.rows]
        if asked.column.measure == "flag":
            return np.where(array < 0, np.nan, array.astype(np.float64))
        return array if asked.column.measure in ("number", "date") else self.in_order(asked, array)

    def labels(self, question: str, key: str = "", measure: str | None = None) -> list[str]:
        """The ids of a choice's options in the order of its scale: what the numbers of `column` stand for."""
        return list(self.asked(question, key, measure).column.codes)

    def in_order(self, asked: Asked, array: Array) -> Array:
        """Numbers by the order in which the store met the options, as numbers by the order of the scale."""
        order = {code: place for place, code in enumerate(asked.column.codes)}
        places = [order.get(value, -1) for value in self.store.values(asked.name)]
        return np.array([*places, -1], dtype=np.int32)[array]

    def known(self, asked: Asked) -> Array:
        """A mask: the responses that have a value in this column. Reads no texts."""
        array = self.store.get(asked.name, DTYPES[asked.column.measure])[self.rows]
        return ~np.isnan(array) if array.dtype.kind == "f" else array >= 0

    def answered(self, question: str, type: str | None = None) -> Array:
        """A mask: the responses that hold any answer to this question."""
        found = np.zeros(self.n, dtype=bool)
        for (id, kind), columns in self.book.questions.items():
            if id == question and type in (None, kind):
                for asked in columns:
                    found |= self.known(asked)
        return found

    def was_asked(self, question: str) -> Array:
        """A mask: the responses to versions that have this question at all."""
        asking = {str(pk) for pk in self.book.versions_asking(question)}
        by_code = np.array([pk in asking for pk in self.store.values(":version")] or [False])
        return by_code[self.fact("version")]

    def texts(self, asked: Asked) -> Array:
        """The words of each response, None without any. Asks the database, for those only who wrote something."""
        found = np.full(self.n, None, dtype=object)
        places = np.flatnonzero(self.known(asked))
        for place, text in zip(places, self.read_texts(asked, self.response_ids[places]), strict=True):
            found[place] = text
        return found

    def read_texts(self, asked: Asked, ids: Array) -> Iterator[Any]:
        """Yields the words of the responses with these ids, in this order; None for a response that was erased
        meanwhile."""
        type = TYPES[asked.question.type]
        for start in range(0, len(ids), CHUNK):
            some = ids[start : start + CHUNK].tolist()
            there = dict(Response.objects.filter(pk__in=some).values_list("pk", "answers"))
            for pk in some:
                answer = there.get(pk, {}).get(asked.column.question)
                yield None if answer is None else type.cells(asked.question, answer).get(asked.column.key)

    def where(self, mask: Array) -> Frame:
        """The responses for which the mask is true."""
        weighting = None if self.weighting is None else self.weighting[mask]
        return replace(self, rows=self.rows[mask], weighting=weighting)

    def with_weights(self, weights: Array) -> Frame:
        """The same responses with these weights; nan counts as 0."""
        return replace(self, weighting=np.nan_to_num(weights))

    def segment(self, question: str, key: str = "") -> list[tuple[str, Frame]]:
        """[(option, the responses that chose it)] for each option of a choice."""
        codes = self.column(question, key)
        return [(code, self.where(codes == place)) for place, code in enumerate(self.labels(question, key))]


def frame_of(survey: Survey, *, unfinished: bool = False, flagged: bool = True) -> Frame:
    """The complete responses that nobody took out. `unfinished` adds those under way, `flagged=False` leaves out those
    that look odd."""
    book, store = book_of(survey), store_of(survey)
    frame = Frame(book, store, np.arange(store.n))
    wanted = frame.fact("excluded", np.int8) != 1
    if not unfinished:
        wanted &= frame.fact_is("status", Response.COMPLETE)
    if not flagged:
        wanted &= frame.fact("flagged", np.int8) != 1
    return frame.where(wanted)


def everything(survey: Survey) -> Frame:
    """Every response of the survey, the excluded and unfinished ones too."""
    store = store_of(survey)
    return Frame(book_of(survey), store, np.arange(store.n))


def book_of(survey: Survey) -> Book:
    return Book(survey, {pk: version for pk, (version, _reader) in versions_of(survey).items()})


def day_of(ordinal: float) -> date:
    return date.fromordinal(int(ordinal))
