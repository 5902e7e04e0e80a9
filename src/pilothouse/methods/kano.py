"""Kano: which features delight, which are expected in proportion, and which are simply taken for granted.

Question: what happens to satisfaction if this feature is there, and what if it is not?
Not for: features nobody can picture yet, price questions, or fewer than about 20 people of one segment.
Sample: 20 to 30 answers per segment give a category; differences between segments need more.

    >>> answers = [{"feature": "Offline", "functional": 1, "dysfunctional": d} for d in (5, 5, 5, 3)]
    >>> offline = analyse(answers).features["Offline"]
    >>> offline.category, offline.counts["O"], offline.better, offline.worse
    ('O', 3, 1.0, -0.75)

Answers are 1 like, 2 must-be, 3 neutral, 4 live with, 5 dislike, or these words. Categories are A attractive,
O one-dimensional, M must-be, I indifferent, R reverse, Q questionable.

Source: Kano et al., 1984; Berger et al., "Kano's methods for understanding customer-defined quality", Center for
Quality of Management Journal 2(4), 1993 (table, Pouliot's variant, Timko's coefficients, DuMouchel's scale);
Lee and Newcomb, 1997 (strengths, M+O+A against I+R+Q); Fong, CQM Journal 5(3), 1996 (significance).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from statistics import fmean
from typing import Any, Literal

from pilothouse.methods.asking.kano_reading import CATEGORIES, Fong, Reading, better_worse, fong, irq_rule, read
from pilothouse.methods.asking.kano_segments import SegmentTest, by_segment
from pilothouse.methods.asking.kano_table import (
    SCALE,
    TABLES,
    Continuous,
    Pair,
    answer,
    classify,
    continuous,
    evaluation_table,
)
from pilothouse.methods.shared.checks import is_missing, number, one_of, whole
from pilothouse.methods.shared.items import columns, confidence
from pilothouse.methods.shared.method import MethodError

__all__ = [
    "CATEGORIES",
    "SCALE",
    "Feature",
    "Fong",
    "Reading",
    "Result",
    "analyse",
    "better_worse",
    "classify",
    "continuous",
    "evaluation_table",
    "fong",
    "irq_rule",
    "read",
]


@dataclass(frozen=True, kw_only=True)
class Feature(Reading):
    """One feature. `category` follows the rule chosen; with rule "significant" an undecided one reads like "O/I".

    `quadrant` is the Better-Worse reading (O, A, M or I) at the cut of the result; `missing` counts half pairs.
    """

    category: str
    quadrant: str | None
    missing: int
    continuous: Continuous
    mean_importance: float | None


@dataclass(frozen=True)
class Result:
    """Features in the order met, and how the categories of each differ by segment where segments were given.

    `no_answers` are features that nobody answered both halves of.
    """

    features: dict[Any, Feature]
    segments: dict[Any, SegmentTest]
    no_answers: tuple[Any, ...]
    n: int
    missing: int
    table: str
    rule: str
    cut: tuple[float, float]


def analyse(
    answers: Any,
    *,
    table: Literal["classic", "pouliot"] = "classic",
    rule: Literal["mode", "irq", "significant"] = "mode",
    cut: Literal["half", "mean"] = "half",
    reversed_features: Collection[Any] = (),
    exclude_questionable: bool = False,
    conf: float = 0.95,
) -> Result:
    """Read answers of {feature, functional, dysfunctional}, with segment, importance and count where they are known.

    `count` says that a row stands for that many answers, so that a database may do the counting. A feature asked the
    wrong way round is named in `reversed_features`. `exclude_questionable` keeps Q answers out of the continuous means.
    """
    one_of(table, tuple(TABLES), field="table")
    one_of(rule, ("mode", "irq", "significant"), field="rule")
    one_of(cut, ("half", "mean"), field="cut")
    tally = _tally(answers, reversed_features)
    features = {
        key: _feature(pairs, table, rule, confidence(conf), exclude_questionable) for key, pairs in tally.pairs.items()
    }
    lines = _lines(features.values(), cut)
    return Result(
        features={key: _placed(feature, key, tally, lines) for key, feature in features.items()},
        segments=by_segment(tally.segments, lambda f, d: classify(f, d, table=table)),
        no_answers=tuple(key for key in tally.missing if key not in features),
        n=sum(sum(pairs.values()) for pairs in tally.pairs.values()),
        missing=sum(tally.missing.values()),
        table=table,
        rule=rule,
        cut=lines,
    )


@dataclass
class _Tally:
    pairs: dict[Any, dict[Pair, int]] = field(default_factory=dict)
    segments: dict[Any, dict[Any, dict[Pair, int]]] = field(default_factory=dict)
    missing: dict[Any, int] = field(default_factory=dict)
    importance: dict[Any, list[float]] = field(default_factory=dict)


def _tally(answers: Any, turned: Collection[Any]) -> _Tally:
    """Equal answers are counted before they are looked at, so that ten million of them cost one pass."""
    found = columns(
        answers, ("feature", "functional", "dysfunctional"), ("segment", "importance", "count"), field="answers"
    )
    segment = found.get("segment") or [None] * len(found["feature"])
    keys = zip(found["feature"], segment, found["functional"], found["dysfunctional"], strict=True)
    tally = _Tally()
    for key, n in (_weighted(keys, found["count"]) if "count" in found else Counter(keys)).items():
        feature, of, f, d = key
        _add(tally, feature, of, f, d, n, turned)
    for row, value in enumerate(found.get("importance", ())):
        if not is_missing(value):
            tally.importance.setdefault(found["feature"][row], []).append(number(value, field="importance", row=row))
    return tally


def _weighted(keys: Iterable[Any], counts: list[Any]) -> Counter[Any]:
    total: Counter[Any] = Counter()
    for row, (key, count) in enumerate(zip(keys, counts, strict=True)):
        total[key] += whole(count, field="count", row=row, least=0)
    return total


def _add(tally: _Tally, feature: Any, segment: Any, f: Any, d: Any, n: int, turned: Collection[Any]) -> None:
    if is_missing(feature):
        raise MethodError("no_feature", field="feature")
    if is_missing(f) or is_missing(d):
        tally.missing[feature] = tally.missing.get(feature, 0) + n
        return
    pair = answer(f, field="functional", row=feature), answer(d, field="dysfunctional", row=feature)
    pair = pair[::-1] if feature in turned else pair
    homes = [tally.pairs.setdefault(feature, {})]
    if not is_missing(segment):
        homes.append(tally.segments.setdefault(feature, {}).setdefault(segment, {}))
    for home in homes:
        home[pair] = home.get(pair, 0) + n


def _feature(pairs: Mapping[Pair, int], table: str, rule: str, conf: float, exclude_questionable: bool) -> Feature:
    categories = {pair: classify(*pair, table=table) for pair in pairs}
    counts: dict[str, float] = dict.fromkeys(CATEGORIES, 0)
    for pair, n in pairs.items():
        counts[categories[pair]] += n
    reading = read(counts, conf=conf)
    plain = {pair: n for pair, n in pairs.items() if not exclude_questionable or categories[pair] != "Q"}
    return Feature(
        **vars(reading),
        category={"mode": reading.mode, "irq": reading.irq_rule, "significant": reading.fong.reading}[rule],
        quadrant=None,
        missing=0,
        continuous=continuous(plain or pairs, conf=conf),
        mean_importance=None,
    )


def _lines(features: Iterable[Feature], cut: str) -> tuple[float, float]:
    """Where Better and Worse are high: at 0.5, or at the mean of the features."""
    known = [
        (feature.better, -feature.worse)
        for feature in features
        if feature.better is not None and feature.worse is not None
    ]
    if cut == "half" or not known:
        return 0.5, 0.5
    return fmean(better for better, _ in known), fmean(worse for _, worse in known)


def _placed(feature: Feature, key: Any, tally: _Tally, lines: tuple[float, float]) -> Feature:
    importance = tally.importance.get(key)
    return replace(
        feature,
        quadrant=quadrant(feature.better, feature.worse, lines),
        missing=tally.missing.get(key, 0),
        mean_importance=fmean(importance) if importance else None,
    )


def quadrant(better: float | None, worse: float | None, lines: tuple[float, float] = (0.5, 0.5)) -> str | None:
    """The quadrant of the Better-Worse chart."""
    if better is None or worse is None:
        return None
    return {(True, True): "O", (True, False): "A", (False, True): "M", (False, False): "I"}[
        better >= lines[0], -worse >= lines[1]
    ]
