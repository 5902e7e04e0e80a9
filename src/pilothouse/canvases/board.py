"""A canvas as one person sees it now: every note with what it rests on, its numbers and its dots, in a constant number
of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from django.db.models import Count, Q
from django.utils import timezone

from pilothouse.canvases.actions import DEEPEST, in_short, notes_of, seen_on
from pilothouse.canvases.figures import figures_of
from pilothouse.canvases.lines import Line, lines_of
from pilothouse.canvases.models import Canvas, Vote
from pilothouse.canvases.note import Note
from pilothouse.canvases.together import is_private, votes_open
from pilothouse.people.access import Actor
from pilothouse.workbench.models import Comment, Item, Link

EVIDENCE = "supports"


@dataclass(kw_only=True)
class Board:
    """`roots` are the notes of each place that hang under no other; `apart` those whose place is not on the canvas;
    `hidden` is how many others have written that are not shown yet."""

    canvas: Canvas
    notes: list[Note]
    hidden: int = 0
    dots: int = 0
    roots: dict[str, list[Note]] = field(default_factory=lambda: defaultdict(list))

    @cached_property
    def by_number(self) -> dict[int, Note]:
        return {note.number: note for note in self.notes}

    def hang(self) -> None:
        """Put each note below the one it hangs under, or into `roots` by its place."""
        places = set(self.canvas.places())
        for note in self.notes:
            above = self.by_number.get(note.under or 0)
            if above and not self.too_deep(note):
                above.children.append(note)
            else:
                self.roots[note_place(note) if note_place(note) in places else ""].append(note)

    def too_deep(self, note: Note) -> bool:
        """Whether a note hangs in a circle, as two moves at the same moment can make one, or deeper than a page can
        draw. Such notes lie in their place instead."""
        above = self.by_number.get(note.under or 0)
        for _depth in range(DEEPEST):
            if above is None:
                return False
            above = self.by_number.get(above.under or 0)
        return above is not None

    @property
    def apart(self) -> list[Note]:
        return self.roots.get("", [])

    def of(self, cell: str) -> list[Note]:
        """All notes of a cell, whatever they hang under, as the rows of a table. Notes without a cell stand in the
        first."""
        first, cells = self.canvas.declared.cells[0].slug, self.canvas.declared.cell_by_slug
        return [note for note in self.notes if (note.cell if note.cell in cells else first) == cell]

    @cached_property
    def lines(self) -> dict[str, Line]:
        return lines_of(self.canvas.declared, self.canvas.columns, self.notes)

    @property
    def backed(self) -> int:
        return sum(note.evidence > 0 for note in self.notes)

    @property
    def opinions(self) -> int:
        return sum(note.opinion for note in self.notes)


def note_place(note: Note) -> str:
    return f"{note.cell}.{note.stage}" if note.stage else note.cell


def board_of(actor: Actor, canvas: Canvas, *, short: bool = False) -> Board:
    """`short` leaves the long texts where they are, but for their beginnings."""
    rows = seen_on(actor, canvas).select_related("created_by")
    board = Board(canvas=canvas, notes=noted(actor, canvas, list(in_short(rows) if short else rows)))
    if is_private(canvas):
        board.hidden = notes_of(canvas).count() - len(board.notes)
    board.hang()
    board.dots = sum(note.mine for note in board.notes)
    return board


def noted(actor: Actor, canvas: Canvas, items: Sequence[Item]) -> list[Note]:
    """Notes with everything that is shown of them: four queries for all."""
    ids = [item.pk for item in items]
    backing, comments, dots = evidence_of(actor, ids), comments_on(ids), dots_on(actor, ids)
    figures = figures_of(ids)
    summed, heads = not votes_open(canvas), heads_of(canvas)
    found = []
    for item in items:
        item.product, item.parent = canvas.item.product, canvas.item
        cell, _dot, stage = str(item.fields.get("cell") or "").partition(".")
        count, newest = backing.get(item.pk, (0, None))
        votes, mine = dots.get(item.pk, (0, False))
        found.append(Note(
            item=item, cell=cell, stage=stage, evidence=count, newest=newest, votes=votes if summed else None,
            mine=mine, comments=comments.get(item.pk, 0), claims=canvas.declared.claims and item.number not in heads,
            history=figures.get(item.pk, {}),
        ))  # fmt: skip
    return found


def heads_of(canvas: Canvas) -> set[int]:
    """The notes that others were gathered under: a name of a group claims nothing. In a tree every note does."""
    if canvas.declared.shape == "tree":
        return set()
    return set(notes_of(canvas).filter(fields__under__isnull=False).values_list("fields__under", flat=True))


def evidence_of(actor: Actor, ids: Sequence[int]) -> dict[int, tuple[int, date | None]]:
    """How much supports each note, of what the actor may see, and when the newest of it was said."""
    links = Link.objects.visible_to(actor).filter(target__in=ids, relation=EVIDENCE, source__trashed_at=None)
    days: dict[int, list[date]] = defaultdict(list)
    for target, fields, made in links.values_list("target_id", "source__fields", "source__created_at"):
        days[target].append(said_on(fields, made))
    return {target: (len(said), max(said)) for target, said in days.items()}


def said_on(fields: Mapping[str, object], made: datetime) -> date:
    """A field of this name may be anybody's own, and hold no date."""
    try:
        return date.fromisoformat(str(fields.get("said_on") or ""))
    except ValueError:
        return timezone.localtime(made).date()


def comments_on(ids: Sequence[int]) -> dict[int, int]:
    rows = Comment.objects.filter(item__in=ids, removed_at=None).values_list("item_id")
    return dict(rows.annotate(n=Count("pk")))


def dots_on(actor: Actor, ids: Sequence[int]) -> dict[int, tuple[int, bool]]:
    """The sum of each note's dots, and whether one is the actor's."""
    rows = Vote.objects.filter(note__in=ids, taken=None).values_list("note_id")
    sums = rows.annotate(n=Count("pk"), mine=Count("pk", filter=Q(user=actor.user)))
    return {note: (n, bool(mine)) for note, n, mine in sums}
