"""One question's answers as a reading: the sentence first, then chart and table, each figure leading to its rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pilothouse.jinja import is_chinese
from pilothouse.surveys.analysis import figures
from pilothouse.surveys.analysis.blocks import Block
from pilothouse.surveys.analysis.choices import choice, grid, ticks
from pilothouse.surveys.analysis.frame import Asked, Frame
from pilothouse.surveys.analysis.measures import dates, numbers, one_number
from pilothouse.surveys.analysis.picking import Selection
from pilothouse.surveys.instruments.declare import Reading

SMALL = 30


def read(columns: Sequence[Asked], frame: Frame, selection: Selection) -> Reading:
    """By what the columns measure: nothing here knows the types of questions."""
    there = [asked for asked in columns if asked.column.measure not in ("text", "file")]
    block = Block(there or columns, frame, selection)
    n = int(block.known().sum())
    if not n:
        return Reading(sentence=_("Nobody has answered this yet."), missing=frame.n)
    measures = {asked.column.measure for asked in block.columns}
    if len(block.columns) == 1:
        made = ONE.get(block.first.column.measure, words)(block)
    elif measures == {"flag"}:
        made = ticks(block)
    elif measures <= {"nominal", "ordinal"}:
        made = grid(block)
    else:
        made = numbers(block)
    return with_base(block, made, n)


def with_base(block: Block, reading: Reading, n: int) -> Reading:
    """How many answered, how many did not, and how many were never asked by their version."""
    frame = block.frame
    asked = frame.was_asked(block.first.column.question)
    missing = int((asked & ~block.known()).sum())
    unasked = frame.n - int((asked | block.known()).sum())
    told = [ngettext("%(n)s answer", "%(n)s answers", n) % {"n": f"{n:,}"}]
    if missing:
        told.append(_("%(n)s gave none") % {"n": f"{missing:,}"})
    if unasked:
        told.append(_("%(n)s saw a version without this question") % {"n": f"{unasked:,}"})
    if frame.weighted:
        told.append(
            _("as good as %(n)s without weights") % {"n": f"{figures.effective(frame.weights[block.known()]):,.0f}"}
        )
    caveats = [*reading.caveats]
    if n < SMALL:
        caveats.append(_("Fewer than 30 answers: the intervals are wide for a reason."))
    return replace(
        reading,
        n=n,
        missing=missing + unasked,
        sure="，".join(told) if is_chinese() else ", ".join(told),
        caveats=caveats,
    )


def words(block: Block) -> Reading:
    n = int(block.known().sum())
    return Reading(
        sentence=ngettext("%(n)s person wrote something.", "%(n)s people wrote something.", n) % {"n": f"{n:,}"}
    )


ONE: dict[str, Callable[[Block], Reading]] = {
    "nominal": choice, "ordinal": choice, "number": one_number, "date": dates, "flag": ticks, "text": words,
    "file": words,
}  # fmt: skip
