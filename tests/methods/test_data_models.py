"""Regression, analysis of variance and logistic regression: certified figures, other libraries, refusals."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import chain

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
import statsmodels.formula.api as smf
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from statsmodels.stats.outliers_influence import OLSInfluence

from pilothouse.methods import MethodError, anova, cluster_robust, logistic, ols, regression_diag
from tests.methods.cases import close, published, table

BIRTHWT = "low ~ age + lwt + race + smoke + ptl + ht + ui"


def rows(seed: int = 1, n: int = 60) -> list[dict[str, float]]:
    rng = np.random.default_rng(seed)
    a, b, noise = rng.normal(size=(3, n))
    y = 2 + a - 3 * b + noise * (1 + abs(a))
    return pd.DataFrame({"a": a, "b": b, "y": y, "yes": (y > 2).astype(int), "g": np.arange(n) % 9}).to_dict("records")


# Published ------------------------------------------------------------------------------------------------------


@published("ols")
def test_certified_least_squares(case):
    result = ols.analyse(**case["inputs"])
    digits = {"rel": 10.0 ** -case["tolerance"]["min_LRE_params"], "abs": 0.0}
    close(result, case["expected"], digits)


def test_a_polynomial_of_degree_ten_keeps_its_digits():
    """As hard as NIST's Filip; held against exact arithmetic, where normal equations in double lose every digit."""
    x = [-8.75 + step / 16 for step in range(92)]
    y = [math.cos(value) for value in x]
    result = ols.analyse(list(zip(y, x, strict=True)), model="poly10")
    np.testing.assert_allclose(result.params, exact_polynomial(x, y, 10), rtol=1e-7)
    assert "ill_conditioned" in result.flags


def exact_polynomial(x, y, degree):
    """Normal equations solved in fractions."""
    powers = [[Fraction(value) ** power for power in range(degree + 1)] for value in x]
    left = [[sum(row[i] * row[j] for row in powers) for j in range(degree + 1)] for i in range(degree + 1)]
    right = [sum(row[i] * Fraction(value) for row, value in zip(powers, y, strict=True)) for i in range(degree + 1)]
    table = [[*row, value] for row, value in zip(left, right, strict=True)]
    for i in range(degree + 1):
        table[i] = [cell / table[i][i] for cell in table[i]]
        for j in range(degree + 1):
            if j != i:
                table[j] = [a - table[j][i] * b for a, b in zip(table[j], table[i], strict=True)]
    return [float(row[-1]) for row in table]


@published("regression_diag", "vif_longley")
def test_variance_inflation_of_longley(case):
    close(regression_diag.analyse(**case["inputs"]), case["expected"], case["tolerance"])


@published("regression_diag", "ols_cars")
def test_diagnosis_of_cars(case):
    close(regression_diag.analyse(**case["inputs"]), case["expected"], case["tolerance"])


@published("cluster_robust")
def test_petersens_standard_errors(case):
    result = cluster_robust.analyse(
        table(case["inputs"]["csv"]), formula=case["inputs"]["formula"], clusters=["firm", "year"]
    )
    expected = case["expected"]
    close(result.coef[1], expected["coef_x"], case["tolerance"], "coef_x")
    kinds = {"ols": "classical", "white_hc1": "hc1", "firm": "firm", "year": "year", "firm_year": "both"}
    for key, kind in kinds.items():
        close(result.se[kind][1], expected[f"se_{key}"], case["tolerance"], f"se_{key}")
    for key, values in expected["R_values"].items():
        got = result.coef if key == "coef" else result.se[kinds.get(key, key)]
        close(got, values, {"rel": 1e-9}, key)


@published("logistic")
def test_logistic_of_birth_weight(case):
    inputs = case["inputs"]
    result = logistic.analyse(inputs["data"], formula=BIRTHWT, factors=inputs["factors"])
    close(result, case["expected"], case["tolerance"])


@published("anova", "nist_sirstv", "nist_smls01", "nist_smls02", "nist_smls04", "nist_smls07")
def test_certified_analysis_of_variance(case):
    result = anova.analyse(table(case["inputs"]["csv"]))
    digits = case["tolerance"]["min_LRE_F"]
    close(result, case["expected"], {"rel": 10.0**-digits})


@published("anova", "plantgrowth")
def test_plant_growth(case):
    result = anova.analyse(**case["inputs"])
    expected = dict(case["expected"])
    F, df1, df2, p = expected.pop("welch")
    close(result.welch, [F, df1, df2, p], case["tolerance"], "welch")
    close(result, expected, case["tolerance"])


# Against statsmodels --------------------------------------------------------------------------------------------


def test_regression_agrees_with_statsmodels():
    data = rows()
    fitted = smf.ols("y ~ a + b", pd.DataFrame(data)).fit()
    for errors in ("hc0", "hc1", "hc2", "hc3"):
        ours = ols.analyse(data, formula="y ~ a + b", errors=errors)
        robust = fitted.get_robustcov_results(errors.upper())
        np.testing.assert_allclose(ours.se, robust.bse, rtol=1e-10)
        np.testing.assert_allclose(ours.ci, robust.conf_int(), rtol=1e-8)
    diagnosis = regression_diag.analyse(data, formula="y ~ a + b")
    influence = OLSInfluence(fitted)
    np.testing.assert_allclose(diagnosis.cook, influence.cooks_distance[0], rtol=1e-9)
    np.testing.assert_allclose(diagnosis.studentized, influence.resid_studentized_external, rtol=1e-9)


@pytest.mark.parametrize("ending", ["", " - 1", " + 0"])
def test_formula_terms_agree_with_statsmodels(ending):
    data = [dict(row, c="xyz"[index % 7 % 3]) for index, row in enumerate(rows())]
    ours = ols.analyse(data, formula="y ~ a + I(b^2) + c + a:b + factor(g)" + ending)
    theirs = smf.ols("y ~ a + I(b**2) + C(c) + a:b + C(g)" + ending, pd.DataFrame(data)).fit()
    assert len(ours.params) == len(theirs.params)
    assert ours.params[ours.names.index("a")] == pytest.approx(theirs.params["a"], rel=1e-9)
    assert ours.se[ours.names.index("a:b")] == pytest.approx(theirs.bse["a:b"], rel=1e-9)
    assert ours.resid_sd == pytest.approx(math.sqrt(theirs.scale), rel=1e-10)


def test_clusters_agree_with_statsmodels():
    data = rows(3, 90)
    frame = pd.DataFrame(data)
    ours = cluster_robust.analyse(data, formula="y ~ a + b", clusters="g")
    theirs = smf.ols("y ~ a + b", frame).fit(cov_type="cluster", cov_kwds={"groups": frame["g"]})
    np.testing.assert_allclose(ours.se["g"], theirs.bse, rtol=1e-9)
    assert ours.flags == ("few_clusters",)


def test_logistic_agrees_with_statsmodels():
    data = rows(5, 200)
    ours = logistic.analyse(data, formula="yes ~ a + factor(g)")
    theirs = smf.logit("yes ~ a + C(g)", pd.DataFrame(data)).fit(disp=0, tol=1e-12)
    np.testing.assert_allclose(ours.params[0], theirs.params["Intercept"], rtol=1e-7)
    np.testing.assert_allclose(ours.params[1], theirs.params["a"], rtol=1e-7)
    assert ours.loglik == pytest.approx(theirs.llf)
    assert ours.lr[2] == pytest.approx(theirs.llr_pvalue)


@pytest.mark.parametrize("kind", [1, 2, 3])
def test_two_way_agrees_with_statsmodels(kind):
    rng = np.random.default_rng(2)
    a, b = rng.integers(0, 3, 80), rng.integers(0, 2, 80)
    frame = pd.DataFrame({"a": a.astype(str), "b": b.astype(str), "y": a + b * a + rng.normal(size=80) + 1e6})
    ours = anova.two_way(frame, value="y", a="a", b="b", type=kind)
    coding = ", Sum" if kind == 3 else ""
    fitted = smf.ols(f"y ~ C(a{coding}) * C(b{coding})", frame.assign(y=frame.y - 1e6)).fit()
    theirs = sm.stats.anova_lm(fitted, typ=kind).drop("Intercept", errors="ignore")
    for got, (_, expected) in zip(ours.rows.values(), theirs.iterrows(), strict=True):
        np.testing.assert_allclose(got[:2], [expected["df"], expected["sum_sq"]], rtol=1e-7)
        if got[2] is not None:
            np.testing.assert_allclose(got[2:], [expected["F"], expected["PR(>F)"]], rtol=1e-6, atol=1e-12)


# Invariants -----------------------------------------------------------------------------------------------------


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(*[st.integers(-100, 100)] * 3), min_size=6, max_size=30), st.integers(1, 1000))
def test_regression_does_not_care_about_order_or_units(data, scale):
    assume(np.linalg.matrix_rank(np.column_stack([np.ones(len(data)), np.array(data)[:, 1:]])) == 3)
    there = ols.analyse(data)
    back = ols.analyse([(y, a * scale, b) for y, a, b in reversed(data)])
    np.testing.assert_allclose(back.params[1] * scale, there.params[1], rtol=1e-7, atol=1e-9)
    np.testing.assert_allclose(back.resid_sd, there.resid_sd, rtol=1e-7, atol=1e-9)
    assert there.r2 is None or -1e-12 <= there.r2 <= 1 + 1e-12


@settings(max_examples=15, deadline=None)
@given(st.lists(st.lists(st.integers(0, 20), min_size=2, max_size=8), min_size=2, max_size=3), st.floats(-1e9, 1e9))
def test_f_does_not_move_with_the_origin(groups, origin):
    named = {f"g{place}": values for place, values in enumerate(groups)}
    assume(any(len(set(values)) > 1 for values in groups))
    moved = {key: [value + round(origin) for value in values] for key, values in named.items()}
    here, there = anova.analyse(named, group=None), anova.analyse(moved, group=None)
    assert pytest.approx(there.F, rel=1e-6, abs=1e-9) == here.F
    assert 0 <= here.p <= 1
    total = np.var(list(chain(*groups))) * here.n
    assert here.ss_between + here.ss_within == pytest.approx(total, rel=1e-9, abs=1e-9)


# Refusals -------------------------------------------------------------------------------------------------------


def points(*pairs):
    return [{"x": x, "y": y} for x, y in pairs]


def explain(*pairs):
    return lambda: logistic.analyse(points(*pairs), formula="y ~ x")


@pytest.mark.parametrize(
    ("call", "code", "field", "row"),
    [
        (lambda: ols.analyse(points((1, 1), (2, 2)), formula="y ~ x"), "too_few", "data", None),
        (lambda: ols.analyse(points((1, 1), (2, 2)), formula="y x"), "not_a_formula", "formula", None),
        (lambda: ols.analyse(points((1, 1), (2, 2)), formula="y ~ z"), "no_such_column", "columns", "z"),
        (lambda: ols.analyse(points((1, 1), (1, 2), (1, 3)), formula="y ~ x"), "collinear", "x", None),
        (lambda: ols.analyse([[1, 2], [2, 3], [3, "b"]]), "not_a_number", "1", 2),
        (lambda: ols.analyse([[1, 2], [2, 3], [3, 4]], model="cubic"), "not_one_of", "model", None),
        (lambda: ols.analyse([[1, 2], [2, 3, 4]]), "different_length", "data", 1),
        (lambda: ols.analyse([[1, 2], [2, 3], [3, 4]], errors="hc9"), "not_one_of", "errors", None),
        (explain((1, 0), (2, 0), (3, 1), (4, 1)), "separation", "x", None),
        (explain((1, 0), (2, 2), (3, 1)), "not_zero_or_one", "y", 1),
        (explain((1, 1), (2, 1), (3, 1)), "no_spread", "y", None),
        (lambda: anova.analyse({"a": [1, 2]}, group=None), "too_few_groups", "data", None),
        (lambda: anova.analyse({"a": [1, 1], "b": [2, 2]}, group=None), "no_spread", "data", None),
        (lambda: anova.analyse([{"v": 1, "w": 2, "group": 1}]), "value_not_named", "value", None),
        (lambda: anova.analyse([{"v": 1}, {"v": 2}]), "no_such_column", "group", "group"),
    ],
)
def test_refusals(call, code, field, row):
    with pytest.raises(MethodError) as refused:
        call()
    assert (refused.value.code, refused.value.field, refused.value.row) == (code, field, row)


def test_a_single_cluster_is_refused():
    data = [{"y": y, "x": x, "c": 1} for x, y in enumerate((3, 1, 4, 1))]
    with pytest.raises(MethodError) as refused:
        cluster_robust.analyse(data, formula="y ~ x", clusters=["c"])
    assert (refused.value.code, refused.value.field) == ("one_cluster", "c")


def test_quasi_separation_names_the_columns():
    data = [{"y": int(g == "b"), "g": g, "x": x} for g in "ab" for x in range(6)]
    data += [{"y": 1, "g": "c", "x": 2}, {"y": 0, "g": "c", "x": 3}]
    with pytest.raises(MethodError) as refused:
        logistic.analyse(data, formula="y ~ x + g")
    assert refused.value.code == "separation"
    assert "gb" in refused.value.details["columns"]


def test_a_column_that_repeats_another_is_refused_by_name():
    data = [dict(row, copy=row["a"] * 2) for row in rows(n=20)]
    with pytest.raises(MethodError) as refused:
        ols.analyse(data, formula="y ~ a + b + copy")
    assert (refused.value.code, refused.value.field) == ("collinear", "copy")


def test_rows_with_gaps_are_counted():
    data = rows(n=20)
    data[3]["a"] = None
    data[4]["g"] = ""
    assert ols.analyse(data, formula="y ~ a").missing == 1
    assert cluster_robust.analyse(data, formula="y ~ a", clusters=["g"]).missing == 2
    assert regression_diag.analyse(data, formula="y ~ a").rows[3] == 4
