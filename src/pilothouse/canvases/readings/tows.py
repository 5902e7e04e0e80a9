"""TOWS: whether every strategy rests on a factor from within and one from without, and which factors nobody uses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from pilothouse.canvases.note import Note
from pilothouse.canvases.readings.declare import Reading
from pilothouse.canvases.readings.parts import heading, named, quoted
from pilothouse.jinja import listed
from pilothouse.kinds.layouts import LAYOUTS, Layout
from pilothouse.methods import qspm_tows
from pilothouse.workbench.models import Item, Link

LETTERS = {"strengths": "S", "weaknesses": "W", "opportunities": "O", "threats": "T"}


def read(layout: Layout, notes: Sequence[Note]) -> Reading:
    if not notes:
        return Reading(sentences=(_("There is no strategy yet."),))
    factors = factors_of(notes)
    return judged(layout, notes, factors, cited(notes, factors))


def factors_of(notes: Sequence[Note]) -> dict[int, Item]:
    """The notes of the product's SWOT canvases, by id: whoever sees the one canvas sees the others. What somebody
    still writes for themselves does not count yet."""
    rows = Item.objects.live().filter(product_id=notes[0].item.product_id, kind="note", veil=None)
    there = rows.filter(parent__kind="canvas", parent__fields__layout="swot", parent__trashed_at=None)
    return {item.pk: item for item in there.order_by("pk") if item.fields.get("cell") in LETTERS}


def cited(notes: Sequence[Note], factors: Mapping[int, Item]) -> dict[int, list[int]]:
    """By strategy, the factors that support it."""
    ids = [note.item.pk for note in notes]
    links = Link.objects.filter(target__in=ids, source__in=list(factors), relation="supports")
    found: dict[int, list[int]] = {pk: [] for pk in ids}
    for source, target in links.order_by("pk").values_list("source_id", "target_id"):
        found[target].append(source)
    return found


def judged(
    layout: Layout, notes: Sequence[Note], factors: Mapping[int, Item], cited: Mapping[int, Sequence[int]]
) -> Reading:
    letters = {str(pk): LETTERS[item.fields["cell"]] for pk, item in factors.items()}
    strategies = {str(note.item.pk): [str(pk) for pk in cited[note.item.pk]] for note in notes}
    result = qspm_tows.tows(strategies, factors=letters) if letters else None
    loose = [note for note in notes if result is None or str(note.item.pk) in result.incomplete]
    return Reading(
        sentences=tuple(sentences(layout, notes, loose, result)),
        head=(pgettext("tows", "Strategy"), pgettext("canvas", "Cell"), _("Cites"), _("Rests on")),
        rows=tuple(row(layout, note, factors, cited[note.item.pk], result) for note in notes),
        caveats=tuple(caveats(layout, notes, factors, cited, result)),
        how=_("A strategy cites a note of a SWOT canvas by being supported by it. It is complete when it cites a "
              "strength or weakness and an opportunity or threat (Weihrich 1982)."),
    )  # fmt: skip


def sentences(layout: Layout, notes: Sequence[Note], loose: Sequence[Note], result: Any) -> list[str]:
    if result is None:
        return [_("There is no note on a SWOT canvas of this product that a strategy could cite.")]
    whole, n = len(notes) - len(loose), len(notes)
    text = ngettext("%(whole)s of %(n)s strategy rests on a factor from within and one from without.",
                    "%(whole)s of %(n)s strategies rest on a factor from within and one from without.", n)  # fmt: skip
    said = [text % {"whole": whole, "n": n}]
    if loose:
        said.append(_("Not yet: %(names)s.") % {"names": named(loose)})
    filled = {note.cell for note in notes}
    if bare := [str(cell.name) for cell in layout.cells if cell.slug not in filled]:
        said.append(_("Empty: %(names)s.") % {"names": listed(bare)})
    return said


def caveats(
    layout: Layout, notes: Sequence[Note], factors: Mapping[int, Item], cited: Mapping[int, Sequence[int]], result: Any
) -> list[str]:
    if result is None:
        return []
    said = []
    if unused := [quoted(factors[int(pk)].title) for pk in result.unused]:
        said.append(_("No strategy answers these: %(names)s.") % {"names": listed(unused, 4)})
    if strange := [note for note in notes if misplaced(layout, note, factors, cited[note.item.pk])]:
        said.append(
            _("These cite other fields than those that they lie between: %(names)s.") % {"names": named(strange)}
        )
    return said


def misplaced(layout: Layout, note: Note, factors: Mapping[int, Item], cited: Sequence[int]) -> bool:
    place = layout.cell_by_slug.get(note.cell)
    cells = {factors[pk].fields["cell"] for pk in cited}
    return bool(place and cells and not set(place.cites) <= cells and len(cells) > 1)


def row(layout: Layout, note: Note, factors: Mapping[int, Item], cited: Sequence[int], result: Any) -> tuple[Any, ...]:
    place = layout.cell_by_slug.get(note.cell)
    quadrants = listed(result.quadrants[str(note.item.pk)]) if result else ""
    return (
        heading(note),
        str(place.name) if place else "–",
        quadrants or "–",
        listed(quoted(factors[pk].title) for pk in cited) or "–",
    )


SWOT = LAYOUTS["swot"]
if set(LETTERS) != set(SWOT.cell_by_slug):
    raise ValueError("TOWS reads other fields than SWOT has")
