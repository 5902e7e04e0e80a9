"""Decisions and usability inspection: published figures, invariants, and refusals."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pilothouse.methods import (
    MethodError,
    brier,
    decision_tree,
    heuristic_severity,
    topsis,
    usability_discovery,
    weighted_decision_matrix,
)
from tests.methods.cases import close, published

REFUSED = [
    (lambda: MATRIX([], weights=[1]), "too_few", "scores", None),
    (lambda: MATRIX([[1, 2]], weights=[0, 0]), "all_zero", "weights", None),
    (lambda: MATRIX([[1, 2]], weights=[1, -1]), "too_small", "weights", 1),
    (lambda: MATRIX([[1, 2]], weights=[1]), "different_length", "weights", None),
    (lambda: MATRIX([[1, 2], [1]], weights=[1, 1]), "different_length", "scores", 1),
    (lambda: MATRIX([[1, math.nan]], weights=[1, 1]), "not_a_number", "scores", 0),
    (lambda: MATRIX([[1, 2], [1, 3]], weights=[1, 1], alternatives=["x", "x"]), "duplicate", "alternatives", None),
    (lambda: MATRIX({"a": {"q": 1}}, weights=[1]), "criteria_unnamed", "weights", None),
    (lambda: MATRIX({"a": {"q": 1}}, weights={"r": 1}), "not_a_number", "r", 0),
    (lambda: decision_tree.analyse({}), "too_few", "payoff", None),
    (lambda: decision_tree.analyse({"a": [1, 2], "b": [1]}), "different_length", "b", None),
    (lambda: decision_tree.analyse(LUMBER, p=[0.5, 0.6]), "not_summing_to_one", "p", None),
    (lambda: decision_tree.analyse(LUMBER, p=[1.5, -0.5]), "too_large", "p", 0),
    (
        lambda: decision_tree.information(LUMBER, p=[0.5, 0.5], likelihood={"+": [1, 0.5]}),
        "not_summing_to_one",
        "likelihood",
        None,
    ),
    (lambda: decision_tree.roll_back({"decide": {"a": {"chance": 3}}}), "not_a_mapping", "chance", None),
    (lambda: decision_tree.roll_back({"decide": {"a": 7}}), "not_a_node", "tree", "a"),
    (lambda: topsis.analyse([[1, 2]], weights=[1, 1]), "too_few", "matrix", None),
    (lambda: topsis.analyse([[1], [2]], weights=[1], normalisation="max"), "not_one_of", "normalisation", None),
    (lambda: topsis.analyse([[1], [2]], weights=[1], benefit=[2]), "too_large", "benefit", 0),
    (lambda: brier.analyse([0.5], []), "too_few", "outcomes", None),
    (lambda: brier.analyse([0.5, 0.6], [1]), "different_length", "outcomes", None),
    (lambda: brier.analyse([1.2], [1]), "too_large", "probabilities", 0),
    (lambda: brier.analyse([0.2], [2]), "not_one_of", "outcomes", 0),
    (lambda: brier.analyse([0.2], [None]), "too_few", "outcomes", None),
    (lambda: heuristic_severity.analyse({}), "too_few", "ratings", None),
    (lambda: heuristic_severity.analyse({"a": [5]}), "too_large", "a", 0),
    (lambda: heuristic_severity.analyse({"a": [1.5]}), "not_whole", "a", 0),
    (lambda: heuristic_severity.analyse({"a": [None]}), "too_few", "ratings", None),
    (lambda: usability_discovery.analyse([[1]]), "too_few", "matrix", None),
    (lambda: usability_discovery.analyse([[0], [0]]), "no_problems", "matrix", None),
    (lambda: usability_discovery.analyse([[2], [0]]), "not_one_of", "matrix", 0),
    (lambda: usability_discovery.found(0, 5), "too_small", "p", None),
    (lambda: usability_discovery.users_needed(0.3, 1), "too_large", "share", None),
]


MATRIX = weighted_decision_matrix.analyse


LUMBER = {"large": [200000, -180000], "small": [100000, -20000], "none": [0, 0]}


@published("weighted_decision_matrix")
def test_matrix_published(case):
    result = weighted_decision_matrix.analyse(**case["inputs"])
    expected = dict(case["expected"])
    close(list(result.totals.values()), expected.pop("totals"), case["tolerance"], "totals")
    close(result, expected, case["tolerance"])


scores = st.integers(2, 5).flatmap(
    lambda m: st.lists(st.lists(st.floats(0, 10), min_size=m, max_size=m), min_size=2, max_size=5)
)


@given(scores, st.data())
@settings(max_examples=50)
def test_each_delta_makes_its_pair_tie(table, data):
    weights = data.draw(st.lists(st.floats(0.01, 1), min_size=len(table[0]), max_size=len(table[0])))
    result = weighted_decision_matrix.analyse(table, weights=weights, draws=10)
    for delta in result.delta.values():
        if delta.abs is not None and abs(delta.abs) < 1e6:
            changed = [w - delta.abs if f"C{k + 1}" == delta.criterion else w for k, w in enumerate(weights)]
            rows = [table[int(name[1:]) - 1] for name in (delta.first, delta.second)]
            left, right = (math.fsum(w * x for w, x in zip(changed, row, strict=True)) for row in rows)
            assert math.isclose(left, right, rel_tol=1e-6, abs_tol=1e-6)


@given(scores, st.data())
@settings(max_examples=50)
def test_the_best_stays_best_exactly_within_its_interval(table, data):
    weights = data.draw(st.lists(st.floats(0.05, 1), min_size=len(table[0]), max_size=len(table[0])))
    result = weighted_decision_matrix.analyse(table, weights=weights, draws=10)
    for k in range(len(weights)):
        low, high = result.best_holds[f"C{k + 1}"]
        for share, inside in ((low + 1e-6, True), (high - 1e-6, True), (low - 1e-4, False), (high + 1e-4, False)):
            if not 0 <= share <= 1 or (inside and not low < share < high):
                continue
            others = sum(weights) - weights[k]
            moved = [share if at == k else w / others * (1 - share) for at, w in enumerate(weights)]
            totals = np.array(table) @ moved
            ahead = totals[int(result.order[0][1:]) - 1] - totals.max()
            assert (ahead >= -1e-9) if inside else (ahead <= 1e-9)


def test_matrix_by_name_with_a_cost_criterion():
    result = weighted_decision_matrix.analyse(
        {"甲": {"价格": 9, "质量": 6}, "乙": {"价格": 5, "质量": 6}},
        weights={"质量": 0.5, "价格": 0.5},
        benefit={"价格": False},
    )
    assert result.order == ("乙", "甲")
    assert result.win_share == {"甲": 0.0, "乙": 1.0}


def test_matrix_ties_and_equal_options():
    result = weighted_decision_matrix.analyse([[1, 2], [1, 2]], weights=[1, 1])
    assert result.ties == (("A1", "A2"),)
    assert result.percent_any_most_critical is None
    assert result.best_holds["C1"] == (0.0, 1.0)


@published("decision_tree")
def test_decision_published(case):
    result = decision_tree.analyse(**case["inputs"])
    expected = dict(case["expected"])
    close(result.hurwicz, expected.pop("hurwicz_alpha_0_8"), case["tolerance"], "hurwicz")
    close(result, expected, case["tolerance"])


def test_survey_is_worth_19000_to_thompson_lumber():
    """The textbook prints 19,200: it rounds the posteriors 7/9 and 3/11 to .78 and .27 before multiplying."""
    survey = decision_tree.information(LUMBER, p=[0.5, 0.5], likelihood={"+": [0.7, 0.2], "-": [0.3, 0.8]}, cost=10000)
    assert survey.ev_with_si == pytest.approx(59000)
    assert survey.evsi == pytest.approx(19000)
    assert survey.efficiency == pytest.approx(19 / 60)
    assert survey.net == pytest.approx(9000)


def test_the_rolled_back_tree_gives_the_same_as_the_table():
    branch = {
        "decide": {
            name: {"chance": {"up": (0.5, {"value": a}), "down": (0.5, {"value": b})}}
            for name, (a, b) in LUMBER.items()
        }
    }
    rolled = decision_tree.roll_back({"decide": {"go": {**branch, "cost": 1000}, "stop": {"value": 0}}})
    assert rolled.value == 39000
    assert rolled.policy == {(): "go", ("go",): "small"}


payoffs = st.lists(st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=3), min_size=2, max_size=4)


chances = st.lists(st.floats(0.01, 1), min_size=3, max_size=3).map(lambda raw: [x / sum(raw) for x in raw])


@given(payoffs, chances, st.lists(st.floats(0, 1), min_size=3, max_size=3))
def test_information_is_worth_between_nothing_and_perfection(rows, p, likelihood):
    payoff = {f"a{at}": row for at, row in enumerate(rows)}
    assume(abs(sum(p) - 1) < 1e-9)
    result = decision_tree.analyse(payoff, p=p)
    test = decision_tree.information(payoff, p=p, likelihood={"yes": likelihood, "no": [1 - x for x in likelihood]})
    assert -1e-6 <= test.evsi <= result.evpi + 1e-6
    assert min(result.expected_regret.values()) == pytest.approx(result.evpi, abs=1e-6)


@published("topsis")
def test_topsis_published(case):
    result = topsis.analyse(**case["inputs"])
    close(result, case["expected"], case["tolerance"])
    close(result.closeness, case["published"], 5e-4, "closeness")


@given(scores, st.floats(0.1, 100))
@settings(max_examples=50)
def test_topsis_does_not_mind_units(table, scale):
    weights = [1.0] * len(table[0])
    plain = topsis.analyse(table, weights=weights)
    scaled = topsis.analyse([[row[0] * scale, *row[1:]] for row in table], weights=weights)
    assert all(0 <= value <= 1 for value in plain.closeness)
    if min(abs(row[0]) for row in table) > 1e-3:
        assert scaled.closeness == pytest.approx(plain.closeness, abs=1e-6)


def test_topsis_with_nothing_to_choose():
    result = topsis.analyse([[1, 0], [1, 0], [1, 0]], weights=[1, 1])
    assert (result.closeness, result.all_equal, result.dropped) == ((0.5, 0.5, 0.5), True, ("C2",))


forecasts = st.lists(st.tuples(st.integers(0, 20).map(lambda n: n / 20), st.booleans()), min_size=1, max_size=60)


@given(forecasts)
def test_brier_decomposes(said):
    result = brier.analyse([p for p, _ in said], [int(o) for _, o in said], bins=20)
    assert result.brier == pytest.approx(
        result.reliability - result.resolution + result.uncertainty + result.within, abs=1e-12
    )
    assert sum(one.n for one in result.bins) == result.n
    assert 0 <= result.brier <= 1


def test_brier_agrees_with_sklearn():
    metrics = pytest.importorskip("sklearn.metrics")
    rng = np.random.default_rng(1)
    said = rng.random(500)
    happened = (rng.random(500) < said).astype(int)
    result = brier.analyse(said.tolist(), happened.tolist())
    assert result.brier == pytest.approx(metrics.brier_score_loss(happened, said), abs=1e-12)
    assert result.log_score == pytest.approx(metrics.log_loss(happened, said), abs=1e-9)
    assert result.tendency == "calibrated"


def test_tendencies():
    assert brier.analyse([0.9] * 40, [1] * 20 + [0] * 20).tendency == "too_high"
    assert brier.analyse([0.1] * 40, [1] * 20 + [0] * 20).tendency == "too_low"
    assert brier.analyse([0.05, 0.95] * 40, [1, 0, 0, 1] * 20).tendency == "too_extreme"
    assert brier.analyse([0.4, 0.6] * 80, [0, 1] * 80).tendency == "too_timid"
    assert brier.analyse([1.0], [0]).log_score == math.inf


@pytest.mark.parametrize(("call", "code", "field", "row"), REFUSED)
def test_refusals(call, code, field, row):
    with pytest.raises(MethodError) as refused:
        call()
    assert (refused.value.code, refused.value.field, refused.value.row) == (code, field, row)
