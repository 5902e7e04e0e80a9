"""Usability findings: their severity, and how many of the problems were found."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilothouse.methods import (
    brier,
    decision_tree,
    heuristic_severity,
    topsis,
    usability_discovery,
    weighted_decision_matrix,
)
from tests.methods.cases import close, published

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"


LUMBER = {"large": [200000, -180000], "small": [100000, -20000], "none": [0, 0]}


scores = st.integers(2, 5).flatmap(
    lambda m: st.lists(st.lists(st.floats(0, 10), min_size=m, max_size=m), min_size=2, max_size=5)
)


@published("heuristic_severity")
def test_severity_published(case):
    close(heuristic_severity.analyse(**case["inputs"]).problems, case["expected"], case["tolerance"])


def test_severity_with_gaps():
    result = heuristic_severity.analyse({"a": [4, None, 2], "b": [None, None, None], "c": [3, 3, 3]})
    assert (result.order, result.unrated) == (("a", "c"), ("b",))
    assert (result.problems["a"].missing, result.problems["a"].few) == (1, True)
    assert heuristic_severity.analyse({"a": [2], "b": [3]}).alpha is None


def test_ordinal_agreement_is_krippendorffs_canonical_figure():
    """Krippendorff 2011, four observers and twelve units: ordinal alpha .815."""
    from pilothouse.methods._agreement import ordinal_alpha

    observers = [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
        [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
    ]
    units = [[grade for grade in unit if grade is not None] for unit in zip(*observers, strict=True)]
    assert ordinal_alpha(units) == pytest.approx(0.8154, abs=5e-5)


@published("usability_discovery", "nielsen_landauer")
def test_discovery_curve(case):
    got = [usability_discovery.found(case["inputs"]["p"], n) for n in case["inputs"]["n"]]
    close({"found": got}, case["expected"], case["tolerance"])


@published("usability_discovery", "lewis_2001_adjustment")
def test_discovery_adjusted(case):
    close(usability_discovery.analyse(**case["inputs"]), case["expected"], case["tolerance"])


@given(st.floats(0.01, 0.99), st.floats(0.01, 0.99))
def test_users_needed_is_the_smallest_number(p, share):
    n = usability_discovery.users_needed(p, share)
    assert usability_discovery.found(p, n) >= share - 1e-9
    assert n == 1 or usability_discovery.found(p, n - 1) < share


def test_discovery_not_estimable_where_every_problem_was_seen_once():
    result = usability_discovery.analyse([[1, 0, 0], [0, 1, 0]])
    assert (result.unseen, result.problems, result.singletons) == (1, 2, 2)
    assert result.p_deflation == 0
    assert usability_discovery.found(1.0, 3) == 1.0
    assert usability_discovery.users_needed(1.0, 0.9) == 1


def test_discovery_on_the_jupyterlab_sessions():
    """Real sessions: a subtask failed at first is a problem met; all twenty users see nearly all there is."""
    path = DATA / "usability_test_jupyterlab" / "jupyterlab_ux_tasks.csv"
    if not path.exists():
        pytest.skip("shared/data/usability_test_jupyterlab is not here")
    rows = list(csv.DictReader(path.open(encoding="utf-8-sig")))
    for row in rows:
        row["first_success"] = row["first_success"].strip().rstrip("?")
    scored = [row for row in rows if row["first_success"] in ("Y", "N")]
    assert len(scored) == 1443
    assert sum(row["first_success"] == "Y" for row in scored) / 1443 == pytest.approx(0.7110, abs=5e-5)
    users, tasks = (sorted({row[key] for row in scored}) for key in ("code_name", "subtask"))
    failed = {(row["code_name"], row["subtask"]) for row in scored if row["first_success"] == "N"}
    result = usability_discovery.analyse([[int((user, task) in failed) for task in tasks] for user in users])
    assert result.users == 20
    assert 0 < result.p_adj < result.p_est
    assert result.found_so_far > 0.9


MATRIX = weighted_decision_matrix.analyse


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
