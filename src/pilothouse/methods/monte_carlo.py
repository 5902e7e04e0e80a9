"""Monte Carlo: all assumptions wrong at once, many times over.

Question: how likely is a loss, and between which values does the result mostly fall?
Not for: ranges nobody believes in; assumptions that move together need their `correlations`.
Sample: 10,000 trials put a probability of 10 % within about 0.6 points; `mean_se` says how far simulation alone is off.

    >>> result = analyse({"units": {"dist": "triangular", "low": 800, "mode": 1000, "high": 1100},
    ...                   "price": {"dist": "normal", "mean": 10, "sd": 0.5}}, model="units * (price - 6) - 3500",
    ...                  trials=20000, seed=1)
    >>> round(result.mean / 10), round(result.p_negative, 1)
    (36, 0.3)

Source: David Hertz, "Risk analysis in capital investment", Harvard Business Review 42(1), 1964.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.fitting.draws import inverse, parameters
from pilothouse.methods.fitting.formula import parse
from pilothouse.methods.shared.checks import mapping, number, sequence, whole
from pilothouse.methods.shared.intervals import wilson
from pilothouse.methods.shared.method import MethodError
from pilothouse.methods.tornado import Model

PERCENTILES = (5, 10, 25, 50, 75, 80, 90, 95)
Spec = float | Mapping[str, Any]


@dataclass(frozen=True)
class Result:
    """`drivers`: rank correlation of each driver with the result, strongest first. `histogram`: edges and counts."""

    mean: float
    sd: float
    mean_se: float
    percentiles: dict[int, float]
    p_negative: float
    p_negative_interval: tuple[float, float]
    drivers: dict[str, float]
    histogram: tuple[tuple[float, ...], tuple[int, ...]]
    trials: int
    seed: int


def analyse(
    drivers: Mapping[str, Spec] | Sequence[Spec],
    *,
    model: Model | None = None,
    rate: float | None = None,
    correlations: Mapping[tuple[str, str], float] | None = None,
    trials: int = 10_000,
    seed: int = 0,
) -> Result:
    """Simulate a formula of the drivers, or without one the NPV at `rate` of flows in periods 0, 1, ...

    A driver is a number or {"dist": "uniform" | "triangular" | "pert" (low, mode, high) | "normal" | "lognormal"
    (mean, sd)}. `correlations` {(a, b): r} are of the underlying normal scores. A model that is a function gets arrays.
    Raises MethodError "not_one_of", "missing_parameter", "out_of_order", "bad_formula", "no_such_driver",
    "not_positive_definite", "not_finite", "give_one_of", "too_small", "too_large" or "not_a_number".
    """
    import numpy as np

    named = (
        drivers
        if isinstance(drivers, Mapping)
        else {f"t{at}": spec for at, spec in enumerate(sequence(drivers, field="drivers"))}
    )
    specs = {str(name): parameters(str(name), spec) for name, spec in mapping(named, field="drivers").items()}
    trials, seed = whole(trials, field="trials", least=100, most=10_000_000), whole(seed, field="seed", least=0)
    draws = _draws(
        specs, mapping(correlations or {}, field="correlations", least_count=0), trials, np.random.default_rng(seed)
    )
    values = _outcome(model, rate, draws, trials)
    return _result(values, draws, specs, seed)


def _draws(
    specs: Mapping[str, Any], correlations: Mapping[tuple[str, str], float], trials: int, rng: Any
) -> dict[str, Any]:
    """Correlated normal scores (Gaussian copula), each turned into its own distribution."""
    from scipy.special import ndtr

    scores = rng.standard_normal((trials, len(specs)))
    if correlations:
        scores = scores @ _cholesky(list(specs), correlations).T
    return {name: inverse(spec, ndtr(scores[:, at])) for at, (name, spec) in enumerate(specs.items())}


def _cholesky(names: list[str], correlations: Mapping[tuple[str, str], float]) -> Any:
    import numpy as np

    wanted = np.eye(len(names))
    for pair, value in correlations.items():
        if not isinstance(pair, tuple) or len(pair) != 2 or pair[0] == pair[1] or not set(pair) <= set(names):
            raise MethodError("no_such_driver", field="correlations", row=str(pair))
        left, right = (names.index(name) for name in pair)
        wanted[left, right] = wanted[right, left] = number(value, field="correlations", row=str(pair), least=-1, most=1)
    try:
        return np.linalg.cholesky(wanted)
    except np.linalg.LinAlgError:
        raise MethodError("not_positive_definite", field="correlations") from None


def _outcome(model: Model | None, rate: float | None, draws: Mapping[str, Any], trials: int) -> Any:
    import numpy as np

    if (model is None) == (rate is None):
        raise MethodError("give_one_of", field="model", choices=("model", "rate"))
    with np.errstate(all="ignore"):
        if rate is not None:
            per_period = 1 + number(rate, field="rate", above=-1)
            values = sum(flow / per_period**at for at, flow in enumerate(draws.values()))
        elif callable(model):
            values = model(draws)
        else:
            values = parse(model or "")(draws)
    values = np.broadcast_to(np.asarray(values, dtype=float), (trials,))
    if not np.isfinite(values).all():
        raise MethodError("not_finite", field="model", trials=int((~np.isfinite(values)).sum()))
    return values


def _result(values: Any, draws: Mapping[str, Any], specs: Mapping[str, Any], seed: int) -> Result:
    import numpy as np

    n = len(values)
    negative = int((values < 0).sum())
    varying = {name: _rank_correlation(draws[name], values) for name in draws if specs[name]["dist"] != "fixed"}
    flat = np.ptp(values) <= 1e-9 * np.abs(values).max()
    counts, edges = np.histogram(values, bins=1 if flat else 40)
    return Result(
        mean=float(values.mean()),
        sd=float(values.std(ddof=1)),
        mean_se=float(values.std(ddof=1) / n**0.5),
        percentiles={at: float(np.percentile(values, at)) for at in PERCENTILES},
        p_negative=negative / n,
        p_negative_interval=wilson(negative, n),
        drivers=dict(sorted(varying.items(), key=lambda item: -abs(item[1]))),
        histogram=(tuple(edges.tolist()), tuple(counts.tolist())),
        trials=n,
        seed=seed,
    )


def _rank_correlation(left: Any, right: Any) -> float:
    import numpy as np

    ranks = [np.argsort(np.argsort(values)).astype(float) for values in (left, right)]
    return float(np.corrcoef(ranks[0], ranks[1])[0, 1]) if np.ptp(right) > 0 else 0.0
