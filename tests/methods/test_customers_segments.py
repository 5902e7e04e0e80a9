"""Segments and classes of customers: published figures, invariants, and refusals."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilothouse.methods import (
    MethodError,
    abc_pareto,
    health_score,
    k_prototypes,
    kmeans_silhouette,
    latent_class,
    rfm,
)
from pilothouse.methods.fitting.clusters import adjusted_rand
from tests.methods.cases import close, published, table

KMEANS, LCA = kmeans_silhouette.analyse, latent_class.analyse
REFUSED = [
    (lambda: KMEANS([]), "too_few", "data", None),
    (lambda: KMEANS([[1, 2]], ks=[2]), "constant", "0", None),
    (lambda: KMEANS([[1, 2], [3, 4]], ks=[2]), "too_many_clusters", "ks", None),
    (lambda: KMEANS([[1], [1], [1], [2]], ks=[3]), "too_many_clusters", "ks", None),
    (lambda: KMEANS([[1, "x"], [2, 3], [4, 5]]), "not_a_number", "1", 0),
    (lambda: KMEANS([[1, math.inf], [2, 3], [4, 5]]), "not_a_number", "1", 0),
    (lambda: KMEANS([[1], [2], [3]], ks=[1]), "too_small", "ks", 0),
    (lambda: KMEANS([[1], [2]], columns=["z"]), "no_such_column", "columns", "z"),
    (lambda: k_prototypes.analyse([[1, "a"]], numeric=[0], categorical=[1], k=2), "too_many_clusters", "k", None),
    (lambda: k_prototypes.analyse([[1, "a"]], numeric=[], categorical=[1], k=2), "too_few", "numeric", None),
    (lambda: k_prototypes.analyse([["q", "a"]], numeric=[0], categorical=[1], k=2), "not_a_number", "0", 0),
    (lambda: LCA([{"a": 1, "b": 1}, {"a": 1, "b": 2}], nclass=2), "constant", "a", None),
    (lambda: LCA([[1, 2], [2, 1]], nclass=0), "too_small", "nclass", None),
    (lambda: LCA([[1, 2], [2, 1]], nclass=5), "too_few", "rows", None),
    (lambda: LCA([{"a": 1, "n": -1}, {"a": 2, "n": 1}], nclass=1, frequency="n"), "too_small", "n", 0),
    (lambda: rfm.analyse([], analysis_date="2024-01-01"), "too_few", "orders", None),
    (lambda: rfm.analyse([("a", "x", 1)], analysis_date="2024-01-01"), "not_a_date", "order_date", 0),
    (lambda: rfm.analyse([("a", "2023-01-01", "x")], analysis_date="2024-01-01"), "not_a_number", "revenue", 0),
    (lambda: rfm.analyse([("a", "2025-01-01", 1)], analysis_date="2024-01-01"), "too_few", "orders", None),
    (lambda: abc_pareto.analyse({}), "no_items", "items", None),
    (lambda: abc_pareto.analyse({"a": 0}), "all_zero", "items", None),
    (lambda: abc_pareto.analyse({"a": "x"}), "not_a_number", "value", "a"),
    (lambda: abc_pareto.analyse([{"id": 1, "value": 1}, {"id": 1, "value": 2}]), "duplicate", "id", 1),
    (lambda: abc_pareto.analyse({"a": 1}, cuts=(0.9, 0.5)), "out_of_order", "cuts", None),
    (lambda: health_score.analyse({}, weights={"a": 1}), "too_few", "accounts", None),
    (lambda: health_score.analyse({"x": {"a": 101}}, weights={"a": 1}), "too_large", "a", "x"),
    (lambda: health_score.analyse({"x": {"a": 1}}, weights={"a": 0}), "all_zero", "weights", None),
    (lambda: health_score.analyse({"x": {"a": 1}}, weights={"a": 1}, bands=(70, 40)), "out_of_order", "bands", None),
]


@published("kmeans_silhouette")
def test_iris(case):
    inputs = case["inputs"]
    result = kmeans_silhouette.analyse(
        table(inputs["file"]), columns=inputs["columns"], scale=inputs["scale"], ks=[2, 3, 4], resamples=2, n_init=10
    )
    for k, expected in case["expected"]["by_k"].items():
        close(result.by_k[int(k)], expected, case["tolerance"], f"by_k.{k}")
    assert result.best_k_by_silhouette == case["expected"]["best_k_by_silhouette"]
    assert result.by_k[2].stable


def test_clusters_do_not_depend_on_the_order_of_rows():
    rng = np.random.default_rng(5)
    rows = np.concatenate([rng.normal(at, 0.3, (12 + 3 * at, 2)) for at in range(3)])
    order = rng.permutation(len(rows))
    one, other = (kmeans_silhouette.analyse(data, ks=[3], resamples=0) for data in (rows, rows[order]))
    assert one.by_k[3].sizes == other.by_k[3].sizes == (12, 15, 18)
    assert np.array_equal(np.array(one.by_k[3].labels)[order], other.by_k[3].labels)
    assert one.by_k[3].inertia == pytest.approx(other.by_k[3].inertia)


def test_noise_is_not_called_stable():
    rows = np.random.default_rng(2).normal(size=(80, 3))
    assert not kmeans_silhouette.analyse(rows, ks=[5], resamples=6, n_init=10).by_k[5].stable


def test_centres_are_in_the_units_given_and_gaps_are_counted():
    rows = [{"a": 1, "b": 100}, {"a": 1, "b": 110}, {"a": 9, "b": 900}, {"a": 9, "b": 910}, {"a": None, "b": 1}]
    result = kmeans_silhouette.analyse(rows, ks=[2], resamples=0)
    assert (result.n, result.missing, result.rows) == (4, 1, (0, 1, 2, 3))
    assert sorted(centre["b"] for centre in result.by_k[2].centres) == [105, 905]


labels = st.lists(st.integers(0, 3), min_size=2, max_size=30)


@given(labels, st.randoms())
@settings(deadline=None)
def test_adjusted_rand_agrees_with_sklearn(left, random):
    metrics = pytest.importorskip("sklearn.metrics")
    right = [random.randint(0, 2) for _ in left]
    expected = metrics.adjusted_rand_score(left, right)
    assert adjusted_rand(np.array(left), np.array(right)) == pytest.approx(expected, abs=1e-12)


@published("k_prototypes")
def test_stocks(case):
    result = k_prototypes.analyse(**case["inputs"])
    expected = dict(case["expected"])
    close(result.gamma, expected.pop("gamma_default_half_sd"), case["tolerance"], "gamma")
    assert sorted(map(list, result.partition)) == sorted(expected.pop("partition"))
    close(result, expected, case["tolerance"])


def test_prototypes_with_gaps_and_scale():
    rows = [{"x": 1, "c": "a"}, {"x": 2, "c": "a"}, {"x": None, "c": "b"}, {"x": 90, "c": "b"}, {"x": 91, "c": "b"}]
    result = k_prototypes.analyse(rows, numeric=["x"], categorical=["c"], k=2, scale=True, n_init=4)
    assert result.partition == ((0, 1), (3, 4))
    assert (result.missing, result.gamma) == (1, pytest.approx(0.5))
    assert result.centres[1] == {"x": 90.5, "c": "b"}


@published("latent_class")
def test_values(case):
    result = latent_class.analyse(
        table(case["inputs"]["file"]), nclass=case["inputs"]["nclass"], frequency="n", resamples=5
    )
    close(result, case["expected"], case["tolerance"])
    assert result.identified
    assert result.replicated > 0.5


def test_latent_classes_agree_with_stepmix():
    """On eight questions with three answers and three classes, a different program comes to the same likelihood."""
    stepmix = pytest.importorskip("stepmix.stepmix")
    rng = np.random.default_rng(4)
    chances = rng.dirichlet([0.6] * 3, size=(3, 6))
    kinds = rng.choice(3, size=400, p=[0.5, 0.3, 0.2])
    rows = np.array([[rng.choice(3, p=chances[kind, q]) for q in range(6)] for kind in kinds])
    ours = latent_class.analyse(rows, nclass=3, resamples=0)
    theirs = stepmix.StepMix(
        n_components=3,
        measurement="categorical",
        n_init=10,
        random_state=1,
        max_iter=3000,
        abs_tol=1e-10,
        progress_bar=0,
    )
    theirs.fit(rows)
    assert ours.loglik >= theirs.score(rows) * 400 - 1e-3
    assert ours.bic == pytest.approx(theirs.bic(rows), abs=0.02)
    assert ours.class_shares_desc == pytest.approx(sorted(theirs.get_parameters()["weights"], reverse=True), abs=5e-3)


def test_one_class_is_independence():
    rows = [{"a": a, "b": b} for a, b in [(1, 1), (1, 2), (2, 1), (2, 2), (1, 1), (2, 1)]]
    result = latent_class.analyse(rows, nclass=1)
    assert result.probabilities["a"][1] == pytest.approx((0.5,))
    assert result.loglik == pytest.approx(6 * math.log(0.5) + 4 * math.log(4 / 6) + 2 * math.log(2 / 6))
    assert result.stability is None


def test_frequencies_are_the_same_as_repeated_rows():
    patterns = [
        ({"a": 1, "b": 1, "c": 2}, 5),
        ({"a": 2, "b": 2, "c": 1}, 7),
        ({"a": 1, "b": 2, "c": 2}, 3),
        ({"a": 2, "b": 1, "c": 1}, 4),
    ]
    short = latent_class.analyse([{**row, "n": n} for row, n in patterns], nclass=2, frequency="n", resamples=0)
    long = latent_class.analyse([row for row, n in patterns for _ in range(n)], nclass=2, resamples=0)
    assert short.loglik == pytest.approx(long.loglik, abs=1e-6)
    assert not short.identified or short.resid_df >= 0
    assert len(long.labels) == 19


def test_gaps_are_missing_at_random():
    rng = np.random.default_rng(8)
    rows = [[1 + int(rng.random() < (0.9 if kind else 0.1)) for _ in range(5)] for kind in rng.integers(0, 2, 300)]
    for at in range(0, 300, 10):
        rows[at][at % 5] = None
    rows.append([None] * 5)
    result = latent_class.analyse(rows, nclass=2, resamples=0)
    assert (result.partly_missing, result.missing, result.Gsq) == (30, 1, None)
    assert result.class_shares_desc == pytest.approx((0.5, 0.5), abs=0.1)
    assert result.relative_entropy > 0.8


def test_choosing_the_number_of_classes():
    rows = list(table("lca_values.csv"))
    found = latent_class.choose(rows, classes=[1, 2, 3], frequency="n", n_init=10)
    assert min(found, key=lambda k: found[k].bic) == 2


@pytest.mark.parametrize(("call", "code", "field", "row"), REFUSED)
def test_refusals(call, code, field, row):
    with pytest.raises(MethodError) as refused:
        call()
    assert (refused.value.code, refused.value.field, refused.value.row) == (code, field, row)


def test_without_the_extra_the_method_says_which_one(monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "sklearn.cluster", None)
    with pytest.raises(MethodError) as refused:
        KMEANS([[1, 2], [2, 3], [9, 9]], ks=[2])
    assert (refused.value.code, refused.value.details["extra"]) == ("needs_extra", "analysis")
