import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilothouse.methods import (
    MethodError,
    ice,
    moscow,
    opportunity_score,
    rice,
    value_effort,
    weighted_scoring,
    wsjf,
)
from tests.methods.cases import close, published

POSITIVE = st.floats(0.01, 1e4)
RATING = st.one_of(st.none(), st.integers(1, 5))


def refused(call, *arguments, **options):
    with pytest.raises(MethodError) as refusal:
        call(*arguments, **options)
    return refusal.value.code, refusal.value.field


@published("moscow", "dsdm_60_20_20")
def test_moscow(case):
    close(moscow.analyse(case["inputs"]["items"]), case["expected"], case["tolerance"])


def test_moscow_names_what_is_wrong():
    result = moscow.analyse(
        {
            "login": {"priority": "Must", "effort": 8, "needs": ["mail"]},
            "mail": {"priority": "should", "effort": 2},
            "theme": {"priority": "C", "effort": None},
            "idea": {"priority": None},
        }
    )
    assert result.risk == "warning"
    assert [(i.item, i.needs, i.needs_priority) for i in result.inconsistent] == [("login", "mail", "S")]
    assert (result.unestimated, result.unclassified, result.n) == (("theme",), ("idea",), 4)
    assert moscow.analyse([("M", 8), ("S", 2)], favourable=True).risk == "accepted"
    assert moscow.analyse([("W", 8)]).share is None
    assert moscow.analyse([("M", None)]).must_over_60 is None


def test_moscow_refuses():
    assert refused(moscow.analyse, []) == ("no_items", "items")
    assert refused(moscow.analyse, [("X", 1)]) == ("not_one_of", "priority")
    assert refused(moscow.analyse, [("M", -1)]) == ("too_small", "effort")
    assert refused(moscow.analyse, [("M", math.inf)]) == ("not_a_number", "effort")
    assert refused(moscow.analyse, {"a": {"priority": "M", "effort": 1, "needs": ["b"]}}) == ("unknown_item", "needs")


@given(st.lists(st.tuples(st.sampled_from("MSC"), POSITIVE), min_size=1), POSITIVE)
def test_moscow_shares_do_not_know_the_unit(items, factor):
    close(moscow.analyse([(c, e * factor) for c, e in items]).share, moscow.analyse(items).share, 1e-9)


@published("rice", "noema_two_features")
def test_rice(case):
    result = rice.analyse(case["inputs"]["items"])
    order = case["expected"].pop("order")
    close(result.scores, case["expected"], case["tolerance"])
    assert list(result.order) == order


@published("rice", "productplan_reach")
def test_rice_reach(case):
    close({"reach": rice.reach(**case["inputs"])}, case["expected"], case["tolerance"])


def test_rice_says_how_much_rests_on_confidence():
    result = rice.analyse({"a": (100, 2, 0.8, 1), "b": (100, 3, 0.4, 1), "c": (0, 1, 1, 1), "d": (None, 1, 1, 1)})
    assert result.order == ("a", "b", "c")
    assert result.order_at_full_confidence == ("b", "a", "c")
    assert result.holds_down_to == {"a": pytest.approx(0.6), "b": 0.0, "c": None}
    assert (result.moonshots, result.missing, result.n) == (("b",), ("d",), 4)


def test_rice_refuses():
    row = {"reach": 1, "impact": 1, "confidence": 1, "effort": 1}
    assert refused(rice.analyse, {}) == ("no_items", "items")
    assert refused(rice.analyse, {"a": {**row, "confidence": 80}}) == ("confidence_over_one", "confidence")
    assert refused(rice.analyse, {"a": {**row, "effort": 0}}) == ("effort_not_positive", "effort")
    assert refused(rice.analyse, {"a": {**row, "reach": -1}}) == ("too_small", "reach")
    assert refused(rice.analyse, {"a": {**row, "reach": "many"}}) == ("not_a_number", "reach")
    mixed = {"a": {**row, "period": "week"}, "b": {**row, "period": "month"}}
    assert refused(rice.analyse, mixed) == ("mixed_periods", "period")


@published("ice", "product_vs_mean")
def test_ice(case):
    close({"product": ice.product(**case["inputs"]), "mean": ice.mean(**case["inputs"])}, case["expected"], 1e-9)
    result = ice.analyse([tuple(case["inputs"].values())])
    close({"product": result.product[0], "mean": result.mean[0]}, case["expected"], 1e-9)


def test_ice_variants_missing_and_refusals():
    result = ice.analyse({"a": (10, 10, 1), "b": (5, 5, 5), "c": (5, 5)}, variant="mean")
    assert (result.order, result.variants_agree, result.missing) == (("a", "b"), False, ("c",))
    assert refused(ice.analyse, {"a": (0, 1, 1)}) == ("too_small", "impact")
    assert refused(ice.analyse, {"a": (1, 1, 11)}) == ("too_large", "ease")
    assert refused(ice.analyse, {"a": (1, 1, 1, 1)}) == ("different_length", "items")
    assert refused(ice.analyse, {"a": (1, 1, 1)}, variant="sum") == ("not_one_of", "variant")


@published("wsjf", "reinertsen_order")
def test_wsjf_cost_of_delay(case):
    result = wsjf.analyse(case["inputs"]["jobs"])
    close(result.wsjf, case["expected"]["wsjf"], case["tolerance"])
    close(result.order, case["expected"]["best_order"])
    close(result.delay_cost_best, case["expected"]["delay_cost_best"], name="best")
    close(result.delay_cost_worst, case["expected"]["delay_cost_worst"], name="worst")


@published("wsjf", "safe_fibonacci")
def test_wsjf_safe(case):
    result = wsjf.analyse(case["inputs"]["items"])
    order = case["expected"].pop("order")
    close(result.wsjf, case["expected"], case["tolerance"])
    assert list(result.order) == order
    assert (result.form, result.no_one, result.off_scale) == ("safe", ("size",), ())


@given(st.lists(st.tuples(POSITIVE, POSITIVE), min_size=1, max_size=5))
def test_no_order_beats_wsjf(jobs):
    result = wsjf.analyse(jobs)
    costs = [wsjf.delay_cost(order, result.cod, result.size) for order in itertools.permutations(range(len(jobs)))]
    assert math.isclose(result.delay_cost_best, min(costs), rel_tol=1e-9)
    assert math.isclose(result.delay_cost_worst, max(costs), rel_tol=1e-9)


def test_wsjf_needs_and_refusals():
    jobs = {
        "a": {"duration": 1, "cod": 9, "needs": ["b"]},
        "b": {"duration": 5, "cod": 1},
        "c": {"duration": 1, "cod": 5},
    }
    result = wsjf.analyse(jobs)
    assert (result.order, result.optimal) == (("c", "b", "a"), False)
    assert refused(wsjf.analyse, {"a": {"duration": 0, "cod": 1}}) == ("too_small", "duration")
    assert refused(wsjf.analyse, {"a": (1, 1, 1, 0)}) == ("too_small", "size")
    assert refused(wsjf.analyse, {"a": {"duration": 1, "cod": 1, "needs": ["a"]}}) == ("circular_needs", "needs")
    assert refused(wsjf.analyse, {"a": {"duration": 1, "cod": 1, "needs": ["z"]}}) == ("unknown_item", "needs")
    assert refused(wsjf.analyse, None) == ("not_a_list", "items")


@published("value_effort", "quadrants_fixed_midpoint")
def test_value_effort(case):
    close(value_effort.analyse(case["inputs"]["items"], cut=case["inputs"]["cut"]), case["expected"], case["tolerance"])


def test_value_effort_cuts_conflicts_and_refusals():
    items = {"a": (4, 1), "b": (9, 9), "c": (1, None)}
    assert value_effort.analyse(items).cut == (5.5, 5.5)
    result = value_effort.analyse(items, cut="median")
    assert (result.cut, result.conflicts, result.missing) == ((6.5, 5), (("a", "b"),), ("c",))
    assert refused(value_effort.analyse, {"a": (1, 0)}) == ("too_small", "effort")
    assert refused(value_effort.analyse, {"a": (1, 1)}, cut="top") == ("not_one_of", "cut")
    assert refused(value_effort.analyse, {"a": (1, None)}, cut="median") == ("no_items", "items")


@published("opportunity_score", "ulwick_hbr_2002")
def test_opportunity(case):
    close(list(opportunity_score.analyse(case["inputs"]["items"]).scores.values()), case["expected"], case["tolerance"])


def test_opportunity_from_ratings():
    importance, satisfaction = [5, 5, 4, 3, 5, None] * 10, [1, 2, 5, 4, 2, 3] * 10
    result = opportunity_score.analyse({"x": {"importance": importance, "satisfaction": satisfaction}, "y": (None, 3)})
    assert result.importance["x"] == 8.0
    assert result.satisfaction["x"] == pytest.approx(10 / 3)
    assert result.scores["x"] == pytest.approx(8 + 8 - 10 / 3)
    low, high = result.interval["x"]
    assert low < result.scores["x"] < high
    assert (result.band["x"], result.not_computable, result.missing, result.n_ratings) == (
        "high",
        ("y",),
        10,
        {"x": 60},
    )
    assert opportunity_score.analyse({"x": (importance, satisfaction)}, scoring="mean").importance[
        "x"
    ] == pytest.approx(8.5)


def test_opportunity_interval_agrees_with_plain_resampling():
    import numpy as np

    chance = np.random.default_rng(3)
    ratings = chance.integers(1, 6, (80, 2))
    low, high = opportunity_score.analyse({"x": (ratings[:, 0].tolist(), ratings[:, 1].tolist())}).interval["x"]
    tops = 10.0 * (ratings >= 4)
    means = tops[chance.integers(0, 80, (4000, 80))].mean(axis=1)
    plain = np.quantile(means[:, 0] + np.maximum(means[:, 0] - means[:, 1], 0), [0.025, 0.975])
    assert (low, high) == pytest.approx(tuple(plain), abs=0.35)


@given(st.lists(st.tuples(RATING, RATING), max_size=50))
def test_opportunity_bounds(pairs):
    result = opportunity_score.analyse({"x": ([a for a, _ in pairs], [b for _, b in pairs])}, draws=50)
    for key, score in result.scores.items():
        assert result.importance[key] <= score <= 20
        assert 0 <= result.interval[key][0] <= result.interval[key][1] <= 20


def test_opportunity_refuses():
    assert refused(opportunity_score.analyse, [(11, 1)]) == ("too_large", "importance")
    assert refused(opportunity_score.analyse, [([6], [1])]) == ("too_large", "importance")
    assert refused(opportunity_score.analyse, [([1, 2], [1])]) == ("different_length", "satisfaction")
    assert refused(opportunity_score.analyse, [([1], 3)]) == ("not_a_list", "satisfaction")


@published("weighted_scoring", "normalised_weights")
def test_weighted_scoring(case):
    inputs = case["inputs"]
    result = weighted_scoring.analyse(inputs["scores"], criteria=inputs["criteria"], scale=inputs["scale"])
    order = case["expected"].pop("order")
    close(result.scores, case["expected"], case["tolerance"])
    assert list(result.order) == order


@given(
    st.lists(st.lists(st.integers(1, 5), min_size=3, max_size=3), min_size=1, max_size=6),
    st.lists(POSITIVE, min_size=3, max_size=3),
    POSITIVE,
)
def test_weighted_scores_stay_on_the_scale_whatever_the_unit_of_the_weights(scores, weights, factor):
    def criteria(by):
        return [{"name": str(i), "weight": w * by, "dir": "min" if i else "max"} for i, w in enumerate(weights)]

    result = weighted_scoring.analyse(scores, criteria=criteria(1))
    assert all(1 - 1e-9 <= score <= 5 + 1e-9 for score in result.scores.values())
    close(weighted_scoring.analyse(scores, criteria=criteria(factor)).scores, result.scores, 1e-9)


def test_weighted_scoring_gaps_likeness_and_refusals():
    criteria = [{"name": "a", "weight": 3}, {"name": "b", "weight": 1}]
    result = weighted_scoring.analyse({"x": [4, None], "y": [], "z": [1, 1]}, criteria=criteria)
    assert (result.scores, result.order) == ({"x": 4.0, "y": None, "z": 1.0}, ("x", "z"))
    assert (result.coverage, result.missing) == ({"x": 0.75, "y": 0.0, "z": 1.0}, 3)
    alike = weighted_scoring.analyse([[1, 1], [2, 2], [3, 3], [5, 5]], criteria=criteria).alike
    assert alike == (("a", "b", pytest.approx(1.0)),)
    assert refused(weighted_scoring.analyse, [[1, 9]], criteria=criteria) == ("too_large", "b")
    assert refused(weighted_scoring.analyse, {"x": {"c": 1}}, criteria=criteria) == ("not_one_of", "scores")
    assert refused(weighted_scoring.analyse, [[1]], criteria=[{"name": "a", "weight": 0}]) == ("no_weight", "criteria")
    assert refused(weighted_scoring.analyse, [[1]], criteria=criteria, scale=(5, 5)) == ("empty_scale", "scale")
