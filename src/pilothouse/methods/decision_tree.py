"""Decision under risk: what each choice is worth on average, at worst, and what it would be worth to know more.

Question: which choice has the best expected value, and how much may better information cost?
Not for: probabilities nobody can put a number on (read the maximin and regret rows instead), or ruinous losses: the
expected value does not mind them, people do.
Sample: none; payoffs in one unit, with every cost already inside them once.

    >>> result = analyse({"large": [200000, -180000], "small": [100000, -20000], "none": [0, 0]}, p=[0.5, 0.5])
    >>> result.best, result.emv["small"], result.evpi
    ('small', 40000.0, 60000.0)
    >>> survey = information({"large": [200000, -180000], "small": [100000, -20000], "none": [0, 0]}, p=[0.5, 0.5],
    ...                      likelihood={"positive": [0.7, 0.2], "negative": [0.3, 0.8]})
    >>> round(survey.evsi), round(survey.posterior["positive"][0], 3), survey.choice
    (19000, 0.778, {'positive': 'large', 'negative': 'small'})

Source: Howard Raiffa, Decision Analysis, 1968; Leonard Savage, 1951 (regret); Leonid Hurwicz, 1951. The example is
Thompson
Lumber in Render, Stair and Hanna, Quantitative Analysis for Management (printed EVSI 19,200, from rounded posteriors).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.shared.checks import mapping, number, numbers, same_length, sequence, sums_to_one
from pilothouse.methods.shared.method import MethodError

Payoff = Mapping[str, Sequence[float]]
DEEPEST = 50


@dataclass(frozen=True)
class Regret:
    max_regret: dict[str, float]
    best: str


@dataclass(frozen=True)
class Result:
    """Choices by rule. Everything that needs probabilities is None or empty without them."""

    emv: dict[str, float]
    best: str | None
    ev_with_pi: float | None
    evpi: float | None
    expected_regret: dict[str, float]
    p_loss: dict[str, float]
    maximax: str
    maximin: str
    laplace: str
    hurwicz: dict[str, float]
    hurwicz_best: str
    alpha: float
    minimax_regret: Regret


def analyse(payoff: Payoff, *, p: Sequence[float] | None = None, alpha: float = 0.8) -> Result:
    """Payoffs {choice: [one per state]}, probabilities of the states, and Hurwicz' optimism `alpha`.

    Raises MethodError "not_summing_to_one", "different_length", "too_few", "not_a_number", "too_small" or "too_large".
    """
    table = _table(payoff)
    states = range(len(next(iter(table.values()))))
    alpha = number(alpha, field="alpha", least=0, most=1)
    top = [max(row[state] for row in table.values()) for state in states]
    regrets = {choice: [high - got for high, got in zip(top, row, strict=True)] for choice, row in table.items()}
    worst = {choice: max(row) for choice, row in regrets.items()}
    hurwicz = {choice: alpha * max(row) + (1 - alpha) * min(row) for choice, row in table.items()}
    chances = None if p is None else probabilities(p, len(states))
    emv = {} if chances is None else {choice: expected(row, chances) for choice, row in table.items()}
    perfect = None if chances is None else expected(top, chances)
    return Result(
        emv=emv,
        best=_highest(emv) if emv else None,
        ev_with_pi=perfect,
        evpi=None if perfect is None else max(0.0, perfect - max(emv.values())),
        expected_regret={} if chances is None else {choice: expected(row, chances) for choice, row in regrets.items()},
        p_loss={} if chances is None else {choice: _loss(row, chances) for choice, row in table.items()},
        maximax=_highest({choice: max(row) for choice, row in table.items()}),
        maximin=_highest({choice: min(row) for choice, row in table.items()}),
        laplace=_highest({choice: math.fsum(row) for choice, row in table.items()}),
        hurwicz=hurwicz,
        hurwicz_best=_highest(hurwicz),
        alpha=alpha,
        minimax_regret=Regret(worst, min(worst, key=worst.__getitem__)),
    )


def _table(payoff: Payoff) -> dict[str, list[float]]:
    table = {str(choice): numbers(row, field=str(choice)) for choice, row in mapping(payoff, field="payoff").items()}
    same_length(len(next(iter(table.values()))), **table)
    return table


def probabilities(p: Any, states: int | None = None) -> list[float]:
    chances = numbers(p, field="p", least=0, most=1)
    if states is not None:
        same_length(states, p=chances)
    sums_to_one(chances, field="p")
    return chances


def expected(row: Sequence[float], chances: Sequence[float]) -> float:
    return math.fsum(value * chance for value, chance in zip(row, chances, strict=True))


def _loss(row: Sequence[float], chances: Sequence[float]) -> float:
    return math.fsum(chance for value, chance in zip(row, chances, strict=True) if value < 0)


def _highest(values: Mapping[str, float]) -> str:
    return max(values, key=values.__getitem__)


# Better information -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Information:
    """`choice` after each signal; `efficiency` is EVSI as a share of EVPI; `net` is what is left after its cost."""

    evsi: float
    ev_with_si: float
    efficiency: float | None
    net: float
    p_signal: dict[str, float]
    posterior: dict[str, tuple[float, ...]]
    choice: dict[str, str]


def information(
    payoff: Payoff, *, p: Sequence[float], likelihood: Mapping[str, Sequence[float]], cost: float = 0.0
) -> Information:
    """The worth of a test with P(signal | state) as `likelihood`, by Bayes' rule; for each state they sum to 1.

    Raises MethodError as `analyse` does.
    """
    without = analyse(payoff, p=p)
    table, chances = _table(payoff), probabilities(p)
    given = {
        str(signal): numbers(row, field=str(signal), least=0, most=1)
        for signal, row in mapping(likelihood, field="likelihood").items()
    }
    same_length(len(chances), **given)
    for state in range(len(chances)):
        sums_to_one([row[state] for row in given.values()], field="likelihood")
    posterior, p_signal = {}, {}
    for signal, row in given.items():
        p_signal[signal] = expected(row, chances)
        posterior[signal] = revise(chances, row)
    seen = [signal for signal in given if p_signal[signal] > 0]
    values = {signal: {choice: expected(row, posterior[signal]) for choice, row in table.items()} for signal in seen}
    with_test = math.fsum(p_signal[signal] * max(values[signal].values()) for signal in seen)
    worth = max(0.0, with_test - max(without.emv.values()))
    return Information(
        evsi=worth,
        ev_with_si=with_test,
        efficiency=worth / without.evpi if without.evpi else None,
        net=worth - number(cost, field="cost", least=0),
        p_signal=p_signal,
        posterior=posterior,
        choice={signal: _highest(values[signal]) for signal in seen},
    )


def revise(prior: Sequence[float], likelihood: Sequence[float]) -> tuple[float, ...]:
    """Bayes' rule; the prior itself when the signal cannot occur."""
    joint = [chance * like for chance, like in zip(prior, likelihood, strict=True)]
    total = math.fsum(joint)
    return tuple(part / total for part in joint) if total else tuple(prior)


# Trees ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Rolled:
    """`policy`: at each decision, by the path that leads to it, the branch to take."""

    value: float
    policy: dict[tuple[str, ...], str]


def roll_back(tree: Mapping[str, Any]) -> Rolled:
    """Fold a tree back to its value: {"decide": {label: tree}}, {"chance": {label: (p, tree)}} or {"value": x}.

    Any node may carry a "cost", paid on reaching it.
    Raises MethodError "not_a_node", "too_deep", "not_summing_to_one", "not_a_number", naming the path.
    """
    policy: dict[tuple[str, ...], str] = {}
    return Rolled(_fold(tree, (), policy), policy)


def _fold(node: Any, path: tuple[str, ...], policy: dict[tuple[str, ...], str]) -> float:
    where = "/".join(path)
    if len(path) > DEEPEST:
        raise MethodError("too_deep", field="tree", row=where)
    if not isinstance(node, Mapping) or len(set(node) & {"decide", "chance", "value"}) != 1:
        raise MethodError("not_a_node", field="tree", row=where)
    cost = number(node.get("cost", 0.0), field="cost", row=where, least=0)
    if "value" in node:
        return number(node["value"], field="value", row=where) - cost
    if "chance" in node:
        branches = {str(label): branch for label, branch in mapping(node["chance"], field="chance").items()}
        pairs = {label: sequence(branch, field="chance", least_count=2)[:2] for label, branch in branches.items()}
        chances = probabilities([chance for chance, _ in pairs.values()])
        return expected([_fold(sub, (*path, label), policy) for label, (_, sub) in pairs.items()], chances) - cost
    options = mapping(node["decide"], field="decide")
    worth = {str(label): _fold(sub, (*path, str(label)), policy) for label, sub in options.items()}
    policy[path] = _highest(worth)
    return worth[policy[path]] - cost
