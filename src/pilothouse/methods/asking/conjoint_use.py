"""What a fitted choice model is asked: what a level is worth in money, and who would take which product."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Literal, Protocol

from pilothouse.methods.asking.conjoint_coding import Attribute
from pilothouse.methods.shared.checks import is_missing, number, one_of, sequence, whole
from pilothouse.methods.shared.intervals import Interval, z_value
from pilothouse.methods.shared.items import confidence
from pilothouse.methods.shared.method import MethodError

CLEAR = 3.0
NONE = "none"


class Fitted(Protocol):
    coef: dict[str, float]
    cov: tuple[tuple[float, ...], ...]
    coding: str
    attributes: tuple[Attribute, ...]


@dataclass(frozen=True)
class Wtp:
    """Willingness to pay for an effect. `method` says which interval `ci` is: delta, or fieller (unsure price)."""

    value: float
    se_delta: float
    ci: Interval
    ci_delta: Interval
    ci_fieller: Interval | None
    method: str


def wtp(result: Fitted, effect: str, *, price: str = "price", unit: float = 1.0, conf: float = 0.95) -> Wtp:
    """-b(effect) / b(price), in money when prices were in `unit` of it.

    Refused (price_not_negative, price_not_significant) where the price effect is not clearly negative: the ratio
    would then mean nothing.
    """
    names = list(result.coef)
    for name in (effect, price):
        one_of(name, names, field="effect" if name == effect else "price")
    i, j = names.index(effect), names.index(price)
    b, p = result.coef[effect], result.coef[price]
    vb, vp, vbp = result.cov[i][i], result.cov[j][j], result.cov[i][j]
    if p >= 0:
        raise MethodError("price_not_negative", field=price, value=p)
    value = -b / p
    se = math.sqrt(max(vb + 2 * value * vbp + value * value * vp, 0.0)) / abs(p)
    z = z_value(confidence(conf))
    delta = unit * (value - z * se), unit * (value + z * se)
    fieller = _fieller(b, p, vb, vp, vbp, z)
    if fieller is None:
        raise MethodError("price_not_significant", field=price, value=p, t=p / math.sqrt(vp))
    scaled = unit * fieller[0], unit * fieller[1]
    clear = abs(p) / math.sqrt(vp) > CLEAR
    return Wtp(unit * value, unit * se, delta if clear else scaled, delta, scaled, "delta" if clear else "fieller")


def _fieller(b: float, p: float, vb: float, vp: float, vbp: float, z: float) -> Interval | None:
    """Values w for which b + w p does not differ from zero; None where they are unbounded."""
    a, half, c = p * p - z * z * vp, b * p - z * z * vbp, b * b - z * z * vb
    if a <= 0:
        return None
    root = math.sqrt(max(half * half - a * c, 0.0))
    return (-half - root) / a, (-half + root) / a


@dataclass(frozen=True)
class Simulation:
    """Shares of the products in the order given, and pairs of products so alike that the logit shares mislead."""

    shares: tuple[float, ...]
    utilities: tuple[float, ...]
    alike: tuple[tuple[int, int], ...]
    rule: str


def simulate(
    result: Fitted,
    products: Sequence[Mapping[str, Any]],
    *,
    rule: Literal["logit", "first_choice", "randomised"] = "logit",
    draws: int = 2000,
    seed: int = 0,
) -> Simulation:
    """Shares of products of {attribute: level}; an empty product is "none of these".

    "randomised" draws the worth of every level again and gives each draw to the best product, so that copies share.
    """
    one_of(rule, ("logit", "first_choice", "randomised"), field="rule")
    offers = [dict(product) for product in sequence(products, field="products")]
    rows = [_row(result, product, index) for index, product in enumerate(offers)]
    utilities = [math.fsum(result.coef[name] * value for name, value in row.items()) for row in rows]
    shares = (
        _logit(utilities) if rule == "logit" else _first(result, rows, rule, whole(draws, field="draws", least=1), seed)
    )
    alike = tuple(pair for pair in combinations(range(len(offers)), 2) if _alike(offers[pair[0]], offers[pair[1]]))
    return Simulation(tuple(shares), tuple(utilities), alike, rule)


def _row(result: Fitted, product: Mapping[str, Any], index: int) -> dict[str, float]:
    """The effects of one product."""
    if all(is_missing(product.get(one.name)) for one in result.attributes):
        one_of(NONE, tuple(result.coef), field="products", row=index)
        return {NONE: 1.0}
    row: dict[str, float] = {}
    for one in result.attributes:
        value = product.get(one.name)
        if one.numeric:
            row[one.name] = number(value, field=one.name, row=index)
        else:
            one_of(value, one.levels, field=one.name, row=index)
            row |= dict(zip(one.effects, one.columns([value], result.coding)[0].tolist(), strict=True))
    return row


def _logit(utilities: Sequence[float]) -> list[float]:
    weights = [math.exp(value - max(utilities)) for value in utilities]
    return [weight / math.fsum(weights) for weight in weights]


def _first(result: Fitted, rows: list[dict[str, float]], rule: str, draws: int, seed: int) -> list[float]:
    """Each draw goes to its best product; equals share it."""
    import numpy as np

    names = list(result.coef)
    x = np.array([[row.get(name, 0.0) for name in names] for row in rows])
    coef = np.array([result.coef[name] for name in names])[None, :]
    if rule == "randomised":
        coef = coef + np.random.default_rng(seed).gumbel(size=(draws, len(names)))
    utilities = coef @ x.T
    best = utilities >= utilities.max(axis=1, keepdims=True) - 1e-9
    return (best / best.sum(axis=1, keepdims=True)).mean(axis=0).tolist()


def _alike(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """The same in everything, or in all but one of at least three attributes."""
    names = set(one) | set(other)
    different = sum(one.get(name) != other.get(name) for name in names)
    return different == 0 or (different == 1 and len(names) > 2)
