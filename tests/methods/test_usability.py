"""Usability findings: their severity, and how many of the problems were found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilothouse.methods import (
    heuristic_severity,
    usability_discovery,
)
from tests.datasets import rows_of
from tests.methods.cases import close, published


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
    from pilothouse.methods.shared.agreement import ordinal_alpha

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
    rows = rows_of("usability_test_jupyterlab", "jupyterlab_ux_tasks.csv")
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
