"""Choices in long form, one row for each product of a task, as Sawtooth, R and Python keep them: found, and folded to
one row a person with the design that its tasks make."""

from __future__ import annotations

import csv
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from pilothouse.exchange.answers.designs import in_order
from pilothouse.exchange.answers.wordings import NO, YES
from pilothouse.exchange.models import Import
from pilothouse.exchange.reading import delimited
from pilothouse.exchange.reading.delimited import Unreadable
from pilothouse.exchange.reading.source import Reading, Row, Source
from pilothouse.exchange.taking.steps import source_of as file_of
from pilothouse.exchange.taking.targets import folded
from pilothouse.surveys.questions.trade import MOST_TASKS

MOST_ROWS = 500_000
KEPT = 2  # what was kept in an earlier form is made anew
SURE = 0.9
WORDS = {
    "person": "respondent respondentid respnum resp respid sysrespnum person personid participant participantid uid"
    " userid subject individual id 受访者 受访者编号 编号 用户",
    "task": "task taskid chid choicesetid choiceset questionid question qes qid set setid obs obsid situation"
    " choicesituation cs scenario 任务 题 题号 选择集",
    "place": "alternative alt altid alternativeid concept profile profileid option product position 方案 选项 产品",
    "chosen": "chosen choice selected select picked response res y answer depvar 选择 是否选择 选中 已选",
}
TASK = "task_"
CHOSEN = YES | {"10"}  # 1.0 without its sign
TICKS = CHOSEN | NO | {"00"}
TaskKey = tuple[str, str]
Levels = tuple[str, ...]
Product = Mapping[str, str]


@dataclass
class Folded:
    """`rows` are people under `heads`, and `begun` the file's rows in which they begin; `design` the products of each
    task, `none` whether one could take none of them. `choices` were made, `left` tasks had none or several."""

    heads: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    begun: list[int] = field(default_factory=list)
    design: list[list[Product]] = field(default_factory=list)
    none: bool = False
    choices: int = 0
    left: int = 0


class LongSource(Source):
    """The file as a table of people."""

    def __init__(self, table: Source) -> None:
        super().__init__(table.folder, replace(table.reading, header=1))
        self.table = table

    @property
    def path(self) -> Path:
        return self.kept("csv")

    def raw(self) -> Iterator[list[str]]:
        return delimited.rows(self.path, "utf-8", ",")

    def kept(self, form: str) -> Path:
        mark = hashlib.sha256(json.dumps([KEPT, self.table.reading.kept()]).encode()).hexdigest()[:12]
        path = self.folder / f"people-{mark}.{form}"
        if not path.exists():
            self.keep(self.folder / f"people-{mark}")
        return path

    def keep(self, stem: Path) -> None:
        found = fold(self.table.columns(), self.table.rows(), self.reading.long)
        part = stem.with_suffix(".part")
        with part.open("w", encoding="utf-8", newline="", errors="surrogatepass") as file:
            csv.writer(file).writerows([found.heads, *found.rows])
        about = {name: getattr(found, name) for name in ("begun", "design", "none", "choices", "left")}
        stem.with_suffix(".json").write_text(json.dumps({**about, "people": len(found.rows)}), encoding="utf-8")
        os.replace(part, stem.with_suffix(".csv"))

    def rows(self) -> Iterator[Row]:
        """Each person with the number of the file's own row in which they begin."""
        begun = self.about()["begun"]
        return ((begun[number - 2], row) for number, row in super().rows())

    def about(self) -> dict[str, Any]:
        """The design, and how many people, choices and tasks that were left out."""
        return json.loads(self.kept("json").read_text(encoding="utf-8"))


def source_of(source: Import) -> Source:
    return as_people(file_of(source))


def as_people(table: Source) -> Source:
    return LongSource(table) if table.reading.long else table


# Found


def guessed(table: Source, count: int) -> Reading:
    """In long form where the columns are called so, and each task of the first rows has one product that was chosen."""
    names = table.columns()
    roles = roles_in(names)
    if not all((roles[0], roles[1], roles[3])) or len(set(roles) - {""}) < sum(map(bool, roles)):
        return table.reading
    sets = list(tasks_of(names, table.sample(count), roles).values())[:-1]  # the last one may be cut off
    good = sum(len(one) > 1 and sum(line.chosen for line in one) == 1 for one in sets)
    return replace(table.reading, long=roles) if sets and good >= SURE * len(sets) else table.reading


def roles_in(names: Sequence[str]) -> tuple[str, ...]:
    """Which column is the person, the task, the place and what was chosen, by their names; "" where none is."""
    return tuple(
        next((name for word in words.split() for name in names if folded(name) == folded(word)), "")
        for words in WORDS.values()
    )


# Folded


@dataclass(frozen=True)
class Line:
    """One product as one person saw it: where it stood, what says whether it was chosen, the rest of its cells, and the
    number of its row in the file."""

    place: str
    mark: str
    cells: tuple[str, ...]
    row: int

    @property
    def chosen(self) -> bool:
        return folded(self.mark) in CHOSEN


def fold(names: Sequence[str], rows: Iterable[Row], roles: Sequence[str]) -> Folded:
    """Raises Unreadable where the file does not make tasks."""
    tasks = tasks_of(names, rows, roles)
    others = [name for name in names if name not in roles]
    attributes = [place for place in range(len(others)) if varies(tasks, place)]
    facts = [place for place in range(len(others)) if place not in attributes and is_of_people(tasks, place)]
    # Places that are words are brands: they count like any other attribute.
    named = bool(roles[2]) and any(in_order(line.place)[0] for lines in tasks.values() for line in lines)
    if not attributes and not named:
        raise Unreadable(_("No column differs between the products of a task, so that there is nothing to compare."))
    shown = [*(others[place] for place in attributes), *([roles[2]] if named else [])]
    folding = Folding(tasks, attributes, named)
    people: dict[str, Line] = {}
    for (person, _task), lines in tasks.items():
        people.setdefault(person, lines[0])
    found = folding.all()
    return replace(
        found,
        heads=[roles[0], *(others[place] for place in facts), *found.heads],
        rows=[
            [person, *(line.cells[place] for place in facts), *folding.row(person)] for person, line in people.items()
        ],
        begun=[line.row for line in people.values()],
        design=[[dict(zip(shown, one, strict=True)) for one in key] for key, _times in folding.numbers],
    )


class Folding:
    """Gives equal tasks one number. Whoever saw the same products twice has two tasks."""

    def __init__(self, tasks: Mapping[TaskKey, Sequence[Line]], attributes: Sequence[int], named: bool) -> None:
        self.tasks, self.attributes, self.named = tasks, attributes, named
        self.numbers: dict[tuple[tuple[Levels, ...], int], int] = {}
        self.taken: dict[str, dict[int, int]] = {}
        self.blank = blanks({self.levels(line)[: len(attributes)] for lines in tasks.values() for line in lines})

    def levels(self, line: Line) -> Levels:
        cells = tuple(line.cells[place] for place in self.attributes)
        return (*cells, line.place) if self.named else cells

    def is_none(self, line: Line) -> bool:
        return bool(self.attributes) and self.levels(line)[: len(self.attributes)] in self.blank

    def all(self) -> Folded:
        made = Folded()
        for (person, _task), lines in self.tasks.items():
            real = sorted((one for one in lines if not self.is_none(one)), key=lambda one: in_order(one.place))
            chosen = [line for line in lines if line.chosen]
            if len(chosen) != 1 or len(real) < 2:
                made.left += 1
                continue
            made.none = made.none or len(real) < len(lines)
            made.choices += 1
            place = next((n for n, line in enumerate(real, 1) if line is chosen[0]), len(real) + 1)
            self.take(person, tuple(map(self.levels, real)), place)
        made.heads = [f"{TASK}{number}" for number in range(1, len(self.numbers) + 1)]
        return made

    def take(self, person: str, shown: tuple[Levels, ...], place: int) -> None:
        own = self.taken.setdefault(person, {})
        times = 1
        while (number := self.numbers.setdefault((shown, times), len(self.numbers) + 1)) in own:
            times += 1
        if number > MOST_TASKS:
            raise Unreadable(too_many(MOST_TASKS))
        own[number] = place

    def row(self, person: str) -> list[str]:
        own = self.taken.get(person, {})
        return [str(own.get(number, "")) for number in range(1, len(self.numbers) + 1)]


def tasks_of(names: Sequence[str], rows: Iterable[Row], roles: Sequence[str]) -> dict[TaskKey, list[Line]]:
    """The lines of each task of each person, in the order of the file. Raises Unreadable."""
    person, task, place, chosen = (names.index(role) if role in names else -1 for role in roles)
    if min(person, task, chosen) < 0:
        raise Unreadable(_("Say which columns name the person, the task, and what was chosen."))
    rest = [at for at in range(len(names)) if at not in (person, task, place, chosen)]
    found: dict[TaskKey, list[Line]] = {}
    same: dict[tuple[str, ...], tuple[str, ...]] = {}
    for count, (number, row) in enumerate(rows):
        if count == MOST_ROWS:
            raise Unreadable(_("More than %(n)s rows of products cannot be read at once.") % {"n": MOST_ROWS})
        cells = tuple(row[at].strip() for at in rest)
        lines = found.setdefault((row[person].strip(), row[task].strip()), [])
        at = row[place].strip() if place >= 0 else str(len(lines) + 1)
        lines.append(Line(at, row[chosen].strip(), same.setdefault(cells, cells), number))
    return found if is_ticked(found) else {key: by_place(lines) for key, lines in found.items()}


def is_ticked(tasks: Mapping[TaskKey, Sequence[Line]]) -> bool:
    """Each row says for itself whether it was chosen; else each names the place of what was."""
    return {folded(line.mark) for lines in tasks.values() for line in lines} <= TICKS | {""}


def by_place(lines: Sequence[Line]) -> list[Line]:
    return [replace(line, mark="1" if in_order(line.mark)[:2] == in_order(line.place)[:2] else "0") for line in lines]


def varies(tasks: Mapping[TaskKey, Sequence[Line]], place: int) -> bool:
    """Whether products of one task differ in it: then it is an attribute."""
    return any(line.cells[place] != lines[0].cells[place] for lines in tasks.values() for line in lines)


def is_of_people(tasks: Mapping[TaskKey, Sequence[Line]], place: int) -> bool:
    """Whether each person has one value of it."""
    known: dict[str, str] = {}
    return all(
        known.setdefault(person, line.cells[place]) == line.cells[place]
        for (person, _task), lines in tasks.items()
        for line in lines
    )


def blanks(products: Iterable[tuple[str, ...]]) -> set[tuple[str, ...]]:
    """Products without any level stand for "none of these": empty cells, or zeros where no level is a zero."""
    known = set(products)
    zeros = {one for one in known if set(one) <= {"", "0"} and "0" in one}
    if any("0" in one for one in known - zeros):
        zeros = set()
    return zeros | {one for one in known if not any(one)}


def too_many(count: int) -> str:
    message = _("The people of this file saw more than %(n)s different tasks; a survey holds at most %(n)s.")
    return message % {"n": count}
