"""Passages of a text that were marked as quotes: where they stand, also after the text has changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pilothouse.workbench.models import Item
from pilothouse.workbench.thread.ties import next_stations

MOST_MARKED = 500


@dataclass(frozen=True)
class Passage:
    """A quote and where its words stand in the text: `start` is None where they no longer do."""

    quote: Item
    start: int | None
    end: int | None

    @property
    def made_next(self) -> list[dict[str, Any]]:
        """What may be made of the quote, while nothing was."""
        return [] if self.quote.closed_at else next_stations(self.quote)

    @property
    def changed(self) -> bool:
        return self.start is None


@dataclass(frozen=True)
class Piece:
    """A run of text and the quotes that cover it, the shortest first; none for text between the quotes."""

    text: str
    quotes: tuple[Item, ...]


def passages(body: str, quotes: Sequence[Item]) -> list[Passage]:
    found = [Passage(quote, *find(body, quote.body, quote.fields.get("start"))) for quote in quotes[:MOST_MARKED]]
    return sorted(found, key=lambda passage: (passage.start is None, passage.start or 0, passage.quote.number))


def find(body: str, words: str, start: object = None) -> tuple[int | None, int | None]:
    """Where exactly these words stand: at `start`, else at their only place, else nowhere."""
    if not words:
        return None, None
    if isinstance(start, int) and body.startswith(words, start):
        return start, start + len(words)
    place = body.find(words)
    if place < 0 or body.find(words, place + 1) >= 0:
        return None, None
    return place, place + len(words)


def nearest(body: str, words: str, start: int) -> int | None:
    """The place of these words that is closest to where a person saw them."""
    places: list[int] = []
    place = body.find(words)
    while place >= 0 and len(places) < MOST_MARKED:
        places.append(place)
        place = body.find(words, place + 1)
    return min(places, key=lambda found: abs(found - start), default=None)


def pieces(body: str, marked: Sequence[Passage]) -> list[Piece]:
    """The text cut where any passage begins or ends, in one sweep, so that overlapping ones can each be shown."""
    standing = [passage for passage in marked if passage.start is not None]
    edges = sorted({0, len(body), *(p.start for p in standing), *(p.end for p in standing)})  # type: ignore[type-var]
    opening: dict[int, list[Passage]] = {}
    for passage in standing:
        opening.setdefault(passage.start, []).append(passage)  # type: ignore[arg-type]
    covering: list[Passage] = []
    cut = []
    for low, high in pairwise(edges):
        covering = [passage for passage in covering if passage.end > low] + opening.get(low, [])  # type: ignore[operator, arg-type]
        covering.sort(key=lambda passage: passage.end - passage.start)  # type: ignore[operator]
        cut.append(Piece(body[low:high], tuple(passage.quote for passage in covering)))
    return cut
