"""What presses from outside: Porter's five forces, and the developments of a PESTEL by impact and likelihood."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from pilothouse.canvases.note import Note
from pilothouse.canvases.readings.declare import Reading
from pilothouse.canvases.readings.parts import (
    backing,
    base,
    called,
    drawn,
    heading,
    known,
    placed,
    ranged,
    span,
    table,
    titled,
    told,
)  # fmt: skip
from pilothouse.charts import Axis, Bar, bars, plane
from pilothouse.jinja import decimal, listed
from pilothouse.kinds.layouts import Layout
from pilothouse.methods import pestel, porter_five_forces

PRESSURE, IMPACT, LIKELIHOOD = "pressure", "impact", "likelihood"
SCALE, TICKS = (0.5, 5.5), range(1, 6)
MOST = 3


def forces(layout: Layout, notes: Sequence[Note]) -> Reading | None:
    rated = [note for note in notes if PRESSURE in note.figures and note.cell in layout.cell_by_slug]
    if not rated:
        return None
    drivers = {cell.slug: [note for note in rated if note.cell == cell.slug] for cell in layout.cells}
    result = porter_five_forces.analyse({slug: [known(n, PRESSURE) for n in there] for slug, there in drivers.items()})
    names = {cell.slug: str(cell.name) for cell in layout.cells}
    pressing = [force_bar(names[slug], drivers[slug], mean) for slug, mean in result.force_means.items()]
    return Reading(
        sentences=tuple(force_sentences(result, names)),
        charts=(titled(bars(pressing, format="~g", most=5.5), layout.name, base(len(rated), len(notes))),),
        head=(pgettext("canvas", "Note"), pgettext("canvas", "Cell"), _("Pressure"), _("Rests on")),
        rows=tuple((heading(note), names[note.cell], told(note.figures[PRESSURE]), backing(note)) for note in rated),
        caveats=tuple(force_caveats(result, names, drivers)),
        how=_("The pressure of a force is the mean of its drivers. Porter gives no score: the mean of all five, and "
              "its reverse as attractiveness, are a convention."),
    )  # fmt: skip


def force_bar(name: str, there: Sequence[Note], mean: float) -> Bar:
    low, high = (sum(ends) / len(there) for ends in zip(*(span(note, PRESSURE) for note in there), strict=True))
    shown = ranged(mean, low, high, places=1)
    drivers = ngettext("%(n)s driver", "%(n)s drivers", len(there)) % {"n": len(there)}
    return Bar(name, mean, shown, f"{name}: {listed([shown, drivers])}", *drawn(low, high))


def force_sentences(result: Any, names: dict[str, str]) -> list[str]:
    top = {
        "names": listed(names[one] for one in result.strongest),
        "mean": decimal(max(result.force_means.values()), 1),
    }
    said = [_("What presses most, with %(mean)s of 5: %(names)s.") % top]
    if result.overall is not None:
        figures = {"overall": decimal(result.overall, 1), "left": decimal(result.attractiveness, 1)}
        said.append(_("All five press with %(overall)s; that leaves %(left)s as attractiveness.") % figures)
    return said


def force_caveats(result: Any, names: dict[str, str], drivers: dict[str, list[Note]]) -> list[str]:
    said = []
    if result.unrated:
        names_left = listed(names[one] for one in result.unrated)
        said.append(_("Not rated yet, so there is no sum: %(names)s.") % {"names": names_left})
    if thin := [names[slug] for slug, there in drivers.items() if len(there) == 1]:
        said.append(_("Only one driver stands for: %(names)s.") % {"names": listed(thin)})
    return said


def developments(layout: Layout, notes: Sequence[Note]) -> Reading | None:
    there = [note for note in notes if {IMPACT, LIKELIHOOD} <= set(note.figures) and note.cell in layout.cell_by_slug]
    if not there:
        return None
    rows: dict[Any, Any] = {
        note.number: {"cat": note.cell, IMPACT: known(note, IMPACT), LIKELIHOOD: known(note, LIKELIHOOD)}
        for note in there
    }
    result = pestel.analyse(rows)
    priority = dict(zip(rows, result.priority, strict=True))
    computed = {_("Priority"): lambda note: decimal(priority[note.number], 0)}
    head, told_rows = table(layout.measures, there, computed)
    field = plane(
        [placed(layout, note, LIKELIHOOD, IMPACT) for note in there],
        Axis(_("Likelihood"), SCALE, ticks=TICKS),
        Axis(_("Impact on us"), SCALE, ticks=TICKS),
        corners=["", _("Attend to first"), "", ""],
    )
    return Reading(
        sentences=tuple(development_sentences(there, result, priority)),
        charts=(titled(field, layout.name, base(len(there), len(notes))),),
        head=head,
        rows=told_rows,
        caveats=tuple(development_caveats(layout, notes, there)),
        how=_("Priority is impact times likelihood, 1 to 25: 15 and more is high. It sorts; it is no probability."),
    )


def development_sentences(there: Sequence[Note], result: Any, priority: dict[int, float]) -> list[str]:
    by_number = {note.number: note for note in there}
    high = [by_number[key] for key in result.order if priority[key] >= pestel.HIGH]
    if not high:
        first = by_number[result.order[0]]
        figures = {"note": called(first), "priority": decimal(priority[first.number], 0)}
        return [_("Nothing is of high priority; most has %(note)s with %(priority)s of 25.") % figures]
    named = [f"{called(note)} {decimal(priority[note.number], 0)}" for note in high]
    return [_("Of high priority, out of 25: %(names)s.") % {"names": listed(named, MOST)}]


def development_caveats(layout: Layout, notes: Sequence[Note], there: Sequence[Note]) -> list[str]:
    said = []
    filled = {note.cell for note in notes}
    if bare := [str(cell.name) for cell in layout.cells if cell.slug not in filled]:
        said.append(_("Nobody has looked into: %(names)s.") % {"names": listed(bare)})
    if left := len(notes) - len(there):
        text = ngettext("%(n)s note has no numbers.", "%(n)s notes have no numbers.", left)
        said.append(text % {"n": left})
    return said
