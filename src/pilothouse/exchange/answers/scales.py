"""Scales as files hold them: which columns share one, where it ends, and how its points are worded."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from pilothouse.exchange.answers.values import LED, WHOLE, is_missing
from pilothouse.exchange.answers.wordings import families
from pilothouse.exchange.reading.source import Row
from pilothouse.exchange.taking.targets import folded
from pilothouse.surveys.instruments.ready.scores import SUS_STATEMENTS

NUMBERED = re.compile(r"^(?P<stem>.*?)[\s_.-]*\d+$")


@dataclass(frozen=True)
class Column:
    place: int
    name: str
    values: list[str]

    @property
    def distinct(self) -> Counter[str]:
        return Counter(self.values)

    def whole(self) -> set[int] | None:
        """The whole numbers it holds, where it holds nothing else; "3 - important" counts as three."""
        found = [WHOLE.match(value) or LED.match(value) for value in self.distinct]
        return {int(float(one[0 if one.re is WHOLE else 1])) for one in found if one} if found and all(found) else None


def cells_of(sample: Sequence[Row], place: int) -> list[str]:
    cells = (row[place].strip() for _number, row in sample if place < len(row))
    return [cell for cell in cells if not is_missing(cell)]


def together(run: Sequence[Column], column: Column) -> bool:
    """Whether a column is answered on the same scale as its neighbours: with the same words, or with the same numbers
    under numbered names."""
    words = words_of([*run, column])
    if all(words_of([one]) for one in (*run, column)) and family_of(words, 1):
        return True
    stems = {stem_of_numbered(one) for one in (*run, column)}
    return len(stems) == 1 and None not in stems


def words_of(run: Sequence[Column]) -> set[str]:
    return {folded(value) for column in run for value in column.distinct}


def stem_of_numbered(column: Column) -> str | None:
    numbers, match = column.whole(), NUMBERED.match(column.name)
    if numbers and match and len(numbers) > 2 and min(numbers) >= 0 and max(numbers) <= 10:
        return match["stem"].casefold()
    return None


def is_scale(run: Sequence[Column]) -> bool:
    """Two neighbours with words are one; numbers say less, so three are needed."""
    return family_of(words_of(run)) is not None or (len(run) > 2 and stem_of_numbered(run[0]) is not None)


def family_of(words: set[str], least: int = 3) -> tuple[int, dict[str, int]] | None:
    """(points, words) of a scale to which all these words belong, with so many steps at least."""
    for points in (5, 7, 6, 4) if words else ():
        for family in families(points):
            if words <= set(family) and len({family[word] for word in words}) >= least:
                return points, family
    return None


@dataclass(frozen=True)
class Scale:
    low: int
    high: int
    points: dict[str, str]


def scale(run: Sequence[Column]) -> Scale:
    """The ends of the scale, and its points as the file words them."""
    points: dict[str, str] = {}
    said = sum((column.distinct for column in run), Counter[str]())
    if (family := family_of({folded(value) for value in said})) is not None:
        for value, _count in said.most_common():
            points.setdefault(str(family[1][folded(value)]), value)
        return Scale(1, family[0], points)
    numbers = set[int]().union(*(column.whole() or set() for column in run))
    for value in said:
        if (led := LED.match(value)) and not WHOLE.match(value):
            points.setdefault(led[1], value[len(led[0]) :].strip() or value)
    return Scale(min(1, min(numbers, default=1)), max(2, max(numbers, default=5)), points)


def stem_of(names: Sequence[str]) -> str:
    stem = names[0]
    for name in names[1:]:
        while not name.startswith(stem):
            stem = stem[:-1]
    return stem.strip("_ .:-") or names[0]


def is_sus(names: Sequence[str]) -> bool:
    if len(names) != len(SUS_STATEMENTS):
        return False
    plain = [re.sub(r"^\W*\d+\W*", "", name).casefold() for name in names]
    return all(
        max(SequenceMatcher(None, name, text.casefold()).ratio() for text in pair) > 0.6
        for name, pair in zip(plain, SUS_STATEMENTS, strict=True)
    )
