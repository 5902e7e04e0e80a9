"""A headline is a sentence, and where its values lie in a result: a path ("ci.0"), a share ("%p") or a small function.

A value that a result does not have leaves the headline out, and none of this raises: results are of what people typed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from django.utils.translation import pgettext, pgettext_lazy

from pilothouse.guide.library.charting.parts import Result, is_drawn, listed, named, shown
from pilothouse.jinja import decimal, percent
from pilothouse.kinds.define import KANO

Worth = str | None
Read = str | Callable[[Result], Worth]
MOST_NAMES, LONGEST, SMALLEST = 5, 80, 0.0001
NOTHING = (None, None)
CODES: dict[str, Any] = {
    **{option.slug: option.name for option in KANO},
    "introduction": pgettext_lazy("life cycle", "the introduction"), "growth": pgettext_lazy("life cycle", "growth"),
    "maturity": pgettext_lazy("life cycle", "maturity"), "decline": pgettext_lazy("life cycle", "decline"),
    "invest": pgettext_lazy("move", "invest and grow"), "select": pgettext_lazy("move", "choose with care"),
    "harvest": pgettext_lazy("move", "harvest or leave"), "rivalry": pgettext_lazy("force", "rivals"),
    "entrants": pgettext_lazy("force", "new entrants"), "substitutes": pgettext_lazy("force", "substitutes"),
    "buyers": pgettext_lazy("force", "buyers"), "suppliers": pgettext_lazy("force", "suppliers"),
}  # fmt: skip


@dataclass(frozen=True)
class Headline:
    """A sentence with named places, and for each of them how its value is read from a result."""

    text: Any
    reads: Mapping[str, Read]

    def told(self, result: Result) -> str:
        """The sentence with its values; "" where the result lacks one of them."""
        values = {name: worth(result, read) for name, read in self.reads.items()}
        return "" if None in values.values() else str(self.text) % values


Headlines = dict[str, tuple[Headline, ...]]


def says(text: Any, **reads: Read) -> Headline:
    return Headline(text, reads)


def worth(result: Result, read: Read) -> Worth:
    """The value that `read` finds in a result, in words: a path ("ci.0"), a path to a share told in per cent ("%p"), or
    a function."""
    if callable(read):
        return read(result)
    value = at(result, read.lstrip("%"))
    if read.startswith("%"):
        return percent(value, 1) if is_drawn(value) else None
    return words(value)


def at(value: Any, path: str) -> Any:
    """What lies at a path such as "rates.-1"; None where nothing does."""
    for step in path.split("."):
        if isinstance(value, Mapping):
            value = value.get(step)
        elif isinstance(value, list) and step.lstrip("-").isdecimal() and -len(value) <= int(step) < len(value):
            value = value[int(step)]
        else:
            return None
    return value


def words(value: Any) -> Worth:
    if isinstance(value, list) and value:
        names = [words(one) or "–" for one in value[:MOST_NAMES]]
        return pgettext("between the parts of a list", ", ").join(names) + (" …" if len(value) > MOST_NAMES else "")
    if is_drawn(value):
        return shown(value)
    return value[:LONGEST] if isinstance(value, str) and value else None


def code(*places: Any) -> Read:
    """Reads a code, or several joined by "/", as its name in CODES: `code("quadrant")` at a path, `code("band",
    first_of("items"))` at a path inside of what a function gives."""
    *paths, last = places

    def read(result: Result) -> Worth:
        found = at(last(result), paths[0]) if callable(last) else at(result, last)
        codes = found if isinstance(found, list) else str(found or "").split("/")
        return words([str(CODES[one]) for one in codes if one in CODES])

    return read


def first_of(path: str) -> Callable[[Result], Any]:
    """Gives the first value of a list or mapping, for `code`."""
    return lambda result: next(iter(named(at(result, path)).values()), None)


def first(path: str) -> Read:
    """Reads the name of the first of several."""
    return lambda result: words(next(iter(named(at(result, path))), None))


def within(path: str, inner: str) -> Read:
    """Reads what lies at `inner` in the first of several."""
    return lambda result: words(at(first_of(path)(result), inner))


def count(path: str) -> Read:
    """Reads how many there are."""

    def read(result: Result) -> Worth:
        found = at(result, path)
        return f"{len(found):,}" if isinstance(found, list | Mapping) else None

    return read


def tally(path: str, name: str) -> Read:
    """Reads the number counted under `name`; 0 where it is not among those counted."""
    return lambda result: words(named(at(result, path)).get(name, 0))


def row(path: str) -> Read:
    """Reads a place in a list as a number counted from one."""

    def read(result: Result) -> Worth:
        found = at(result, path)
        return f"{found + 1:.0f}" if is_drawn(found) else words(found)

    return read


def chance(path: str) -> Read:
    """Reads a p value with its sign, "= 0.03" or "< 0.0001": no p is told as zero."""

    def read(result: Result) -> Worth:
        value = at(result, path)
        return None if not is_drawn(value) else f"= {shown(value)}" if value >= SMALLEST else f"< {SMALLEST}"

    return read


def points(path: str) -> Read:
    """Reads a difference of shares as percentage points."""

    def read(result: Result) -> Worth:
        value = at(result, path)
        return decimal(value * 100, 1) if is_drawn(value) else None

    return read


def about(path: str) -> Read:
    """Reads a number rounded to the nearest whole one."""
    return lambda result: rounded(at(result, path), round)


def upwards(path: str) -> Read:
    """Reads a number rounded up, as numbers of people are."""
    return lambda result: rounded(at(result, path), math.ceil)


def rounded(value: Any, to: Callable[[float], float]) -> Worth:
    return decimal(to(value), 0) if is_drawn(value) else None


def both(path: str) -> Read:
    """Reads the sum of the first two numbers: what the two directions of a map show together."""

    def read(result: Result) -> Worth:
        found = [one for one in listed(at(result, path))[:2] if is_drawn(one)]
        return decimal(sum(found), 1) if found else None

    return read


def largest(path: str) -> Read:
    """Reads the largest number."""
    return lambda result: words(max(filter(is_drawn, listed(at(result, path))), default=None))


def fullest(end: int) -> Read:
    """Reads an edge of the class of a histogram that holds most: 0 the lower, 1 the upper."""

    def read(result: Result) -> Worth:
        counts = listed(at(result, "counts"))
        if not counts or not all(map(is_drawn, counts)):
            return None
        return words(at(result, f"breaks.{counts.index(max(counts)) + end}"))

    return read


def numbers(result: Result, path: str, inner: str = "") -> list[tuple[str, float]]:
    """(name, number) of all that are numbers; `inner` is the path to the number where each is a row."""
    pairs = [(name, at(one, inner) if inner else one) for name, one in named(at(result, path)).items()]
    return [(name, value) for name, value in pairs if is_drawn(value)]


def top(path: str, inner: str = "") -> Read:
    """Reads the name of the largest number."""
    return lambda result: words(max(numbers(result, path, inner), key=itemgetter(1), default=NOTHING)[0])


def most(path: str, inner: str = "") -> Read:
    """Reads the largest number of those with names."""
    return lambda result: words(max(numbers(result, path, inner), key=itemgetter(1), default=NOTHING)[1])


def least(path: str) -> Read:
    """Reads the name of the smallest number."""
    return lambda result: words(min(numbers(result, path), key=itemgetter(1), default=NOTHING)[0])


def fewest(path: str) -> Read:
    return lambda result: words(min(numbers(result, path), key=itemgetter(1), default=NOTHING)[1])
