"""Technology radar: what moved in, what moved out, what is new and what nobody confirmed.

Question: which technologies did we change our mind about since the last edition?
Not for: an inventory of everything in use; a blip is an opinion, and it fades when not repeated.
Sample: none; two editions with the same rings.

    >>> result = analyse(current={"x": "Trial", "y": "Hold", "z": "Adopt", "w": "Assess"},
    ...                  previous={"x": "Assess", "y": "Trial", "z": "Adopt", "v": "Hold"})
    >>> result.status, result.faded
    ({'x': 'moved_in', 'y': 'moved_out', 'z': 'no_change', 'w': 'new'}, ('v',))

Source: Thoughtworks Technology Radar, since 2010: rings Adopt, Trial, Assess, Hold, from the middle outwards.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pilothouse.methods.shared.checks import mapping, one_of, sequence
from pilothouse.methods.shared.method import MethodError

RINGS = ("Adopt", "Trial", "Assess", "Hold")
Status = Literal["new", "moved_in", "moved_out", "no_change"]


@dataclass(frozen=True)
class Result:
    """`moved_by` rings (positive: towards the middle); `faded` were in the last edition and are not in this one."""

    status: dict[str, Status]
    moved_by: dict[str, int]
    by_ring: dict[str, tuple[str, ...]]
    faded: tuple[str, ...]
    n: int


def analyse(
    current: Mapping[str, str], *, previous: Mapping[str, str] | None = None, rings: Sequence[str] = RINGS
) -> Result:
    """Blips {name: ring} of this and the last edition; `rings` from the middle outwards, freely named.

    Raises MethodError "not_one_of" (an unknown ring), "too_few", "duplicate" or "not_a_mapping".
    """
    order = tuple(map(str, sequence(rings, field="rings", least_count=2)))
    if len(set(order)) < len(order):
        raise MethodError("duplicate", field="rings")
    now = _places(current, order, "current", 1)
    then = _places(previous or {}, order, "previous", 0)
    moved = {name: then[name] - place for name, place in now.items() if name in then}
    return Result(
        status={name: _status(moved.get(name)) for name in now},
        moved_by=moved,
        by_ring={ring: tuple(name for name, place in now.items() if order[place] == ring) for ring in order},
        faded=tuple(name for name in then if name not in now),
        n=len(now),
    )


def _places(edition: Mapping[str, str], order: Sequence[str], field: str, least: int) -> dict[str, int]:
    return {
        str(name): order.index(one_of(ring, order, field=field, row=str(name)))
        for name, ring in mapping(edition, field=field, least_count=least).items()
    }


def _status(moved: int | None) -> Status:
    if moved is None:
        return "new"
    return "no_change" if not moved else "moved_in" if moved > 0 else "moved_out"
