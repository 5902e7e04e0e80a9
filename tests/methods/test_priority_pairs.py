import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilothouse.methods import MethodError, ahp, bradley_terry
from tests.methods.cases import close, published


def refused(call, *arguments, **options):
    with pytest.raises(MethodError) as refusal:
        call(*arguments, **options)
    return refusal.value.code, refusal.value.field


@published("ahp", "saaty_drinks")
def test_ahp_drinks(case):
    wanted = case["expected"]
    result = ahp.analyse(case["inputs"]["upper_triangle_row_major"], items=case["inputs"]["items"])
    for name in ("weights", "geometric_mean_weights", "normalised_column_mean_weights"):
        close(list(getattr(result, name).values()), wanted[name], 1e-8, name)
    close(result.lambda_max, wanted["lambda_max"], 1e-8, "lambda_max")
    close(result.ci, wanted["CI"], 1e-8, "CI")
    for table in ("saaty1980", "saaty_tran2007"):
        close(ahp.consistency_ratio(result.lambda_max, 7, table), wanted[f"CR_{table}"], 1e-8, f"CR {table}")
    assert (result.cr, result.acceptable, list(result.items)) == (
        ahp.consistency_ratio(result.lambda_max, 7),
        True,
        wanted["items"],
    )
    close([round(w, 3) for w in result.weights.values()], case["published"]["weights"], 5e-4, "printed")


@published("ahp", "ri_tables")
def test_ahp_random_indices(case):
    for name, table in case["expected"].items():
        for n, wanted in table.items():
            got = ahp.RANDOM_INDEX[name][int(n) - 3] if int(n) > 2 else 0
            close(got, wanted, 0, f"{name}.{n}")


@published("ahp", "group_aij_geometric_mean")
def test_ahp_group(case):
    together = ahp.aggregate(case["inputs"]["upper_triangles"])
    close(together, case["expected"]["aggregated"], case["tolerance"], "aggregated")
    result = ahp.analyse(together)
    close(list(result.weights.values()), case["expected"]["weights"], case["tolerance"], "weights")
    close(result.lambda_max, case["expected"]["lambda_max"], case["tolerance"], "lambda_max")


@given(st.lists(st.floats(0.05, 20), min_size=2, max_size=9))
def test_ahp_returns_the_weights_behind_consistent_judgements(weights):
    result = ahp.analyse([[a / b for b in weights] for a in weights])
    close(list(result.weights.values()), [w / sum(weights) for w in weights], 1e-7)
    assert result.cr == pytest.approx(0, abs=1e-7)


@given(st.lists(st.sampled_from(["1/9", "1/3", 1, 2, "5", 9]), min_size=6, max_size=6), st.permutations(range(4)))
def test_ahp_does_not_know_the_order_of_the_items(triangle, order):
    straight = ahp.analyse(triangle, items=tuple("abcd"))
    shuffled = ahp.analyse([[straight.matrix[i][j] for j in order] for i in order], items=["abcd"[i] for i in order])
    close(shuffled.weights, straight.weights, 1e-7)
    assert sum(straight.weights.values()) == pytest.approx(1)
    assert straight.lambda_max >= 4 - 1e-9


def test_ahp_bridges_gaps_and_names_the_worst_judgement():
    full = ahp.analyse([2, 8, 4])
    gap = ahp.analyse([2, None, 4])
    assert gap.missing == 1
    close(list(gap.weights.values()), list(full.weights.values()), 1e-9)
    odd = ahp.analyse([2, 4, "1/8", 2, 4, 2], items=tuple("abcd"))
    assert (odd.worst.item, odd.worst.against, odd.acceptable, odd.flags) == ("a", "d", False, ("inconsistent",))
    assert ahp.analyse([3]).cr == 0


def test_ahp_ideal_mode_keeps_the_order_when_a_copy_comes_in():
    criteria = {"x": 1 / 3, "y": 1 / 3, "z": 1 / 3}
    three = {"x": {"a": 1, "b": 9, "c": 1}, "y": {"a": 9, "b": 1, "c": 1}, "z": {"a": 8, "b": 9, "c": 1}}
    four = {name: {**local, "d": local["b"]} for name, local in three.items()}
    ideal = ahp.synthesise(criteria, four, mode="ideal")
    assert ahp.synthesise(criteria, three)["b"] > ahp.synthesise(criteria, three)["a"]
    assert ahp.synthesise(criteria, four)["b"] < ahp.synthesise(criteria, four)["a"]
    assert ideal["b"] > ideal["a"]


def test_ahp_refuses():
    assert refused(ahp.analyse, []) == ("too_few", "judgements")
    assert refused(ahp.analyse, [1, 2]) == ("not_a_triangle", "judgements")
    assert refused(ahp.analyse, [0, 2, 3]) == ("too_small", "judgements")
    assert refused(ahp.analyse, ["1/0", 2, 3]) == ("not_a_number", "judgements")
    assert refused(ahp.analyse, [math.inf, 2, 3]) == ("not_a_number", "judgements")
    assert refused(ahp.analyse, [[1, 2], [2, 1]]) == ("not_reciprocal", "judgements")
    assert refused(ahp.analyse, [[1, 2], [1]]) == ("different_length", "judgements")
    assert refused(ahp.analyse, [2, None, None]) == ("not_connected", "judgements")
    assert refused(ahp.analyse, [2, 3, 4], items=("a", "b")) == ("different_length", "items")
    assert refused(ahp.analyse, [1] * 120) == ("too_many_items", "judgements")


@published("bradley_terry", "stigler_citations")
def test_bradley_terry_journals(case):
    result = bradley_terry.analyse(case["inputs"]["wins"], reference=case["inputs"]["reference"])
    close(result, case["expected"], 1e-6)
    close(
        [result.ability[name] for name in ("Comm Statist", "JASA", "JRSS-B")],
        case["published"]["coef"],
        5e-6,
        "printed",
    )
    assert result.transitive == 1


@published("bradley_terry", "no_mle")
def test_bradley_terry_says_when_no_finite_scale_exists(case):
    result = bradley_terry.analyse(case["inputs"]["wins"])
    close(result, {"mle_exists": case["expected"]["mle_exists"]})
    assert (result.pseudo_wins, result.order) == (0.5, ("A", "B", "C"))
    assert all(math.isfinite(value) for value in result.ability.values())


WINS = st.lists(
    st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd"), st.integers(1, 9)).filter(lambda w: w[0] != w[1]),
    min_size=1,
    max_size=15,
)


@given(WINS, st.randoms())
def test_bradley_terry_invariants(wins, chance):
    result = bradley_terry.analyse(wins)
    shuffled = wins[:]
    chance.shuffle(shuffled)
    other = bradley_terry.analyse(shuffled)
    close(other.shares, result.shares, 1e-6)
    assert sum(result.shares.values()) == pytest.approx(1)
    for name, share in result.shares.items():
        assert 0 <= result.shares_ci[name][0] <= share + 1e-12
        assert share - 1e-12 <= result.shares_ci[name][1] <= 1
    if result.mle_exists:  # the score equations: expected wins are wins
        for name in result.items:
            played = [(a, b, n) for a, b, n in wins if name in (a, b)]
            expected = sum(n * bradley_terry.probability(result, name, b if a == name else a) for a, b, n in played)
            assert expected == pytest.approx(sum(n for a, _, n in played if a == name), rel=1e-6, abs=1e-6)


def test_bradley_terry_agrees_with_a_binomial_glm():
    import numpy as np
    import statsmodels.api as sm

    games = [("a", "b", 7, 3), ("a", "c", 6, 6), ("b", "c", 2, 9), ("c", "d", 5, 4), ("a", "d", 1, 3)]
    result = bradley_terry.analyse([{"player1": a, "player2": b, "win1": x, "win2": y} for a, b, x, y in games])
    design = np.array([[(k == a) - (k == b) for k in "bcd"] for a, b, _, _ in games], dtype=float)
    glm = sm.GLM(np.array([g[2:] for g in games]), design, family=sm.families.Binomial()).fit(tol=1e-12)
    close([result.ability[k] for k in "bcd"], glm.params.tolist(), 1e-7)
    close([result.se[k] for k in "bcd"], glm.bse.tolist(), 1e-6)
    assert result.residual_deviance == pytest.approx(glm.deviance)


def test_bradley_terry_ties_circles_and_refusals():
    circle = bradley_terry.analyse([("a", "b"), ("b", "c"), ("c", "a"), {"player1": "a", "player2": None}])
    assert (circle.transitive, circle.missing) == (0, 1)
    close(list(circle.shares.values()), [1 / 3] * 3, 1e-9)
    tied = bradley_terry.analyse([{"player1": "a", "player2": "b", "win1": 2, "win2": 2, "ties": 4}])
    assert tied.shares == {"a": 0.5, "b": 0.5}
    assert refused(bradley_terry.analyse, []) == ("too_few", "wins")
    assert refused(bradley_terry.analyse, [("a", "a", 1)]) == ("same_item", "player2")
    assert refused(bradley_terry.analyse, [("a", "b", -1)]) == ("too_small", "win1")
    assert refused(bradley_terry.analyse, [("a", "b", 0)]) == ("no_answers", "wins")
    assert refused(bradley_terry.analyse, [("a", "b", 1)], reference="z") == ("not_one_of", "reference")
