"""Project files of the PSPLIB collections: single mode (.sm) and generalised precedence (.sch of RCPSP/max)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.shared.method import MethodError


@dataclass(frozen=True)
class Project:
    """What `rcpsp.analyse` takes: rcpsp.analyse(project.tasks, project.capacity, links=project.links)."""

    tasks: dict[int, dict[str, Any]]
    capacity: dict[str, int]
    links: tuple[tuple[Any, ...], ...]


def read(text: str) -> Project:
    """Either format, told apart by its text."""
    try:
        return _single_mode(text) if "PRECEDENCE RELATIONS" in text else _max(text)
    except (ValueError, IndexError):
        raise MethodError("not_a_project_file", field="text") from None


def _numbers(line: str) -> list[int]:
    return [int(one) for one in line.split()]


def _single_mode(text: str) -> Project:
    after = text.split("PRECEDENCE RELATIONS:")[1]
    relations, rest = after.split("REQUESTS/DURATIONS:")
    requests, available = rest.split("RESOURCEAVAILABILITIES:")
    links = []
    for job, _, count, *successors in (_numbers(line) for line in relations.splitlines() if re.match(r"\s*\d", line)):
        links += [(job, after_job) for after_job in successors[:count]]
    amounts = _numbers(next(line for line in available.splitlines() if re.match(r"\s*\d", line)))
    names = [f"R{place}" for place in range(1, len(amounts) + 1)]
    tasks = {}
    for job, _, duration, *demand in (_numbers(line) for line in requests.splitlines() if re.match(r"\s*\d", line)):
        tasks[job] = {"duration": duration, "demand": dict(zip(names, demand, strict=True))}
    return Project(tasks, dict(zip(names, amounts, strict=True)), tuple(links))


def _max(text: str) -> Project:
    """Time lags between starts, negative ones being maximal lags."""
    lines = [line for line in text.splitlines() if line.strip()]
    count, kinds = _numbers(lines[0])[:2]
    links: list[tuple[Any, ...]] = []
    for line in lines[1 : count + 3]:
        before, _, following, *rest = _numbers(line.replace("[", " ").replace("]", " "))
        links += [(before, after, "SS", lag) for after, lag in zip(rest[:following], rest[following:], strict=True)]
    names = [f"R{place}" for place in range(1, kinds + 1)]
    tasks = {}
    for job, _, duration, *demand in map(_numbers, lines[count + 3 : 2 * count + 5]):
        tasks[job] = {"duration": duration, "demand": dict(zip(names, demand, strict=True))}
    capacity = dict(zip(names, _numbers(lines[2 * count + 5]), strict=True))
    return Project(tasks, capacity, tuple(links))
