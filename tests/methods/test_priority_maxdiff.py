import math
import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilothouse.methods import MethodError, maxdiff
from tests.methods.cases import close, published, table

SETS = [("a", "b", "c"), ("a", "b", "d"), ("a", "c", "d"), ("b", "c", "d")]


def refused(*arguments, **options):
    with pytest.raises(MethodError) as refusal:
        maxdiff.analyse(*arguments, **options)
    return refusal.value.code, refusal.value.field


def simulated(people, utilities, seed=1, sets=SETS):
    """Answers of people who all have the same utilities and choose by the paired model."""
    chance = random.Random(seed)
    rows = []
    for person in range(people):
        for question, items in enumerate(sets, start=1):
            pairs = [(b, w) for b in items for w in items if b != w]
            weights = [math.exp(utilities[b] - utilities[w]) for b, w in pairs]
            best, worst = chance.choices(pairs, weights)[0]
            rows.append({"respondent": person, "question": question, "best": best, "worst": worst})
    return rows


@published("maxdiff", "mfa")
def test_agricultural_functions(case):
    inputs, wanted = case["inputs"], case["expected"]
    result = maxdiff.analyse(table(inputs["file"]), sets=inputs["sets"], items=inputs["items"])
    names = {"B": "best", "W": "worst", "BW": "bw", "stdBW": "std_bw", "sqrtBW": "sqrt_bw", "std_sqrtBW": "std_sqrt_bw"}
    for item, counts in wanted["counts"].items():
        close(result.counts[item], {names[key]: value for key, value in counts.items()}, 1e-8, item)
    close(result.logit, wanted["maxdiff_logit"], case["tolerance"], "logit")
    close(result.share_of_preference, wanted["share_of_preference"], case["tolerance"], "share")
    assert all(count.appearances == 600 for count in result.counts.values())


def test_the_sequential_model_agrees_with_its_definition():
    from scipy.optimize import minimize

    answers = simulated(40, {"a": 1, "b": 0.5, "c": 0, "d": -1})

    def deviance(v):
        value = dict(zip("abcd", [*v, 0.0], strict=True))
        total = 0.0
        for row in answers:
            items = SETS[row["question"] - 1]
            rest = [item for item in items if item != row["best"]]
            total -= value[row["best"]] - math.log(sum(math.exp(value[i]) for i in items))
            total -= -value[row["worst"]] - math.log(sum(math.exp(-value[i]) for i in rest))
        return total

    best = minimize(deviance, [0, 0, 0], tol=1e-10)
    fitted = maxdiff.analyse(answers, sets=SETS, model="sequential").logit
    close([fitted.coef[i] for i in "abc"], best.x.tolist(), 1e-4)
    assert fitted.loglik == pytest.approx(-best.fun, abs=1e-6)


def test_simulated_utilities_come_back():
    utilities = {"a": 1.0, "b": 0.5, "c": 0.0, "d": -1.0}
    fitted = maxdiff.analyse(simulated(2000, utilities), sets=SETS, base="c").logit
    for item in "abd":
        assert abs(fitted.coef[item] - utilities[item]) < 4 * fitted.se[item]
    assert fitted.coef["c"] == 0


def test_people_who_are_alike_are_drawn_together_and_people_who_differ_are_not():
    alike = maxdiff.analyse(simulated(200, {"a": 0.5, "b": 0, "c": 0, "d": -0.5}), sets=SETS).individual
    assert max(alike.reliability.values()) < 0.35
    steady = [
        {
            "respondent": p,
            "question": q,
            "best": (items if p % 2 else items[::-1])[0],
            "worst": (items if p % 2 else items[::-1])[-1],
        }
        for p in range(50)
        for q, items in enumerate(SETS, start=1)
    ]
    torn = maxdiff.analyse(steady, sets=SETS).individual
    assert torn.reliability["a"] > 0.99
    assert torn.scores[1]["a"] == pytest.approx(1, abs=0.05)
    assert torn.scores[2]["a"] == pytest.approx(-1, abs=0.05)


@settings(max_examples=25)
@given(st.integers(0, 10**6))
def test_counts_do_not_depend_on_the_order_and_sum_to_nothing(seed):
    answers = simulated(5, dict.fromkeys("abcd", 0), seed)
    result = maxdiff.analyse(answers, sets=SETS)
    random.Random(seed).shuffle(answers)
    again = maxdiff.analyse(answers, sets=SETS)
    assert again.counts == result.counts
    assert sum(count.bw for count in result.counts.values()) == 0
    assert all(-1 <= count.std_bw <= 1 for count in result.counts.values())
    if result.logit:
        close(again.share_of_preference, result.share_of_preference, 1e-6)
        assert sum(result.share_of_preference.values()) == pytest.approx(1)


def test_an_item_that_is_always_best_has_no_finite_coefficient():
    answers = [{"respondent": 1, "set": items, "best": items[0], "worst": items[-1]} for items in SETS]
    result = maxdiff.analyse(answers)
    assert (result.logit, result.share_of_preference) == (None, None)
    assert "separation" in result.flags
    assert result.counts["a"].corrected
    assert result.counts["a"].sqrt_bw == pytest.approx(math.sqrt(3.5 / 0.5))


def test_incomplete_tasks_are_counted_and_bad_ones_refused():
    good = {"respondent": 1, "question": 1, "best": "a", "worst": "b"}
    result = maxdiff.analyse([good, {**good, "worst": None}], sets=SETS)
    assert (result.tasks, result.incomplete) == (1, 1)
    assert refused([], sets=SETS) == ("no_answers", "answers")
    assert refused([{**good, "best": None}], sets=SETS) == ("no_answers", "best")
    assert refused([good]) == ("no_sets", "sets")
    assert refused([{**good, "question": 9}], sets=SETS) == ("unknown_question", "question")
    assert refused([{**good, "best": "d"}], sets=SETS) == ("not_in_set", "best")
    assert refused([{**good, "worst": "a"}], sets=SETS) == ("same_item", "worst")
    assert refused([good], sets=[("a", "a")]) == ("same_item", "sets")
    assert refused([good], sets=SETS, items=["a", "b"]) == ("unknown_item", "items")
    assert refused([good], sets=SETS, base="z") == ("not_one_of", "base")


@settings(max_examples=8, deadline=None)
@given(st.integers(4, 15), st.integers(3, 5), st.integers(2, 4))
def test_designs_are_nearly_balanced(n, per_set, per_item):
    per_set = min(per_set, n)
    design = maxdiff.design(list(range(n)), per_set=per_set, per_item=per_item)
    assert all(len(set(one)) == per_set for one in design.sets)
    assert min(design.item_counts.values()) >= per_item
    assert max(design.item_counts.values()) - min(design.item_counts.values()) <= 1
    assert design.item_counts == dict(sorted(Counter(i for one in design.sets for i in one).items()))
    assert design == maxdiff.design(list(range(n)), per_set=per_set, per_item=per_item)


def test_a_known_balanced_design_is_reached():
    assert maxdiff.design(list("abcdefg"), per_set=3, per_item=3).balanced
