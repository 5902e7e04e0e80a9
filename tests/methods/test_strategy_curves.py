"""The Bass curve, the stage of a life cycle, and a real portfolio."""

from __future__ import annotations

import csv
import json
import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pilothouse.methods import (
    bass_diffusion,
    bcg_matrix,
    life_cycle_stage,
)
from tests.datasets import dataset, rows_of
from tests.methods.cases import close, published

VCR = [840, 1470, 2110, 4000, 7590, 10950, 10530, 9470, 7790, 5890]


@published("bass_diffusion")
def test_vcr(case):
    expected = dict(case["expected"])
    result = bass_diffusion.analyse(case["inputs"]["sales"])
    close(result.stages, expected.pop("stages_srinivasan_mason"), case["tolerance"], "stages")
    close(result, expected, case["tolerance"])
    assert result.m_identified


@pytest.mark.parametrize("name", ["room air conditioners", "color televisions", "clothes dryers"])
def test_durables_of_srinivasan_and_mason(name):
    folder = dataset("bass_durables")
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
    rows = rows_of("bcg_orange_juice", "bcg_expected.csv")
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
