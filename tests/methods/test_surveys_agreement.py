"""Whether coders agree, and whether enough was asked: kappa, Krippendorff's alpha, saturation."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilothouse.methods import MethodError, cohen_kappa, krippendorff_alpha, saturation
from tests.methods.cases import close, published

SQUARE = st.lists(st.lists(st.integers(0, 20), min_size=3, max_size=3), min_size=3, max_size=3)


def refused(call, *arguments, **options):
    with pytest.raises(MethodError) as refusal:
        call(*arguments, **options)
    return refusal.value.code, refusal.value.field


@published("cohen_kappa", "cohen_1960")
def test_cohen(case):
    result, wanted = cohen_kappa.analyse(case["inputs"]["table"]), case["expected"]
    close(result.ci, wanted.pop("ci95"), 1e-8, "ci95")
    close(result, wanted, 1e-8)
    close(round(result.kappa, 3), case["published"]["kappa"], 0, "printed")


@published("cohen_kappa", "degenerate")
def test_cohen_undefined(case):
    close(cohen_kappa.analyse(case["inputs"]["table"]), case["expected"], case["tolerance"])


@published("cohen_kappa", "fleiss_multi_rater")
def test_fleiss(case):
    close(cohen_kappa.fleiss(case["inputs"]["counts"]), case["expected"], 1e-8)


@settings(max_examples=60)
@given(SQUARE, st.sampled_from([None, "linear", "quadratic"]))
def test_kappa_agrees_with_statsmodels_and_does_not_know_who_is_first(cells, weights):
    import numpy as np
    from statsmodels.stats.inter_rater import cohens_kappa

    if not sum(map(sum, cells)):
        assert refused(cohen_kappa.analyse, cells) == ("empty_table", "table")
        return
    result = cohen_kappa.analyse(cells, weights=weights)
    turned = cohen_kappa.analyse([list(column) for column in zip(*cells, strict=True)], weights=weights)
    if result.kappa is None:
        assert turned.kappa is None
        return
    assert turned.kappa == pytest.approx(result.kappa)
    assert result.kappa <= 1
    with np.errstate(invalid="ignore"):
        oracle = cohens_kappa(np.array(cells), wt=weights)
    errors = np.nan_to_num([oracle.std_kappa, oracle.std_kappa0])  # a variance of -1e-18 has no root there
    assert (result.kappa, result.se, result.se0) == pytest.approx((oracle.kappa, *errors), abs=1e-7)


def test_codes_labels_and_refusals():
    result = cohen_kappa.from_codes(["a", "b", "a", None], ["a", "b", "b", "a"])
    assert (result.n, result.missing, result.categories) == (3, 1, ("a", "b"))
    by_code = cohen_kappa.multilabel([{"x"}, {"x", "y"}, set(), None], [{"x"}, {"y"}, set(), {"x"}])
    assert by_code["y"].kappa == 1
    assert by_code["x"].po == pytest.approx(2 / 3)
    skewed = cohen_kappa.analyse([[96, 2], [2, 0]])
    assert skewed.kappa < 0
    assert skewed.pabak == pytest.approx(0.92)
    assert skewed.ac1 > 0.9
    assert refused(cohen_kappa.analyse, [[1, 2]]) == ("not_square", "table")
    assert refused(cohen_kappa.analyse, [[1, -2], [1, 1]]) == ("too_small", "table")
    assert refused(cohen_kappa.analyse, [[1, 2], [1, 1]], weights="cubic") == ("not_one_of", "weights")
    assert refused(cohen_kappa.from_codes, ["a"], ["a", "b"]) == ("different_length", "b")
    assert refused(cohen_kappa.from_codes, [None], ["a"]) == ("no_answers", "a")
    assert refused(cohen_kappa.fleiss, [[2, 1], [1, 1]]) == ("unequal_coders", "table")
    assert cohen_kappa.fleiss([[3, 0], [3, 0]]).kappa is None


@published("krippendorff_alpha", "canonical_4x12")
def test_krippendorff(case):
    got = {
        level: krippendorff_alpha.analyse(case["inputs"]["data"], level=level).alpha
        for level in krippendorff_alpha.LEVELS
    }
    close(got, case["expected"], 1e-8)
    close({level: round(value, 3) for level, value in got.items()}, case["published"], 0, "printed")


CODED = st.lists(st.lists(st.one_of(st.none(), st.integers(1, 4)), min_size=8, max_size=8), min_size=2, max_size=4)


@settings(max_examples=60)
@given(CODED, st.sampled_from(krippendorff_alpha.LEVELS), st.randoms())
def test_alpha_is_its_definition_and_does_not_know_the_order(data, level, chance):
    units = [[value for value in unit if value is not None] for unit in zip(*data, strict=True)]
    units = [unit for unit in units if len(unit) > 1]
    if not units:
        assert refused(krippendorff_alpha.analyse, data, level=level) == ("no_answers", "data")
        return
    result = krippendorff_alpha.analyse(data, level=level, draws=0)
    everything = [value for unit in units for value in unit]
    counts = {value: everything.count(value) for value in everything}

    def delta(c, k):
        if level == "nominal":
            return float(c != k)
        if level == "ordinal":
            low, high = min(c, k), max(c, k)
            return (sum(n for value, n in counts.items() if low <= value <= high) - (counts[c] + counts[k]) / 2) ** 2
        return (c - k) ** 2 if level == "interval" else ((c - k) / (c + k)) ** 2

    n = len(everything)
    within = [
        sum(delta(a, b) for i, a in enumerate(unit) for j, b in enumerate(unit) if i != j) / (len(unit) - 1)
        for unit in units
    ]
    seen = sum(within) / n
    expected = sum(delta(a, b) for i, a in enumerate(everything) for j, b in enumerate(everything) if i != j) / (
        n * (n - 1)
    )
    assert result.alpha == (pytest.approx(1 - seen / expected) if expected else None)
    columns = list(zip(*data, strict=True))
    chance.shuffle(columns)
    shuffled = krippendorff_alpha.analyse([list(row) for row in zip(*columns, strict=True)][::-1], level=level, draws=0)
    assert shuffled.alpha == pytest.approx(result.alpha)


def test_alpha_interval_and_refusals():
    chance = random.Random(1)
    first = [chance.randint(1, 3) for _ in range(200)]
    second = [value if chance.random() < 0.8 else chance.randint(1, 3) for value in first]
    result = krippendorff_alpha.analyse([first, second])
    assert result.ci[0] < result.alpha < result.ci[1]
    assert result.ci[1] - result.ci[0] < 0.25
    assert krippendorff_alpha.analyse([first, second]) == result
    assert krippendorff_alpha.analyse([first, first]).alpha == 1
    flat = krippendorff_alpha.analyse([[1, 1], [1, 1]])
    assert (flat.alpha, flat.ci, flat.band) == (None, None, "undefined")
    words = krippendorff_alpha.analyse([["a", "b", "a"], ["a", "b", "b"]])
    assert words.alpha is not None
    assert refused(krippendorff_alpha.analyse, [[1, 2]]) == ("too_few", "data")
    assert refused(krippendorff_alpha.analyse, [[1, 2], [1]]) == ("different_length", "data")
    assert refused(krippendorff_alpha.analyse, [["a", "b"], ["a", "b"]], level="interval") == ("not_a_number", "data")
    assert refused(krippendorff_alpha.analyse, [[-1, 2], [1, 2]], level="ratio") == ("too_small", "data")
    assert refused(krippendorff_alpha.analyse, [[1, 2], [1, 2]], level="other") == ("not_one_of", "level")
    assert refused(krippendorff_alpha.analyse, [[1, None], [None, 2]]) == ("no_answers", "data")


CODES = st.lists(st.sets(st.integers(1, 12), max_size=6), min_size=1, max_size=12)


@given(CODES)
def test_saturation_invariants(interviews):
    if not any(interviews):
        assert refused(saturation.analyse, interviews) == ("no_answers", "interviews")
        return
    result = saturation.analyse(interviews)
    assert result.cumulative[-1] == result.codes == sum(result.new_codes)
    assert list(result.expected_curve) == sorted(result.expected_curve)
    assert result.expected_curve[-1] == pytest.approx(result.codes)
    assert result.expected_curve[0] == pytest.approx(sum(map(len, interviews)) / len(interviews))
    assert -1e-9 <= result.coverage <= 1
    assert result.unseen >= 0
    turned = saturation.analyse(interviews[::-1])
    assert turned.expected_curve == result.expected_curve
    assert turned.coverage == result.coverage


def test_saturation_by_the_published_rule():
    """Base of four with 20 codes; 5 and 6 bring two new codes (10 %), 6 and 7 one (5 %), 7 and 8 none."""
    held = [set(range(5)), set(range(5, 10)), set(range(10, 15)), set(range(15, 20)), {20}, {21}, {0}, {1}]
    result = saturation.analyse([*held, None], base_size=4, run_length=2, threshold=0.05)
    assert [run.ratio for run in result.runs] == [0.1, 0.05, 0.0]
    assert (result.saturated_at, result.notation, result.base_codes, result.missing) == (7, "5+2", 20, 1)
    assert saturation.analyse(held, threshold=0).notation == "6+2"
    assert saturation.analyse(held[:5]).saturated_at is None


def test_expected_curve_is_the_mean_over_all_orders():
    from itertools import permutations

    held = [{1, 2}, {2}, {3, 4}, {1, 5}]
    orders = list(permutations(held))
    means = [sum(len(set().union(*order[:size])) for order in orders) / len(orders) for size in range(1, 5)]
    close(saturation.analyse(held).expected_curve, means, 1e-12)


def test_unseen_codes_come_near_the_truth():
    chance = random.Random(3)
    rates = [chance.uniform(0.05, 0.5) for _ in range(60)]
    held = [{code for code, rate in enumerate(rates) if chance.random() < rate} for _ in range(12)]
    result = saturation.analyse(held)
    assert result.codes + result.unseen == pytest.approx(60, abs=6)
    assert result.coverage > 0.9


def test_saturation_refuses():
    assert refused(saturation.analyse, []) == ("too_few", "interviews")
    assert refused(saturation.analyse, ["abc"]) == ("not_a_list", "interviews")
    assert refused(saturation.analyse, [{1}], base_size=0) == ("too_small", "base_size")
    assert refused(saturation.analyse, [{1}], threshold=2) == ("too_large", "threshold")
