"""Tornado, Monte Carlo and the formulas they run."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilothouse.methods import MethodError, monte_carlo, npv, tornado
from pilothouse.methods.fitting.draws import inverse, parameters
from pilothouse.methods.fitting.formula import parse

MODEL = "units * (price - cost) - 2500"
DRIVERS = {"units": (800, 1000, 1100), "price": (8, 10, 11), "cost": (5, 6, 9)}


def test_tornado_holds_everything_else_at_its_base():
    result = tornado.analyse(DRIVERS, model=MODEL)
    for bar in result.bars:
        middle = {name: base for name, (_, base, _) in DRIVERS.items()}
        expected = [parse(MODEL)({**middle, bar.driver: end}) for end in (bar.low, bar.high)]
        assert [bar.at_low, bar.at_high] == expected
    assert sum(bar.swing_share for bar in result.bars) == pytest.approx(1)
    assert {bar.driver: bar.zero_at for bar in result.bars}["cost"] == pytest.approx(7.5)


def test_tornado_sees_an_optimum_inside_the_range():
    (bar,) = tornado.analyse({"price": (0, 5, 10)}, model="price * (10 - price)").bars
    assert bar.turns
    assert bar.swing == pytest.approx(25)


def test_chinese_driver_names_and_functions_as_models():
    assert tornado.analyse({"单价": (1, 2, 3)}, model="单价 * 2").base == 4
    assert tornado.analyse({"a": (1, 2, 3)}, model=lambda given: given["a"] ** 2).bars[0].at_high == 9


def test_simulation_agrees_with_the_normal_distribution():
    """A sum of independent normals is normal: mean 30, sd 5, P(< 0 after -32) from the distribution function."""
    result = monte_carlo.analyse(
        {"a": {"dist": "normal", "mean": 10, "sd": 3}, "b": {"dist": "normal", "mean": 20, "sd": 4}},
        model="a + b - 32", trials=200_000, seed=3,
    )  # fmt: skip
    assert abs(result.mean + 2) < 4 * result.mean_se
    assert result.sd == pytest.approx(5, rel=0.01)
    assert result.p_negative == pytest.approx(0.655422, abs=0.005)
    assert list(result.drivers) == ["b", "a"]
    assert result.drivers["b"] == pytest.approx(6 / math.pi * math.asin(0.8 / 2), abs=0.01)


def test_correlation_widens_the_spread():
    spec = {"a": {"dist": "normal", "mean": 0, "sd": 3}, "b": {"dist": "normal", "mean": 0, "sd": 4}}
    result = monte_carlo.analyse(spec, model="a + b", correlations={("a", "b"): 1 - 1e-9}, trials=100_000)
    assert result.sd == pytest.approx(7, rel=0.01)


def test_flows_that_are_certain_give_the_plain_npv():
    result = monte_carlo.analyse([-100, 60, 60], rate=0.1, trials=100)
    assert result.mean == pytest.approx(npv.analyse([-100, 60, 60], rate=0.1).npv)
    assert result.sd == pytest.approx(0, abs=1e-9)


def test_same_seed_same_numbers():
    again = [monte_carlo.analyse({"a": {"dist": "uniform", "low": 0, "high": 1}}, model="a", seed=7) for _ in range(2)]
    assert again[0] == again[1]


@pytest.mark.parametrize(
    ("spec", "mean", "sd"),
    [
        ({"dist": "uniform", "low": 2, "high": 8}, 5, math.sqrt(3)),
        ({"dist": "triangular", "low": 0, "mode": 2, "high": 10}, 4, math.sqrt((0 + 4 + 100 - 0 - 0 - 20) / 18)),
        ({"dist": "triangular", "low": 0, "mode": 0, "high": 3}, 1, math.sqrt(9 / 18)),
        ({"dist": "pert", "low": 0, "mode": 3, "high": 10}, 22 / 6, math.sqrt((22 / 6) * (10 - 22 / 6) / 7)),
        ({"dist": "normal", "mean": -1, "sd": 2}, -1, 2),
        ({"dist": "lognormal", "mean": 5, "sd": 2}, 5, 2),
    ],
)
def test_distributions_have_their_textbook_moments(spec, mean, sd):
    u = (np.arange(200_000) + 0.5) / 200_000
    drawn = inverse(parameters("x", spec), u)
    assert drawn.mean() == pytest.approx(mean, abs=2e-3)
    assert drawn.std() == pytest.approx(sd, rel=2e-3)


@given(st.floats(-5, 5), st.floats(0.1, 5))
def test_formula_is_arithmetic(x, y):
    formula = parse("-x + 2 * y ** 2 / max(y, 0.5) - min(x, y, 1)")
    assert formula({"x": x, "y": y}) == pytest.approx(-x + 2 * y**2 / max(y, 0.5) - min(x, y, 1))


def test_formula_knows_npv_and_annuity():
    assert float(parse("npv(r, -100, 60, 60)")({"r": 0.1})) == pytest.approx(4.1322314)
    assert float(parse("annuity(r, 10)")({"r": 0.0})) == 10
    assert float(parse("annuity(0.1, n)")({"n": 2})) == pytest.approx(1.7355372)


@pytest.mark.parametrize(
    "text",
    ["", "a +", "a.b", "__import__('os')", "(lambda: 1)()", "a[0]", "'x'", "a if b else c", "max()", "open(a)", "min(*a)",
     "a and b", "True", "a := 1", "f'{a}'", "npv(rate=1)", "(" * 300 + "a" + ")" * 300, "a" * 3000, 7],
)  # fmt: skip
def test_nothing_but_arithmetic_gets_through(text):
    with pytest.raises(MethodError) as refused:
        parse(text)
    assert refused.value.code == "bad_formula"


def test_a_power_tower_ends_at_once():
    with pytest.raises(MethodError) as refused:
        tornado.analyse({"a": (1, 2, 3)}, model="9**9**9**9 + a")
    assert refused.value.code == "not_finite"


REFUSED = [
    (lambda: tornado.analyse({}, model="1"), "too_few", "drivers", None),
    (lambda: tornado.analyse({"a": (3, 2, 1)}, model="a"), "out_of_order", "drivers", "a"),
    (lambda: tornado.analyse({"a": (1, 2)}, model="a"), "different_length", "drivers", "a"),
    (lambda: tornado.analyse({"a": (1, 2, 3)}, model="b"), "no_such_driver", "model", "b"),
    (lambda: tornado.analyse({"a": (0, 0, 1)}, model="1 / a"), "not_finite", "model", None),
    (lambda: monte_carlo.analyse({"a": {"dist": "cauchy"}}, model="a"), "not_one_of", "a", "dist"),
    (lambda: monte_carlo.analyse({"a": {"dist": "normal", "mean": 1}}, model="a"), "missing_parameter", "a", "sd"),
    (lambda: monte_carlo.analyse({"a": {"dist": "normal", "mean": 1, "sd": 0}}, model="a"), "too_small", "a", "sd"),
    (lambda: monte_carlo.analyse({"a": {"dist": "uniform", "low": 2, "high": 1}}, model="a"), "out_of_order", "a", "low"),
    (lambda: monte_carlo.analyse({"a": 1}), "give_one_of", "model", None),
    (lambda: monte_carlo.analyse({"a": 1}, model="a", trials=5), "too_small", "trials", None),
    (lambda: monte_carlo.analyse({"a": 1, "b": 2}, model="a", correlations={("a", "c"): 0.5}), "no_such_driver", "correlations", "('a', 'c')"),
    (lambda: monte_carlo.analyse({"a": {"dist": "normal", "mean": 0, "sd": 1}}, model="1 / (a - a)"), "not_finite", "model", None),
]  # fmt: skip


@pytest.mark.parametrize(("call", "code", "field", "row"), REFUSED)
def test_refusals(call, code, field, row):
    with pytest.raises(MethodError) as refused:
        call()
    assert (refused.value.code, refused.value.field, refused.value.row) == (code, field, row)


def test_correlations_that_contradict_each_other():
    spec = {name: {"dist": "normal", "mean": 0, "sd": 1} for name in "abc"}
    with pytest.raises(MethodError) as refused:
        monte_carlo.analyse(spec, model="a", correlations={("a", "b"): 0.9, ("b", "c"): 0.9, ("a", "c"): -0.9})
    assert refused.value.code == "not_positive_definite"
