"""Churn model: who is likely to leave, why, and can its probabilities be believed?

Question: which traits go with leaving, and how well do they tell leavers from stayers?
Not for: traits known only after the fact (check every column's date), or causes: it predicts, it does not explain.
Sample: about 10 leavers for every coefficient; judge by the cross-validated figures, not by the fitted ones.

    >>> data = [{"left": int(t > 3 or m < 2), "tickets": t, "months": m} for t in range(6) for m in range(6)]
    >>> data[0]["left"], data[-1]["left"], data[20]["left"] = 0, 0, 1
    >>> result = analyse(data, y="left", x=["tickets", "months"], folds=6)
    >>> round(result.coef["tickets"], 2), round(result.auc, 2), result.events
    (1.81, 0.96, 19)

Source: David Cox, 1958; AUC: Hanley and McNeil, Radiology 143, 1982; calibration: Cox, Biometrika 45, 1958 and
Brier, 1950.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pilothouse.methods import logistic
from pilothouse.methods.brier import Bin, calibration
from pilothouse.methods.fitting.auc import auc, auc_interval, calibration_line, folds_of
from pilothouse.methods.fitting.design import Design
from pilothouse.methods.shared.checks import sequence, whole
from pilothouse.methods.shared.coding import coded
from pilothouse.methods.shared.intervals import two_sided_p, z_value
from pilothouse.methods.shared.items import confidence
from pilothouse.methods.shared.method import MethodError
from pilothouse.methods.shared.tables import complete

CONST = "const"
LEAST_PER_COEFFICIENT = 10


@dataclass(frozen=True)
class Validated:
    """On rows the model had not seen: discrimination, mean squared error, and the line of what happened against what
    was predicted (on the logit scale: intercept 0 and slope 1 are perfect; a slope below 1 means too sure)."""

    auc: float | None
    brier: float
    calibration_intercept: float | None
    calibration_slope: float | None
    calibration: tuple[Bin, ...]
    folds: int


@dataclass(frozen=True)
class Result:
    """By coefficient ("const" is the intercept). `auc`, `brier` and `calibration` are of the fitted rows and too kind.

    `validated` is None when leavers or stayers are too few for the folds. `probabilities` by row kept.
    """

    coef: dict[str, float]
    se: dict[str, float]
    p: dict[str, float]
    odds_ratio: dict[str, float]
    odds_interval: dict[str, tuple[float, float]]
    loglik: float
    loglik_null: float
    mcfadden: float
    auc: float
    auc_interval: tuple[float, float]
    brier: float
    brier_skill: float
    calibration: tuple[Bin, ...]
    validated: Validated | None
    events_per_coefficient: float
    few_events: bool
    probabilities: tuple[float, ...]
    rows: tuple[int, ...]
    n: int
    events: int
    missing: int
    seed: int


def analyse(data: Any, *, y: str, x: Sequence[str], folds: int = 10, conf: float = 0.95, seed: int = 0) -> Result:
    """Maximum likelihood on complete rows; `y` is 0 or 1, text columns in `x` become levels.

    Raises MethodError "separation", "constant", "collinear", "no_spread" (all left or none), "not_zero_or_one",
    "too_few", "no_such_column" or "not_a_number".
    """
    named = [str(name) for name in sequence(x, field="x")]
    found = complete(data, [str(y), *named])
    happened = _outcomes(found.columns[str(y)], str(y), found.kept)
    names, table = coded(found, named)
    made = _design(str(y), happened, table, names, found.kept)
    weighted, _ = logistic.fitted(made)
    seed = whole(seed, field="seed", least=0)
    checked = validate(made, whole(folds, field="folds", least=0, most=100), seed)
    return _result(made, weighted, checked, z_value(confidence(conf)), found.missing, seed)


def _outcomes(values: Sequence[Any], field: str, rows: Sequence[int]) -> list[float]:
    for row, value in zip(rows, values, strict=True):
        if value not in (0, 1, "0", "1"):
            raise MethodError("not_zero_or_one", field=field, row=row, value=value)
    happened = [float(value) for value in values]
    if len(set(happened)) < 2:
        raise MethodError("no_spread", field=field)
    return happened


def _design(response: str, happened: Sequence[float], table: Any, names: list[str], rows: tuple[int, ...]) -> Design:
    import numpy as np

    whole_table = np.column_stack([np.ones(len(table)), table])
    return Design(response, np.array(happened), whole_table, (CONST, *names), True, rows, len(rows), 0, {})


def validate(made: Design, folds: int, seed: int) -> Validated | None:
    """Each row predicted by a model fitted without its fold; a fold on which no model exists ends the attempt."""
    import dataclasses

    import numpy as np

    events = int(made.y.sum())
    if folds < 2 or min(events, len(made.y) - events) < folds:
        return None
    fold = folds_of(made.y, folds, np.random.default_rng(seed))
    said = np.empty(len(made.y))
    for at in range(folds):
        train = fold != at
        part = dataclasses.replace(made, X=made.X[train], y=made.y[train])
        try:
            fit, _ = logistic.fitted(part)
        except MethodError:
            return None
        said[~train] = logistic.probability(made.X[~train] @ fit.params)
    intercept, slope = calibration_line(said, made.y)
    happened = made.y.astype(int).tolist()
    return Validated(
        auc(said, made.y),
        float(((said - made.y) ** 2).mean()),
        intercept,
        slope,
        calibration(said.tolist(), happened),
        folds,
    )


def _result(made: Design, weighted: Any, checked: Validated | None, z: float, missing: int, seed: int) -> Result:
    import numpy as np

    beta, se = weighted.params.tolist(), np.sqrt(np.diag(weighted.bread)).tolist()
    estimates = list(zip(made.names, beta, se, strict=True))
    said = logistic.probability(made.X @ weighted.params)
    n, events = len(made.y), int(made.y.sum())
    loglik, null = -logistic.deviance_of(made.X @ weighted.params, made.y) / 2, -logistic.null_deviance(events, n) / 2
    error = float(((said - made.y) ** 2).mean())
    per_coefficient = min(events, n - events) / (len(beta) - 1)
    area = auc(said, made.y)
    return Result(
        coef={name: b for name, b, _ in estimates},
        se={name: s for name, _, s in estimates},
        p={name: two_sided_p(b / s) for name, b, s in estimates},
        odds_ratio={name: math.exp(b) for name, b, _ in estimates if name != CONST},
        odds_interval={name: (math.exp(b - z * s), math.exp(b + z * s)) for name, b, s in estimates if name != CONST},
        loglik=loglik,
        loglik_null=null,
        mcfadden=1 - loglik / null,
        auc=area,
        auc_interval=auc_interval(area, events, n - events, z),
        brier=error,
        brier_skill=1 - error / (events / n * (1 - events / n)),
        calibration=calibration(said.tolist(), made.y.astype(int).tolist()),
        validated=checked,
        events_per_coefficient=per_coefficient,
        few_events=per_coefficient < LEAST_PER_COEFFICIENT,
        probabilities=tuple(said.tolist()),
        rows=made.kept,
        n=n,
        events=events,
        missing=missing,
        seed=seed,
    )
