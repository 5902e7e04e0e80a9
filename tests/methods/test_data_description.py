"""One or two columns of numbers: published figures, invariants, refusals."""

from __future__ import annotations

import math
from itertools import permutations

import numpy as np
import pytest
import scipy.stats
from hypothesis import assume, given
from hypothesis import strategies as st

from pilothouse.methods import MethodError, correlation, descriptive, histogram, outliers
from tests.methods.cases import close, published

values = st.lists(st.floats(-1e6, 1e6).map(lambda value: round(value, 3)), min_size=5, max_size=60)


# Published ------------------------------------------------------------------------------------------------------


@published("descriptive", "nist_lew", "nist_lottery", "nist_michelso", "nist_numacc1", "nist_numacc2", "nist_numacc3")
def test_certified_summary_statistics(case):
    result = descriptive.analyse(case["inputs"]["x"])
    digits = {"mean": case["tolerance"]["min_LRE_mean"], "sd_n_minus_1": case["tolerance"]["min_LRE_sd"]}
    for name, expected in case["expected"].items():
        close(getattr(result, name), expected, {"rel": 10.0 ** -digits.get(name, 9)}, name)


def test_numacc4_keeps_the_digits_that_double_can_hold():
    x = [10000000.2] + [10000000.1, 10000000.3] * 500
    assert descriptive.analyse(x).sd_n_minus_1 == pytest.approx(0.1, rel=10**-8.2)


@published("descriptive", "quantile_types_r")
def test_nine_kinds_of_quantile(case):
    rows = case["expected"]["rows_by_prob_cols_type1to9"]
    close(descriptive.quantile_types(**case["inputs"]), rows, case["tolerance"], "quantile")


@published("histogram")
def test_histogram(case):
    result = histogram.analyse(case["inputs"]["x"])
    close(result, case["expected"], case["tolerance"])


@published("outliers", "boxplot_1to100_1000")
def test_tukey_fences(case):
    close(outliers.analyse(**case["inputs"]), case["expected"], case["tolerance"])


@published("outliers", "gesd_rosner")
def test_generalized_esd(case):
    result = outliers.gesd(**case["inputs"])
    expected = {("lambda_" if name == "lambda" else name): value for name, value in case["expected"].items()}
    close(result, expected, case["tolerance"])
    assert outliers.analyse(**case["inputs"]).esd == result


def test_grubbs_on_the_nist_mass_spectrometer():
    """NIST/SEMATECH e-Handbook 1.3.5.17.1: G 2.4687, critical 2.032 for the largest of eight."""
    x = [199.31, 199.53, 200.19, 200.82, 201.92, 201.95, 202.18, 245.57]
    result = outliers.grubbs(x, side="max")
    assert (round(result.G, 4), round(result.critical, 3), result.row, result.outlier) == (2.4688, 2.032, 7, True)


@published("correlation", "hollander_wolfe")
def test_correlation_of_hollander_and_wolfe(case):
    result = correlation.analyse(**case["inputs"])
    close(result.res, case["expected"]["res"], case["tolerance"], "res")


@published("correlation", "anscombe")
def test_anscombes_four_sets(case):
    rows = case["inputs"]["data"]
    for place, expected in enumerate(case["expected"]["res"], 1):
        result = correlation.analyse([row[f"x{place}"] for row in rows], [row[f"y{place}"] for row in rows])
        close(result.res, expected, case["tolerance"], f"set{place}")


# Against other libraries ----------------------------------------------------------------------------------------


@given(values)
def test_moments_agree_with_scipy(x):
    assume(np.ptp(x) > 1)
    result = descriptive.analyse(x)
    assert result.skewness == pytest.approx(scipy.stats.skew(x, bias=False), rel=1e-6, abs=1e-8)
    assert result.kurtosis == pytest.approx(scipy.stats.kurtosis(x, bias=False), rel=1e-6, abs=1e-8)
    assert result.quantiles[0.25] == pytest.approx(np.quantile(x, 0.25))


@given(st.permutations(range(7)))
def test_exact_spearman_agrees_with_every_permutation(order):
    got = correlation.spearman(np.arange(7.0), np.array(order, float))
    low, high = (np.mean([sign * rho >= sign * got.estimate - 1e-9 for rho in ALL_RHO]) for sign in (-1, 1))
    assert got.p == pytest.approx(min(1.0, 2 * min(low, high)), abs=1e-12)


ALL_RHO = [1 - 6 * sum((a - b) ** 2 for a, b in enumerate(order)) / 336 for order in permutations(range(7))]


# Invariants -----------------------------------------------------------------------------------------------------


@given(values, st.randoms())
def test_order_does_not_matter_to_a_description(x, random):
    shuffled = random.sample(x, len(x))
    left, right = descriptive.analyse(x), descriptive.analyse(shuffled)
    assert (left.mean, left.min, left.max, left.quantiles) == (right.mean, right.min, right.max, right.quantiles)
    assert left.sd_n_minus_1 == pytest.approx(right.sd_n_minus_1, rel=1e-12, abs=1e-12)


@given(values, st.floats(0.01, 1000), st.floats(-1e6, 1e6))
def test_scale_and_shift(x, scale, shift):
    assume(np.ptp(x) > 1)
    moved = [scale * value + shift for value in x]
    left, right = descriptive.analyse(x), descriptive.analyse(moved)
    assert right.mean == pytest.approx(scale * left.mean + shift, rel=1e-9, abs=1e-6)
    assert right.sd_n_minus_1 == pytest.approx(scale * left.sd_n_minus_1, rel=1e-6)


@given(values, st.sampled_from(histogram.RULES), st.booleans())
def test_every_value_falls_into_one_class(x, rule, readable):
    result = histogram.analyse(x, rule=rule, readable=readable)
    assert sum(result.counts) == len(x)
    assert result.breaks[0] <= min(x) + 1e-6
    assert result.breaks[-1] >= max(x) - 1e-6
    assert all(a < b for a, b in zip(result.breaks, result.breaks[1:], strict=False))


@given(values)
def test_tukey_flags_nothing_inside_the_hinges(x):
    result = outliers.tukey(x)
    assert all(value < result.stats[1] or value > result.stats[3] for value in result.out)
    assert len(result.out) == len(result.rows)
    assert all(x[row] == value for row, value in zip(result.rows, result.out, strict=True))


@given(st.lists(st.tuples(st.integers(-50, 50), st.integers(-50, 50)), min_size=4, max_size=40))
def test_correlation_is_symmetric_and_bounded(pairs):
    x, y = zip(*pairs, strict=True)
    assume(len(set(x)) > 1 and len(set(y)) > 1)
    there, back = correlation.analyse(x, y), correlation.analyse(y, x)
    for a, b in zip(there.res, back.res, strict=True):
        assert a.estimate == pytest.approx(b.estimate, abs=1e-12)
        assert a.p == pytest.approx(b.p, abs=1e-9)
        assert -1 <= a.estimate <= 1
        assert 0 <= a.p <= 1
        assert all(-1 <= end <= 1 for end in a.ci)


# Refusals -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "code", "field", "row"),
    [
        (lambda: descriptive.analyse([]), "too_few", "x", None),
        (lambda: descriptive.analyse([None, ""]), "too_few", "x", None),
        (lambda: descriptive.analyse([1, "two"]), "not_a_number", "x", 1),
        (lambda: descriptive.analyse([1, math.inf]), "not_a_number", "x", 1),
        (lambda: descriptive.analyse("12"), "not_a_list", "x", None),
        (lambda: descriptive.analyse([1, 2], probs=[1.5]), "too_large", "probs", 0),
        (lambda: descriptive.quantiles([1, 2], [0.5], quantile_type=10), "not_one_of", "quantile_type", None),
        (lambda: histogram.analyse([1, 2], rule="eyes"), "not_one_of", "rule", None),
        (lambda: histogram.analyse([1, 2], classes=0), "too_small", "classes", None),
        (lambda: outliers.grubbs([2, 2, 2]), "no_spread", "x", None),
        (lambda: outliers.gesd([1, 2, 3], max_outliers=2), "too_large", "max_outliers", None),
        (lambda: outliers.mad([1, 1, 1, 5]), "no_spread", "x", None),
        (lambda: correlation.analyse([1, 1, 1], [1, 2, 3]), "no_spread", "x", None),
        (lambda: correlation.analyse([1, 2, 3], [1, 2]), "different_length", "y", None),
        (lambda: correlation.analyse([1, 2, 3], [1, 2, 4], methods=["gamma"]), "not_one_of", "methods", 0),
    ],
)
def test_refusals(call, code, field, row):
    with pytest.raises(MethodError) as refused:
        call()
    assert (refused.value.code, refused.value.field, refused.value.row) == (code, field, row)


def test_gaps_are_counted_and_one_value_has_no_spread():
    result = descriptive.analyse([None, 3, math.nan, ""])
    assert (result.n, result.missing, result.mean, result.sd_n_minus_1) == (1, 3, 3.0, None)
    assert descriptive.analyse([2, 2, 2]).skewness is None
    assert correlation.analyse([1, 2, None, 4, 5], [2, 1, 3, None, 6]).missing == 2
    assert outliers.analyse([7, 7, 7, 7]).grubbs is None


def test_constant_and_single_values_still_have_a_histogram():
    assert sum(histogram.analyse([5, 5, 5]).counts) == 3
    assert sum(histogram.analyse([0]).counts) == 1
    assert sum(histogram.analyse([-3.5], readable=False).counts) == 1
