"""Ranks and series: published figures, other libraries, invariants, refusals."""

from __future__ import annotations

import math

import numpy as np
import pytest
import scipy.stats
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pilothouse.methods import MethodError, anomaly, nonparametric, timeseries, trend
from tests.methods.cases import close, published

AIR = [
    *(112, 118, 132, 129, 121, 135, 148, 148, 136, 119, 104, 118, 115, 126, 141, 135, 125, 149, 170, 170, 158, 133),
    *(114, 140, 145, 150, 178, 163, 172, 178, 199, 199, 184, 162, 146, 166, 171, 180, 193, 181, 183, 218, 230, 242),
    *(209, 191, 172, 194, 196, 196, 236, 235, 229, 243, 264, 272, 237, 211, 180, 201, 204, 188, 235, 227, 234, 264),
    *(302, 293, 259, 229, 203, 229, 242, 233, 267, 269, 270, 315, 364, 347, 312, 274, 237, 278, 284, 277, 317, 313),
    *(318, 374, 413, 405, 355, 306, 271, 306, 315, 301, 356, 348, 355, 422, 465, 467, 404, 347, 305, 336, 340, 318),
    *(362, 348, 363, 435, 491, 505, 404, 359, 310, 337, 360, 342, 406, 396, 420, 472, 548, 559, 463, 407, 362, 405),
    *(417, 391, 419, 461, 472, 535, 622, 606, 508, 461, 390, 432),
]


# Published ------------------------------------------------------------------------------------------------------


@published("timeseries", "nist_ses")
def test_simple_smoothing_of_the_handbook(case):
    result = timeseries.ses(case["inputs"]["y"], alpha=0.1)
    expected = case["expected"]
    close(result.S, expected["alpha0.1_S"], case["tolerance"], "S")
    close(result.SSE, expected["SSE_0.1"], case["tolerance"], "SSE")
    close(result.MSE, expected["MSE_0.1"], case["tolerance"], "MSE")


@published("timeseries", "hw_co2")
def test_holt_winters_of_co2(case):
    close(timeseries.holt_winters(**case["inputs"]), case["expected"], {"rel": 1e-9, "abs": 1e-8})


@published("timeseries", "stl_nottem")
def test_stl_of_nottingham(case):
    close(timeseries.stl(**case["inputs"]), case["expected"], {"abs": 0.003})


def test_holt_winters_of_the_airline():
    """R ?HoltWinters prints for AirPassengers, multiplicative: a 469.3232, b 3.0215, alpha .2756, beta .0327, gamma
    .8707.
    """
    result = timeseries.holt_winters(AIR, period=12, seasonal="multiplicative")
    got = (result.coef["a"], result.coef["b"], result.alpha, result.beta, result.gamma)
    np.testing.assert_allclose(got, (469.3232206, 3.0215391, 0.2755925, 0.03269295, 0.8707292), rtol=1e-5)


# Against other libraries ----------------------------------------------------------------------------------------

groups = st.lists(st.lists(st.integers(0, 30), min_size=3, max_size=12), min_size=2, max_size=4)


@settings(max_examples=40, deadline=None)
@given(groups)
def test_rank_tests_agree_with_scipy(lists):
    assume(len({value for values in lists for value in values}) > 1)
    result = nonparametric.analyse(dict(enumerate(lists)), group=None)
    if len(lists) > 2:
        theirs = scipy.stats.kruskal(*lists)
        assert (result.statistic, result.p) == pytest.approx((theirs.statistic, theirs.pvalue), abs=1e-9)
    else:
        theirs = scipy.stats.mannwhitneyu(*lists, method="exact" if result.variant == "exact" else "asymptotic")
        assert (result.statistic, result.p) == pytest.approx((theirs.statistic, theirs.pvalue))
        assert result.superiority == pytest.approx(
            np.mean([(b > a) + (a == b) / 2 for a in lists[0] for b in lists[1]])
        )
    assert 0 <= result.p <= 1


def test_friedman_agrees_with_scipy():
    rows = np.random.default_rng(1).integers(1, 6, size=(14, 4))
    theirs = scipy.stats.friedmanchisquare(*rows.T)
    result = nonparametric.friedman(rows)
    assert (result.statistic, result.p) == pytest.approx((theirs.statistic, theirs.pvalue))


def test_dunn_on_a_hand_computed_table():
    """Three groups of distinct values, n = 9: mean ranks 2, 5, 8; variance 9*10/12 (1/3 + 1/3) = 5."""
    result = nonparametric.analyse({"a": [1, 2, 3], "b": [4, 5, 6], "c": [7, 8, 9]}, group=None)
    assert result.statistic == pytest.approx(7.2)
    assert [pair[2] for pair in result.pairs] == pytest.approx([3 / math.sqrt(5), 6 / math.sqrt(5), 3 / math.sqrt(5)])
    assert result.pairs[1][4] == pytest.approx(3 * result.pairs[1][3])


def test_signed_ranks_agree_with_scipy():
    before, after = [10, 12, 9, 14, 11, 8, 13], [12, 15.5, 8, 19, 15, 14, 20]
    theirs = scipy.stats.wilcoxon(np.subtract(after, before))
    result = nonparametric.wilcoxon(before, after)
    assert (result.p, result.variant, result.statistic) == (pytest.approx(theirs.pvalue), "exact", 27)


def test_trend_agrees_with_scipy():
    y = np.random.default_rng(4).normal(size=40) + np.arange(40) / 10
    result = trend.analyse(y)
    line = scipy.stats.linregress(np.arange(40), y)
    assert (result.slope, result.sen) == pytest.approx((line.slope, scipy.stats.theilslopes(y).slope))
    assert result.tau == pytest.approx(scipy.stats.kendalltau(np.arange(40), y).statistic)
    low, high = scipy.stats.theilslopes(y).low_slope, scipy.stats.theilslopes(y).high_slope
    assert result.sen_ci == pytest.approx((low, high), abs=0.01)
    assert result.direction == "up"


def test_smoothing_agrees_with_statsmodels():
    from statsmodels.tsa.api import SimpleExpSmoothing

    theirs = SimpleExpSmoothing(AIR, initialization_method="known", initial_level=AIR[0]).fit(smoothing_level=0.4)
    ours = timeseries.ses(AIR, alpha=0.4)
    np.testing.assert_allclose(ours.S, theirs.fittedvalues[1:], rtol=1e-12)


# Invariants -----------------------------------------------------------------------------------------------------


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(1, 100), min_size=13, max_size=40), st.floats(0.1, 100))
def test_forecasts_scale_with_their_unit(y, scale):
    here = timeseries.holt_winters(y, period=4, weights=(0.4, 0.2, 0.3))
    there = timeseries.holt_winters([value * scale for value in y], period=4, weights=(0.4, 0.2, 0.3))
    np.testing.assert_allclose(np.multiply(here.fc, scale), there.fc, rtol=1e-8, atol=1e-6)
    assert all(low <= value <= high for low, value, high in zip(here.low, here.fc, here.high, strict=True))


def test_the_interval_widens_and_the_chosen_forecast_beats_the_naive_one():
    result = timeseries.analyse(AIR, period=12, seasonal="multiplicative", horizon=12)
    assert result.method == "holt_winters"
    assert result.mase < 1
    assert result.errors[result.method] == min(result.errors.values())
    holt = timeseries.forecast(AIR, "holt", horizon=12)
    widths = np.subtract(holt.high, holt.low)
    assert (np.diff(widths) >= 0).all()


def test_the_naive_forecast_wins_on_a_random_walk_of_seasons():
    pattern = [10, 50, 20, 80]
    result = timeseries.analyse(pattern * 2, period=4, horizon=4)
    assert result.fc == pytest.approx(pattern)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 55), st.sampled_from([-40, 40]), st.integers(0, 5))
def test_a_planted_spike_is_found(row, size, seed):
    noise = np.random.default_rng(seed).normal(0, 1, 56)
    y = 100 + np.tile([0, 3, 5, 4, 2, -8, -6], 8) + noise
    y[row] += size
    found = anomaly.analyse(y, period=7).anomalies
    assert row in [one.row for one in found]
    assert len(found) <= 5


def test_a_lasting_shift_is_placed():
    y = np.random.default_rng(3).normal(0, 1, 60) + np.where(np.arange(60) >= 35, 4, 0)
    shift = anomaly.analyse(y, period=1, seed=1).shift
    assert abs(shift.row - 35) <= 1
    assert shift.change == pytest.approx(4, abs=0.6)
    assert anomaly.analyse(np.random.default_rng(5).normal(size=60)).shift is None


def test_the_same_seed_gives_the_same_answer():
    y = np.random.default_rng(3).normal(0, 1, 40).cumsum()
    assert anomaly.analyse(y, seed=7) == anomaly.analyse(y, seed=7)


# Refusals -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "code", "field", "row"),
    [
        (lambda: timeseries.analyse([1, 2, None, 4, 5]), "gap_in_series", "y", 2),
        (lambda: timeseries.analyse([1, 2, 3]), "too_few", "y", None),
        (lambda: timeseries.holt_winters([1] * 8, period=4), "too_few", "y", None),
        (lambda: timeseries.holt_winters([0, 1] * 8, period=4, seasonal="multiplicative"), "not_positive", "y", 0),
        (lambda: timeseries.holt_winters([1] * 9, period=4, seasonal="odd"), "not_one_of", "seasonal", None),
        (lambda: timeseries.ses([1, 2], alpha=2), "too_large", "alpha", None),
        (lambda: timeseries.analyse([1, 2, 3, 4, 5], period=3), "too_large", "period", None),
        (lambda: trend.analyse([1, 2, 3]), "too_few", "y", None),
        (lambda: anomaly.analyse([1, 2, 3, "x"]), "not_a_number", "y", 3),
        (lambda: nonparametric.analyse({"a": [1, 1], "b": [1, 1]}, group=None), "no_spread", "data", None),
        (lambda: nonparametric.analyse({"a": [1, 1], "b": []}, group=None), "too_few", "b", None),
        (lambda: nonparametric.friedman([[1], [2]]), "too_few_groups", "rows", None),
        (lambda: nonparametric.wilcoxon([1, 2], [1, 2]), "no_spread", "x", None),
    ],
)
def test_refusals(call, code, field, row):
    with pytest.raises(MethodError) as refused:
        call()
    assert (refused.value.code, refused.value.field, refused.value.row) == (code, field, row)


def test_constant_series_are_no_trend_and_no_anomaly():
    assert trend.analyse([5, 5, 5, 5, 5]).direction == "none"
    assert anomaly.analyse([5] * 20, period=5).anomalies == ()
    assert timeseries.analyse([5] * 12, period=4).fc == (5.0,) * 4
