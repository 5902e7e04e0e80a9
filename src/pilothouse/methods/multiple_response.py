"""Multiple response: what was ticked how often, by how many people.

Question: which of these options do people tick, and do groups tick differently?
Not for: questions with one answer (use a cross-tab), or a chi-square over the whole table of ticks: one person fills
several of its cells, so its p value is wrong.
Sample: as for a share; per-option tests want expected counts of 5 and more.

    >>> result = analyse([["A", "B"], ["A"], ["B", "C"], ["A", "B", "C"], [], ["C"]])
    >>> result.count, result.pct_of_cases["A"], result.missing_cases
    ({'A': 3, 'B': 3, 'C': 3}, 60.0, 1)

Per cent of responses add up to 100; per cent of cases, whose base is people with at least one tick, may exceed it.
Somebody who ticked nothing is missing, unless "none of these" could be ticked.

Source: SPSS MULT RESPONSE (its convention); groups compared option by option with Holm's correction, a safe form of
Bilder and Loughin, Biometrics 60, 2004.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.fitting.contingency import cramers_v, fisher, pearson
from pilothouse.methods.shared.checks import is_missing, sequence
from pilothouse.methods.shared.intervals import Interval, holm, wilson
from pilothouse.methods.shared.items import confidence, hashable
from pilothouse.methods.shared.method import MethodError

FEW = 5


@dataclass(frozen=True)
class Result:
    """Counts and percentages by option, with Wilson intervals (in per cent) of the share of cases.

    `contradictory` people ticked "none" together with something else: their "none" does not count. `repeated` ticks of
    one option by one person count once.
    """

    valid_cases: int
    missing_cases: int
    total_responses: int
    count: dict[Any, int]
    pct_of_responses: dict[Any, float]
    pct_of_cases: dict[Any, float]
    ci_of_cases: dict[Any, Interval]
    sum_pct_of_cases: float
    contradictory: int
    repeated: int


def analyse(
    responses: Iterable[Any], *, options: Sequence[Any] | None = None, none: Any = None, conf: float = 0.95
) -> Result:
    """Count lists of ticks, one per person. `options` fixes order and allows no other; `none` is "none of these"."""
    people = [_ticks(one, row) for row, one in enumerate(sequence(responses, field="responses", least_count=0))]
    contradictory = sum(none is not None and none in ticks and len(set(ticks)) > 1 for ticks in people)
    sets = [_without(dict.fromkeys(ticks), none) for ticks in people]
    names = _options(sets, options)
    valid = sum(bool(ticks) for ticks in sets)
    if not valid:
        raise MethodError("no_answers", field="responses", missing=len(sets))
    count = {name: sum(name in ticks for ticks in sets) for name in names}
    total = sum(count.values())
    shares = {name: wilson(n, valid, confidence(conf)) for name, n in count.items()}
    cases = {name: 100 * n / valid for name, n in count.items()}
    return Result(
        valid_cases=valid,
        missing_cases=len(sets) - valid,
        total_responses=total,
        count=count,
        pct_of_responses={name: 100 * n / total for name, n in count.items()},
        pct_of_cases=cases,
        ci_of_cases={name: (100 * low, 100 * high) for name, (low, high) in shares.items()},
        sum_pct_of_cases=100 * total / valid,
        contradictory=contradictory,
        repeated=sum(len(ticks) - len(set(ticks)) for ticks in people),
    )


@dataclass(frozen=True)
class Comparison:
    """One option by group: per cent of cases in each, and whether they differ (`p_holm` allows for all options).

    `test` is chi2, or fisher for two groups with small counts.
    """

    pct_of_cases: dict[Any, float]
    p: float
    p_holm: float
    cramers_v: float | None
    test: str


def compare(
    responses: Iterable[Any], groups: Iterable[Any], *, options: Sequence[Any] | None = None
) -> dict[Any, Comparison]:
    """Test each option between the groups of people; people without a tick or a group are left out."""
    people = [_ticks(one, row) for row, one in enumerate(sequence(responses, field="responses"))]
    labels = sequence(groups, field="groups")
    if len(labels) != len(people):
        raise MethodError("different_length", field="groups", n=len(labels), expected=len(people))
    kept = [(set(ticks), label) for ticks, label in zip(people, labels, strict=True) if ticks and not is_missing(label)]
    names = list(dict.fromkeys(label for _, label in kept))
    if len(names) < 2:
        raise MethodError("too_few", field="groups", n=len(names), least=2)
    sizes = [sum(label == name for _, label in kept) for name in names]
    drafts = {}
    for option in _options([dict.fromkeys(ticks) for ticks in people], options):
        yes = [sum(option in ticks for ticks, label in kept if label == name) for name in names]
        drafts[option] = (
            dict(zip(names, (100 * n / size for n, size in zip(yes, sizes, strict=True)), strict=True)),
            *_test(yes, sizes),
        )
    adjusted = holm([draft[1] for draft in drafts.values()])
    return {
        option: Comparison(pct, p, corrected, v, test)
        for (option, (pct, p, v, test)), corrected in zip(drafts.items(), adjusted, strict=True)
    }


def _test(yes: list[int], sizes: list[int]) -> tuple[float, float | None, str]:
    table = tuple(tuple(float(cell) for cell in row) for row in (yes, [n - x for x, n in zip(yes, sizes, strict=True)]))
    if not sum(table[0]) or not sum(table[1]):
        return 1.0, None, "chi2"
    found = pearson(table)
    strength = cramers_v(found.chi2, found.n, 2, len(sizes))
    if len(sizes) == 2 and min(cell for row in found.expected for cell in row) < FEW:
        return fisher(table).two_sided, strength, "fisher"
    return found.p, strength, "chi2"


def _ticks(one: Any, row: int) -> list[Any]:
    if is_missing(one):
        return []
    if isinstance(one, (str, bytes)) or not isinstance(one, Iterable):
        raise MethodError("not_a_list", field="responses", row=row)
    return hashable([tick for tick in one if not is_missing(tick)], "responses")


def _without(ticks: dict[Any, None], none: Any) -> dict[Any, None]:
    return {tick: None for tick in ticks if tick != none} if none is not None and len(ticks) > 1 else ticks


def _options(sets: list[dict[Any, None]], options: Sequence[Any] | None) -> list[Any]:
    met = dict.fromkeys(tick for ticks in sets for tick in ticks)
    if options is None:
        return list(met)
    known = sequence(options, field="options")
    for row, ticks in enumerate(sets):
        for tick in ticks:
            if tick not in known:
                raise MethodError("not_one_of", field="responses", row=row, value=tick, choices=tuple(known))
    return known
