"""Positioning maps: published figures, real tables, invariants, and refusals."""

from __future__ import annotations

import csv
import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pilothouse.methods import MethodError, correspondence_analysis, mds, pca_map
from tests.datasets import dataset
from tests.methods.cases import close, published, table


def real(name, file):
    return list(csv.reader(dataset(name, file).open(encoding="utf-8-sig")))


def absolute(points):
    return {name: [abs(value) for value in point] for name, point in points.items()}


# Correspondence analysis ----------------------------------------------------------------------------------------


@published("correspondence_analysis")
def test_smoke(case):
    result = correspondence_analysis.analyse(**case["inputs"])
    expected = dict(case["expected"])
    close(result.pct, expected.pop("pct"), 0.005, "pct")
    close(absolute(result.row_principal), expected.pop("row_principal_abs"), case["tolerance"], "row_principal_abs")
    close(absolute(result.col_principal), expected.pop("col_principal_abs"), case["tolerance"], "col_principal_abs")
    close(result, expected, case["tolerance"])


@pytest.mark.parametrize(
    ("name", "file", "total", "pct"),
    [
        ("perceptual_cola", "colaperceptionslarge.csv", 0.33704, [55.227, 26.151, 13.932]),
        ("perceptual_cars_switching", "carswitch.csv", 4.20951, [10.733, 8.857, 8.141]),
    ],
)
def test_real_brand_tables(name, file, total, pct):
    head, *body = real(name, file)
    result = correspondence_analysis.analyse(
        [[float(cell) for cell in row[1:]] for row in body], rows=[row[0] for row in body], cols=head[1:]
    )
    assert result.total_inertia == pytest.approx(total, abs=5e-6)
    assert result.pct[:3] == pytest.approx(pct, abs=5e-4)


def test_tea_drinkers_as_factominer_prints_them():
    head, *body = real("segmentation_tea", "tea.csv")
    data = {name: [row[at] for row in body] for at, name in enumerate(head)}
    result = correspondence_analysis.multiple(data, columns=head[:18])
    assert result.n == 300 * 18
    assert result.principal_inertias[:5] == pytest.approx([0.1483, 0.1215, 0.0900, 0.0781, 0.0737], abs=5e-5)
    assert result.pct[:5] == pytest.approx([9.885, 8.103, 6.001, 5.204, 4.917], abs=5e-4)


counts = st.integers(2, 5).flatmap(
    lambda m: st.lists(st.lists(st.integers(0, 40), min_size=m, max_size=m), min_size=2, max_size=6)
)


@given(counts)
@settings(max_examples=80, deadline=None)
def test_inertia_is_chi_square_and_the_table_is_rebuilt(given_counts):
    values = np.array(given_counts, dtype=float)
    kept = values[values.sum(1) > 0][:, values.sum(0) > 0]
    assume(kept.size and min(kept.shape) > 1)
    result = correspondence_analysis.analyse(values, dimensions=9)
    from scipy.stats import chi2_contingency

    assert result.chi2 == pytest.approx(chi2_contingency(kept, correction=False).statistic, abs=1e-8)
    r, c = kept.sum(1) / kept.sum(), kept.sum(0) / kept.sum()
    rows, cols = np.array(list(result.row_principal.values())), np.array(list(result.col_standard.values()))
    assert kept == pytest.approx(kept.sum() * np.outer(r, c) * (1 + rows @ cols.T), abs=1e-7)
    for axis, inertia in enumerate(result.principal_inertias):
        assert sum(r * rows[:, axis] ** 2) == pytest.approx(inertia, abs=1e-9)


@given(counts, st.randoms())
@settings(max_examples=40, deadline=None)
def test_order_of_rows_does_not_matter(given_counts, random):
    named = {f"r{at}": row for at, row in enumerate(given_counts)}
    shuffled = list(named)
    random.shuffle(shuffled)
    values = np.array(given_counts)
    assume(min((values.sum(1) > 0).sum(), (values.sum(0) > 0).sum()) > 1)
    one = correspondence_analysis.analyse(list(named.values()), rows=list(named))
    other = correspondence_analysis.analyse([named[name] for name in shuffled], rows=shuffled)
    assert other.principal_inertias == pytest.approx(one.principal_inertias, abs=1e-9)


def test_empty_rows_are_dropped_and_named():
    result = correspondence_analysis.analyse(
        {"a": {"x": 3, "y": 1, "z": 0}, "b": {"x": 0, "y": 0, "z": 0}, "c": {"x": 1, "y": 4, "z": 0}}
    )
    assert (result.dropped_rows, result.dropped_cols) == (("b",), ("z",))
    assert len(result.principal_inertias) == 1


def test_independence_maps_to_nothing():
    result = correspondence_analysis.analyse([[2, 4], [3, 6]])
    assert result.total_inertia == pytest.approx(0, abs=1e-15)
    assert result.p == pytest.approx(1)


def test_people_with_gaps_are_counted():
    data = [{"a": "x", "b": "u"}, {"a": "y", "b": "v"}, {"a": "x", "b": None}, {"a": "y", "b": "u"}]
    assert correspondence_analysis.multiple(data).missing == 1


# Multidimensional scaling ---------------------------------------------------------------------------------------


@published("mds")
def test_eurodist(case):
    rows = table(case["inputs"]["file"])
    result = mds.analyse([[row[name] for name in list(row)[1:]] for row in rows], labels=[row[""] for row in rows])
    expected = case["expected"]
    close(result.eigenvalues[:6], expected["eigenvalues_first6"], case["tolerance"], "eigenvalues")
    close(result.GOF, expected["GOF"], case["tolerance"], "GOF")
    close(result.fitted_distances[0][1:6], expected["fitted_distance_first5"], case["tolerance"], "fitted_distance")
    assert not result.euclidean


@given(st.lists(st.tuples(st.floats(-10, 10), st.floats(-10, 10)), min_size=3, max_size=9))
@settings(max_examples=60, deadline=None)
def test_distances_in_a_plane_come_back(places):
    apart = np.array([[math.dist(a, b) for b in places] for a in places])
    if not apart.any():
        return
    result = mds.analyse(apart)
    assert np.array(result.fitted_distances) == pytest.approx(apart, abs=1e-5)
    assert result.stress < 1e-4


def test_breakfast_items_of_green_and_rao():
    head, *body = real("perceptual_breakfast", "Breakfast_Dissimilarities.csv")
    blocks = np.array([[float(cell) for cell in row[1:]] for row in body]).reshape(-1, 15, 15)
    result = mds.analyse(blocks.mean(axis=0), labels=head[1:])
    assert result.n == 15
    upper = np.triu_indices(15, 1)
    fitted, given_ = np.array(result.fitted_distances)[upper], blocks.mean(axis=0)[upper]
    assert np.corrcoef(fitted, given_)[0, 1] > 0.95
    assert result.stress < 0.15


# PCA ------------------------------------------------------------------------------------------------------------


@published("pca_map")
def test_usarrests(case):
    rows = table(case["inputs"]["file"])
    result = pca_map.analyse({row.pop(""): row for row in rows}, scale=case["inputs"]["scale"])
    expected = dict(case["expected"])
    close(absolute(result.loadings), expected.pop("loadings_abs"), case["tolerance"], "loadings_abs")
    close(result, expected, case["tolerance"])


@given(st.integers(0, 10_000), st.booleans())
@settings(max_examples=30, deadline=None)
def test_pca_agrees_with_the_covariance_matrix(seed, scale):
    values = np.random.default_rng(seed).normal(size=(12, 4)) @ np.diag([1, 2, 3, 4]) + 5
    result = pca_map.analyse(values, scale=scale, dimensions=4)
    wanted = np.linalg.eigvalsh(np.corrcoef(values.T) if scale else np.cov(values.T))[::-1]
    assert np.array(result.sdev) ** 2 == pytest.approx(wanted, rel=1e-9)
    assert list(result.cos2.values()) == pytest.approx([1.0] * 12)
    loadings = np.array(list(result.loadings.values()))
    assert loadings.T @ loadings == pytest.approx(np.eye(4), abs=1e-9)
    assert (np.abs(loadings).max(axis=0) == loadings.max(axis=0)).all()


def test_pca_leaves_out_rows_with_gaps():
    result = pca_map.analyse([[1, 2, 3], [2, 1, 5], [None, 1, 1], [4, 4, 1], [0, 7, 2]], labels=list("abcde"))
    assert (result.n, result.missing) == (4, 1)
    assert "c" not in result.scores


REFUSED = [
    (lambda: correspondence_analysis.analyse([]), "too_few", "table", None),
    (lambda: correspondence_analysis.analyse([[1, 2]]), "too_few", "table", None),
    (lambda: correspondence_analysis.analyse([[0, 0], [0, 0]]), "too_few", "table", None),
    (lambda: correspondence_analysis.analyse([[1, -2], [1, 1]]), "too_small", "table", 0),
    (lambda: correspondence_analysis.analyse([[1, 2], [1]]), "different_length", "table", 1),
    (lambda: correspondence_analysis.analyse([[1, "x"], [1, 2]]), "not_a_number", "table", 0),
    (lambda: correspondence_analysis.analyse([[1, 2], [3, 4]], rows=["a", "a"]), "duplicate", "rows", None),
    (lambda: correspondence_analysis.multiple([{"a": 1}], columns=["b"]), "no_such_column", "columns", "b"),
    (lambda: mds.analyse([[0, 1], [1, 0]]), "too_few", "distances", None),
    (lambda: mds.analyse([[0, 1, 2], [1, 0, 2]]), "not_square", "distances", None),
    (lambda: mds.analyse([[0, 1, 2], [1, 3, 2], [2, 2, 0]]), "diagonal_not_zero", "distances", 1),
    (lambda: mds.analyse([[0] * 3] * 3), "all_zero", "distances", None),
    (lambda: mds.analyse([[0, math.nan, 1]] * 3), "not_a_number", "distances", 0),
    (lambda: pca_map.analyse([[1, 2], [1, 3], [1, 5], [1, 7]]), "constant", "0", None),
    (lambda: pca_map.analyse([[1, 2], [3, 4]]), "too_few", "data", None),
    (lambda: pca_map.analyse([[1, math.inf], [3, 4], [2, 2]]), "not_a_number", "1", 0),
    (lambda: pca_map.analyse([]), "too_few", "data", None),
    (lambda: pca_map.analyse("abc"), "not_a_list", "data", None),
]


@pytest.mark.parametrize(("call", "code", "field", "row"), REFUSED)
def test_refusals(call, code, field, row):
    with pytest.raises(MethodError) as refused:
        call()
    assert (refused.value.code, refused.value.field, refused.value.row) == (code, field, row)
