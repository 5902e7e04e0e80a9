"""Cox regression: what makes customers leave sooner, other things equal?

Question: by what factor does each trait raise or lower the risk of leaving at any moment?
Not for: effects that change over time (look at `zph_p`: small means the factor is not constant), or causes: it is a
comparison.
Sample: about 10 who left for every coefficient.

    >>> data = {"time": [5, 8, 12, 3, 9, 14, 2, 7, 11, 6], "left": [1, 1, 0, 1, 1, 0, 1, 1, 0, 1],
    ...         "tickets": [3, 2, 0, 1, 4, 2, 5, 1, 3, 2]}
    >>> result = analyse(data, time="time", event="left", covariates=["tickets"])
    >>> round(result.coef["tickets"], 3), round(result.hazard_ratio["tickets"], 2), result.events
    (0.276, 1.32, 7)

Source: David Cox, "Regression models and life-tables", JRSS-B 34, 1972; ties: Bradley Efron, 1977; proportionality:
score test of Grambsch and Therneau, 1994, against 1 - S(t).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pilothouse.methods.fitting.cox import concordance, fitted, proportionality
from pilothouse.methods.fitting.survival import durations
from pilothouse.methods.shared.checks import one_of, sequence
from pilothouse.methods.shared.coding import coded
from pilothouse.methods.shared.intervals import chi2_p, two_sided_p, z_value
from pilothouse.methods.shared.items import confidence
from pilothouse.methods.shared.method import MethodError


@dataclass(frozen=True)
class Result:
    """By coefficient: `coef`, `se`, `p`, `hazard_ratio` and its interval. `loglik` without and with them.

    `concordance`: of two customers, how often the one at higher predicted risk leaves first (0.5 is chance).
    `zph_p`: by coefficient and "GLOBAL", the p of proportional hazards. `few_events`: under 10 per coefficient.
    """

    coef: dict[str, float]
    se: dict[str, float]
    z: dict[str, float]
    p: dict[str, float]
    hazard_ratio: dict[str, float]
    hazard_interval: dict[str, tuple[float, float]]
    loglik: tuple[float, float]
    lr_test: float
    lr_df: int
    lr_p: float
    concordance: float | None
    zph_p: dict[str, float]
    few_events: bool
    ties: str
    n: int
    events: int
    missing: int


def analyse(
    data: Any,
    *,
    covariates: Sequence[str],
    time: str = "time",
    event: str = "event",
    entry: str | None = None,
    ties: Literal["efron", "breslow"] = "efron",
    conf: float = 0.95,
) -> Result:
    """Rows with a time, whether it ended then (a 0/1 column, or "status==2"), and covariates; text becomes levels.

    Raises MethodError "separation" (a factor without limit), "constant", "collinear", "no_events", "too_few",
    "no_such_column", "not_zero_or_one" or "not_a_number".
    """
    one_of(ties, ("efron", "breslow"), field="ties")
    named = [str(name) for name in sequence(covariates, field="covariates")]
    found = durations(data, time=time, event=event, entry=entry, also=named)
    if not found.event.any():
        raise MethodError("no_events", field=event)
    names, table = coded(found.found, named)
    fit = fitted(found, table, names, ties)
    z = z_value(confidence(conf))
    estimates = list(zip(names, fit.coef.tolist(), fit.se.tolist(), strict=True))
    return Result(
        coef={name: b for name, b, _ in estimates},
        se={name: s for name, _, s in estimates},
        z={name: b / s for name, b, s in estimates},
        p={name: two_sided_p(b / s) for name, b, s in estimates},
        hazard_ratio={name: math.exp(b) for name, b, _ in estimates},
        hazard_interval={name: (math.exp(b - z * s), math.exp(b + z * s)) for name, b, s in estimates},
        loglik=fit.loglik,
        lr_test=2 * (fit.loglik[1] - fit.loglik[0]),
        lr_df=len(names),
        lr_p=chi2_p(2 * (fit.loglik[1] - fit.loglik[0]), len(names)),
        concordance=concordance(found, table @ fit.coef),
        zph_p=proportionality(found, fit, names),
        few_events=bool(found.event.sum() < 10 * len(names)),
        ties=ties,
        n=len(found.time),
        events=int(found.event.sum()),
        missing=found.found.missing,
    )
