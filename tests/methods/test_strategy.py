"""Portfolio, strategy and life cycle: published figures, real series, invariants, and refusals."""

from __future__ import annotations

import pytest

from pilothouse.methods import (
    MethodError,
    ansoff,
    bass_diffusion,
    bcg_matrix,
    cultural_distance,
    ge_mckinsey,
    ife_efe,
    life_cycle_stage,
    pestel,
    porter_five_forces,
    qspm_tows,
    technology_radar,
)
from tests.methods.cases import close, published

VCR = [840, 1470, 2110, 4000, 7590, 10950, 10530, 9470, 7790, 5890]


@published("bcg_matrix")
def test_bcg(case):
    close(bcg_matrix.analyse(**case["inputs"]).items, case["expected"], case["tolerance"])


@published("ge_mckinsey")
def test_ge(case):
    result = ge_mckinsey.analyse(**case["inputs"])
    expected = dict(case["expected"])
    assert expected.pop("cell").startswith("high attractiveness")
    assert result.cell == "high_medium"
    close(result, expected, case["tolerance"])


@published("ife_efe", "david_ust_efe")
def test_efe(case):
    expected = dict(case["expected"])
    assert expected.pop("vs_average") == "below 2.5"
    result = ife_efe.analyse(**case["inputs"])
    assert result.vs_average == "below"
    close(result, expected, case["tolerance"])


@published("ife_efe", "david_cpm_cosmetics")
def test_competitive_profile(case):
    ratings = dict(case["inputs"])
    close(ife_efe.profile(ratings.pop("weights"), ratings), case["expected"], case["tolerance"])


@published("qspm_tows")
def test_qspm(case):
    close(qspm_tows.analyse(**case["inputs"]).totals, case["expected"], case["tolerance"])


@published("porter_five_forces")
def test_porter(case):
    close(porter_five_forces.analyse(**case["inputs"]), case["expected"], case["tolerance"])


@published("ansoff")
def test_ansoff(case):
    close(ansoff.analyse(**case["inputs"]), case["expected"])


@published("pestel")
def test_pestel(case):
    close(pestel.analyse(**case["inputs"]), case["expected"])


@published("technology_radar")
def test_radar(case):
    close(technology_radar.analyse(**case["inputs"]), case["expected"])


@published("cultural_distance")
def test_distance(case):
    close(cultural_distance.analyse(**case["inputs"]), case["expected"], case["tolerance"])


@published("life_cycle_stage")
def test_boundaries(case):
    close(life_cycle_stage.analyse(**case["inputs"]), case["expected"], case["tolerance"])


def test_ge_veto_and_corner_cells():
    sides = {"attractiveness": [["a", 1, 1]], "strength": [["b", 1, 5]]}
    assert ge_mckinsey.analyse(**sides).move == "select"
    assert ge_mckinsey.analyse(**sides, vetoes={"legal": False}).move == "stop"
    assert ge_mckinsey.analyse([["a", 1, 2.33]], [["b", 1, 3.67]]).cell == "medium_high"
    assert ge_mckinsey.portfolio({"x": sides})["x"].cell == "low_high"


def test_ife_side_that_contradicts_its_rating():
    result = ife_efe.analyse([["S1", 0.5, 2, "strength"], ["W1", 0.5, 1, "weakness"]], kind="IFE")
    assert result.conflicts == ("S1",)
    assert not result.enough


def test_porter_with_a_force_nobody_rated():
    result = porter_five_forces.analyse({"rivalry": [4, None], "buyers": []})
    assert (result.overall, result.missing) == (None, 1)
    assert result.unrated == ("entrants", "substitutes", "buyers", "suppliers")


def test_pestel_names_reviews_and_balance():
    result = pestel.analyse(
        {
            "visa": {"cat": "political", "impact": 4, "likelihood": 2, "direction": "threat", "review": "2026-01-01"},
            "grant": {"cat": "P", "impact": 2, "likelihood": 2, "direction": "opportunity", "review": "2027-01-01"},
        },
        today="2026-06-01",
    )
    assert result.balance == {"P": -4}
    assert (result.overdue, result.level) == (("visa",), ("medium", "low"))


def test_tows_finds_what_nobody_used():
    result = qspm_tows.tows({"a": ["s", "w", "o"], "b": []}, factors={"s": "S", "w": "W", "o": "O", "t": "T"})
    assert result.quadrants["a"] == ("SO", "WO")
    assert (result.incomplete, result.unused, result.empty) == (("b",), ("t",), ("ST", "WT"))


def test_bcg_without_a_competitor_or_a_growth_rate():
    result = bcg_matrix.analyse(
        {
            "alone": {"own": 5, "largest_competitor": None, "growth": 3},
            "zero": {"own": 5, "largest_competitor": 0, "growth": 3},
            "gap": {"own": 5, "largest_competitor": 2, "growth": None},
            "cut": {"own": 2, "largest_competitor": 2, "growth": 10, "market": "m", "revenue": 8},
            "x": {"own": 4, "largest_competitor": 2, "growth": -3, "market": "n", "revenue": 2},
            "y": {"own": 5, "largest_competitor": 2, "growth": -3, "market": "n"},
        }
    )
    assert result.missing == ("gap",)
    assert [item.quadrant for item in result.items] == [None, None, "star", "cash_cow", "cash_cow"]
    assert result.contradictions == (("x", "y"),)
    assert result.share_of_revenue == {"star": 0.8, "cash_cow": 0.2}


def test_distance_from_peoples_own_answers():
    home, other = [[1, 5], [2, 4], [1, 5], [2, 4], [1, 5]], [[4, 5], [5, 4], [4, 5], [5, 4], [4, 5]]
    assert cultural_distance.of_answers(home, other).parts == pytest.approx((9 / 0.3, 0))


BASS = bass_diffusion.analyse


REFUSED = [
    (lambda: BASS([1, 2, 3]), "too_few", "sales", None),
    (lambda: BASS([0] * 8), "all_zero", "sales", None),
    (lambda: BASS([1, 2, -3, 4, 5, 6]), "too_small", "sales", 2),
    (lambda: BASS(VCR, m=100), "too_small", "m", None),
    (lambda: BASS(VCR, estimator="magic"), "not_one_of", "estimator", None),
    (lambda: bcg_matrix.analyse([]), "no_items", "items", None),
    (lambda: bcg_matrix.analyse([{"own": "x", "growth": 1}]), "not_a_number", "own", 0),
    (lambda: bcg_matrix.analyse([7]), "not_a_row", "items", 0),
    (lambda: ge_mckinsey.analyse([["a", 0.5, 3]], [["b", 1, 3]]), "not_summing_to_one", "attractiveness", None),
    (lambda: ge_mckinsey.analyse([["a", 1, 6]], [["b", 1, 3]]), "too_large", "rating", 0),
    (lambda: ge_mckinsey.analyse([["a", 1, 3]], [["b", 1, 3]], bands=(4, 3)), "out_of_order", "bands", None),
    (lambda: ife_efe.analyse([["a", 0.5, 3], ["a", 0.5, 2]]), "duplicate", "factors", None),
    (lambda: ife_efe.analyse([["a", 1, 3]], kind="SWOT"), "not_one_of", "kind", None),
    (lambda: ife_efe.profile([0.5, 0.4], {"A": [1, 2]}), "not_summing_to_one", "weights", None),
    (lambda: qspm_tows.analyse(weights=[1], AS={"a": [None], "b": [2]}), "partial_dash", "b", 0),
    (lambda: qspm_tows.analyse(weights=[1, 2], AS={"a": [1]}), "different_length", "a", None),
    (lambda: qspm_tows.tows({"a": ["x"]}, factors={"y": "S"}), "no_such_factor", "a", "x"),
    (lambda: qspm_tows.tows({}, factors={"y": "SW"}), "not_one_of", "factors", "y"),
    (lambda: porter_five_forces.analyse({"government": [3]}), "not_one_of", "forces", None),
    (lambda: porter_five_forces.analyse({"rivalry": [0]}), "too_small", "rivalry", 0),
    (lambda: porter_five_forces.analyse({"rivalry": []}), "too_few", "forces", None),
    (lambda: ansoff.analyse([["old", "new"]]), "not_one_of", "product", 0),
    (lambda: pestel.analyse([{"cat": "X", "impact": 1, "likelihood": 1}]), "not_one_of", "cat", 0),
    (lambda: pestel.analyse([{"cat": "P", "impact": 1}]), "not_a_number", "likelihood", 0),
    (lambda: technology_radar.analyse({"x": "Maybe"}), "not_one_of", "current", "x"),
    (lambda: technology_radar.analyse({}), "too_few", "current", None),
    (lambda: cultural_distance.analyse(home=[1], other=[1, 2], variance=[1]), "different_length", "other", None),
    (lambda: cultural_distance.analyse(home=[1], other=[2], variance=[0]), "too_small", "variance", 0),
    (lambda: cultural_distance.of_answers([[1]] * 4, [[1]] * 6), "too_few", "home", None),
    (lambda: life_cycle_stage.analyse(p=0, q=1), "too_small", "p", None),
    (lambda: life_cycle_stage.by_growth([1, 2, 3]), "too_few", "sales", None),
    (lambda: life_cycle_stage.by_growth([1, 2, 0, 3, 4, 5, 6, 7]), "not_positive", "sales", 2),
]


@pytest.mark.parametrize(("call", "code", "field", "row"), REFUSED)
def test_refusals(call, code, field, row):
    with pytest.raises(MethodError) as refused:
        call()
    assert (refused.value.code, refused.value.field, refused.value.row) == (code, field, row)
