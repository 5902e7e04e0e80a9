import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilothouse.methods import MethodError, csat_ces, multiple_response, nps, sus, umux_lite
from tests.methods.cases import close, published


def refused(call, *arguments, **options):
    with pytest.raises(MethodError) as refusal:
        call(*arguments, **options)
    return refusal.value.code, refusal.value.field


@published("multiple_response", "basic")
def test_multiple_response(case):
    close(multiple_response.analyse(case["inputs"]["responses"]), case["expected"], case["tolerance"])


@given(st.lists(st.sets(st.sampled_from("ABCD")), min_size=1, max_size=40), st.randoms())
def test_multiple_response_invariants(people, chance):
    if not any(people):
        assert refused(multiple_response.analyse, people) == ("no_answers", "responses")
        return
    result = multiple_response.analyse(people, options=list("ABCD"))
    assert sum(result.pct_of_responses.values()) == pytest.approx(100)
    assert sum(result.pct_of_cases.values()) == pytest.approx(result.sum_pct_of_cases)
    assert all(
        low <= pct + 1e-9 and pct <= high + 1e-9
        for pct, (low, high) in zip(result.pct_of_cases.values(), result.ci_of_cases.values(), strict=True)
    )
    chance.shuffle(people)
    assert multiple_response.analyse(people, options=list("ABCD")) == result


def test_none_of_these_repeats_and_missing():
    result = multiple_response.analyse([["none"], ["A", "none"], ["A", "A"], None, [math.nan]], none="none")
    assert result.count == {"none": 1, "A": 2}
    assert (result.contradictory, result.repeated, result.valid_cases, result.missing_cases) == (1, 1, 3, 2)
    assert refused(multiple_response.analyse, ["AB"]) == ("not_a_list", "responses")
    assert refused(multiple_response.analyse, [["A"]], options=["B"]) == ("not_one_of", "responses")
    assert refused(multiple_response.analyse, []) == ("no_answers", "responses")


def test_options_are_compared_between_groups_one_by_one():
    from scipy.stats import chi2_contingency

    people = [["A"]] * 30 + [["A", "B"]] * 20 + [["B"]] * 40 + [["A", "B"]] * 10
    groups = ["new"] * 50 + ["old"] * 50
    found = multiple_response.compare(people, groups)
    oracle = chi2_contingency([[50, 10], [0, 40]], correction=False).pvalue
    assert found["A"].p == pytest.approx(oracle)
    assert found["A"].pct_of_cases == {"new": 100.0, "old": 20.0}
    assert found["A"].p_holm >= found["A"].p
    assert multiple_response.compare([["A"], ["B"], ["A"]], ["x", "y", "y"])["A"].test == "fisher"
    assert refused(multiple_response.compare, [["A"]], ["x"]) == ("too_few", "groups")
    assert refused(multiple_response.compare, [["A"]], []) == ("too_few", "groups")


@published("nps", "r_nps_tests")
def test_nps_of_the_r_package(case):
    results = [nps.analyse(ratings) for ratings in case["inputs"]["ratings"]]
    for name in ("nps", "variance", "se"):
        close([getattr(result, name) for result in results], case["expected"][name], case["tolerance"], name)


@published("nps", "adjusted_wald")
def test_nps_adjusted_wald(case):
    result, wanted = nps.from_counts(**case["inputs"]), case["expected"]
    close(result.wald, wanted.pop("wald95"), case["tolerance"], "wald95")
    close(result.adjusted_wald, wanted.pop("adjusted_wald95"), case["tolerance"], "adjusted_wald95")
    close(result, wanted, case["tolerance"])


@given(st.lists(st.integers(0, 10), min_size=1, max_size=80), st.randoms())
def test_nps_invariants(ratings, chance):
    result = nps.analyse(ratings)
    chance.shuffle(ratings)
    assert nps.analyse([*ratings, None, math.nan]) == nps.from_counts(
        result.detractors, result.passives, result.promoters, missing=2
    )
    assert -100 <= result.ci[0] <= result.adjusted_wald_center <= result.ci[1] <= 100
    assert result.ci[0] < result.ci[1]
    mirror = nps.from_counts(result.promoters, result.passives, result.detractors)
    assert (mirror.nps, mirror.se) == pytest.approx((-result.nps, result.se))


def test_nps_waves_and_refusals():
    before, after = nps.from_counts(30, 30, 40), nps.from_counts(100, 200, 500)
    change = nps.compare(before, after)
    assert change.difference == 40
    assert change.significant
    assert change.ci[0] > 0
    back = nps.compare(after, before)
    assert (back.z, back.p) == (pytest.approx(-change.z), pytest.approx(change.p))
    assert nps.compare(before, before).p == pytest.approx(1)
    assert nps.answers_for_margin(10) == 269
    assert refused(nps.analyse, []) == ("no_answers", "ratings")
    assert refused(nps.analyse, [11]) == ("too_large", "ratings")
    assert refused(nps.analyse, [-1]) == ("too_small", "ratings")
    assert refused(nps.analyse, [7.5]) == ("not_whole", "ratings")
    assert refused(nps.analyse, ["ten"]) == ("not_a_number", "ratings")
    assert refused(nps.from_counts, 0, 0, 0) == ("no_answers", "promoters")


@published("csat_ces", "csat_top2")
def test_csat(case):
    result, wanted = csat_ces.analyse(**case["inputs"]), case["expected"]
    for name in ("wilson", "agresti_coull", "t"):
        close(
            getattr(result, name),
            wanted.pop(f"{name}95"),
            case["tolerance"],
            name,
        )
    close(result, wanted, case["tolerance"])


@given(st.lists(st.integers(1, 7), min_size=1, max_size=60))
def test_csat_bounds(ratings):
    result = csat_ces.ces(ratings)
    assert result.top == sum(rating >= 5 for rating in ratings)
    assert 0 <= result.wilson[0] <= result.csat_pct + 1e-9
    assert result.csat_pct <= result.wilson[1] + 1e-9 <= 100 + 1e-6
    assert sum(result.distribution.values()) == result.n == len(ratings)


def test_csat_refuses_and_counts_the_missing():
    assert csat_ces.analyse([5, None, ""]).missing == 2
    assert (csat_ces.analyse([5]).sd, csat_ces.analyse([5]).t) == (None, None)
    assert refused(csat_ces.analyse, [6]) == ("too_large", "ratings")
    assert refused(csat_ces.analyse, [None]) == ("no_answers", "ratings")
    assert refused(csat_ces.analyse, [1], top_k=5) == ("too_large", "top_k")
    assert refused(csat_ces.analyse, [1], scale_max=1) == ("too_small", "scale_max")


@published("sus", "scoring_and_grade")
def test_sus(case):
    result = sus.analyse(case["inputs"]["responses"])
    close({"score": result.scores, "grade": result.grades}, case["expected"], case["tolerance"])


@published("sus", "grade_table")
def test_sus_grades(case):
    for row in case["expected"]:
        close(sus.LOWEST[sus.GRADES.index(row["grade"])], row["lo"], 0, row["grade"])
        assert sus.grade(row["lo"]) == sus.grade(row["hi"]) == row["grade"]
        if row["lo"]:
            assert sus.grade(row["lo"] - 0.1) != row["grade"]
        assert sus.percentile(row["lo"]) == row["percentile"][0]


@published("sus", "percentile_interpolation")
def test_sus_percentiles(case):
    close(
        [sus.percentile(score) for score in case["inputs"]["scores"]], case["expected"]["percentile"], case["tolerance"]
    )


@given(st.lists(st.lists(st.integers(1, 5), min_size=10, max_size=10), min_size=1, max_size=20), st.randoms())
def test_sus_invariants(people, chance):
    result = sus.analyse(people)
    assert all(0 <= score <= 100 and score % 2.5 == 0 for score in result.scores)
    assert result.mean == pytest.approx(0.2 * result.learnability + 0.8 * result.usability)
    mirrored = sus.analyse([[6 - answer for answer in one] for one in people])
    assert mirrored.mean == pytest.approx(100 - result.mean)
    chance.shuffle(people)
    assert sus.analyse(people).mean == pytest.approx(result.mean)


def test_sus_missing_answers_and_refusals():
    good = [4, 2, 4, 1, 4, 2, 5, 2, 4, 2]
    result = sus.analyse([good, [None, None, *good[2:]], [None] * 3 + good[3:], [5] * 10, [3] * 10])
    assert (result.n, result.dropped, result.filled, result.straight_lined) == (4, 1, 2, (3,))
    assert result.scores[2] is None
    assert refused(sus.analyse, []) == ("too_few", "responses")
    assert refused(sus.analyse, [good[:9]]) == ("different_length", "responses")
    assert refused(sus.analyse, [[6, *good[1:]]]) == ("too_large", "responses")
    assert refused(sus.analyse, [[None] * 10]) == ("no_answers", "responses")
    assert refused(sus.grade, 101) == ("too_large", "score")


@published("umux_lite", "three")
def test_umux_lite(case):
    result = umux_lite.analyse(case["inputs"]["items"])
    rows = [
        {"umux_lite": raw, "sus_equivalent": sus_}
        for raw, sus_ in zip(result.umux_lite, result.sus_equivalent, strict=True)
    ]
    close(rows, case["expected"], case["tolerance"])


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=1, max_size=20))
def test_umux_lite_bounds(pairs):
    result = umux_lite.analyse(pairs, points=5)
    assert all(0 <= score <= 100 for score in result.umux_lite)
    assert 22.9 <= result.mean_sus_equivalent <= 87.9
    assert umux_lite.analyse([pair[::-1] for pair in pairs], points=5) == result


def test_umux_lite_refuses():
    assert umux_lite.analyse([[7, None], [7, 7]]).umux_lite == (None, 100.0)
    assert refused(umux_lite.analyse, [[8, 1]]) == ("too_large", "items")
    assert refused(umux_lite.analyse, [[1]]) == ("different_length", "items")
    assert refused(umux_lite.analyse, [[1, 1]], points=6) == ("not_one_of", "points")
    assert refused(umux_lite.analyse, [[None, 1]]) == ("no_answers", "items")
