"""The release problem as it is asked: items, releases, and what ties them. Everything is checked here once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.scheduling.network import Link, topological
from pilothouse.methods.shared.checks import number, sequence
from pilothouse.methods.shared.keys import key, keys, table
from pilothouse.methods.shared.method import MethodError

ONE_SKILL = "effort"


@dataclass(frozen=True)
class Item:
    """`first` and `last` are the places of the releases it may go into; `must` says it has to."""

    value: float
    effort: dict[Any, float]
    must: bool
    first: int
    last: int


@dataclass(frozen=True)
class Problem:
    """Pairs are (before, after) in `precedence`; `bundles` pay their value when all their items are in."""

    items: dict[Any, Item]
    releases: tuple[Any, ...]
    capacity: tuple[dict[Any, float], ...]
    weights: tuple[float, ...]
    precedence: tuple[tuple[Any, Any], ...]
    couplings: tuple[tuple[Any, Any], ...]
    exclusions: tuple[tuple[Any, Any], ...]
    bundles: dict[Any, tuple[float, tuple[Any, ...]]]

    @property
    def skills(self) -> list[Any]:
        return list(dict.fromkeys(skill for item in self.items.values() for skill in item.effort))

    def effort_of(self, key: Any, skill: Any) -> float:
        return self.items[key].effort.get(skill, 0.0)


def read(
    items: Mapping[Any, Mapping[str, Any]],
    releases: Any,
    precedence: Iterable[Any],
    couplings: Iterable[Any],
    exclusions: Iterable[Any],
    bundles: Mapping[Any, Any] | None,
) -> Problem:
    names, capacity, weights = _releases(releases)
    rows = table(items, field="items", least_count=1)
    place = {name: index for index, name in enumerate(names)}
    found = {name: _item(name, row, place) for name, row in rows.items()}
    before = [(one, name) for name, row in rows.items() for one in keys(row.get("pred") or (), field="pred")]
    ties = [
        _pairs(given, found, field)
        for given, field in ((precedence, "precedence"), (couplings, "couplings"), (exclusions, "exclusions"))
    ]
    ahead = [*_pairs(before, found, "pred"), *ties[0]]
    topological(found, [Link(a, b) for a, b in ahead])
    skills = {skill for item in found.values() for skill in item.effort}
    for name, limits in zip(names, capacity, strict=True):
        for skill in skills - set(limits):
            raise MethodError("no_capacity_given", field="releases", row=name, skill=skill)
    return Problem(
        found, names, capacity, weights, tuple(ahead), tuple(ties[1]), tuple(ties[2]), _bundles(bundles, found)
    )


def _releases(given: Any) -> tuple[tuple[Any, ...], tuple[dict[Any, float], ...], tuple[float, ...]]:
    """From {release: capacity}, or rows {"id", "capacity", "weight"}; a bare number is the capacity of one skill."""
    if isinstance(given, Mapping):
        rows = [{"id": name, "capacity": capacity} for name, capacity in given.items()]
    else:
        rows = sequence(given, field="releases")
    names, limits, weights = [], [], []
    for index, row in enumerate(rows):
        if not isinstance(row, Mapping) or "capacity" not in row:
            raise MethodError("not_a_row", field="releases", row=index)
        names.append(key(row.get("id", index), field="releases", row=index))
        limits.append(_by_skill(row["capacity"], "releases", names[-1]))
        weights.append(number(row.get("weight", 1), field="releases", row=names[-1], least=0))
    if not rows or len(set(names)) < len(names):
        raise MethodError("repeated_id" if rows else "too_few", field="releases")
    for earlier, later, name in zip(weights, weights[1:], names[1:], strict=False):
        if later > earlier:
            raise MethodError("rising_weight", field="releases", row=name)
    return tuple(names), tuple(limits), tuple(weights)


def _by_skill(given: Any, field: str, row: Any) -> dict[Any, float]:
    cells = given.items() if isinstance(given, Mapping) else [(ONE_SKILL, given)]
    return {skill: number(amount, field=field, row=row, least=0) for skill, amount in cells}


def _item(item: Any, row: Mapping[str, Any], place: Mapping[Any, int]) -> Item:
    for name in ("release", "earliest", "deadline"):
        if row.get(name) is not None and key(row[name], field=name, row=item) not in place:
            raise MethodError("no_such_release", field=name, row=item, release=row[name])
    locked = row.get("release")
    first = place[locked] if locked is not None else place.get(row.get("earliest"), 0)
    last = place[locked] if locked is not None else place.get(row.get("deadline"), len(place) - 1)
    if last < first:
        raise MethodError("deadline_before_earliest", field="deadline", row=item)
    return Item(
        value=number(row.get("value", 0), field="value", row=item, least=0),
        effort=_by_skill(row.get("effort", 0), "effort", item),
        must=bool(row.get("must")) or locked is not None,
        first=first,
        last=last,
    )


def _pairs(given: Iterable[Any], items: Mapping[Any, Any], field: str) -> list[tuple[Any, Any]]:
    found = []
    for row, pair in enumerate(sequence(given, field=field, least_count=0)):
        cells = keys(pair, field=field)
        if len(cells) != 2 or cells[0] == cells[1]:
            raise MethodError("not_a_pair", field=field, row=row)
        for one in cells:
            if one not in items:
                raise MethodError("no_such_item", field=field, row=row, item=one)
        found.append((cells[0], cells[1]))
    return found


def _bundles(given: Mapping[Any, Any] | None, items: Mapping[Any, Any]) -> dict[Any, tuple[float, tuple[Any, ...]]]:
    found = {}
    for name, row in table({} if given is None else given, field="bundles").items():
        wanted = keys(row.get("items"), field="bundles", least_count=1)
        for item in wanted:
            if item not in items:
                raise MethodError("no_such_item", field="bundles", row=name, item=item)
        found[name] = (number(row.get("value"), field="bundles", row=name, least=0), tuple(dict.fromkeys(wanted)))
    return found
