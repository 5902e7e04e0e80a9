"""Experiments: other libraries, moments, invariants, refusals."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
import scipy.stats
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.power import TTestIndPower

from pilothouse.methods import (
    MethodError,
    ab_cuped,
    ab_proportion,
    ab_ratio,
    ab_warehouse,
    ab_welch,
    always_valid,
    bayes,
    group_sequential,
    multiplicity,
    power,
    srm,
)
from pilothouse.methods.fitting.arms import Moments, from_values, read

columns = st.lists(st.floats(-1e3, 1e3).map(lambda value: round(value, 2)), min_size=3, max_size=30)


# Against other libraries ----------------------------------------------------------------------------------------


@given(columns, columns)
def test_welch_agrees_with_scipy(a, b):
    assume(np.ptp(a) > 1 or np.ptp(b) > 1)
    theirs = scipy.stats.ttest_ind(b, a, equal_var=False)
    ours = ab_welch.values(a, b)
    assert (ours.t, ours.df, ours.p) == pytest.approx((theirs.statistic, theirs.df, theirs.pvalue), rel=1e-7, abs=1e-9)


@settings(max_examples=8, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_adjustment_agrees_with_statsmodels(p):
    result = multiplicity.analyse(p)
    names = {"hochberg": "simes-hochberg", "BH": "fdr_bh", "BY": "fdr_by"}
    for name in multiplicity.PROCEDURES:
        theirs = multipletests(p, method=names.get(name, name))[1]
        np.testing.assert_allclose(getattr(result, name), theirs, rtol=1e-9, atol=1e-12)


@settings(max_examples=30, deadline=None)
@given(st.floats(0.05, 1.5), st.floats(0.3, 0.99), st.sampled_from([0.01, 0.05, 0.1]))
def test_sample_size_agrees_with_statsmodels(d, wanted, alpha):
    ours = power.analyse(delta=d, power=wanted, alpha=alpha).n
    assume(ours > 3)
    assert TTestIndPower().power(d, ours, alpha) == pytest.approx(wanted, abs=1e-6)


@given(st.integers(0, 400), st.integers(1, 400), st.sampled_from([0.5, 0.3, 0.9]))
def test_exact_split_agrees_with_scipy(first, second, weight):
    theirs = scipy.stats.binomtest(first, first + second, weight).pvalue
    assert srm.exact([first, second], weight=weight) == pytest.approx(theirs, rel=1e-6, abs=1e-12)


def test_cuped_agrees_with_regression():
    """The same effect as ordinary regression on arm and past, up to the pooled slope."""
    rng = np.random.default_rng(7)
    past = rng.gamma(2, 3, 4000)
    arm = rng.integers(0, 2, 4000)
    now = past + rng.normal(0, 1, 4000) + 0.2 * arm
    arms = [from_values(now[arm == one], past[arm == one]) for one in (0, 1)]
    result = ab_cuped.analyse(*arms, diff="absolute")
    slopes = np.linalg.lstsq(np.column_stack([np.ones(4000), arm, past]), now, rcond=None)[0]
    assert result.est == pytest.approx(slopes[1], abs=2e-3)
    assert result.variance_kept < 0.1


def test_beta_chance_agrees_with_simulation_and_quadrature():
    rng = np.random.default_rng(1)
    draws = rng.beta(52, 50, 400_000), rng.beta(50, 52, 400_000)
    found = bayes.beats({"successes": 49, "n": 100}, {"successes": 51, "n": 100})
    assert found.p_b_gt_a == pytest.approx((draws[0] > draws[1]).mean(), abs=4e-3)
    assert found.loss_a == pytest.approx(np.maximum(draws[0] - draws[1], 0).mean(), abs=4e-4)
    assert found.loss_b == pytest.approx(np.maximum(draws[1] - draws[0], 0).mean(), abs=4e-4)
    assert bayes.larger(50.5, 51.5, 52.5, 49.5) == pytest.approx(bayes._larger_by_quadrature(50.5, 51.5, 52.5, 49.5))
    exact, rough = bayes.larger(3, 9.5, 4, 7.5), bayes._larger_by_quadrature(3, 9.5, 4, 7.5)
    assert exact == pytest.approx(rough, abs=1e-6)


def test_always_valid_keeps_its_promise():
    """Looking after every hundred users of a null experiment: at most 5 % ever alarm (fixed tests: far more)."""
    rng = np.random.default_rng(11)
    alarms = fixed = 0
    for _ in range(200):
        a, b = rng.normal(size=(2, 3000))
        looks = [(from_values(a[:n]), from_values(b[:n])) for n in range(100, 3001, 100)]
        alarms += any(always_valid.analyse(*arms, diff="absolute", tuning_N=2000).p < 0.05 for arms in looks)
        fixed += any(ab_welch.analyse(*arms).p < 0.05 for arms in looks)
    assert alarms <= 0.05 * 200
    assert fixed > 0.15 * 200


# Moments --------------------------------------------------------------------------------------------------------


def test_moments_survive_the_offset_that_sums_of_squares_do_not():
    x = [10_000_000.2, *[10_000_000.1, 10_000_000.3] * 500]
    assert from_values(x).variance == pytest.approx(0.01, rel=1e-6)
    with pytest.raises(MethodError) as refused:
        read({"n": len(x), "sum": sum(x), "sum_squares": sum(one * one for one in x)}, field="a")
    assert (refused.value.code, refused.value.field) == ("sums_lose_digits", "a")


@given(st.lists(st.integers(-1000, 1000), min_size=2, max_size=30))
def test_exported_sums_give_the_same_arm(x):
    assume(len(set(x)) > 1)
    arm = {"n": len(x), "sum": sum(x), "sum_squares": sum(one * one for one in x)}
    assert read(arm, field="a").variance == pytest.approx(from_values(x).variance, rel=1e-9)


@given(columns, columns)
def test_two_samples_join_into_one(a, b):
    joined, whole = from_values(a) + from_values(b), from_values(a + b)
    assert joined.n == whole.n
    assert joined.mean == pytest.approx(whole.mean, abs=1e-6)
    assert joined.variance == pytest.approx(whole.variance, rel=1e-7, abs=1e-6)


# Invariants -----------------------------------------------------------------------------------------------------


@given(columns, columns)
def test_swapping_the_arms_turns_the_effect(a, b):
    assume(np.ptp(a) > 1 and np.ptp(b) > 1)
    there, back = ab_welch.values(a, b), ab_welch.values(b, a)
    assert there.est == pytest.approx(-back.est)
    assert there.p == pytest.approx(back.p)
    assert there.ci == pytest.approx(tuple(-end for end in reversed(back.ci)))


@given(st.integers(0, 50), st.integers(0, 50), st.integers(50, 200), st.integers(50, 200))
def test_proportions_are_bounded(x1, x2, n1, n2):
    result = ab_proportion.analyse([x1, x2], [n1, n2])
    assert -1 <= result.ci[0] <= result.effect <= result.ci[1] <= 1
    assert result.p is None or 0 <= result.p <= 1
    assert all(0 <= low <= rate <= high <= 1 for rate, (low, high) in zip(result.rates, result.intervals, strict=True))


@given(st.lists(st.integers(0, 500), min_size=2, max_size=5), st.floats(0.1, 100))
def test_srm_does_not_care_about_the_scale_of_weights(observed, scale):
    weights = [1 + row for row in range(len(observed))]
    same = srm.analyse(observed, weights=[one * scale for one in weights])
    assert srm.analyse(observed, weights=weights).p == pytest.approx(same.p, abs=1e-9)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=10))
def test_adjusting_never_helps_and_keeps_the_order(p):
    result = multiplicity.analyse(p)
    for name in multiplicity.PROCEDURES:
        adjusted = getattr(result, name)
        assert all(after >= before - 1e-15 for before, after in zip(p, adjusted, strict=True))
        order = sorted(range(len(p)), key=p.__getitem__)
        assert all(adjusted[a] <= adjusted[b] + 1e-15 for a, b in pairwise(order))


@pytest.mark.parametrize("design", group_sequential.DESIGNS)
def test_boundaries_spend_exactly_alpha(design):
    result = group_sequential.analyse(design=design, times=[0.2, 0.35, 0.8, 1.0])
    assert result.spent[-1] == pytest.approx(0.05, abs=1e-6)
    assert list(result.spent) == sorted(result.spent)
    assert group_sequential.analyse(1, design=design).z[0] == pytest.approx(1.959964, abs=1e-5)
    early = group_sequential.analyse(design=design, times=[0.001, 0.02, 1.0])  # where nothing may be spent yet
    assert early.spent[-1] == pytest.approx(0.05, abs=1e-6)
    assert early.z[0] > early.z[-1] or early.JT_constant


def test_unequal_arms_and_user_seen_twice():
    users = [{"user": u, "variant": "ab"[u % 2], "x": u % 7} for u in range(100)]
    users += [{"user": 3, "variant": "a", "x": 1}, {"user": None, "variant": "a", "x": 1}]
    result = ab_warehouse.analyse(users, metrics={"x": "x"})
    assert (result.excluded, result.missing) == (1, 1)
    assert (result.sample_ratio.control, result.sample_ratio.treatment) == (50, 49)


def test_the_query_and_the_rows_agree():
    import duckdb

    users = [{"user": u, "variant": u % 2, "x": u % 7, "y": u % 3, "z": u % 11} for u in range(500)]
    metrics = {"x": "x", "x_per_y": ("x", "y"), "cuped": ("x", None, "z", None)}
    connection = duckdb.connect()
    connection.execute("create table users (variant integer, x integer, y integer, z integer)")
    connection.executemany(
        "insert into users values (?, ?, ?, ?)", [[u["variant"], u["x"], u["y"], u["z"]] for u in users]
    )
    found = connection.execute(ab_warehouse.sql("users", metrics))
    names = [column[0] for column in found.description]
    rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    there, here = ab_warehouse.from_aggregates(rows, metrics), ab_warehouse.analyse(users, metrics=metrics)
    for name in metrics:
        assert there.metrics[name].effect == pytest.approx(here.metrics[name].effect, rel=1e-10)
        assert there.metrics[name].p == pytest.approx(here.metrics[name].p, rel=1e-9)


# Refusals -------------------------------------------------------------------------------------------------------

ARM = {"n": 100, "mean": 1.0, "variance": 1.0}


@pytest.mark.parametrize(
    ("call", "code", "field", "row"),
    [
        (lambda: ab_welch.analyse({**ARM, "n": 1}, ARM), "too_small", "a", "n"),
        (lambda: ab_welch.analyse({"n": 10, "mean": 1}, ARM), "missing_key", "a", "m2"),
        (lambda: ab_welch.analyse(ARM, {**ARM, "variance": -1}), "negative_variance", "b", "variance"),
        (lambda: ab_welch.analyse(ARM, {**ARM, "mean": "x"}), "not_a_number", "b", "mean"),
        (lambda: ab_welch.analyse(ARM, None), "not_an_arm", "b", None),
        (lambda: ab_welch.analyse({**ARM, "variance": 0}, {**ARM, "variance": 0}), "no_spread", "a", None),
        (lambda: ab_welch.analyse({**ARM, "mean": 0}, ARM, diff="relative"), "baseline_near_zero", "a", None),
        (lambda: ab_welch.analyse({**ARM, "mean": -5}, ARM, diff="log"), "not_positive", "a", None),
        (lambda: ab_proportion.analyse([5, 5], [10]), "too_few", "n", None),
        (lambda: ab_proportion.analyse([5, 11], [10, 10]), "too_large", "x", 1),
        (lambda: ab_proportion.analyse([5, 1.5], [10, 10]), "not_whole", "x", 1),
        (lambda: ab_ratio.analyse(Moments(9, (1, 0), ((1, 0), (0, 1))), ARM), "missing_key", "b", "m_mean"),
        (lambda: srm.analyse([1, 2, 3], weights=[1, 1]), "different_length", "weights", None),
        (lambda: srm.analyse([1, -2]), "too_small", "observed", 1),
        (lambda: power.analyse(n=10, delta=1, power=0.8), "leave_one_open", "n,delta,power", None),
        (lambda: power.analyse(delta=0, power=0.8), "no_effect", "delta", None),
        (lambda: power.analyse(n=10, p1=0.5, power=0.999), "out_of_reach", "power", None),
        (lambda: multiplicity.analyse([0.1, 1.2]), "too_large", "p", 1),
        (lambda: group_sequential.analyse(3, design="mine"), "not_one_of", "design", None),
        (lambda: group_sequential.analyse(times=[0.5, 0.4]), "not_rising", "times", 1),
        (lambda: always_valid.analyse(ARM, ARM, tuning_N=0), "too_small", "tuning_N", None),
        (lambda: bayes.posterior(5, 4), "too_large", "successes", "successes"),
        (lambda: bayes.analyse(ARM, ARM, prior=3), "not_a_prior", "prior", None),
        (lambda: ab_warehouse.analyse([{"user": 1, "variant": "a", "x": 1}]), "not_two_arms", "variant", None),
        (
            lambda: ab_warehouse.analyse([{"user": u % 3, "variant": "a", "x": u} for u in range(6)]),
            "repeated_unit",
            "user",
            None,
        ),
    ],
)
def test_refusals(call, code, field, row):
    with pytest.raises(MethodError) as refused:
        call()
    assert (refused.value.code, refused.value.field, refused.value.row) == (code, field, row)


def test_ratio_with_zero_denominator_is_refused():
    empty = Moments(9, (1.0, 0.0), ((1.0, 0.0), (0.0, 1.0)))
    with pytest.raises(MethodError) as refused:
        ab_ratio.analyse(empty, empty)
    assert (refused.value.code, refused.value.field) == ("zero_denominator", "a")


def test_no_variation_is_told_not_hidden():
    result = ab_proportion.analyse([0, 0], [50, 60])
    assert (result.chi2, result.p, result.flags) == (None, None, ("no_variation",))
    assert result.ci[0] < 0 < result.ci[1]
    constant = {"n": 50, "mean": 1.0, "variance": 1.0, "pre_mean": 2.0, "pre_variance": 0.0, "cov": 0.0}
    assert ab_cuped.analyse(constant, constant).flags == ("constant_covariate",)


def test_missing_p_values_stay_out_of_the_family():
    result = multiplicity.analyse([0.01, None, 0.04, math.nan])
    assert result.holm == (0.02, None, 0.04, None)
    assert result.missing == 2
