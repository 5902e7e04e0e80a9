import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilothouse.methods import MethodError, gabor_granger, van_westendorp
from tests.methods.cases import close, published, table

FOUR = st.lists(st.integers(1, 1000), min_size=4, max_size=4, unique=True).map(sorted)


def refused(call, *arguments, **options):
    with pytest.raises(MethodError) as refusal:
        call(*arguments, **options)
    return refusal.value.code, refusal.value.field


@published("van_westendorp", "psm_seed42")
def test_psm_seed42(case):
    inputs, wanted = case["inputs"], case["expected"]["validated"]
    result = van_westendorp.analyse(
        table(inputs["file"]), columns=inputs["columns"], calibration=inputs["pi_scale_calibration"]
    )
    names = ("lower", "upper", "idp", "opp", "invalid", "total")
    close(result, {name: wanted[name] for name in names}, 1e-9)
    close(result.opp_interval, wanted["opp_interval_where_curves_coincide"], 1e-9, "opp_interval")
    nms = {name.removeprefix("nms_"): value for name, value in wanted.items() if name.startswith("nms_")}
    close(result.nms, {name: nms[name] for name in ("price_max_trial", "price_max_revenue")}, case["tolerance"], "nms")
    close(result.nms.max_trial, nms["max_trial"], 1e-8, "nms.max_trial")
    close(result.nms.max_revenue, nms["max_revenue"], 1e-5, "nms.max_revenue")  # the case looks at whole cents only


@given(st.lists(FOUR, min_size=1, max_size=30), st.randoms())
def test_points_are_where_the_curves_cross(prices, chance):
    result = van_westendorp.analyse(prices)
    shuffled = prices[:]
    chance.shuffle(shuffled)
    assert van_westendorp.analyse(shuffled) == result
    for name, rising, falling in (
        ("lower", "not_cheap", "too_cheap"),
        ("upper", "too_expensive", "not_expensive"),
        ("idp", "expensive", "cheap"),
        ("opp", "too_expensive", "too_cheap"),
    ):
        at = result.curves.prices.index(getattr(result, name))
        up, down = getattr(result.curves, rising), getattr(result.curves, falling)
        assert up[at] >= down[at]
        assert all(u < d for u, d in zip(up[:at], down[:at], strict=True))
    assert result.lower <= result.upper
    tripled = van_westendorp.analyse([[3 * price for price in four] for four in prices])
    assert tripled.idp == 3 * result.idp
    weighted = van_westendorp.analyse(
        [dict(zip(van_westendorp.QUESTIONS, four, strict=True), weight=0.1) for four in prices]
    )
    assert (weighted.lower, weighted.upper, weighted.idp, weighted.opp) == (
        result.lower,
        result.upper,
        result.idp,
        result.opp,
    )


@given(st.lists(st.tuples(FOUR, st.integers(1, 5), st.integers(1, 5)), min_size=1, max_size=12))
def test_demand_is_exact(people):
    rows = [dict(zip(van_westendorp.QUESTIONS, four, strict=True), pi_cheap=c, pi_expensive=e) for four, c, e in people]
    nms = van_westendorp.analyse(rows).nms
    import numpy as np

    chance = van_westendorp.CALIBRATION
    grid = np.unique(np.concatenate([np.linspace(0, 1001, 2003), [p for four, _, _ in people for p in four]]))
    trial = np.mean([np.interp(grid, four, [0, chance[c], chance[e], 0]) for four, c, e in people], axis=0)
    assert nms.max_trial == pytest.approx(trial.max(), abs=1e-9)
    assert nms.max_revenue >= (grid * trial).max() - 1e-9
    assert nms.max_revenue == pytest.approx(nms.price_max_revenue * nms.at(nms.price_max_revenue), abs=1e-9)
    assert nms.at(500) == pytest.approx(float(np.interp(500, grid, trial)), abs=1e-9)


def test_missing_invalid_and_unasked_are_counted():
    rows = [(1, 2, 3, 4)] * 3 + [(2, 1, 3, 4), (1, 1, 3, 4), (1, None, 3, 4)]
    result = van_westendorp.analyse(rows)
    assert (result.total, result.valid, result.invalid, result.missing) == (6, 3, 2, 1)
    assert "few_answers" in result.flags
    assert van_westendorp.analyse(rows, strict=False).invalid == 1
    three = van_westendorp.analyse([{"cheap": 2, "expensive": 3, "too_expensive": 4}])
    assert (three.lower, three.opp, three.idp, three.nms) == (None, None, 2, None)
    assert "no_too_cheap" in three.flags
    assert van_westendorp.analyse([(1, 2, 3, 4), (2, 3, 5, 7)], interpolate=True).idp == pytest.approx(2.5)


def test_van_westendorp_refuses():
    assert refused(van_westendorp.analyse, []) == ("no_answers", "data")
    assert refused(van_westendorp.analyse, [(4, 3, 2, 1)]) == ("no_answers", "answers")
    assert refused(van_westendorp.analyse, [(1, 2, 3)]) == ("different_length", "answers")
    assert refused(van_westendorp.analyse, [(1, 2, 3, -4)]) == ("too_small", "too_expensive")
    assert refused(van_westendorp.analyse, [(1, 2, math.inf, 4)]) == ("not_a_number", "expensive")
    assert refused(van_westendorp.analyse, [{"cheap": 1}]) == ("no_such_column", "expensive")
    assert refused(van_westendorp.analyse, [(1, 2, 3, 4)], columns={"dear": "x"}) == ("not_one_of", "columns")
    row = dict(zip(van_westendorp.QUESTIONS, (1, 2, 3, 4), strict=True))
    assert refused(van_westendorp.analyse, [{**row, "pi_cheap": 9}]) == ("not_one_of", "pi_cheap")


@published("gabor_granger", "max_wtp_ladder")
def test_gabor_granger_ladder(case):
    close(gabor_granger.analyse(**case["inputs"]), case["expected"], case["tolerance"])


@given(st.lists(st.sampled_from([0, 5, 10, 15, 20]), min_size=1, max_size=50), st.randoms())
def test_demand_falls_and_does_not_know_the_order(answers, chance):
    result = gabor_granger.analyse(answers, prices=[5, 10, 15, 20])
    assert list(result.demand) == sorted(result.demand, reverse=True)
    assert all(low - 1e-12 <= d <= high + 1e-12 for d, (low, high) in zip(result.demand, result.demand_ci, strict=True))
    chance.shuffle(answers)
    assert gabor_granger.analyse(answers, prices=[5, 10, 15, 20]) == result


def test_contradicting_answers_missing_ones_and_edges():
    result = gabor_granger.analyse([[1, 0, 1], [1, 1, 1], [0, 0, 0], [1, None, 0], None], prices=[1, 2, 3])
    assert result.demand == (pytest.approx(2 / 3), pytest.approx(1 / 3), pytest.approx(1 / 3))
    assert (result.non_monotone, result.missing, result.revenue_max_price) == (1, 2, 3)
    assert "revenue_at_edge" in result.flags
    assert gabor_granger.analyse([0, 0], prices=[1, 2]).arc_elasticity == (None,)
    half = gabor_granger.analyse([1, 2], prices=[1, 2], calibration=0.5)
    assert half.demand == (0.5, 0.25)


def test_cells_are_smoothed_like_an_isotonic_regression():
    from sklearn.isotonic import IsotonicRegression

    cells = {10: (50, 40), 12: (40, 35), 14: (60, 20), 16: (30, 12), 18: (50, 1)}
    result = gabor_granger.analyse_cells(cells)
    shares, weights = [x / n for n, x in cells.values()], [n for n, _ in cells.values()]
    oracle = IsotonicRegression(increasing=False).fit_transform(list(cells), shares, sample_weight=weights)
    close(result.demand, oracle.tolist(), 1e-12)
    assert result.n == (50, 40, 60, 30, 50)


def test_gabor_granger_refuses():
    assert refused(gabor_granger.analyse, [], prices=[1]) == ("no_answers", "highest_accepted")
    assert refused(gabor_granger.analyse, [1], prices=[]) == ("too_few", "prices")
    assert refused(gabor_granger.analyse, [1], prices=[2, 1]) == ("prices_not_rising", "prices")
    assert refused(gabor_granger.analyse, [1], prices=[0, 1]) == ("too_small", "prices")
    assert refused(gabor_granger.analyse, ["x"], prices=[1]) == ("not_a_number", "highest_accepted")
    assert refused(gabor_granger.analyse, [[1, 0]], prices=[1]) == ("different_length", "highest_accepted")
    assert refused(gabor_granger.analyse, [1], prices=[1], calibration=0) == ("too_small", "calibration")
    assert refused(gabor_granger.analyse_cells, {1: (10, 11)}) == ("too_large", "accepted")
