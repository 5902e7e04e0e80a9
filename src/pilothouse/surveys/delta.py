"""What differs between two states of a questionnaire, part by part: for history, undo and two people editing at once.

Lists whose members have ids are compared by id, so a moved question is no changed question. A delta is a list of
changes {"path", "was", "now"}, where a missing "was" or "now" means that the part was not there; a change of a list's
order has a path that ends in "#order".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

ORDER = "#order"
Delta = list[dict[str, Any]]
Path = tuple[str, ...]


def diff(before: Mapping[str, Any], after: Mapping[str, Any]) -> Delta:
    """What turns one document into the other."""
    return list(differences((), before, after))


def differences(path: Path, was: Any, now: Any) -> Iterator[dict[str, Any]]:
    """The changes from `old` to `new` below a path. Goes down only where something differs, which keeps it fast."""
    if was == now:
        return
    old, new = named(was), named(now)
    if old is None or new is None or isinstance(was, list) != isinstance(now, list):
        yield {"path": list(path), "was": was, "now": now}
        return
    for name in old:
        if name not in new:
            yield {"path": [*path, name], "was": old[name]}
        else:
            yield from differences((*path, name), old[name], new[name])
    for name in new:
        if name not in old:
            yield {"path": [*path, name], "now": new[name]}
    if isinstance(was, list) and list(old) != list(new):
        yield {"path": [*path, ORDER], "was": list(old), "now": list(new)}


def named(value: Any) -> Mapping[str, Any] | None:
    """The parts of a document or a list by their names; None for what has no parts."""
    if isinstance(value, Mapping):
        return value
    if isinstance(value, list):
        parts = {part["id"]: part for part in value if isinstance(part, Mapping) and isinstance(part.get("id"), str)}
        return parts if len(parts) == len(value) else None
    return None


class Keyed(dict[str, Any]):
    """A list of parts by their ids."""


def keyed(value: Any) -> Any:
    parts = named(value)
    if parts is None:
        return value
    made = {name: keyed(part) for name, part in parts.items()}
    return Keyed(made) if isinstance(value, list) else made


def plain(value: Any) -> Any:
    if isinstance(value, Keyed):
        return [plain(part) for part in value.values()]
    return {name: plain(part) for name, part in value.items()} if isinstance(value, dict) else value


def apply(document: Mapping[str, Any], delta: Delta) -> dict[str, Any]:
    """The document with these changes made. A change whose place is gone is left out; see `fits`."""
    tree = keyed(document)
    for change in sorted(delta, key=lambda change: change["path"][-1] == ORDER):
        *where, last = change["path"]
        if (place := follow(tree, where)) is None:
            continue
        if last == ORDER:
            reorder(place, change["now"])
        elif "now" in change:
            place[last] = keyed(change["now"])
        else:
            place.pop(last, None)
    found: dict[str, Any] = plain(tree)
    return found


def follow(tree: Any, path: Sequence[str]) -> Any:
    for name in path:
        if not isinstance(tree, dict) or name not in tree:
            return None
        tree = tree[name]
    return tree if isinstance(tree, dict) else None


def reorder(parts: dict[str, Any], wanted: Sequence[str]) -> None:
    """Put the parts, in place, into the order `wanted`. A part that is not in that list stays behind the one it follows
    now."""
    names = [name for name in wanted if name in parts]
    before = ""
    for name in list(parts):
        if name not in names:
            names.insert(names.index(before) + 1 if before in names else 0, name)
        before = name
    kept = {name: parts[name] for name in names}
    parts.clear()
    parts.update(kept)


def reverse(delta: Delta) -> Delta:
    turned = {"was": "now", "now": "was"}
    return [{turned.get(name, name): value for name, value in change.items()} for change in reversed(delta)]


def fits(document: Mapping[str, Any], delta: Delta) -> bool:
    """Whether every part is still as the delta says it was, so that applying the delta overwrites nobody's work."""
    tree = keyed(document)
    return all(fits_one(tree, change) for change in delta if change["path"][-1] != ORDER)


def fits_one(tree: Any, change: Mapping[str, Any]) -> bool:
    *where, last = change["path"]
    place = follow(tree, where)
    if place is None:
        return False
    return plain(place[last]) == change["was"] if "was" in change and last in place else "was" not in change


def overlap(mine: Delta, theirs: Delta) -> Delta:
    """Those of my changes that touch what they changed too, and to another value. Two changes of an order never
    collide: `reorder` merges them."""
    return [change for change in mine if any(collide(change, other) for other in theirs)]


def collide(mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> bool:
    a, b = mine["path"], theirs["path"]
    if ORDER in (a[-1], b[-1]):
        return False
    if a == b:
        return mine.get("now", ORDER) != theirs.get("now", ORDER)
    shorter = min(len(a), len(b))
    return bool(a[:shorter] == b[:shorter])
