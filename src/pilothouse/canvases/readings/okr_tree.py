"""The progress of key results from start to target, and of the objectives above them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pilothouse.canvases.note import Note
from pilothouse.canvases.readings.declare import Reading
from pilothouse.canvases.readings.parts import (
    base,
    complete,
    drawn,
    few,
    known,
    lacking,
    named,
    ranged,
    short,
    span,
    table,
    titled,
)
from pilothouse.charts import Bar, bars
from pilothouse.jinja import decimal
from pilothouse.kinds.layouts import Layout

OBJECTIVE, RESULT = "objective", "key_result"
GREEN, AMBER = 0.7, 0.4
MOST = 5  # key results of one objective
Progress = tuple[float, float, float]  # where it stands, and from where to where it may


def read(layout: Layout, notes: Sequence[Note]) -> Reading:
    results = [note for note in notes if note.cell == RESULT]
    there = [note for note in complete(layout, results) if known(note, "start") != known(note, "target")]
    progress = {note.number: progress_of(note) for note in there}
    caveats = (*lacking(layout, results), *remarks(notes, results, there))
    if not there:
        return Reading(sentences=(_("No key result has a start, a target and a number for now yet."),), caveats=caveats)
    computed = {_("Progress"): lambda note: shown(progress.get(note.number))}
    head, rows = table(layout.measures_of(RESULT), results, computed)
    return Reading(
        sentences=tuple(sentences(notes, there, progress)),
        charts=(titled(chart(there, progress), layout.name, base(len(there), len(results))),),
        head=head,
        rows=rows,
        caveats=caveats,
        how=_("Progress is the way gone from start to target. An objective's is the mean of its key results, each "
              "counted from 0 to 100 %. 70 % and more is on course, under 40 % is not (Doerr 2018)."),
    )  # fmt: skip


def progress_of(note: Note) -> Progress:
    start, target = known(note, "start"), known(note, "target")
    low, high = sorted((at - start) / (target - start) for at in span(note, "now"))
    return (known(note, "now") - start) / (target - start), low, high


def sentences(notes: Sequence[Note], there: Sequence[Note], progress: dict[int, Progress]) -> list[str]:
    hanging = Counter(note.under for note in notes if note.cell == RESULT)
    gone: dict[int | None, list[float]] = defaultdict(list)
    for note in there:
        gone[note.under].append(min(1.0, max(0.0, progress[note.number][0])))
    objectives = [note for note in notes if note.cell == OBJECTIVE and gone.get(note.number)]
    said = few([objective_at(note, gone[note.number], hanging[note.number]) for note in objectives])
    if behind := [note for note in there if progress[note.number][0] < AMBER]:
        said.append(_("Behind: %(names)s.") % {"names": named(behind)})
    if backwards := [note for note in there if progress[note.number][0] < 0]:
        said.append(_("Further away than at the start: %(names)s.") % {"names": named(backwards)})
    if not behind:
        said.append(_("No key result is behind."))
    return said


def objective_at(objective: Note, gone: Sequence[float], everything: int) -> str:
    text = ngettext(
        "“%(objective)s” is at %(share)s %%, by %(n)s of its %(all)s key result.",
        "“%(objective)s” is at %(share)s %%, by %(n)s of its %(all)s key results.",
        everything,
    )
    share = decimal(100 * sum(gone) / len(gone), 0)
    return text % {"objective": short(objective.title), "share": share, "n": len(gone), "all": everything}


def remarks(notes: Sequence[Note], results: Sequence[Note], there: Sequence[Note]) -> list[str]:
    said = []
    if flat := [note for note in results if level(note)]:
        said.append(_("Start and target are the same number: %(names)s.") % {"names": named(flat)})
    hanging = Counter(note.under for note in results)
    objectives = [note for note in notes if note.cell == OBJECTIVE]
    numbers = {note.number for note in objectives}
    if bare := [note for note in objectives if not hanging[note.number]]:
        said.append(_("No key result hangs under: %(names)s.") % {"names": named(bare)})
    if many := [note for note in objectives if hanging[note.number] > MOST]:
        said.append(_("More than five key results hang under: %(names)s.") % {"names": named(many)})
    if loose := [note for note in there if note.under not in numbers]:
        said.append(_("These hang under no objective: %(names)s.") % {"names": named(loose)})
    return said


def level(note: Note) -> bool:
    return {"start", "target"} <= set(note.figures) and known(note, "start") == known(note, "target")


def shown(progress: Progress | None) -> str:
    if progress is None:
        return "–"
    at, low, high = (100 * one for one in progress)
    return ranged(at, low, high, unit="%")


def chart(there: Sequence[Note], progress: dict[int, Progress]) -> dict[str, Any]:
    rows = []
    for note in there:
        at, low, high = progress[note.number]
        tone = "$leaf" if at >= GREEN else "$amber" if at >= AMBER else "$coral"
        tip = f"{note.title}: {shown(progress[note.number])}"
        figure, url = shown(progress[note.number]), note.item.url
        rows.append(Bar(short(note.title, 60), at, figure, tip, *drawn(low, high), url=url, tone=tone + "/60"))
    return bars(rows, most=max(1.15, *(1.15 * progress[note.number][2] for note in there)))
