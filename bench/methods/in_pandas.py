"""What one would take for an experiment instead: pandas in memory, then gbstats, or statsmodels with scipy.

gbstats wants numpy 1 and pandas 1, so it runs in an environment of its own, made by `uv run` (see `gbstats_outside`).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench.methods.measure import Run, opened, run

GBSTATS = ("--no-project", "--python", "3.11", "--with", "gbstats==0.8.0", "--with", "duckdb>=2")
MOST_RAW = 20_000_000  # events; beyond, pandas would need some 20 GB
NAMES = ["revenue", "revenue_before", "orders", "views"]


def rounded(*figures: float) -> tuple[str, ...]:
    return tuple(f"{one:.7g}" for one in figures)


def users_of(path: Path, raw: bool) -> Any:
    """The user table: merged and grouped in memory, or as it was kept."""
    if not raw:
        with opened(path) as connection:
            return connection.execute("select * from users").df().set_index("user_id")
    with opened(path) as connection:
        events, exposures = (connection.execute(f"select * from {name}").df() for name in ("events", "exposures"))
    joined = events.merge(exposures, on="user_id")
    after = joined["ts"] >= joined["since"]
    pay, view = joined["event"] == "pay", joined["event"] == "view"
    joined["revenue"] = joined["value"].where(pay & after, 0.0)
    joined["revenue_before"] = joined["value"].where(pay & ~after, 0.0)
    joined["orders"], joined["views"] = (pay & after).astype(int), (view & after).astype(int)
    return joined.groupby("user_id").agg({"variant": "first", **dict.fromkeys(NAMES, "sum")})


def with_statsmodels(path: Path, raw: bool) -> Any:
    """CUPED as a regression would be fed, tests by scipy and statsmodels."""
    import numpy as np
    import scipy.stats
    import statsmodels.api as sm

    users = users_of(path, raw)
    theta = np.cov(users["revenue"], users["revenue_before"])[0, 1] / users["revenue_before"].var()
    adjusted = users["revenue"] - theta * (users["revenue_before"] - users["revenue_before"].mean())
    a, b = adjusted[users["variant"] == 0], adjusted[users["variant"] == 1]
    test = scipy.stats.ttest_ind(b, a, equal_var=False)
    sm.OLS(users["revenue"], sm.add_constant(users[["variant", "revenue_before"]])).fit(cov_type="HC1")
    by_arm = users.groupby("variant")[["orders", "views"]].mean()
    ratio = by_arm["orders"] / by_arm["views"]
    split = scipy.stats.chisquare([len(a), len(b)]).pvalue
    return rounded(b.mean() - a.mean(), test.pvalue, ratio[1] - ratio[0], split)


def with_gbstats(path: Path, raw: bool) -> Any:
    """Sums by arm, then the engine of GrowthBook."""
    from gbstats.frequentist.tests import FrequentistConfig, TwoSidedTTest
    from gbstats.models.statistics import (
        RatioStatistic,
        RegressionAdjustedStatistic,
        SampleMeanStatistic,
        compute_theta,
    )
    from gbstats.utils import check_srm

    def mean(arm: Any, name: str) -> Any:
        return SampleMeanStatistic(len(arm), float(arm[name].sum()), float((arm[name].astype(float) ** 2).sum()))

    def products(arm: Any, one: str, other: str) -> float:
        return float((arm[one].astype(float) * arm[other]).sum())

    users = users_of(path, raw)
    arms = [users[users["variant"] == variant] for variant in (0, 1)]
    cuped = [
        RegressionAdjustedStatistic(
            n=len(arm),
            post_statistic=mean(arm, "revenue"),
            pre_statistic=mean(arm, "revenue_before"),
            post_pre_sum_of_products=products(arm, "revenue", "revenue_before"),
            theta=0.0,
        )
        for arm in arms
    ]
    cuped[0].theta = cuped[1].theta = compute_theta(*cuped)
    ratios = [
        RatioStatistic(len(arm), mean(arm, "orders"), mean(arm, "views"), products(arm, "orders", "views"))
        for arm in arms
    ]
    config = FrequentistConfig(difference_type="absolute")
    tests = [TwoSidedTTest(*pair, config).compute_result() for pair in (cuped, ratios)]
    split = check_srm([len(arm) for arm in arms], [0.5, 0.5])
    return rounded(tests[0].expected, tests[0].p_value, tests[1].expected, split)


def gbstats_outside(path: Path, raw: bool) -> Run:
    """The same measurement, in gbstats' own environment."""
    command = ["uv", "run", *GBSTATS, "python", "-m", "bench.methods.in_pandas", str(path), str(int(raw))]
    paths = {"PYTHONPATH": os.pathsep.join((".", "src"))}
    made = subprocess.run(command, env=os.environ | paths, capture_output=True, text=True, check=True)
    return Run(**json.loads(made.stdout))


if __name__ == "__main__":
    libraries = ("pandas", "gbstats.frequentist.tests")
    measured = run("pandas, gbstats", with_gbstats, Path(sys.argv[1]), sys.argv[2] == "1", libraries=libraries)
    print(json.dumps(asdict(measured)))
