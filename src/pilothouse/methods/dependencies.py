"""Dependencies: when can each task start, given links of every kind with lags, and do the links contradict each other?

Question: what does each task wait for, and how much room does it have?
Not for: people and skills (rcpsp), or uncertain durations (cpm_pert).
Sample: none.

    >>> result = analyse({"A": 5, "B": 4, "C": 6}, [["A", "B", "FS", 2], ["A", "C", "SS", 1]])
    >>> result.ES, result.duration, result.slack
    ({'A': 0.0, 'B': 7.0, 'C': 1.0}, 11.0, {'A': 0.0, 'B': 0.0, 'C': 4.0})
    >>> loops([["A", "B"], ["B", "C"], ["C", "A"], ["C", "D"]])
    (('A', 'B', 'C'),)

Source: J. Moder, C. Phillips and E. Davis, Project Management with CPM, PERT and Precedence Diagramming, 1983.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.scheduling.network import Link, Schedule, read_links, schedule
from pilothouse.methods.shared.checks import mapping, number


@dataclass(frozen=True)
class Result(Schedule):
    """Earliest and latest starts and finishes in work units, `slack` (total) and `free_float` by task.

    `critical` tasks have no slack, in order of start; `driving` are the links that hold some task where it is.
    """


def analyse(tasks: Mapping[Any, Any], links: Sequence[Any] = ()) -> Result:
    """Durations by task, and links (before, after, kind, lag) of kind FS, SS, FF or SF; negative lags are leads.

    Refuses with "impossible_loop" and its path when the links cannot all be kept.
    """
    durations = {
        task: number(length, field="tasks", row=task, least=0)
        for task, length in mapping(tasks, field="tasks", least_count=1).items()
    }
    return Result(**vars(schedule(durations, read_links(links, durations))))


def loops(links: Iterable[Any]) -> tuple[tuple[Any, ...], ...]:
    """Groups of tasks that wait for each other in a circle (strongly connected), each in order of appearance."""
    pairs = [(link.before, link.after) if isinstance(link, Link) else tuple(link[:2]) for link in links]
    following: dict[Any, list[Any]] = {}
    for before, after in pairs:
        following.setdefault(before, []).append(after)
        following.setdefault(after, [])
    place = {task: index for index, task in enumerate(following)}
    groups = _components(following)
    found = [
        sorted(group, key=place.__getitem__) for group in groups if len(group) > 1 or group[0] in following[group[0]]
    ]
    return tuple(sorted((tuple(group) for group in found), key=lambda group: place[group[0]]))


def _components(following: Mapping[Any, Sequence[Any]]) -> list[list[Any]]:
    """Kosaraju: finish order forward, then gather backward."""
    order: list[Any] = []
    seen: set[Any] = set()
    for root in following:
        _visit(root, following, seen, order)
    back: dict[Any, list[Any]] = {task: [] for task in following}
    for task, afters in following.items():
        for after in afters:
            back[after].append(task)
    groups = []
    seen = set()
    for root in reversed(order):
        group: list[Any] = []
        _visit(root, back, seen, group)
        if group:
            groups.append(group)
    return groups


def _visit(root: Any, following: Mapping[Any, Sequence[Any]], seen: set[Any], order: list[Any]) -> None:
    """Depth first without recursion; `order` receives tasks as they are finished."""
    if root in seen:
        return
    seen.add(root)
    stack = [(root, iter(following[root]))]
    while stack:
        task, rest = stack[-1]
        after = next((one for one in rest if one not in seen), None)
        if after is None:
            stack.pop()
            order.append(task)
        else:
            seen.add(after)
            stack.append((after, iter(following[after])))
