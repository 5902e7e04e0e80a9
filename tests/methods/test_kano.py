import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilothouse.methods import MethodError, kano
from tests.methods.cases import close, published, table

PAIRS = st.tuples(st.integers(1, 5), st.integers(1, 5))


def rows(pairs, feature="F"):
    return [{"feature": feature, "functional": f, "dysfunctional": d} for f, d in pairs]


@published("kano", "kano_evaluation_table_classic", "kano_evaluation_table_pouliot")
def test_all_25_cells(case):
    close(kano.evaluation_table(case["id"].rpartition("_")[2]), case["expected"]["table"], 0)


@published("kano", "sauerwein_ski")
def test_ski(case):
    readings = {name: kano.read(percent) for name, percent in case["inputs"]["percent"].items()}
    close(
        {name: {"category": r.mode, "better": r.better, "worse": r.worse} for name, r in readings.items()},
        case["expected"],
        1e-9,
    )


@published("kano", "continuous_scale")
def test_continuous_scale(case):
    point = kano.continuous(case["inputs"]["respondents"])
    close(point.x_dysfunctional_mean, case["expected"]["X_dysfunctional_mean"], case["tolerance"], "X")
    close(point.y_functional_mean, case["expected"]["Y_functional_mean"], case["tolerance"], "Y")
    assert point.quadrant == "O"


@published("kano", "reppel_storage_cohort1_classic")
def test_91_respondents(case):
    features = kano.analyse(table(case["inputs"]["file"])).features
    for name, wanted in case["expected"].items():
        point = features[name].continuous
        close(point.x_dysfunctional_mean, wanted.pop("cont_X_dysfunctional"), case["tolerance"], f"{name}.X")
        close(point.y_functional_mean, wanted.pop("cont_Y_functional"), case["tolerance"], f"{name}.Y")
        close(features[name], wanted, case["tolerance"], name)
        assert features[name].category == wanted["mode"]


@published("kano", "fong_test")
def test_fong(case):
    close([kano.fong(counts) for counts in case["inputs"]["cases"]], case["expected"], case["tolerance"])


@given(st.lists(PAIRS, min_size=1, max_size=60), st.randoms())
def test_order_of_answers_does_not_matter(pairs, chance):
    shuffled = pairs[:]
    chance.shuffle(shuffled)
    assert kano.analyse(rows(pairs)).features == kano.analyse(rows(shuffled)).features


@given(st.lists(PAIRS, min_size=1, max_size=60))
def test_bounds(pairs):
    feature = kano.analyse(rows(pairs)).features["F"]
    assert sum(feature.counts.values()) == feature.n == len(pairs)
    assert math.isclose(sum(feature.shares.values()), 1)
    if feature.better is not None:
        assert 0 <= feature.better_ci[0] <= feature.better + 1e-12 <= feature.better_ci[1] + 1e-9 <= 1 + 1e-6
        assert -1 - 1e-9 <= feature.worse_ci[0] <= feature.worse + 1e-9
        assert feature.worse <= feature.worse_ci[1] + 1e-9
    assert -2 <= feature.continuous.x_dysfunctional_mean <= 4


@given(st.lists(PAIRS, min_size=1, max_size=40))
def test_a_feature_asked_backwards_is_turned(pairs):
    turned = [(d, f) for f, d in pairs]
    assert kano.analyse(rows(turned), reversed_features=["F"]).features == kano.analyse(rows(pairs)).features


@given(st.lists(PAIRS, min_size=1, max_size=60))
def test_counted_rows_equal_single_rows(pairs):
    counted = [
        {**row, "count": pairs.count((row["functional"], row["dysfunctional"]))} for row in rows(dict.fromkeys(pairs))
    ]
    assert kano.analyse(counted).features == kano.analyse(rows(pairs)).features


def test_words_columns_and_missing_halves():
    answers = {
        "feature": ["F", "F", "F", "G"],
        "functional": ["like", "like", None, 1],
        "dysfunctional": ["dislike", math.nan, 5, ""],
    }
    result = kano.analyse(answers)
    assert (result.n, result.missing, result.no_answers) == (1, 3, ("G",))
    assert result.features["F"].category == "O"
    assert result.features["F"].missing == 2


def test_category_rules_can_disagree():
    counts = {"I": 4, "A": 3, "O": 3}
    pairs = [(3, 3)] * 4 + [(1, 3)] * 3 + [(1, 5)] * 3
    assert kano.read(counts).mode == "I"
    assert kano.analyse(rows(pairs), rule="irq").features["F"].category == "O"
    assert kano.analyse(rows(pairs), rule="significant").features["F"].category == "I/O"


def test_only_reverse_answers_leave_the_coefficients_undefined():
    feature = kano.analyse(rows([(5, 1)] * 30)).features["F"]
    assert (feature.better, feature.worse, feature.better_ci, feature.quadrant) == (None, None, None, None)
    assert "restate_reversed" in feature.flags
    assert feature.continuous.quadrant == "R"


def test_better_worse_quadrants_at_half_and_at_the_mean():
    answers = rows([(1, 5)] * 6 + [(3, 3)] * 4, "high") + rows([(1, 5)] * 8 + [(3, 3)] * 2, "higher")
    assert [f.quadrant for f in kano.analyse(answers).features.values()] == ["O", "O"]
    assert [f.quadrant for f in kano.analyse(answers, cut="mean").features.values()] == ["I", "O"]


def test_segments_that_differ_are_found():
    answers = [{**row, "segment": "new"} for row in rows([(1, 3)] * 30 + [(3, 3)] * 10)]
    answers += [{**row, "segment": "old"} for row in rows([(3, 5)] * 30 + [(3, 3)] * 10)]
    test = kano.analyse(answers).segments["F"]
    assert test.categories == ("A", "M", "I")
    assert (test.df, test.chi2) == (2, pytest.approx(60.0))
    assert test.p == test.p_holm < 1e-12
    from scipy.stats import chi2_contingency

    assert test.chi2 == pytest.approx(chi2_contingency(test.counts, correction=False).statistic)


@pytest.mark.parametrize(
    ("answers", "options", "code", "field"),
    [
        ([], {}, "no_answers", "answers"),
        ([{"functional": 1, "dysfunctional": 1}], {}, "no_such_column", "feature"),
        (rows([(0, 1)]), {}, "too_small", "functional"),
        (rows([(1, 6)]), {}, "too_large", "dysfunctional"),
        (rows([(1.5, 1)]), {}, "not_whole", "functional"),
        (rows([("love", 1)]), {}, "not_a_number", "functional"),
        (rows([(1, math.inf)]), {}, "not_a_number", "dysfunctional"),
        (rows([(1, 1)], None), {}, "no_feature", "feature"),
        ([1], {}, "not_a_row", "answers"),
        ([("like", "dislike")], {}, "not_a_row", "answers"),
        (rows([(1, 1)]), {"table": "other"}, "not_one_of", "table"),
        (rows([(1, 1)]), {"rule": "other"}, "not_one_of", "rule"),
        (rows([(1, 1)]), {"conf": 1}, "too_large", "conf"),
    ],
)
def test_bad_input_is_refused(answers, options, code, field):
    with pytest.raises(MethodError) as refusal:
        kano.analyse(answers, **options)
    assert (refusal.value.code, refusal.value.field) == (code, field)


def test_counts_that_are_none_are_refused():
    for counts, code in (({}, "no_answers"), ({"A": -1}, "too_small"), ({"X": 1}, "not_one_of")):
        with pytest.raises(MethodError, match=code):
            kano.read(counts)
