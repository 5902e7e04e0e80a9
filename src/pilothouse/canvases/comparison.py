"""A map as it is beside how it is to be: which notes stay, are new, changed, moved or gone, and how people feel."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from pilothouse.canvases.board import Board, board_of, note_place
from pilothouse.canvases.lines import Line, lines_of
from pilothouse.canvases.models import Canvas
from pilothouse.canvases.note import Note
from pilothouse.canvases.pairs import AS_IS
from pilothouse.jinja import decimal
from pilothouse.kinds.layouts import Cell, Stage
from pilothouse.people.access import Actor

SAME, NEW, CHANGED, MOVED, GONE = "same", "new", "changed", "moved", "gone"


@dataclass(frozen=True)
class Compared:
    """A note of either map with its numbers, as they were and as they are to be. `was` is what it said, where it said
    something else; `whence` where it lay."""

    note: Note
    mark: str
    figures: tuple[str, ...] = ()
    was: str = ""
    whence: str = ""


@dataclass(frozen=True)
class Place:
    """One stage of one lane, in both maps."""

    stage: Stage
    before: list[Compared]
    after: list[Compared]


@dataclass(frozen=True)
class Lane:
    cell: Cell
    places: list[Place]
    before: Line | None
    after: Line | None


@dataclass(frozen=True)
class Comparison:
    """`changes` are all notes of the to-be map, and those of the as-is map that are gone."""

    columns: list[Stage]
    lanes: list[Lane]
    changes: list[Compared]
    counts: Counter[str]
    sentences: list[str] = field(default_factory=list)


def compared(actor: Actor, as_is: Canvas, to_be: Canvas) -> Comparison:
    before, after = board_of(actor, as_is, short=True), board_of(actor, to_be, short=True)
    columns = merged(as_is.columns, to_be.columns)
    names = {stage.slug: str(stage.name) for stage in columns}
    followed = {origin.number for note in after.notes if (origin := origin_of(note, before))}
    old = [Compared(note, SAME if note.number in followed else GONE, figures(note)) for note in before.notes]
    new = [told(note, origin_of(note, before), as_is, names) for note in after.notes]
    changes = [*new, *(one for one in old if one.mark == GONE)]
    counts = Counter(one.mark for one in changes)
    lanes = [lane(cell, columns, old, new, before, after) for cell in as_is.declared.cells]
    lanes = [one for one in lanes if any(place.before or place.after for place in one.places)]
    return Comparison(columns, lanes, changes, counts, [*summed(counts), *felt(lanes, columns)])


def merged(first: Sequence[Stage], second: Sequence[Stage]) -> list[Stage]:
    """The stages of both maps in their order; a new one comes after the one that it follows."""
    found = list(first)
    for place, stage in enumerate(second):
        slugs = [one.slug for one in found]
        if stage.slug not in slugs:
            ahead = slugs.index(second[place - 1].slug) + 1 if place else 0
            found.insert(ahead, stage)
    return found


def origin_of(note: Note, before: Board) -> Note | None:
    return before.by_number.get(note.item.fields.get(AS_IS) or 0)


def told(note: Note, origin: Note | None, as_is: Canvas, names: dict[str, str]) -> Compared:
    if origin is None:
        return Compared(note, NEW, figures(note))
    was = "" if same_words(note, origin) else origin.title
    if note_place(note) != note_place(origin):
        cell = as_is.declared.cell_by_slug.get(origin.cell)
        lay = " · ".join(part for part in (str(cell.name) if cell else "", names.get(origin.stage, "")) if part)
        return Compared(note, MOVED, figures(note, origin), was, lay)
    if was or values(note) != values(origin):
        return Compared(note, CHANGED, figures(note, origin), was)
    return Compared(note, SAME, figures(note))


def same_words(note: Note, origin: Note) -> bool:
    return (note.title, note.excerpt) == (origin.title, origin.excerpt)


def values(note: Note) -> dict[str, float | None]:
    return {slug: figure.value for slug, figure in note.figures.items()}


def figures(note: Note, origin: Note | None = None) -> tuple[str, ...]:
    """−2 → 1, or the number alone where it stays."""
    was = values(origin) if origin else {}
    return tuple(
        f"{decimal(was[slug], 1)} → {decimal(value, 1)}" if slug in was and was[slug] != value else decimal(value, 1)
        for slug, value in values(note).items()
    )


def lane(
    cell: Cell, columns: Sequence[Stage], old: Sequence[Compared], new: Sequence[Compared], before: Board, after: Board
) -> Lane:
    def here(rows: Sequence[Compared], stage: Stage) -> list[Compared]:
        return [one for one in rows if (one.note.cell, one.note.stage) == (cell.slug, stage.slug)]

    places = [Place(stage, here(old, stage), here(new, stage)) for stage in columns]
    drawn = [lines_of(board.canvas.declared, columns, board.notes).get(cell.slug) for board in (before, after)]
    return Lane(cell, places, *drawn)


def summed(counts: Counter[str]) -> list[str]:
    """2 notes are new, 1 is changed; 5 stay as they are."""
    n = counts[NEW] + counts[CHANGED] + counts[MOVED] + counts[GONE]
    if not n:
        return [_("Nothing is changed yet: write on the to-be map how it should be.")]
    parts = {name: f"{counts[name]:,}" for name in (NEW, CHANGED, MOVED, GONE, SAME)}
    return [_("New: %(new)s · changed: %(changed)s · moved: %(moved)s · gone: %(gone)s · as before: %(same)s.") % parts]


def felt(lanes: Sequence[Lane], columns: Sequence[Stage]) -> list[str]:
    """Where it is worst today, and what becomes of that."""
    said = []
    for one in lanes:
        if one.before is None or not one.before.dots:
            continue
        worst = max(range(len(one.before.dots)), key=lambda place: one.before.dots[place][1])  # type: ignore[union-attr]
        place = int(one.before.dots[worst][0] // 100)
        then = one.after.values[place] if one.after else ""
        stage, now = str(columns[place].name), one.before.values[place]
        if then and then != now:
            said.append(_("Where people feel worst today, “%(stage)s”, goes from %(now)s to %(then)s.")
                        % {"stage": stage, "now": now, "then": then})  # fmt: skip
        else:
            said.append(_("“%(stage)s”, where people feel worst today (%(now)s), is not any better in the to-be map.")
                        % {"stage": stage, "now": now})  # fmt: skip
    return said
