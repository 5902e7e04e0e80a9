"""MaxDiff (best-worst scaling): what matters most out of a list too long to rank.

Question: which of these items matter most, and how much more than the others?
Not for: fewer than about five items (rank them), or knowing whether anything matters at all (the scale is relative).
Sample: 100 people and more; sets of four or five, each item seen at least three times by each person.

    >>> sets = [("price", "speed", "looks"), ("price", "speed", "help"), ("price", "looks", "help")]
    >>> answers = [{"respondent": 1, "question": 1, "best": "price", "worst": "looks"},
    ...            {"respondent": 1, "question": 2, "best": "price", "worst": "help"},
    ...            {"respondent": 1, "question": 3, "best": "help", "worst": "looks"}]
    >>> counts = analyse(answers, sets=sets).counts
    >>> counts["price"].best, counts["looks"].worst, round(counts["price"].std_bw, 3)
    (2, 2, 0.667)

The logit takes best and worst as one choice of a pair ("paired"), or best first and then worst ("sequential"); the two
give different coefficients. Individual scores are counts drawn towards everybody's mean as far as they are uncertain.

Source: Finn and Louviere, Journal of Public Policy and Marketing 11(2), 1992; Louviere, Flynn and Marley, Best-Worst
Scaling, 2015; shrinkage after Efron and Morris, JASA 70, 1975.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pilothouse.methods.asking.designs import BestWorstDesign, best_worst_design
from pilothouse.methods.asking.maxdiff_answers import Answers, read
from pilothouse.methods.asking.maxdiff_model import Individual, Logit, individuals, logit
from pilothouse.methods.shared.checks import one_of
from pilothouse.methods.shared.items import ranked
from pilothouse.methods.shared.method import MethodError

__all__ = ["BestWorstDesign", "Count", "Individual", "Logit", "Result", "analyse", "design"]

SMALL, SEEN = 100, 3
design = best_worst_design


@dataclass(frozen=True)
class Count:
    """How often an item was best and worst; `std_bw` divides by appearances, `std_sqrt_bw` by the largest root.

    `corrected`: never worst, so half an answer was added to both sides of the root.
    """

    best: int
    worst: int
    bw: int
    std_bw: float
    sqrt_bw: float
    std_sqrt_bw: float
    appearances: int
    corrected: bool


@dataclass(frozen=True)
class Result:
    """Counts, the logit with its shares of preference (None where no finite one exists), and individual scores.

    `incomplete` tasks lacked a best or a worst and are left out. `flags`: few_respondents, few_appearances,
    not_identified or separation (why there is no logit).
    """

    items: tuple[Any, ...]
    counts: dict[Any, Count]
    order: tuple[Any, ...]
    logit: Logit | None
    share_of_preference: dict[Any, float] | None
    individual: Individual
    respondents: int
    tasks: int
    incomplete: int
    flags: tuple[str, ...]


def analyse(
    answers: Any,
    *,
    sets: Sequence[Sequence[Any]] | Mapping[Any, Sequence[Any]] | None = None,
    items: Sequence[Any] | None = None,
    base: Any = None,
    model: Literal["paired", "sequential"] = "paired",
) -> Result:
    """Score answers of {respondent, question, best, worst}; question 1 is the first of `sets`, or a key of them.

    A row may carry its own `set` instead. The base of the logit is the last item unless named.
    """
    one_of(model, ("paired", "sequential"), field="model")
    given = read(answers, sets, items)
    base = given.items[-1] if base is None else one_of(base, given.items, field="base")
    counts = _counts(given)
    fitted, reason = _logit(given, base, model)
    shares = _shares(fitted.coef) if fitted else None
    return Result(
        items=given.items,
        counts=counts,
        order=ranked({item: count.std_bw for item, count in counts.items()}),
        logit=fitted,
        share_of_preference={item: shares[item] for item in given.items} if shares else None,
        individual=individuals(given),
        respondents=len(given.respondents),
        tasks=len(given.tasks),
        incomplete=given.incomplete,
        flags=_flags(given, reason),
    )


def _counts(given: Answers) -> dict[Any, Count]:
    best, worst, seen = (dict.fromkeys(given.items, 0) for _ in range(3))
    for task in given.tasks:
        best[task.best] += 1
        worst[task.worst] += 1
        for item in task.items:
            seen[item] += 1
    roots = {item: _root(best[item], worst[item]) for item in given.items}
    largest = max(roots.values())
    return {
        item: Count(
            best=best[item],
            worst=worst[item],
            bw=best[item] - worst[item],
            std_bw=(best[item] - worst[item]) / seen[item] if seen[item] else 0.0,
            sqrt_bw=roots[item],
            std_sqrt_bw=roots[item] / largest,
            appearances=seen[item],
            corrected=worst[item] == 0,
        )
        for item in given.items
    }


def _root(best: int, worst: int) -> float:
    return math.sqrt(best / worst if worst else (best + 0.5) / 0.5)


def _logit(given: Answers, base: Any, model: str) -> tuple[Logit | None, str | None]:
    try:
        return logit(given, base, model), None
    except MethodError as refusal:
        return None, refusal.code


def _shares(coef: Mapping[Any, float]) -> dict[Any, float]:
    top = max(coef.values())
    weights = {item: math.exp(value - top) for item, value in coef.items()}
    total = math.fsum(weights.values())
    return {item: weight / total for item, weight in weights.items()}


def _flags(given: Answers, reason: str | None) -> tuple[str, ...]:
    seen = sum(len(task.items) for task in given.tasks) / (len(given.respondents) * len(given.items))
    found = {"few_respondents": len(given.respondents) < SMALL, "few_appearances": seen < SEEN}
    return (*(flag for flag, holds in found.items() if holds), *([reason] if reason else []))
