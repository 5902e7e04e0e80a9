"""Survival, churn and lifetime value: published figures, other libraries, invariants, and refusals."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilothouse.methods import (
    cox_churn,
    kaplan_meier,
    logistic_churn,
    survival,
)
from tests.datasets import rows_of
from tests.methods.cases import close, published, table


@published("kaplan_meier")
def test_gehan(case):
    inputs, expected = case["inputs"], case["expected"]
    rows = table(inputs["file"])
    columns = {name: inputs[name] for name in ("time", "event", "group")}
    result = kaplan_meier.analyse(rows, **columns, conf_type="log", horizon=35)
    treated = result.curves["6-MP"]
    close(
        [list(row) for row in zip(treated.time, treated.surv, treated.se, strict=True)],
        expected["km_6mp"],
        5e-6,
        "km_6mp",
    )
    close(result.median, expected["median"], 0, "median")
    close(
        {name: one.median_interval for name, one in result.curves.items()},
        expected["median_ci95_log"],
        0,
        "median_ci95_log",
    )
    close({name: one.rmst for name, one in result.curves.items()}, expected["rmst35"], case["tolerance"], "rmst35")
    close(result.logrank, expected["logrank"], case["tolerance"], "logrank")
    for row in rows:
        row["control"] = int(row["treat"] == "control")
    fits = {
        ties: cox_churn.analyse(rows, event="cens", covariates=["control"], ties=ties) for ties in ("efron", "breslow")
    }
    cox = {ties: fit.coef["control"] for ties, fit in fits.items()}
    cox["se_efron"] = fits["efron"].se["control"]
    close(cox, expected["cox_control_vs_6mp"], 1e-5, "cox_control_vs_6mp")


@published("survival")
def test_aml(case):
    result = survival.analyse(**case["inputs"], time="time", event="status", group="x")
    expected = dict(case["expected"])
    assert [f"x={name}" for name in result.strata] == expected.pop("strata")
    close(result, expected, case["tolerance"])


watched = st.lists(st.tuples(st.integers(1, 12), st.integers(0, 1), st.sampled_from("ab")), min_size=4, max_size=40)


@given(watched)
@settings(max_examples=60, deadline=None)
def test_curves_and_test_agree_with_statsmodels(rows):
    duration = pytest.importorskip("statsmodels.duration.survfunc")
    time, event, group = map(np.array, zip(*rows, strict=True))
    if not event.any():
        return
    data = {"time": time, "event": event, "g": group.tolist()}
    ours = kaplan_meier.analyse(data).curves["all"]
    theirs = duration.SurvfuncRight(time, event)
    assert ours.surv == pytest.approx(theirs.surv_prob, abs=1e-12)
    known = [(a, b) for a, b in zip(ours.se, theirs.surv_prob_se, strict=True) if a is not None]
    assert [a for a, _ in known] == pytest.approx([b for _, b in known], abs=1e-12)
    test = kaplan_meier.analyse(data, group="g").logrank
    if test is not None and test.df:  # statsmodels fails where the groups are never at risk together
        chi2, p = duration.survdiff(time, event, group)
        if math.isfinite(chi2):
            assert test.chi2 == pytest.approx(chi2, abs=1e-8)
            assert test.p == pytest.approx(p, abs=1e-8)


@given(watched)
@settings(max_examples=60, deadline=None)
def test_survival_falls_within_its_interval(rows):
    data = [{"time": t, "event": e} for t, e, _ in rows]
    for conf_type in ("log-log", "log", "plain"):
        one = kaplan_meier.analyse(data, conf_type=conf_type).curves["all"]
        assert list(one.surv) == sorted(one.surv, reverse=True)
        for s, low, high in zip(one.surv, one.lower, one.upper, strict=True):
            assert low is None or -1e-12 <= low <= s + 1e-12 <= high + 2e-12 <= 1 + 3e-12
        assert 0 <= one.rmst <= one.horizon
        assert one.left + one.censored == one.n


def test_late_entry_only_counts_from_then_on():
    data = [{"t": 5, "e": 1, "from": 0}, {"t": 6, "e": 1, "from": 4}, {"t": 7, "e": 0, "from": 5.5}]
    curve = kaplan_meier.analyse(data, time="t", event="e", entry="from").curves["all"]
    assert curve.at_risk == (2, 2)
    assert curve.surv == pytest.approx((0.5, 0.25))


def test_nobody_left_and_a_flat_half():
    still = kaplan_meier.analyse({"time": [3, 4], "event": [0, 0]}).curves["all"]
    assert (still.time, still.median, still.rmst, still.at(10)) == ((), None, 4.0, 1.0)
    assert kaplan_meier.analyse({"time": [1, 2, 3, 4], "event": [1, 1, 1, 1]}).curves["all"].median == 2.5


def test_three_groups_are_compared_in_pairs():
    rows = [
        {"time": t, "status": 1, "g": g}
        for g, times in {"a": (1, 2, 3, 4), "b": (2, 3, 4, 5), "c": (9, 10, 11, 12)}.items()
        for t in times
    ]
    result = survival.analyse(rows, group="g")
    assert result.df == 2
    assert result.pairs["a", "c"] < 0.05 < result.pairs["a", "b"]
    assert sum(result.observed.values()) == pytest.approx(sum(result.expected.values()))


def test_udacity_students_leave_as_counted_before():
    """Real subscriptions to a course, cancelled or running on 2015-08-27."""
    import datetime as dt

    rows, end = rows_of("events_udacity_engagement", "enrollments.csv"), dt.date(2015, 8, 27)

    def date(text):
        day, month, year = map(int, text.split("/"))
        return dt.date(2000 + year, month, day)

    data = [
        {"days": (date(row["cancel_date"]) - date(row["join_date"])).days if row["cancel_date"] else (end - date(row["join_date"])).days,
         "left": int(bool(row["cancel_date"]))}
        for row in rows if row["is_udacity"] != "TRUE"
    ]  # fmt: skip
    curve = kaplan_meier.analyse(data, time="days", event="left").curves["all"]
    known = {7: 0.7484, 14: 0.7327, 30: 0.6892, 60: 0.5702, 90: 0.4932, 180: 0.349}
    assert {day: round(curve.at(day), 4) for day in known} == pytest.approx(known, abs=1.01e-4)


@published("cox_churn")
def test_lung(case):
    inputs = case["inputs"]
    result = cox_churn.analyse(
        table(inputs["file"]), time=inputs["time"], event=inputs["event"], covariates=inputs["covariates"]
    )
    expected = dict(case["expected"])
    close(result.zph_p, expected.pop("zph_p"), case["tolerance"], "zph_p")
    close(result.lr_test, expected.pop("lr_test"), 0.05, "lr_test")
    close(result, expected, case["tolerance"])
    assert result.missing == 1


@pytest.mark.parametrize("ties", ["efron", "breslow"])
@pytest.mark.parametrize("seed", range(3))
def test_cox_agrees_with_statsmodels(ties, seed):
    phreg = pytest.importorskip("statsmodels.duration.hazard_regression")
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(150, 3)) * [1, 5, 0.1] + [0, 20, 3]
    entry = np.floor(rng.exponential(1, 150)) + 0.5  # statsmodels counts an entry at the moment of an end, R does not
    time = entry + 0.5 + np.floor(rng.exponential(6, 150) * np.exp(-0.5 * x[:, 0]))
    event = (rng.random(150) < 0.7).astype(int)
    data = {"time": time, "event": event, "entry": entry, **{f"x{at}": x[:, at] for at in range(3)}}
    late = seed == 2
    ours = cox_churn.analyse(data, covariates=["x0", "x1", "x2"], ties=ties, entry="entry" if late else None)
    theirs = phreg.PHReg(time, x, status=event, ties=ties, entry=entry if late else None).fit()
    assert list(ours.coef.values()) == pytest.approx(theirs.params, rel=1e-6)
    assert list(ours.se.values()) == pytest.approx(theirs.bse, rel=1e-6)
    assert ours.loglik[1] == pytest.approx(theirs.llf, rel=1e-9)


@given(st.floats(0.01, 100), st.floats(-50, 50))
@settings(max_examples=20, deadline=None)
def test_cox_does_not_mind_units(scale, shift):
    rng = np.random.default_rng(1)
    x = rng.normal(size=40)
    data = {"time": rng.integers(1, 20, 40), "event": rng.integers(0, 2, 40)}
    one = cox_churn.analyse({**data, "x": x}, covariates=["x"])
    other = cox_churn.analyse({**data, "x": x * scale + shift}, covariates=["x"])
    assert other.coef["x"] * scale == pytest.approx(one.coef["x"], rel=1e-6, abs=1e-8)
    assert other.loglik[1] == pytest.approx(one.loglik[1], rel=1e-9)


def test_text_covariates_become_levels():
    rows = [
        {"time": t, "event": e, "plan": p}
        for t, e, p in [(1, 1, "free"), (2, 1, "gold"), (3, 1, "free"), (4, 0, "gold"), (5, 1, "gold"), (6, 1, "free")]
    ]
    assert list(cox_churn.analyse(rows, covariates=["plan"]).coef) == ["plan=gold"]


@published("logistic_churn")
def test_spector(case):
    inputs = case["inputs"]
    result = logistic_churn.analyse(table(inputs["file"]), y=inputs["y"], x=inputs["x"])
    close(result, case["expected"], case["tolerance"])
    assert result.few_events


def test_logistic_figures_agree_with_sklearn_and_statsmodels():
    metrics = pytest.importorskip("sklearn.metrics")
    discrete = pytest.importorskip("statsmodels.discrete.discrete_model")
    rng = np.random.default_rng(9)
    x = rng.normal(size=(400, 2))
    y = (rng.random(400) < 1 / (1 + np.exp(-(x[:, 0] - 0.5 * x[:, 1] - 1)))).astype(int)
    ours = logistic_churn.analyse({"y": y, "a": x[:, 0], "b": x[:, 1]}, y="y", x=["a", "b"])
    theirs = discrete.Logit(y, np.column_stack([np.ones(400), x])).fit(disp=0)
    assert list(ours.coef.values()) == pytest.approx(theirs.params, abs=1e-7)
    assert list(ours.p.values()) == pytest.approx(theirs.pvalues, abs=1e-9)
    assert ours.auc == pytest.approx(metrics.roc_auc_score(y, ours.probabilities), abs=1e-12)
    assert ours.brier == pytest.approx(metrics.brier_score_loss(y, ours.probabilities), abs=1e-12)
    assert ours.validated.auc < ours.auc
    assert ours.validated.calibration_slope == pytest.approx(1, abs=0.2)
    assert sum(ours.probabilities) == pytest.approx(ours.events)


def test_telco_benchmark():
    rows = rows_of("churn_telco_ibm", "wa_churn.csv")
    for row in rows:
        row["left"] = int(row["churn"] == "Yes")
    result = logistic_churn.analyse(
        rows, y="left", x=["tenure", "monthly_charges", "contract", "senior_citizen"], folds=5
    )
    assert (result.n, result.events) == (7043, 1869)
    assert result.events / result.n == pytest.approx(0.265, abs=5e-4)
    assert 0.82 < result.validated.auc < 0.85
    assert result.validated.calibration_slope == pytest.approx(1, abs=0.05)
    assert result.odds_ratio["contract=Two year"] < result.odds_ratio["contract=One year"] < 1
    curve = kaplan_meier.analyse(rows, time="tenure", event="churn==Yes", group="contract")
    assert curve.events == 1869
    assert curve.logrank.p < 1e-100
