import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilothouse.methods import MethodError, chi_square, crosstab, proportion_ci, sample_size
from tests.methods.cases import close, published, table

CELLS = st.integers(0, 60)


def refused(call, *arguments, **options):
    with pytest.raises(MethodError) as refusal:
        call(*arguments, **options)
    return refusal.value.code, refusal.value.field


def tables(rows, cols):
    return st.lists(st.lists(CELLS, min_size=cols, max_size=cols), min_size=rows, max_size=rows)


@published("sample_size", "krejcie_morgan")
def test_krejcie_morgan(case):
    close([sample_size.krejcie_morgan(N) for N in case["inputs"]["N"]], case["expected"]["sample"], 0)


@published("sample_size", "cochran_no_fpc")
def test_cochran(case):
    close([sample_size.analyse(**item).n for item in case["inputs"]["items"]], case["expected"], 0)


@given(st.floats(0.005, 0.3), st.floats(0.02, 0.98), st.one_of(st.none(), st.integers(2, 10**6)))
def test_the_sample_reaches_its_margin_and_one_less_does_not(e, p, people):
    n = sample_size.analyse(e=e, p=p, N=people).n
    assert sample_size.margin(n, p=p, N=people).moe <= e * (1 + 1e-3) or n == people
    if n > 30:
        assert sample_size.margin(n - 1, p=p, N=people).moe > e * (1 - 1e-2)


def test_sample_size_edges():
    assert sample_size.analyse(N=1).n == 1
    assert sample_size.analyse(e=0.01, N=50).n == 50
    assert sample_size.analyse(e=0.05, deff=2).n == 769
    asked = sample_size.analyse(N=1000, response_rate=0.2)
    assert (asked.n, asked.invite, asked.not_enough_people) == (278, 1390, True)
    assert sample_size.margin(50, N=50).moe == 0
    assert sample_size.margin(20, p=0).moe == 0
    assert sample_size.margin(20, p=0).wilson[1] == pytest.approx(0.1611, abs=1e-4)
    for options, code, field in (
        ({"e": 0}, "too_small", "e"),
        ({"e": 1}, "too_large", "e"),
        ({"p": 0}, "too_small", "p"),
        ({"N": 0}, "too_small", "N"),
        ({"N": 1.5}, "not_whole", "N"),
        ({"conf": "x"}, "not_a_number", "conf"),
        ({"response_rate": 0}, "too_small", "response_rate"),
    ):
        assert refused(sample_size.analyse, **options) == (code, field)
    assert refused(sample_size.margin, 51, N=50) == ("too_small", "N")


@published("proportion_ci", "five_cases")
def test_proportion(case):
    close([proportion_ci.analyse(x, n) for x, n in case["inputs"]["x_n"]], case["expected"], 1e-9)


@given(st.integers(0, 500), st.integers(1, 500), st.sampled_from([0.8, 0.95, 0.99]))
def test_proportion_agrees_with_statsmodels_and_is_symmetric(x, n, conf):
    from statsmodels.stats.proportion import proportion_confint

    x = min(x, n)
    result, mirrored = proportion_ci.analyse(x, n, conf=conf), proportion_ci.analyse(n - x, n, conf=conf)
    for name in ("wilson", "agresti_coull", "beta", "normal"):
        low, high = getattr(result, name)
        assert 0 <= low <= result.p + 1e-12
        assert result.p - 1e-12 <= high <= 1
        assert (low, high) == pytest.approx(proportion_confint(x, n, 1 - conf, method=name), abs=1e-9)
        assert getattr(mirrored, name) == pytest.approx((1 - high, 1 - low), abs=1e-9)


def test_proportion_refuses():
    assert refused(proportion_ci.analyse, 1, 0) == ("too_small", "n")
    assert refused(proportion_ci.analyse, 3, 2) == ("too_large", "x")
    assert refused(proportion_ci.analyse, -1, 2) == ("too_small", "x")
    assert refused(proportion_ci.analyse, math.nan, 2) == ("not_a_number", "x")
    assert refused(proportion_ci.analyse, 1, 2, conf=0) == ("too_small", "conf")


@published("crosstab", "agresti_gender_party")
def test_crosstab(case):
    inputs, wanted = case["inputs"], case["expected"]
    result = crosstab.analyse(inputs["observed"], rows=inputs["rows"], cols=inputs["cols"])
    wanted["g2"] = wanted.pop("G2")
    close(result, wanted, case["tolerance"])
    assert result.standout == ((0, 0, 0), (0, 0, 0))  # none stands out once all six cells are allowed for
    assert (result.test, result.rows) == ("chi2", ("female", "male"))


@published("crosstab", "sparse")
def test_crosstab_sparse(case):
    result = crosstab.analyse(case["inputs"]["observed"])
    close(result, case["expected"], case["tolerance"])
    assert (result.test, result.p_value) == ("fisher", result.p_fisher_two_sided)


@settings(max_examples=60)
@given(st.one_of(tables(2, 2), tables(3, 3), tables(2, 4)))
def test_crosstab_agrees_with_scipy_and_does_not_know_the_order(observed):
    from scipy.stats import chi2_contingency, fisher_exact

    rows, cols = [sum(row) for row in observed], [sum(col) for col in zip(*observed, strict=True)]
    if not all(rows) or not all(cols):
        if any(rows):
            result = crosstab.analyse(observed, draws=50)
            assert len(result.dropped_rows) == rows.count(0)
            assert len(result.dropped_cols) == cols.count(0)
        return
    result = crosstab.analyse(observed, draws=50)
    oracle = chi2_contingency(observed, correction=False)
    assert (result.chi2, result.p, result.df) == pytest.approx((oracle.statistic, oracle.pvalue, oracle.dof), abs=1e-9)
    assert result.g2 == pytest.approx(
        chi2_contingency(observed, correction=False, lambda_="log-likelihood").statistic, abs=1e-8
    )
    assert 0 <= result.cramers_v_bias_corrected <= result.cramers_v + 1e-9 <= 1 + 1e-8
    turned = crosstab.analyse([row[::-1] for row in observed[::-1]], draws=50)
    assert turned.chi2 == pytest.approx(result.chi2)
    if len(observed) == len(observed[0]) == 2:
        assert result.p_fisher_two_sided == pytest.approx(fisher_exact(observed).pvalue, abs=1e-7)


def test_monte_carlo_takes_over_where_counts_are_small_and_comes_near_the_exact_p():
    # exact p of this 3x3 table by full enumeration of tables with these margins
    observed = [[4, 0, 0], [1, 3, 1], [0, 1, 4]]
    result = crosstab.analyse(observed, draws=40_000, seed=5)
    assert result.test == "monte_carlo"
    assert result.p_monte_carlo == pytest.approx(enumerated(observed), abs=0.004)
    assert crosstab.analyse(observed, draws=500, seed=1) == crosstab.analyse(observed, draws=500, seed=1)


def enumerated(observed):
    rows, cols = [sum(row) for row in observed], [sum(col) for col in zip(*observed, strict=True)]
    n = sum(rows)
    expected = [[r * c / n for c in cols] for r in rows]
    fact = math.factorial

    def chi2(t):
        return sum((t[i][j] - expected[i][j]) ** 2 / expected[i][j] for i in range(3) for j in range(3))

    total = 0.0
    for a in range(rows[0] + 1):
        for b in range(rows[0] - a + 1):
            for c in range(rows[1] + 1):
                for d in range(rows[1] - c + 1):
                    t = [[a, b, rows[0] - a - b], [c, d, rows[1] - c - d]]
                    t.append([cols[j] - t[0][j] - t[1][j] for j in range(3)])
                    if min(t[2]) < 0 or sum(t[2]) != rows[2]:
                        continue
                    chance = math.prod(map(fact, rows)) * math.prod(map(fact, cols)) / fact(n)
                    chance /= math.prod(fact(x) for row in t for x in row)
                    total += chance if chi2(t) >= chi2(observed) - 1e-9 else 0
    return total


def test_rao_scott_is_that_of_the_survey_package():
    """The cluster sample of Californian schools in the documentation of R's survey package: 15 of 757 districts."""
    schools = table("apiclus1.csv")
    result = crosstab.from_answers(
        schools, row="sch.wide", col="stype", weight="pw", cluster="dnum", sampling_fraction=15 / 757
    )
    tested = result.rao_scott
    assert (round(tested.f, 4), round(tested.ndf, 3), round(tested.ddf, 3)) == (5.1934, 1.495, 20.925)
    assert tested.p == pytest.approx(0.02175, abs=5e-6)
    assert (result.test, result.n, tested.clusters) == ("rao_scott", 183, 15)
    assert result.observed[result.rows.index("No")][result.cols.index("E")] == pytest.approx(406.1640, abs=5e-5)


def test_equal_weights_change_nothing_much_and_their_size_nothing_at_all():
    chance = random.Random(2)
    rows = [{"a": chance.choice("xy"), "b": chance.choice("pqr"), "w": 7.0} for _ in range(2000)]
    plain = crosstab.from_answers(rows, row="a", col="b")
    weighted = crosstab.from_answers(rows, row="a", col="b", weight="w")
    assert weighted.rao_scott.mean_deff == pytest.approx(1, abs=0.01)
    assert weighted.p_value == pytest.approx(plain.p, abs=0.01)
    again = crosstab.from_answers([{**row, "w": 0.1} for row in rows], row="a", col="b", weight="w")
    assert again.rao_scott.f == pytest.approx(weighted.rao_scott.f)


def test_crosstab_of_answers_counts_the_missing_and_refuses():
    rows = [{"a": 1, "b": 2}, {"a": 2, "b": None}, {"a": 2, "b": 3}]
    result = crosstab.from_answers(rows, row="a", col="b")
    assert (result.missing, result.n, result.observed) == (1, 2, ((1.0, 0.0), (0.0, 1.0)))
    assert refused(crosstab.analyse, []) == ("empty_table", "observed")
    assert refused(crosstab.analyse, [[0, 0], [0, 0]]) == ("empty_table", "observed")
    assert refused(crosstab.analyse, [[1, 2], [3]]) == ("different_length", "observed")
    assert refused(crosstab.analyse, [[1, -2], [3, 4]]) == ("too_small", "observed")
    assert refused(crosstab.analyse, [[1, math.nan], [3, 4]]) == ("not_a_number", "observed")
    assert refused(crosstab.analyse, [[1, 2], [3, 4]], rows=["a"]) == ("different_length", "rows")
    assert refused(crosstab.from_answers, rows, row="a", col="z") == ("no_such_column", "z")
    assert refused(crosstab.from_answers, [{"a": None, "b": 1}], row="a", col="b") == ("no_answers", "a")
    one_row = crosstab.analyse([[3, 4]])
    assert (one_row.df, one_row.p, one_row.cramers_v) == (0, 1.0, None)


@published("chi_square", "agresti_gender_party")
def test_chi_square(case):
    close(chi_square.analyse(case["inputs"]["M"]), case["expected"], case["tolerance"])


@published("chi_square", "fisher_tea")
def test_fisher(case):
    found = chi_square.analyse(case["inputs"]["M"]).fisher
    close({"two": found.two_sided, "greater": found.greater}, case["expected"], case["tolerance"])


def test_yates_goodness_of_fit_and_mcnemar_agree_with_scipy_and_statsmodels():
    from scipy.stats import chi2_contingency, chisquare
    from statsmodels.stats.contingency_tables import mcnemar

    observed = [[12, 5], [3, 9]]
    oracle = chi2_contingency(observed)
    result = chi_square.analyse(observed)
    assert (result.chi_yates, result.p_yates) == pytest.approx((oracle.statistic, oracle.pvalue))
    fit = chi_square.goodness_of_fit([89, 37, 30, 28, 2], shares=[40, 20, 20, 15, 5])
    expected = [186 * share / 100 for share in (40, 20, 20, 15, 5)]
    oracle = chisquare([89, 37, 30, 28, 2], expected)
    assert (fit.chi, fit.p) == pytest.approx((oracle.statistic, oracle.pvalue))
    votes = [[794, 86], [150, 570]]
    change = chi_square.mcnemar(votes)
    corrected = mcnemar(votes, exact=False, correction=True)
    assert (change.chi, change.p) == pytest.approx((corrected.statistic, corrected.pvalue))
    assert change.p_uncorrected == pytest.approx(mcnemar(votes, exact=False, correction=False).pvalue)
    assert change.p_exact == pytest.approx(mcnemar(votes, exact=True).pvalue)


def test_chi_square_refuses():
    assert refused(chi_square.analyse, [[1, "x"]]) == ("not_a_number", "table")
    assert refused(chi_square.goodness_of_fit, [1, 2], shares=[1]) == ("different_length", "shares")
    assert refused(chi_square.goodness_of_fit, [0, 0]) == ("empty_table", "observed")
    assert refused(chi_square.mcnemar, [[1, 2, 3], [1, 2, 3]]) == ("not_two_by_two", "table")
    assert refused(chi_square.mcnemar, [[1, 0], [0, 1]]) == ("nobody_changed", "table")


def test_sums_of_weights_say_what_the_answers_say():
    """Nobody's answers come together: the covariance from sums is that of clusters of one."""
    rng = random.Random(3)
    answers = {
        "row": rng.choices("abc", k=400),
        "col": rng.choices("xy", k=400),
        "weight": [rng.uniform(0.2, 3) for _ in range(400)],
        "alone": list(range(400)),
    }
    told = {"row": "row", "col": "col", "weight": "weight", "sampling_fraction": 0.3}
    sums = crosstab.from_answers(answers, **told).rao_scott
    clusters = crosstab.from_answers(answers, cluster="alone", **told).rao_scott
    assert (sums.f, sums.ndf, sums.mean_deff, sums.p) == pytest.approx(
        (clusters.f, clusters.ndf, clusters.mean_deff, clusters.p), rel=1e-9
    )
