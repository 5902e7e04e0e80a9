"""Tasks tied by precedence: who waits for whom, when each can start at the earliest and must start at the latest.

A link of kind FS, SS, FF or SF with a lag says S_j >= S_i + w, so every schedule is a longest path.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.shared.checks import number, one_of, sequence
from pilothouse.methods.shared.keys import key
from pilothouse.methods.shared.method import MethodError

KINDS = ("FS", "SS", "FF", "SF")
TOUCH = 1e-9


@dataclass(frozen=True)
class Link:
    """`after` waits for `before`: FS start for finish, SS start for start, FF finish for finish, SF finish for
    start.
    """

    before: Any
    after: Any
    kind: str = "FS"
    lag: float = 0.0

    def weight(self, durations: Mapping[Any, float]) -> float:
        """How much later than `before` starts must `after` start?"""
        ahead = durations[self.before] if self.kind in ("FS", "FF") else 0.0
        return self.lag + ahead - (durations[self.after] if self.kind in ("FF", "SF") else 0.0)


@dataclass(frozen=True)
class Schedule:
    """Times by task, in work units from the start of the project."""

    ES: dict[Any, float]
    EF: dict[Any, float]
    LS: dict[Any, float]
    LF: dict[Any, float]
    slack: dict[Any, float]
    free_float: dict[Any, float]
    duration: float
    critical: tuple[Any, ...]
    driving: tuple[Link, ...]


def read_links(links: Iterable[Any], tasks: Mapping[Any, Any], *, field: str = "links") -> list[Link]:
    """Links as `Link`, (before, after), (before, after, kind) or (before, after, kind, lag)."""
    found = []
    for row, given in enumerate(sequence(links, field=field, least_count=0)):
        cells = (
            (given.before, given.after, given.kind, given.lag)
            if isinstance(given, Link)
            else sequence(given, field=field)
        )
        if not 2 <= len(cells) <= 4:
            raise MethodError("not_a_link", field=field, row=row)
        before, after, kind, lag = (*cells, "FS", 0)[:4] if len(cells) == 2 else (*cells, 0)[:4]
        one_of(kind, KINDS, field=field, row=row)
        for end in (before, after):
            if key(end, field=field, row=row) not in tasks:
                raise MethodError("no_such_task", field=field, row=row, task=end)
        found.append(Link(before, after, kind, number(lag, field=field, row=row)))
    return found


def from_preds(preds: Mapping[Any, Iterable[Any]], *, field: str = "pred") -> list[Link]:
    """Links from the predecessors of each task: ids, or (id, kind, lag)."""
    found = []
    for after, given in preds.items():
        for one in sequence(given, field=field, least_count=0):
            before, *rest = one if isinstance(one, (list, tuple)) and one else (one,)
            (link,) = read_links([(before, after, *rest)], preds, field=field)
            found.append(link)
    return found


def topological(tasks: Iterable[Any], links: Sequence[Link]) -> list[Any]:
    """Every task after those it waits for. A cycle is refused with its path."""
    following: dict[Any, list[Any]] = {task: [] for task in tasks}
    waiting = dict.fromkeys(following, 0)
    for link in links:
        following[link.before].append(link.after)
        waiting[link.after] += 1
    ready = [task for task, count in waiting.items() if not count]
    for task in ready:
        for after in following[task]:
            waiting[after] -= 1
            if not waiting[after]:
                ready.append(after)
    if len(ready) < len(following):
        path = cycle_among({task for task, count in waiting.items() if count}, following)
        raise MethodError("cycle", field="links", row=path[0], path=path)
    return ready


def cycle_among(stuck: set[Any], following: Mapping[Any, Sequence[Any]]) -> tuple[Any, ...]:
    """One cycle among tasks that all lie on or behind one, its first task repeated at the end."""
    before = {after: task for task in stuck for after in following[task] if after in stuck}
    walk = [next(iter(before))]
    while before[walk[-1]] not in walk:
        walk.append(before[walk[-1]])
    loop = walk[walk.index(before[walk[-1]]) :]
    return (*reversed(loop), loop[-1])


def schedule(durations: Mapping[Any, float], links: Sequence[Link]) -> Schedule:
    """Earliest and latest times of a network. Loops of lags are allowed as long as they can be kept."""
    weights = [(link.before, link.after, link.weight(durations)) for link in links]
    ES = _longest(dict.fromkeys(durations, 0.0), weights)
    EF = {task: ES[task] + durations[task] for task in durations}
    end = max(EF.values(), default=0.0)
    backwards = [(after, before, w) for before, after, w in weights]
    tails = _longest({task: -end + durations[task] for task in durations}, backwards)
    LS = {task: -tails[task] for task in durations}
    slack = {task: _clean(LS[task] - ES[task]) for task in durations}
    free = {task: end - EF[task] for task in durations}
    for before, after, w in weights:
        free[before] = min(free[before], ES[after] - w - ES[before])
    return Schedule(
        ES=ES,
        EF=EF,
        LS=LS,
        LF={task: LS[task] + durations[task] for task in durations},
        slack=slack,
        free_float={task: _clean(value) for task, value in free.items()},
        duration=end,
        critical=tuple(sorted((task for task in durations if slack[task] <= TOUCH), key=lambda task: ES[task])),
        driving=tuple(
            link for link, (a, b, w) in zip(links, weights, strict=True) if ES[a] + w >= ES[b] - TOUCH and ES[b] > 0
        ),
    )


def _clean(value: float) -> float:
    return 0.0 if abs(value) <= TOUCH else value


def _longest(start: dict[Any, float], edges: Sequence[tuple[Any, Any, float]]) -> dict[Any, float]:
    """Longest path from the given starts: in topological order, or by rounds when links run in loops."""
    found = dict(start)
    following: dict[Any, list[tuple[Any, float]]] = {task: [] for task in start}
    waiting = dict.fromkeys(start, 0)
    for before, after, w in edges:
        following[before].append((after, w))
        waiting[after] += 1
    ready = [task for task, count in waiting.items() if not count]
    for task in ready:
        for after, w in following[task]:
            found[after] = max(found[after], found[task] + w)
            waiting[after] -= 1
            if not waiting[after]:
                ready.append(after)
    return found if len(ready) == len(found) else _by_rounds(dict(start), edges)


def _by_rounds(found: dict[Any, float], edges: Sequence[tuple[Any, Any, float]]) -> dict[Any, float]:
    """Bellman and Ford: after as many rounds as tasks, only a loop that nobody can keep still grows."""
    came: dict[Any, Any] = {}
    last = None
    for _ in range(len(found) + 1):
        last = None
        for before, after, w in edges:
            if found[before] + w > found[after] + TOUCH:
                found[after], came[after], last = found[before] + w, before, after
        if last is None:
            return found
    walk = [last]
    while came[walk[-1]] not in walk:
        walk.append(came[walk[-1]])
    loop = walk[walk.index(came[walk[-1]]) :]
    raise MethodError("impossible_loop", field="links", row=loop[-1], path=(*reversed(loop), loop[-1]))
