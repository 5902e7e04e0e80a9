"""Working on a canvas together: phases, private writing, a timer by the server's clock, and dots.

While people write alone, a new note has a veil: nobody but its author finds it anywhere, until the phase is over or
somebody shows all notes. A canvas's `options`: phase, since (when it began), ends (of the timer), private, revealed.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pilothouse.canvases.models import Canvas, Vote, put_back
from pilothouse.kinds.layouts import Phase
from pilothouse.people.access import Actor
from pilothouse.workbench.models import Event, Item, Veil
from pilothouse.workbench.writing.changes import event
from pilothouse.workbench.writing.cleaning import Invalid

PHASES = (
    Phase(slug="write", name=gettext_lazy("Write alone"), minutes=5, private=True,
          asks=gettext_lazy("Everybody writes for themselves; the others see how many notes there are.")),
    Phase(slug="discuss", name=gettext_lazy("Read and gather"), minutes=10,
          asks=gettext_lazy("Read all notes aloud and gather those that say the same.")),
    Phase(slug="vote", name=gettext_lazy("Vote"), minutes=3, votes=3,
          asks=gettext_lazy("Put your dots on what matters most; the sums are shown when voting is over.")),
    Phase(slug="decide", name=gettext_lazy("Decide"), minutes=10,
          asks=gettext_lazy("Make a task or a decision of what won.")),
)  # fmt: skip
LONGEST = 240


def phases_of(canvas: Canvas) -> Sequence[Phase]:
    return canvas.declared.phases or PHASES


def phase_of(canvas: Canvas) -> Phase | None:
    """The phase that runs, if any."""
    return next((phase for phase in phases_of(canvas) if phase.slug == canvas.options.get("phase")), None)


def ends_at(canvas: Canvas) -> datetime | None:
    return datetime.fromisoformat(canvas.options["ends"]) if canvas.options.get("ends") else None


def is_private(canvas: Canvas) -> bool:
    """Whether everybody sees their own new notes only."""
    return bool(canvas.options.get("private") and not canvas.options.get("revealed"))


def votes_open(canvas: Canvas) -> int:
    """How many dots each may put now."""
    phase = phase_of(canvas)
    return phase.votes if phase else 0


@transaction.atomic
def set_phase(actor: Actor, canvas: Canvas, slug: str) -> Event | None:
    """Begin a phase with its timer, or end the present one with ""."""
    wanted = next((phase for phase in phases_of(canvas) if phase.slug == slug), None)
    if slug and wanted is None:
        raise Invalid({"phase": _("There is no such phase.")})
    refresh(actor, canvas)
    now = timezone.now()
    options = {"phase": slug, "since": now.isoformat(), "revealed": False, "ends": ends(now, wanted)}
    options |= {"private": True} if wanted and wanted.private else {}
    return keep(actor, canvas, options if wanted else {}, "phased", {"phase": [canvas.options.get("phase", ""), slug]})


def ends(now: datetime, phase: Phase | None) -> str:
    return (now + timedelta(minutes=phase.minutes)).isoformat() if phase and phase.minutes else ""


@transaction.atomic
def set_timer(actor: Actor, canvas: Canvas, minutes: Any) -> Event | None:
    """A timer that everybody sees; 0 stops it."""
    text = str(minutes).strip()
    if not text.isdecimal() or len(text) > 5 or int(text) > LONGEST:
        raise Invalid({"minutes": _("Give the minutes as a number from 0 to %(most)s.") % {"most": LONGEST}})
    refresh(actor, canvas)
    until = (timezone.now() + timedelta(minutes=int(text))).isoformat() if int(text) else ""
    return keep(actor, canvas, {**canvas.options, "ends": until}, "timed", {"minutes": int(text)})


@transaction.atomic
def reveal(actor: Actor, canvas: Canvas) -> Event | None:
    """Show everybody the notes that people wrote privately."""
    refresh(actor, canvas)
    return keep(actor, canvas, {**canvas.options, "revealed": True}, "unveiled", {})


def refresh(actor: Actor, canvas: Canvas) -> None:
    """Read the canvas's options anew with the canvas locked, so that two people's clicks count one after the other."""
    actor.require("write", canvas.item.product)
    canvas.options = Canvas.objects.select_for_update().get(pk=canvas.pk).options


def keep(actor: Actor, canvas: Canvas, options: dict[str, Any], verb: str, changes: Mapping[str, Any]) -> Event | None:
    """Store the options with an Event of this verb, and veil or unveil notes accordingly; None where nothing
    differs."""
    if options == canvas.options:
        return None
    changes = {**changes, "options": [canvas.options, options]}
    canvas.options = options
    canvas.save(update_fields=["options"])
    veil_anew(canvas)
    entry = event(actor, canvas.item, verb, changes, uuid.uuid4())
    entry.save()
    return entry


def refuse_moments(options: Mapping[str, Any]) -> None:
    """Check the moments in options that came in with a file. Raises KeyError, TypeError or ValueError for one that is
    missing or is no ISO moment with a time zone."""
    moments = [options["since"]] if options.get("phase") or options.get("private") else []
    for text in [*moments, *filter(None, [options.get("ends")])]:
        if datetime.fromisoformat(text).tzinfo is None:
            raise ValueError(text)


def undo_options(entry: Event) -> bool:
    """Back to how people worked before, while nobody has gone on since."""
    canvas = put_back(entry, "options")
    if canvas is not None:
        veil_anew(canvas)
    return canvas is not None


def veil_new(notes: Sequence[Item]) -> None:
    """Veil new notes, however they were made, where people write alone. The canvases are locked: whoever shows all
    notes at this moment does so before these are there, or shows them too."""
    there = {note.parent_id for note in notes if note.parent_id}
    rows = Canvas.objects.select_for_update(of=("self",)).filter(item__in=there, options__private=True)
    private = {row.item_id for row in rows if is_private(row)}
    draw([note for note in notes if note.parent_id in private])


def veil_anew(canvas: Canvas) -> None:
    """Veil what was written since a private phase began, and nothing else."""
    Veil.objects.filter(by=canvas.item_id).delete()
    if is_private(canvas):
        rows = Item.objects.filter(kind="note", parent=canvas.item_id)
        draw(list(rows.filter(created_at__gte=datetime.fromisoformat(canvas.options["since"]))))


def draw(notes: Sequence[Item]) -> None:
    authored = [(note, note.created_by_id, note.parent_id) for note in notes]
    Veil.objects.bulk_create(
        Veil(item=note, person_id=author, by_id=canvas) for note, author, canvas in authored if author and canvas
    )


@transaction.atomic
def vote(actor: Actor, canvas: Canvas, note: Item) -> bool:
    """Put one's dot on a note, or take it away; True when it lies there now. Raises Invalid when none is left."""
    refresh(actor, canvas)
    limit = votes_open(canvas)
    if not limit:
        raise Invalid({"vote": _("Nobody votes just now: begin a phase with dots first.")})
    mine = Vote.objects.filter(user=actor.user, note=note, taken=None)
    if mine.delete()[0]:
        return False
    if dots_put(actor, canvas) >= limit:
        raise Invalid({"vote": _("All your %(n)s dots are put: take one away first.") % {"n": limit}})
    Vote.objects.create(user=actor.user, note=note)
    return True


def lying(canvas: Canvas) -> Any:
    """The dots that lie on live notes of a canvas now."""
    return Vote.objects.filter(note__parent=canvas.item_id, note__trashed_at=None, taken=None)


def has_votes(canvas: Canvas) -> bool:
    return lying(canvas).exists()


def dots_put(actor: Actor, canvas: Canvas) -> int:
    return lying(canvas).filter(user=actor.user).count()


@transaction.atomic
def clear_votes(actor: Actor, canvas: Canvas) -> Event:
    """Take all dots away, for a new round; those of the round before are kept until then, for an undo."""
    refresh(actor, canvas)
    there, batch = Vote.objects.filter(note__parent=canvas.item_id), uuid.uuid4()
    there.exclude(taken=None).delete()
    entry = event(actor, canvas.item, "uncounted", {"votes": there.update(taken=batch)}, batch)
    entry.save()
    return entry


def undo_uncounted(entry: Event) -> bool:
    """The dots lie again as they did, while nobody has put new ones."""
    there = Vote.objects.filter(note__parent=entry.item_id)
    if there.filter(taken=None).exists():
        return False
    return bool(there.filter(taken=entry.batch).update(taken=None))
