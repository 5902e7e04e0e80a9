"""What an instrument is, and what it says about answers: a reading.

    instrument = instrument_of(question)                    # None for questions that are no instrument
    reading = instrument.read(question, frame, options, link)

`options` are the reader's choices among `reading.controls` (from the address; what is unknown falls back to the
default). `link(part)` gives the address of the responses behind a figure; `instrument.mask(question, frame, part)` says
which of the frame's responses these are. A reading never fails for lack of answers: it says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

import numpy as np
from django.utils.translation import gettext as _

from pilothouse.methods import MethodError
from pilothouse.surveys.analysis.frame import Array, Frame
from pilothouse.surveys.definition import Question

Link = Callable[[str], str]
Options = Mapping[str, str]


def nowhere(part: str) -> str:
    return ""


@dataclass(frozen=True)
class Table:
    """For `components/chart.html: data_table`; a cell is text, or {text, url, note}."""

    head: Sequence[str]
    rows: Sequence[Sequence[Any]]
    caption: str = ""


@dataclass(frozen=True)
class Figure:
    title: str
    spec: dict[str, Any]
    subtitle: str = ""
    table: Table | None = None


@dataclass(frozen=True)
class Control:
    """A choice of the reader's: `name` in the address, the options as (value, words)."""

    name: str
    label: str
    options: Sequence[tuple[str, str]]
    value: str


@dataclass(frozen=True, kw_only=True)
class Reading:
    """In the order in which it is shown. `scores` are what each item of the product (by number) got, by the names of
    the fields that "use as priority" writes, `details` what its page shows beside them; `inputs` is what a Run keeps.
    `n` is 0 where nobody answered."""

    sentence: str
    sure: str = ""
    caveats: Sequence[str] = ()
    figures: Sequence[Figure] = ()
    tables: Sequence[Table] = ()
    how: Sequence[str] = ()
    controls: Sequence[Control] = ()
    n: int = 0
    missing: int = 0
    method: str = ""
    inputs: Mapping[str, Any] = field(default_factory=dict)
    scores: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    details: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)


class Instrument:
    """Subclassed once an instrument. `method` is the one in the registry that computes it."""

    slug: ClassVar[str]
    method: ClassVar[str]
    scoring: ClassVar[bool] = False  # whether its items get scores of their own

    def applies(self, question: Question) -> bool:
        """By the type of the question, or by the ready-made question that it is."""
        return question.type == self.slug or question.settings.get("instrument") == self.slug

    def read(self, question: Question, frame: Frame, options: Options | None = None, link: Link = nowhere) -> Reading:
        try:
            found = self.reading(question, frame, options or {}, link)
        except MethodError as error:
            return unread(error, self.method)
        if not frame.weighted or not found.n:
            return found
        return replace(found, caveats=[*found.caveats, _("Weights are left aside here: every answer counts once.")])

    def reading(self, question: Question, frame: Frame, options: Options, link: Link) -> Reading:
        raise NotImplementedError

    def mask(self, question: Question, frame: Frame, part: str) -> Array:
        """The responses behind a figure that `link` was asked for; none for a part that is not known."""
        return np.zeros(frame.n, dtype=bool)


def unread(error: MethodError, method: str) -> Reading:
    if error.code in ("no_answers", "no_items"):
        return Reading(sentence=_("Nobody has answered this yet."), method=method)
    return Reading(
        sentence=_("These answers cannot be computed."),
        method=method,
        caveats=[_("The method refused them: %(reason)s.") % {"reason": error.code}],
    )


def chosen(options: Options, name: str, allowed: Sequence[str]) -> str:
    """What the reader chose, or the first that is allowed."""
    value = options.get(name, "")
    return value if value in allowed else allowed[0]


def counted(title: str, spec: dict[str, Any], n: int, table: Table) -> Figure:
    return Figure(title, spec, _("n = %(n)s") % {"n": n}, table)


def cell(text: str, url: str = "", note: str = "") -> dict[str, str]:
    return {"text": text, "url": url, "note": note}
