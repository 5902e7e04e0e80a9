"""From what stands in a cell to what a column keeps: a code, a number, a day, yes or no, or words."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from pilothouse.exchange.answers.wordings import NO, YES, families
from pilothouse.exchange.reading import cells
from pilothouse.exchange.taking.targets import folded
from pilothouse.kinds import FieldError
from pilothouse.surveys.questions import Column

WHOLE = re.compile(r"[-+]?\d+(?:\.0+)?\Z")
# "3 - Somewhat important", "0 Not at all likely", "9 分", and not "1-3 times".
LED = re.compile(r"([-+]?\d+)(?:\s*[-–—:：.、)）=]\s*(?=[^\W\d])|\s+(?=[^\W\d])|(?=[分点星]))")
CODED = ("nominal", "ordinal")
# What people write where there is no answer; for words only an empty cell is none.
MISSING = cells.MISSING | {"na", "n.a.", "no answer", "prefer not to say", "#null!", "未答", "未填", "跳过", "(跳过)"}


class Unknown(Exception):
    """A cell says something that is none of the column's answers."""


@dataclass(frozen=True)
class Index:
    """Every way of writing the codes of one column that is known without being told."""

    exact: Mapping[str, str]
    words: Mapping[str, str]
    places: tuple[str, ...]
    ordered: bool

    @classmethod
    def of(cls, column: Column, *, places: bool = False) -> Index:
        """`places`: whole numbers say which answer it was, counted from one, and not the code itself."""
        words = wordings(column)
        for code, text in column.codes.items():
            for label in text.words.values():
                word = folded(label) or label.strip()
                if not (places and word.isdecimal()):
                    words[word] = code
        exact = {} if places else {code: code for code in column.codes}
        return cls(exact, words, tuple(column.codes), column.measure == "ordinal")

    def code(self, text: str) -> str:
        """Raises Unknown."""
        text = text.strip()
        if text in self.exact:
            return self.exact[text]
        plain = cells.plain(text)
        if WHOLE.match(plain):
            number = int(float(plain))
            found = self.numbered(number) or self.words.get(str(number))
        else:
            found = self.words.get(folded(text) or text)
            if not found and self.ordered and (led := LED.match(plain)):
                found = self.exact.get(led[1])
        if not found:
            raise Unknown
        return found

    def numbered(self, number: int) -> str | None:
        """A number is the code that is called so, else, where no code is a number, the place of the answer."""
        if str(number) in self.exact:
            return str(number)
        if any(code.lstrip("-").isdecimal() for code in self.exact):
            return None
        return self.places[number - 1] if 0 < number <= len(self.places) else None


def wordings(column: Column) -> dict[str, str]:
    """What people write for the steps of a scale with as many points; only for scales that run the usual way round,
    for a scale whose own labels name its ends otherwise knows better."""
    if column.measure != "ordinal":
        return {}
    codes = list(column.codes)
    found: dict[str, str] = {}
    for family in families(len(codes)):
        own = [family.get(folded(label)) for label in labels_of(column, codes[0])] + [
            len(codes) + 1 - step if (step := family.get(folded(label))) else None
            for label in labels_of(column, codes[-1])
        ]
        if all(step in (None, 1) for step in own):
            for word, step in family.items():
                found.setdefault(word, codes[step - 1])
    return found


def labels_of(column: Column, code: str) -> Collection[str]:
    return column.codes[code].words.values()


def value(column: Column, text: str, index: Index | None, dates: str = "") -> Any:
    """The cell as the column keeps it, None for a missing one. Raises Unknown, or FieldError with words."""
    if column.measure in ("text", "file"):
        return text.strip() or None
    if column.measure in CODED and index is not None:
        return coded(text, index)
    if is_missing(text):
        return None
    if column.measure == "flag":
        return flag(text, column)
    if column.measure == "date":
        return cells.day(text, dates)
    return number(text)


def coded(text: str, index: Index) -> str | None:
    """An answer may be called like what elsewhere means that there is none."""
    try:
        return index.code(text) if text.strip() else None
    except Unknown:
        if is_missing(text):
            return None
        raise


def is_missing(text: str) -> bool:
    return cells.plain(text).casefold() in MISSING


def flag(text: str, column: Column) -> bool:
    """Yes or no; in a column of ticks the option's own name means that it was chosen."""
    key = folded(text) or text.strip()
    if key in NO:
        return False
    if key in YES or key in {folded(label) for label in column.label.words.values()} or key.removesuffix("0") == "1":
        return True
    raise Unknown


def number(text: str) -> float:
    """1,234.5 and 12 元 and "0 Not at all likely"."""
    read = cells.number(text)
    try:
        return float(read)
    except ValueError:
        if led := LED.match(cells.plain(text)):
            return float(led[1])
        raise FieldError(_("“%(value)s” is not a number.") % {"value": text.strip()[:40]}) from None
