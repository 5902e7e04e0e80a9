"""Counts, shares and means of columns, weighted where the survey is: numbers only, no words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pilothouse.methods import histogram
from pilothouse.methods.shared.intervals import t_value, two_sided_p, wilson
from pilothouse.surveys.analysis.frame import Array, Frame


@dataclass(frozen=True)
class Share:
    """The share of one answer, 0 to 1: `share` by weight, `count` of `n` people without, `low` and `high` the ends of
    its Wilson interval (95 %)."""

    code: str
    count: int
    n: int
    share: float
    low: float
    high: float


@dataclass(frozen=True)
class Mean:
    """A weighted mean of `n` values with its 95 % interval. `effective` is the number of equally weighted people that
    would tell as much."""

    n: int
    mean: float
    low: float
    high: float
    sd: float
    median: float
    effective: float


def effective(weights: Array) -> float:
    """Kish's effective number of people: the square of the sum of the weights by the sum of their squares; 0 without
    any."""
    squares = float((weights**2).sum())
    return float(weights.sum()) ** 2 / squares if squares else 0.0


def shares(codes: Array, labels: Sequence[str], weights: Array) -> list[Share]:
    """The share of each label among those who answered. `codes` are places in `labels`, -1 where missing."""
    known = codes >= 0
    return shares_of([codes == place for place in range(len(labels))], labels, known, weights)


def shares_of(masks: Sequence[Array], labels: Sequence[str], known: Array, weights: Array) -> list[Share]:
    """The share of each mask among the `known` people. Masks may overlap, as the ticks of a multiple choice do."""
    n, base = int(known.sum()), float(weights[known].sum())
    people = effective(weights[known])
    found = []
    for label, mask in zip(labels, masks, strict=True):
        both = mask & known
        share = min(1.0, float(weights[both].sum()) / base) if base else 0.0
        low, high = wilson(share * people, people) if people else (0.0, 1.0)
        found.append(Share(label, int(both.sum()), n, share, low, high))
    return found


def is_ahead(first: Share, second: Share, people: float) -> bool:
    """Whether the first of two answers to one question is ahead of the second by more than chance: a z test of the
    difference of two shares of the same `people`, two-sided, at 5 %."""
    gap = first.share - second.share
    spread = first.share + second.share - gap**2
    if spread <= 0:
        return people > 0 and gap > 0
    return people > 0 and two_sided_p(gap / math.sqrt(spread / people)) < 0.05


def mean(values: Array, weights: Array) -> Mean | None:
    """The mean of the values that are not nan, with the t interval at 95 %; None where there is none."""
    known = ~np.isnan(values)
    x, w = values[known], weights[known]
    people, base = effective(w), float(w.sum())
    if not len(x) or not base:
        return None
    centre = float((x * w).sum() / base)
    variance = float((w * (x - centre) ** 2).sum() / base)
    sd = math.sqrt(variance * people / (people - 1)) if people > 1 else 0.0
    half = t_value(people - 1) * sd / math.sqrt(people) if people > 1 else 0.0
    return Mean(len(x), centre, centre - half, centre + half, sd, median(x, w), people)


def median(x: Array, w: Array) -> float:
    """The median; with unequal weights the value at which half of the weight is reached."""
    if (w == w[0]).all():
        return float(np.median(x))
    order = np.argsort(x, kind="stable")
    return float(x[order][np.searchsorted(np.cumsum(w[order]), w.sum() / 2)])


def points(frame: Frame, question: str, key: str, measure: str | None = None) -> Array:
    """The answers to a scale as the numbers that its points are named by; nan where a point is named otherwise."""
    labels = frame.labels(question, key, measure)
    numbers = [float(label) if label.lstrip("-").isdecimal() else np.nan for label in labels]
    return np.array([*numbers, np.nan])[frame.column(question, key, measure)]


def bins(values: Array, weights: Array) -> tuple[list[float], list[float]]:
    """(edges, weight of the people in each class) for a histogram. Up to twelve whole numbers within a range of 20 get
    a class each; else `histogram` chooses the classes."""
    known = values[~np.isnan(values)]
    few = np.unique(known)
    if len(few) <= 12 and (few == np.round(few)).all() and few[-1] - few[0] <= 20:
        edges = np.arange(few[0] - 1, few[-1] + 1) + 0.5
        edges = np.append(edges, few[-1] + 0.5) if edges[-1] < few[-1] else edges
    else:
        edges = np.array(histogram.analyse(known.tolist() if len(known) < 5_000 else thinned(known)).breaks)
    places = np.clip(np.searchsorted(edges, known, side="left") - 1, 0, len(edges) - 2)
    counts = np.bincount(places, weights[~np.isnan(values)], len(edges) - 1)
    return edges.tolist(), counts.tolist()


def thinned(values: Array) -> list[float]:
    """5,000 of the values, evenly spaced in order and with both ends, to choose classes by."""
    ordered = np.sort(values)
    return ordered[np.linspace(0, len(ordered) - 1, 5_000).astype(int)].tolist()
