"""What each row of a batch becomes: a new response, one that changes, or none, and why. Nothing is written here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from pilothouse.exchange.answers.reading import Read, Reader
from pilothouse.exchange.reading.source import Row, Source
from pilothouse.exchange.taking.plan import RowError
from pilothouse.surveys.models import Coding, Response, Survey
from pilothouse.surveys.questions import TYPES, Refused

CodeOf = tuple[str, str, str]
WRITTEN = ("answers", "hidden", "status", "language", "started_at", "finished_at", "seconds", "weight", "excluded")


@dataclass(frozen=True)
class Marked:
    """A row with the id or mark by which it is known again, and the number of the earlier row that has the same id."""

    row: Row
    mark: str
    earlier: int = 0


@dataclass
class Decision:
    """`after` are the values that a response gets, `codes` those that its open answers do not have yet."""

    row: int
    outcome: str
    read: Read | None = None
    response: Response | None = None
    after: dict[str, Any] = field(default_factory=dict)
    codes: list[CodeOf] = field(default_factory=list)
    reasons: list[dict[str, str]] = field(default_factory=list)


def marked(table: Source, reader: Reader) -> Iterator[Marked]:
    """Every row with its mark. Two people may say the very same: without ids the second one gets a mark of its own."""
    place = next((place for place, column, *_rest in reader.mapped if column.target == "external_id"), None)
    width = len(reader.plan.columns)
    seen: Counter[int] = Counter()
    first: dict[int, int] = {}
    for number, cells in table.rows():
        row = cells[:width]
        if place is None:
            mark = reader.mark(row)
            seen[key := hash(mark)] += 1
            yield Marked((number, cells), mark if seen[key] == 1 else f"{mark}#{seen[key]}")
            continue
        mark = row[place].strip()
        earlier = first.setdefault(hash(mark), number) if mark else number
        yield Marked((number, cells), mark, 0 if earlier == number else earlier)


def batches(rows: Iterator[Marked], start: int, size: int) -> Iterator[Sequence[Marked]]:
    rest = islice(rows, start, None)
    while part := list(islice(rest, size)):
        yield part


class Decider:
    def __init__(self, survey: Survey, reader: Reader) -> None:
        self.survey, self.reader, self.plan = survey, reader, reader.plan

    def batch(self, rows: Sequence[Marked], *, lock: bool = False) -> list[Decision]:
        read = [self.read(row) for row in rows]
        there = self.existing([one.read.external_id for one in read if one.read], lock)
        coded = self.coded(list(there.values()))
        return [self.decided(one, there, coded) if one.read else one for one in read]

    def read(self, marked: Marked) -> Decision:
        number, cells = marked.row
        if marked.earlier:
            return refused(
                number, "skipped", {"": _("The same as row %(row)s of this file.") % {"row": marked.earlier}}
            )
        try:
            return Decision(number, "created", self.reader.read(cells, marked.mark))
        except RowError as error:
            return refused(number, "failed", error.errors)

    def existing(self, ids: Sequence[str], lock: bool) -> dict[str, Response]:
        rows = Response.objects.filter(survey=self.survey, external_id__in=ids).select_related("version")
        if lock:
            rows = rows.select_for_update(of=("self",))
        return {str(row.external_id): row for row in rows}

    def coded(self, responses: Sequence[Response]) -> set[tuple[int, CodeOf]]:
        if not any(column.target.startswith("codes:") for column in self.plan.columns) or not responses:
            return set()
        rows = Coding.objects.filter(response__in=responses)
        return {(pk, (*rest,)) for pk, *rest in rows.values_list("response_id", "question", "key", "code__name")}  # type: ignore[misc]

    def decided(self, one: Decision, there: Mapping[str, Response], coded: set[tuple[int, CodeOf]]) -> Decision:
        assert one.read is not None
        response = there.get(one.read.external_id)
        wanted = [(*place, name) for place, names in one.read.codes.items() for name in names]
        if response is None:
            one.codes, one.after = wanted, first_values(one.read)
            return one
        if self.plan.policy == "skip":
            return refused(one.row, "skipped", {"": _("This response is here already.")})
        try:
            after = self.changes(response, one.read)
        except RowError as error:
            return refused(one.row, "failed", error.errors)
        one.response, one.after = response, after
        one.codes = [code for code in wanted if (response.pk, code) not in coded]
        one.outcome = "updated" if after or one.codes else "unchanged"
        return one

    def changes(self, response: Response, read: Read) -> dict[str, Any]:
        """What differs; empty cells change nothing, and columns that the file lacks keep what they hold."""
        after: dict[str, Any] = dict(read.facts)
        after["hidden"] = {**response.hidden, **{code: text for code, text in read.hidden.items() if text}}
        after["answers"] = {**response.answers, **self.merged(response, read)}
        return {name: new for name, new in after.items() if not same(getattr(response, name), new)}

    def merged(self, response: Response, read: Read) -> dict[str, Any]:
        answers, errors = {}, {}
        for id, cells in read.cells.items():
            question = self.reader.questions[id]
            kind = TYPES[question.type]
            old = response.answers.get(id)
            kept = {} if old is None or f"all:{id}" in self.targets else kind.cells(question, old)
            try:
                answers[id] = kind.answer(question, {**kept, **cells})
            except Refused as error:
                errors[self.reader.column_of(id, error.part)] = str(error)
        if errors:
            raise RowError(errors)
        return answers

    @property
    def targets(self) -> set[str]:
        return {column.target for column in self.plan.columns}


def same(old: Any, new: Any) -> bool:
    if isinstance(old, datetime) and isinstance(new, datetime):
        return old.replace(microsecond=0) == new.replace(microsecond=0)
    return bool(old == new)


def first_values(read: Read) -> dict[str, Any]:
    hidden = {code: text for code, text in read.hidden.items() if text}
    return {"answers": read.answers, "hidden": hidden, **read.facts}


def refused(row: int, outcome: str, errors: Mapping[str, str]) -> Decision:
    reasons = [{"column": column, "message": message} for column, message in errors.items()]
    return Decision(row, outcome, reasons=reasons)
