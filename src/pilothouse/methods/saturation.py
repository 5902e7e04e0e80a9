"""Saturation of interviews: whether further interviews still bring something new.

Question: after this many interviews, is it worth doing another one?
Not for: deciding before any coding, or proof that nothing is left: rare things stay unseen.
Sample: at least the base (4 interviews) and one run (2) of one kind of people.

    >>> result = analyse([{"a", "b", "c"}, {"b", "d"}, {"a", "e"}, {"c"}, {"a"}, {"b", "e"}])
    >>> result.new_codes, result.saturated_at, result.notation
    ((3, 1, 1, 0, 0, 0), 6, '4+2')

New codes in a run of interviews are compared with all codes of the base; at or below the threshold, saturation is
reached. The order of interviews decides that, so an expected curve over all orders stands beside it, and an estimate
of the codes still unseen.

Source: Guest, Namey and Chen, "A simple method to assess and report thematic saturation in qualitative research", PLoS
ONE 15(5), 2020; Chao, Biometrics 43, 1987 (unseen codes); Chao and Jost, Ecology 93, 2012 (coverage).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from pilothouse.methods.shared.checks import number, sequence, whole
from pilothouse.methods.shared.items import hashable
from pilothouse.methods.shared.method import MethodError


@dataclass(frozen=True)
class Run:
    """Interviews `first` to `last` (counted from 1): new codes, and their ratio to the codes of the base."""

    first: int
    last: int
    new: int
    ratio: float
    saturated: bool


@dataclass(frozen=True)
class Result:
    """New and cumulative codes by interview, the runs, and where saturation is reached (None: not yet).

    `notation` is interviews before the run plus the run, as "6+2". `expected_curve` is the mean number of codes after
    1, 2, ... interviews over all orders. `coverage` estimates the share of what people mention that is coded by now;
    `unseen` the codes nobody has mentioned yet (a lower bound).
    """

    new_codes: tuple[int, ...]
    cumulative: tuple[int, ...]
    base_codes: int
    runs: tuple[Run, ...]
    saturated_at: int | None
    notation: str | None
    expected_curve: tuple[float, ...]
    coverage: float
    unseen: float
    codes: int
    n: int
    missing: int


def analyse(interviews: Iterable[Any], *, base_size: int = 4, run_length: int = 2, threshold: float = 0.05) -> Result:
    """Read the codes of each interview in the order they were held; None is an interview not coded yet."""
    listed = sequence(interviews, field="interviews")
    held = [_codes(one, row) for row, one in enumerate(listed) if one is not None]
    base, length = whole(base_size, field="base_size", least=1), whole(run_length, field="run_length", least=1)
    limit = number(threshold, field="threshold", least=0, most=1)
    if not any(held):
        raise MethodError("no_answers", field="interviews", missing=len(listed) - len(held))
    new = _new(held)
    cumulative = list(accumulate(new))
    base_codes = cumulative[min(base, len(held)) - 1]
    runs = _runs(new, base, length, base_codes, limit)
    reached = next((run for run in runs if run.saturated), None)
    seen = Counter(code for codes in held for code in codes)
    coverage, unseen = _unseen(seen, len(held))
    return Result(
        new_codes=tuple(new),
        cumulative=tuple(cumulative),
        base_codes=base_codes,
        runs=runs,
        saturated_at=reached.last if reached else None,
        notation=f"{reached.first - 1}+{length}" if reached else None,
        expected_curve=_curve(seen.values(), len(held)),
        coverage=coverage,
        unseen=unseen,
        codes=len(seen),
        n=len(held),
        missing=len(listed) - len(held),
    )


def _codes(one: Any, row: int) -> set[Any]:
    if isinstance(one, (str, bytes)) or not isinstance(one, Iterable):
        raise MethodError("not_a_list", field="interviews", row=row)
    return set(hashable(list(one), "interviews"))


def _new(held: list[set[Any]]) -> list[int]:
    known: set[Any] = set()
    counts = []
    for codes in held:
        counts.append(len(codes - known))
        known |= codes
    return counts


def _runs(new: list[int], base: int, length: int, base_codes: int, limit: float) -> tuple[Run, ...]:
    """Overlapping runs, each one interview further. A base without codes is no measure: nothing is saturated."""
    runs = []
    for start in range(base, len(new) - length + 1):
        fresh = sum(new[start : start + length])
        ratio = fresh / base_codes if base_codes else math.inf
        runs.append(Run(start + 1, start + length, fresh, ratio, ratio <= limit + 1e-12))
    return tuple(runs)


def _curve(times: Iterable[int], n: int) -> tuple[float, ...]:
    """Codes expected in a random choice of 1, 2, ... interviews: those that the choice does not miss."""
    curve = [0.0] * n
    for seen, codes in sorted(Counter(times).items()):
        missed = 1.0
        for size in range(1, n + 1):
            missed *= max(n - seen - size + 1, 0) / (n - size + 1)
            curve[size - 1] += codes * (1 - missed)
    return tuple(curve)


def _unseen(seen: Counter[Any], n: int) -> tuple[float, float]:
    """From codes mentioned in one interview only, and in two."""
    once, twice = (sum(times == k for times in seen.values()) for k in (1, 2))
    total = sum(seen.values())
    left = (n - 1) / n * (once * once / (2 * twice) if twice else once * (once - 1) / 2)
    spread = (n - 1) * once + 2 * twice
    missed = once / total * ((n - 1) * once / spread if spread else 1.0)
    return 1 - missed, left
