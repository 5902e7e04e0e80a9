"""What changed on a canvas since an event, in a constant number of queries.

Of two transactions at the same moment the one with the lower event may end later. So the cursor stays some seconds
behind: the page hears of the newest changes twice, and knows them by what they look like.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Max
from django.utils import timezone

from pilothouse.canvases.actions import NOTE, in_short, notes_of, seen_on
from pilothouse.canvases.board import dots_on
from pilothouse.canvases.models import Canvas
from pilothouse.canvases.together import is_private, votes_open
from pilothouse.people.access import Actor
from pilothouse.workbench.models import Event, Item

LAG = timedelta(seconds=5)
MOST_EVENTS = 500


@dataclass(kw_only=True)
class News:
    """`again` says that the page had better be read anew: the canvas itself changed, or too much happened. `count` is
    how many notes the person sees, `hidden` how many they do not see yet."""

    since: int
    notes: list[Item] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)
    again: bool = False
    count: int = 0
    hidden: int = 0


def cursor(canvas: Canvas) -> int:
    """The id of the newest event that a page read now has surely seen: older than the seconds that a transaction may
    lag behind. 0 without any."""
    rows = Event.objects.filter(product=canvas.item.product_id, at__lt=timezone.now() - LAG)
    return rows.aggregate(newest=Max("pk"))["newest"] or 0


def news(actor: Actor, canvas: Canvas, since: int) -> News:
    rows = Event.objects.filter(product=canvas.item.product_id, pk__gt=since).order_by("pk")
    events = list(rows.values_list("pk", "item_id", "at")[: MOST_EVENTS + 1])
    settled = [pk for pk, _item, at in events if at < timezone.now() - LAG]
    found = News(since=max(settled, default=since))
    found.count = seen_on(actor, canvas).count()
    found.hidden = notes_of(canvas).count() - found.count if is_private(canvas) else 0
    here = {item for _pk, item, _at in events}
    found.again = canvas.item_id in here or len(events) > MOST_EVENTS
    if here and not found.again:
        found.notes = list(in_short(seen_on(actor, canvas).filter(pk__in=here)))
        found.gone = gone(canvas, here, [pk for pk, _item, _at in events], {note.number for note in found.notes})
    return found


def gone(canvas: Canvas, here: set[int], events: list[int], shown: set[int]) -> list[int]:
    """The numbers of the notes touched by these events that lay on this canvas and are not `shown` any more."""
    touched = list(Item.objects.filter(pk__in=here, kind=NOTE).values_list("pk", "number", "parent"))
    left = left_it(canvas, events, [pk for pk, _number, parent in touched if parent != canvas.item_id])
    here_once = [(pk, number) for pk, number, parent in touched if parent == canvas.item_id or pk in left]
    return [number for _pk, number in here_once if number not in shown]


def left_it(canvas: Canvas, events: list[int], elsewhere: list[int]) -> set[int]:
    """The ids of those notes `elsewhere` that lay on this canvas before one of these events. The database compares,
    because events hold whole texts and every open page asks this every two seconds."""
    rows = Event.objects.filter(pk__in=events, item__in=elsewhere, changes__parent__0=canvas.item_id)
    return set(rows.values_list("item", flat=True)) if elsewhere else set()


def votes(actor: Actor, canvas: Canvas) -> dict[int, list[int | bool | None]]:
    """The dots of each note that has any: how many, and whether one is the reader's; no sums while people vote."""
    numbers = dict(seen_on(actor, canvas).filter(votes__isnull=False, votes__taken=None).values_list("pk", "number"))
    summed = not votes_open(canvas)
    return {numbers[note]: [n if summed else None, mine] for note, (n, mine) in dots_on(actor, list(numbers)).items()}
