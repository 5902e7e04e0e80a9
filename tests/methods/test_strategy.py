"""Portfolio, strategy and life cycle: published figures, real series, invariants, and refusals."""

from __future__ import annotations

import csv
import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

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

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
VCR = [840, 1470, 2110, 4000, 7590, 10950, 10530, 9470, 7790, 5890]


# Published ------------------------------------------------------------------------------------------------------


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


@published("bass_diffusion")
def test_vcr(case):
    expected = dict(case["expected"])
    result = bass_diffusion.analyse(case["inputs"]["sales"])
    close(result.stages, expected.pop("stages_srinivasan_mason"), case["tolerance"], "stages")
    close(result, expected, case["tolerance"])
    assert result.m_identified


@pytest.mark.parametrize("name", ["room air conditioners", "color televisions", "clothes dryers"])
def test_durables_of_srinivasan_and_mason(name):
    folder = DATA / "bass_durables"
    if not folder.exists():
        pytest.skip("shared/data/bass_durables is not here")
    rows = csv.DictReader((folder / "adoptions.csv").open(encoding="utf-8-sig"))
    result = bass_diffusion.analyse([float(row["adoptions"]) for row in rows if row["series"] == name])
    known = json.loads((folder / "expected_bass.json").read_text())
    close(result, {"p": known["nls"][name]["p"], "q": known["nls"][name]["q"], "r2": known["nls"][name]["R2"]}, 2e-5)
    assert result.m == pytest.approx(known["nls"][name]["m"], rel=1e-4)
    printed = {
        "room air conditioners": (0.0094, 0.3748, 18713),
        "color televisions": (0.0185, 0.6159, 39659),
        "clothes dryers": (0.0136, 0.3267, 16497),
    }[name]
    assert (round(result.p, 4), round(result.q, 4), round(result.m)) == pytest.approx(printed, abs=1e-4)
    assert result.ols_bass1969.q == pytest.approx(known["ols_bass1969"][name]["q"], abs=1e-4)


def test_orange_juice_portfolio():
    path = DATA / "bcg_orange_juice" / "bcg_expected.csv"
    if not path.exists():
        pytest.skip("shared/data/bcg_orange_juice is not here")
    rows = list(csv.DictReader(path.open(encoding="utf-8-sig")))
    shares = {row["brand_name"]: float(row["share_last"]) for row in rows}
    items = {
        name: {
            "own": own,
            "largest_competitor": max(s for other, s in shares.items() if other != name),
            "growth": 5.81,
            "market": "juice",
        }
        for name, own in shares.items()
    }
    result = bcg_matrix.analyse(items)
    for item, row in zip(result.items, rows, strict=True):
        assert item.rms == pytest.approx(float(row["relative_share"]), abs=2e-3)
    assert result.counts == {"cash_cow": 1, "dog": 10}
    assert result.contradictions == ()


# Properties -----------------------------------------------------------------------------------------------------


@given(st.floats(0.002, 0.05), st.floats(0.2, 0.7), st.floats(100, 1e6), st.integers(12, 25))
@settings(max_examples=25, deadline=None)
def test_bass_finds_the_curve_that_made_the_data(p, q, m, n):
    assume(math.log(q / p) / (p + q) < n - 2)

    def cumulative(t):
        return m * (1 - math.exp(-(p + q) * t)) / (1 + q / p * math.exp(-(p + q) * t))

    result = bass_diffusion.analyse([cumulative(t) - cumulative(t - 1) for t in range(1, n + 1)])
    assert (result.p, result.q) == pytest.approx((p, q), rel=1e-4)
    assert result.m == pytest.approx(m, rel=1e-4)


@given(st.floats(0.001, 0.1), st.floats(0.11, 1))
def test_the_peak_is_the_highest_point_and_the_others_its_inflections(p, q):
    stage = life_cycle_stage.analyse(p=p, q=q)
    t = np.linspace(max(0, stage.peak_time - 1), stage.peak_time + 1, 2001)
    decay = np.exp(-(p + q) * t)
    density = (p + q) ** 2 / p * decay / (1 + q / p * decay) ** 2
    assert t[density.argmax()] == pytest.approx(stage.peak_time, abs=1.1e-3)
    assert stage.peak_time - stage.t1 == pytest.approx(stage.t2 - stage.peak_time)


def test_bass_before_the_peak_does_not_pretend_to_know_the_market():
    result = bass_diffusion.analyse(VCR[:6], ahead=3)
    assert not result.m_identified
    fixed = bass_diffusion.analyse(VCR[:6], m=70000, ahead=4)
    assert fixed.m_identified
    assert fixed.m == 70000
    low, high = fixed.forecast[3][1:]
    assert low < VCR[9] < high


def test_sales_that_fall_from_the_start():
    result = bass_diffusion.analyse([100, 80, 64, 51.2, 40.96, 32.768, 26.2144])
    assert result.stages.peak_time is None
    assert result.stages.stage == "decline"
    assert result.m == pytest.approx(500, rel=1e-3)


def test_growth_rule_with_a_season():
    year = [1, 2, 3, 2]
    rising = [value * 1.1 ** (at // 4) for at in range(10) for value in [year[at % 4]]]
    series = [level * value for level in (1, 2, 4, 4, 4.01) for value in year]
    result = life_cycle_stage.by_growth(series, season=4, sigma=0.1)
    assert result.stage == "maturity"
    assert "growth" in result.stages
    assert life_cycle_stage.by_growth(rising, sigma=0).n == 10


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
