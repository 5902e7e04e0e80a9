"""Where the names of points stand: beside each, clear of the other points, of their names and of whatever is drawn."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

WIDE, HIGH = 600.0, 380.0  # the page may draw the field wider: what is apart here is so there
PHONE = 300.0  # and on a phone as narrow as this
LETTER, HAN, LINE = 6.6, 12.0, 14.0
LIMIT = 170  # pixels; a longer name is cut
ROUNDS = 2  # each name is placed again once the others stand
MOST = 40  # more names than that cover each other wherever they stand
# The side of its point on which a name stands, the best first: (align, across, down)
SIDES = (
    ("left", 1, -1), ("left", 1, 0), ("left", 1, 1), ("right", -1, -1), ("right", -1, 0), ("right", -1, 1),
    ("center", 0, -1), ("center", 0, 1),
)  # fmt: skip


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    def shared(self, other: Box) -> float:
        """How much of their areas they share."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across * down if across > 0 and down > 0 else 0.0


@dataclass(frozen=True)
class Spot:
    """A point in pixels from the top left, with the area of its mark, its name and how long that may be."""

    name: str
    x: float
    y: float
    area: float = 0
    limit: float = LIMIT

    @property
    def wide(self) -> float:
        return min(width(self.name), self.limit)

    @property
    def radius(self) -> float:
        return math.sqrt(self.area / math.pi)

    @property
    def box(self) -> Box:
        return Box(self.x - self.radius, self.y - self.radius, self.x + self.radius, self.y + self.radius)


@dataclass(frozen=True)
class Place:
    """How a name is drawn beside its point: its `align`, and how far its middle line lies from the point."""

    align: str
    dx: float
    dy: float


PLAIN = Place("left", 8, -9)


def placed(spots: Sequence[Spot], taken: Sequence[Box] = (), wide: float = WIDE) -> list[Place]:
    """A place for each name; `taken` is what else is drawn on the field, which is so wide."""
    if len(spots) > MOST:
        return [PLAIN] * len(spots)
    fixed, field = [*taken, *(spot.box for spot in spots)], Box(0, 0, wide, HIGH)
    found: dict[int, tuple[Place, Box]] = {}
    for _round in range(ROUNDS):
        for own, spot in enumerate(spots):
            others = [box for place, (_place, box) in found.items() if place != own]
            chosen = best(spot, [*fixed, *others], field)
            found[own] = chosen, room(spot, chosen)
    return [found[own][0] for own in range(len(spots))]


def best(spot: Spot, covered: Sequence[Box], field: Box) -> Place:
    """The first that covers nothing, else the one that covers least."""
    near = [box for box in covered if box.shared(around(spot))]
    found, least = PLAIN, math.inf
    for place in places(spot):
        covers = cost(room(spot, place), near, field)
        if covers < least:
            found, least = place, covers
        if least < 1:
            break
    return found


def around(spot: Spot) -> Box:
    wide, high = spot.wide + spot.radius + 5, spot.radius + 10 + LINE
    return Box(spot.x - wide, spot.y - high, spot.x + wide, spot.y + high)


def places(spot: Spot) -> Iterator[Place]:
    slant = spot.radius * 0.72 + 3
    for align, across, down in SIDES:
        if across and down:
            yield Place(align, across * slant, down * (slant + 8))
        else:
            yield Place(align, across * (spot.radius + 5), down * (spot.radius + 10))


def room(spot: Spot, place: Place) -> Box:
    """What a name covers at a place."""
    left = spot.x + place.dx - spot.wide * {"left": 0, "center": 0.5, "right": 1}[place.align]
    return Box(left, spot.y + place.dy - LINE / 2, left + spot.wide, spot.y + place.dy + LINE / 2)


def cost(box: Box, covered: Sequence[Box], field: Box) -> float:
    """What a name would cover, and what of it would stand outside the field."""
    whole = (box.right - box.left) * (box.bottom - box.top)
    return sum(box.shared(one) for one in covered) + 3 * (whole - box.shared(field))


def width(text: str) -> float:
    return sum(HAN if ord(letter) > 0x2E7F else LETTER for letter in text)
