import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilothouse.methods import MethodError, cronbach_alpha_omega, raking
from tests.methods.cases import close, published, table


def refused(call, *arguments, **options):
    with pytest.raises(MethodError) as refusal:
        call(*arguments, **options)
    return refusal.value.code, refusal.value.field


@published("cronbach_alpha_omega", "attitude")
def test_attitude(case):
    result, wanted = cronbach_alpha_omega.analyse(table(case["inputs"]["file"])), case["expected"]
    omega = wanted.pop("omega")
    assert result.n == omega.pop("n")
    close(result.feldt, wanted.pop("feldt95"), 1e-6, "feldt95")
    close(result, wanted, 1e-6)
    close(result.omega, omega, 1e-5, "omega")


def factor_answers(n, loadings, seed=1):
    chance = random.Random(seed)
    rows = []
    for _ in range(n):
        common = chance.gauss(0, 1)
        rows.append(
            {f"q{i}": load * common + math.sqrt(1 - load**2) * chance.gauss(0, 1) for i, load in enumerate(loadings)}
        )
    return rows


def test_omega_finds_the_loadings_that_made_the_answers():
    loadings = [0.8, 0.7, 0.6, 0.5]
    result = cronbach_alpha_omega.analyse(factor_answers(4000, loadings))
    close(list(result.omega.std_loadings.values()), loadings, 0.05)
    assert result.omega.omega_std == pytest.approx(2.6**2 / (2.6**2 + 4 - sum(x * x for x in loadings)), abs=0.02)
    assert result.omega.p > 0.001


@settings(max_examples=25)
@given(st.integers(0, 10**6), st.floats(0.1, 50), st.floats(-100, 100))
def test_alpha_does_not_know_unit_order_or_direction(seed, factor, shift):
    rows = factor_answers(30, [0.7, 0.6, 0.5], seed)
    result = cronbach_alpha_omega.analyse(rows)
    moved = cronbach_alpha_omega.analyse(
        [{name: factor * value + shift for name, value in row.items()} for row in rows]
    )
    assert moved.raw == pytest.approx(result.raw, abs=1e-6)
    random.Random(seed).shuffle(rows)
    turned = [{**row, "q1": 7 - row["q1"]} for row in rows]
    back = cronbach_alpha_omega.analyse(turned, reverse=["q1"], scale=(0, 7))
    assert back.raw == pytest.approx(result.raw, abs=1e-9)
    assert result.raw <= 1
    assert result.feldt[0] < result.raw < result.feldt[1]
    assert result.omega.heywood or 0 <= result.omega.omega_std <= 1


def test_reliability_missing_two_items_reversed_and_refusals():
    rows = [[1, 2, 3], [2, 3, 3], [3, 3, 4], [4, 5, 5], [None, 1, 1]]
    assert (cronbach_alpha_omega.analyse(rows).n, cronbach_alpha_omega.analyse(rows).missing) == (4, 1)
    two = cronbach_alpha_omega.analyse([row[:2] for row in rows])
    assert (two.omega, two.drop) == (None, {})
    assert two.spearman_brown == pytest.approx(two.std)
    assert "reversed_item" in cronbach_alpha_omega.analyse([[*row[:2], 6 - row[2]] for row in rows]).flags
    analyse = cronbach_alpha_omega.analyse
    assert refused(analyse, []) == ("too_few", "data")
    assert refused(analyse, [[1], [2], [3]]) == ("too_few", "items")
    assert refused(analyse, [[1, 2], [3, 4]]) == ("too_few", "answers")
    assert refused(analyse, [[1, 5], [2, 5], [3, 5]]) == ("constant_item", "1")
    assert refused(analyse, [[1, 5], [2, 4], [3, 3]]) == ("no_variance", "items")
    assert refused(analyse, [[1, "x"], [2, 4], [3, 3]])[0] == "not_a_number"
    assert refused(analyse, rows, reverse=["9"]) == ("not_one_of", "reverse")
    assert refused(analyse, rows, reverse=["1"]) == ("no_scale", "scale")


@published("raking", "survey_api")
def test_raking_the_school_survey(case):
    inputs, wanted = case["inputs"], case["expected"]
    rows = table(inputs["file"])
    result = raking.analyse(rows, margins=inputs["margins"], base_weight=inputs["base_weight"])
    cells = {f"{row['stype']}|{row['sch.wide']}": weight for row, weight in zip(rows, result.weights, strict=True)}
    close(cells, wanted["cell_weights"], 1e-7, "cell_weights")
    close(
        raking.weighted_mean([row["api00"] for row in rows], result.weights), wanted["mean_api00"], 1e-6, "mean_api00"
    )
    close(
        sum(row["enroll"] * w for row, w in zip(rows, result.weights, strict=True)),
        wanted["total_enroll"],
        1e-7,
        "total_enroll",
    )
    close(result, {name: wanted[name] for name in ("ess", "deff_kish")}, 1e-6)


ROWS = st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("xyz")), min_size=6, max_size=60).filter(
    lambda rows: len(set(rows)) == 6  # a full table always has a solution
)


@settings(max_examples=40)
@given(ROWS, st.tuples(*[st.integers(10, 90)] * 3), st.randoms())
def test_raking_meets_every_margin(pairs, goals, chance):
    rows = [{"u": u, "v": v} for u, v in pairs]
    a, x, y = goals
    margins = {"u": {"a": a, "b": 200 - a}, "v": {"x": x, "y": y, "z": 200 - x - y}}
    result = raking.analyse(rows, margins=margins)
    assert result.converged
    for name, one in margins.items():
        for category, goal in one.items():
            got = math.fsum(w for row, w in zip(rows, result.weights, strict=True) if row[name] == category)
            assert got == pytest.approx(goal, rel=1e-6)
    assert result.deff_kish >= 1 - 1e-9
    assert result.ess <= len(rows) + 1e-6
    doubled = raking.analyse([{**row, "w": 2.5} for row in rows], margins=margins, base_weight="w")
    close(doubled.weights, result.weights, 1e-6)
    shares = {name: {c: g / 200 for c, g in one.items()} for name, one in margins.items()}
    close([200 * w for w in raking.analyse(rows, margins=shares).weights], result.weights, 1e-6)


def test_raking_caps_counts_the_missing_and_refuses():
    rows = [{"u": "a"}] * 98 + [{"u": "b"}] * 2
    margins = {"u": {"a": 50, "b": 50}}
    free = raking.analyse(rows, margins=margins)
    assert (free.extreme, free.trimmed, free.converged) == (2, 0, True)
    capped = raking.analyse(rows, margins=margins, cap=5)
    assert capped.trimmed == 2
    assert capped.most <= 5 * sorted(capped.weights)[50] * (1 + 1e-9)
    assert capped.margin_error > 0.1
    assert sum(capped.weights) == pytest.approx(100)
    assert raking.analyse([*rows, {"u": None}], margins=margins).weights[-1] is None
    assert raking.analyse([*rows, {"u": None}], margins=margins).missing == 1
    assert refused(raking.analyse, rows, margins={"u": {"a": 50, "b": 40, "c": 10}}) == ("empty_margin_category", "u")
    assert refused(raking.analyse, rows, margins={"u": {"a": 50}}) == ("unknown_category", "u")
    assert refused(raking.analyse, rows, margins={"u": {"a": 50, "b": 0}, "v": {"x": 9}}) == (
        "margin_totals_differ",
        "v",
    )
    assert refused(raking.analyse, rows, margins={"v": {"x": 9}}) == ("no_such_column", "v")
    assert refused(raking.analyse, rows, margins={}) == ("too_few", "margins")
    assert refused(raking.analyse, [], margins=margins) == ("no_answers", "rows")
    assert refused(raking.analyse, [{"u": None}], margins=margins)[0] == "no_answers"
    assert refused(raking.analyse, [{"u": "a", "w": -1}], margins={"u": {"a": 1}}, base_weight="w") == (
        "too_small",
        "w",
    )
