"""Two fields cut in four: who has power and interest, and which assumptions matter and rest on little."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from pilothouse.canvases.note import Note
from pilothouse.canvases.readings.declare import Reading
from pilothouse.canvases.readings.parts import (
    base,
    called,
    complete,
    few,
    known,
    lacking,
    named,
    placed,
    span,
    table,
    titled,
)
from pilothouse.charts import Axis, plane
from pilothouse.jinja import listed  # fmt: skip
from pilothouse.kinds.layouts import Layout

MIDDLE, SCALE, TICKS = 5.5, (0.5, 10.5), range(1, 11)
# By (high on the upright scale, high on the level one).
STAKEHOLDERS = {
    (True, True): gettext_lazy("Manage closely"),
    (True, False): gettext_lazy("Keep satisfied"),
    (False, True): gettext_lazy("Keep informed"),
    (False, False): gettext_lazy("Keep an eye on"),
}
ASSUMPTIONS = {
    (True, False): gettext_lazy("Test first"),
    (True, True): pgettext_lazy("assumption", "Build on it"),
    (False, False): pgettext_lazy("assumption", "Leave for later"),
    (False, True): pgettext_lazy("assumption", "Known and harmless"),
}


def stakeholders(layout: Layout, notes: Sequence[Note]) -> Reading:
    there = complete(layout, notes)
    if not there:
        return nothing(layout, notes)
    fields = sorted_by(there, "power", "interest")
    sentences = [
        _("%(field)s: %(names)s.") % {"field": name, "names": named(fields[key])}
        for key, name in STAKEHOLDERS.items()
        if key in fields
    ]
    against = [note for note in there if note.cell == "opposes" and known(note, "power") > MIDDLE]
    if against:
        sentences.insert(0, _("Against it and able to stop it: %(names)s.") % {"names": named(against)})
    drawn = plane(
        [placed(layout, note, "interest", "power") for note in there],
        Axis(_("Interest"), SCALE, (MIDDLE,), ticks=TICKS),
        Axis(_("Power"), SCALE, (MIDDLE,), ticks=TICKS),
        corners=[str(STAKEHOLDERS[key]) for key in ((True, False), (True, True), (False, False), (False, True))],
    )
    return made(layout, notes, there, sentences, drawn, (STAKEHOLDERS, "power", "interest"))


def assumptions(layout: Layout, notes: Sequence[Note]) -> Reading:
    there = complete(layout, notes)
    if not there:
        return nothing(layout, notes)
    fields = sorted_by(there, "importance", "evidence")
    first = sorted(fields.get((True, False), []), key=lambda note: known(note, "evidence") - known(note, "importance"))
    sentences = [
        _("Test first, in this order: %(names)s.") % {"names": named(first)}
        if first
        else _("Nothing that matters rests on little: there is no assumption to test first.")
    ]
    if safe := fields.get((True, True)):
        sentences.append(_("Important and backed: %(names)s.") % {"names": named(safe)})
    drawn = plane(
        [placed(layout, note, "evidence", "importance") for note in there],
        Axis(_("Evidence: much on the left, none on the right"), SCALE, (MIDDLE,), reverse=True, ticks=TICKS),
        Axis(_("How much hangs on it"), SCALE, (MIDDLE,), ticks=TICKS),
        corners=[str(ASSUMPTIONS[key]) for key in ((True, True), (True, False), (False, True), (False, False))],
    )
    return made(layout, notes, there, sentences, drawn, (ASSUMPTIONS, "importance", "evidence"))


def nothing(layout: Layout, notes: Sequence[Note]) -> Reading:
    names = listed(str(one.name) for one in layout.measures)
    return Reading(
        sentences=(_("No note has both numbers yet: %(names)s.") % {"names": names},), caveats=lacking(layout, notes)
    )


def sorted_by(there: Sequence[Note], up: str, across: str) -> dict[tuple[bool, bool], list[Note]]:
    found: dict[tuple[bool, bool], list[Note]] = {}
    for note in there:
        found.setdefault((known(note, up) > MIDDLE, known(note, across) > MIDDLE), []).append(note)
    return found


def made(
    layout: Layout, notes: Sequence[Note], there: Sequence[Note], sentences: Sequence[str], drawn: dict[str, Any],
    fields: tuple[dict[tuple[bool, bool], Any], str, str],
) -> Reading:  # fmt: skip
    names, up, across = fields
    field_of = {note.number: str(names[known(note, up) > MIDDLE, known(note, across) > MIDDLE]) for note in there}
    head, rows = table(layout.measures, notes, {_("Field"): lambda note: field_of.get(note.number, "–")})
    return Reading(
        sentences=tuple(sentences),
        charts=(titled(drawn, layout.name, base(len(there), len(notes))),),
        head=head,
        rows=rows,
        caveats=(*lacking(layout, notes), *undecided(there, (up, across))),
        how=_("The lines stand in the middle of the scale from 1 to 10, at 5.5. Colours are those of the fields of the "
              "canvas on which the notes lie."),
    )  # fmt: skip


def undecided(there: Sequence[Note], measures: Sequence[str]) -> list[str]:
    """Notes whose range reaches over a line."""
    found = [note for note in there if any(span(note, slug)[0] <= MIDDLE < span(note, slug)[1] for slug in measures)]
    return few([_("The range of %(note)s reaches over a line.") % {"note": called(note)} for note in found])
