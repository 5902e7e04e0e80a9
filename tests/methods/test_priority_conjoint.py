import math
import random
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilothouse.methods import MethodError
from pilothouse.methods import choice_based_conjoint as cbc
from pilothouse.methods import conjoint_ratings as ratings
from tests.methods.cases import close, published, table


def refused(call, *arguments, **options):
    with pytest.raises(MethodError) as refusal:
        call(*arguments, **options)
    return refusal.value.code, refusal.value.field


def minivan(case, **options):
    base = {"seat": 6, "cargo": "2ft", "eng": "gas", "price": 30}
    return cbc.analyse(table(case["inputs"]["file"]), base=base, respondent="resp.id", task="ques", **options)


@published("choice_based_conjoint", "chapman_feit_minivan")
def test_minivan(case):
    wanted = case["expected"]
    result, linear = minivan(case), minivan(case, numeric=["price"])
    for name in ("coef", "se", "loglik0", "loglik"):
        close(getattr(result, name), wanted[name], 1e-6, name)
    for attribute in ("price", "cargo"):
        counts = {str(level): n for level, n in result.counts[attribute].items()}
        close(counts, wanted[f"counts_choice_by_{attribute}"], 0, attribute)
    close(result.importance, wanted["importance_range_pct"], 1e-6, "importance")
    products = [{k: v for k, v in one.items() if k != "share"} for one in wanted["share_simulation"]]
    close(cbc.simulate(result, products).shares, [one["share"] for one in wanted["share_simulation"]], 1e-6, "share")
    close(linear.coef, wanted["linear_price_model"]["coef"], 1e-6, "linear")
    close(linear.loglik, wanted["linear_price_model"]["loglik"], 1e-6, "linear.loglik")
    close(cbc.wtp(linear, "cargo3ft", unit=1000).value, wanted["linear_price_model"]["wtp_cargo3ft"], 1e-4, "wtp")
    chi2, df, _ = cbc.likelihood_ratio(result, linear)
    close({"chi2": chi2, "df": df}, wanted["linear_price_model"]["lr_test_vs_partworth"], 1e-3, "lr")


@published("choice_based_conjoint", "minivan_wtp_ci_and_iia")
def test_minivan_willingness_to_pay_and_copies(case):
    wanted = case["expected"]
    linear = minivan(case, numeric=["price"])
    worth = cbc.wtp(linear, "cargo3ft", unit=1000)
    close(
        [worth.value, worth.se_delta, worth.ci],
        [wanted["wtp"], wanted["wtp_se_delta"], wanted["wtp_ci95"]],
        case["tolerance"],
    )
    assert worth.method == "delta"
    assert worth.ci_fieller[0] < worth.value < worth.ci_fieller[1]
    others = [
        {"seat": 7, "cargo": "2ft", "eng": "hyb", "price": 30},
        {"seat": 6, "cargo": "2ft", "eng": "gas", "price": 30},
        {"seat": 8, "cargo": "2ft", "eng": "gas", "price": 30},
        {"seat": 7, "cargo": "3ft", "eng": "gas", "price": 40},
        {"seat": 6, "cargo": "2ft", "eng": "elec", "price": 40},
        {"seat": 7, "cargo": "2ft", "eng": "hyb", "price": 35},
    ]
    result = minivan(case)
    one = cbc.simulate(result, others).shares
    two = cbc.simulate(result, [*others, others[0]])
    close(two.shares[0], wanted["share_of_each_duplicate"], 1e-6, "duplicate")
    close(two.shares[1] / one[1], wanted["other_shares_scaled_by"], 1e-6, "scaled")
    assert (0, 6) in two.alike
    shared = cbc.simulate(result, [others[1], others[1], others[2]], rule="randomised").shares
    alone = cbc.simulate(result, [others[1], others[2]], rule="randomised").shares
    assert shared[0] == shared[1] == pytest.approx(alone[0] / 2)
    assert cbc.simulate(result, others, rule="first_choice").shares == (0, 1, 0, 0, 0, 0)


def simulated(people, seed=1, none=False):
    """Choices by a known logit: b(red) = 1, b(price) = -0.5 per unit, and none of these at -1."""
    chance = random.Random(seed)
    rows = []
    for person in range(people):
        for task in range(6):
            offers = [{"colour": chance.choice(["blue", "red"]), "price": chance.choice([1, 2, 4])} for _ in range(3)]
            utilities = [(offer["colour"] == "red") - 0.5 * offer["price"] for offer in offers]
            if none:
                offers.append({"colour": None, "price": None})
                utilities.append(-1)
            chosen = chance.choices(range(len(offers)), [math.exp(u) for u in utilities])[0]
            rows += [
                {"respondent": person, "task": task, **offer, "choice": i == chosen} for i, offer in enumerate(offers)
            ]
    return rows


def test_known_preferences_come_back_with_none_of_these_as_a_constant():
    result = cbc.analyse(simulated(400, none=True), numeric=["price"], base={"colour": "blue", "price": 1})
    for name, true in {"colourred": 1, "price": -0.5, "none": -1}.items():
        assert abs(result.coef[name] - true) < 4 * result.se[name]
    assert cbc.wtp(result, "colourred").ci[0] < 2 < cbc.wtp(result, "colourred").ci[1]
    assert sum(cbc.simulate(result, [{"colour": "red", "price": 2}, {}]).shares) == pytest.approx(1)


def test_the_same_as_a_general_optimiser():
    import numpy as np
    from scipy.optimize import minimize

    rows = simulated(60)
    x = np.array([[row["colour"] == "red", row["price"]] for row in rows], dtype=float).reshape(-1, 3, 2)
    y = np.array([row["choice"] for row in rows], dtype=float).reshape(-1, 3)

    def deviance(b):
        u = x @ b
        return float((np.log(np.exp(u).sum(axis=1)) - (u * y).sum(axis=1)).sum())

    best = minimize(deviance, [0, 0], tol=1e-12)
    result = cbc.analyse(rows, numeric=["price"])
    close(
        [result.coef["colourred"] if "colourred" in result.coef else -result.coef["colourblue"], result.coef["price"]],
        best.x.tolist(),
        1e-5,
    )
    assert result.loglik == pytest.approx(-best.fun)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**6))
def test_effects_and_dummies_tell_the_same_story(seed):
    rows = simulated(30, seed)
    dummy = cbc.analyse(rows, attributes=["colour", "price"])
    random.Random(seed).shuffle(rows)
    effects = cbc.analyse(rows, attributes=["colour", "price"], coding="effects")
    assert effects.loglik == pytest.approx(dummy.loglik)
    close(effects.importance, dummy.importance, 1e-6)
    for worths in effects.part_worths.values():
        assert sum(worths.values()) == pytest.approx(0, abs=1e-9)
    product = {"colour": "red", "price": 2}, {"colour": "blue", "price": 1}
    close(cbc.simulate(effects, product).shares, cbc.simulate(dummy, product).shares, 1e-6)


def test_an_unsure_or_positive_price_is_refused_or_read_by_fieller():
    flat = cbc.analyse(
        [{**row, "price": 1 + (i * 7) % 5} for i, row in enumerate(simulated(20))],
        numeric=["price"],
        base={"colour": "blue", "price": 1},
    )
    assert refused(cbc.wtp, flat, "colourred")[0] in ("price_not_significant", "price_not_negative")
    turned = cbc.analyse(
        [{**row, "price": -row["price"]} for row in simulated(50)],
        numeric=["price"],
        base={"colour": "blue", "price": 1},
    )
    assert "positive_price" in turned.flags
    assert refused(cbc.wtp, turned, "colourred") == ("price_not_negative", "price")


def test_fieller_bounds_lie_where_the_difference_stops_being_significant():
    b, p, vb, vp, vbp = 1.0, -0.5, 0.1, 0.04, 0.01
    unsure = SimpleNamespace(coef={"x": b, "price": p}, cov=((vb, vbp), (vbp, vp)), coding="dummy", attributes=())
    worth = cbc.wtp(unsure, "x")
    assert (worth.value, worth.method, worth.ci) == (2, "fieller", worth.ci_fieller)
    for w in worth.ci_fieller:
        z = (b + w * p) / math.sqrt(vb + 2 * w * vbp + w * w * vp)
        assert abs(z) == pytest.approx(1.959964, abs=1e-6)


def test_choice_tasks_that_are_no_choice_are_counted_and_bad_input_is_refused():
    rows = [{"task": t, "a": a, "choice": int(a == (t % 2) + 1)} for t in range(4) for a in (1, 2)]
    result = cbc.analyse([*rows, {"task": 9, "a": 1, "choice": 0}, {"task": 9, "a": 2, "choice": 0}])
    assert (result.tasks, result.excluded, result.coef["a2"]) == (4, 1, pytest.approx(0, abs=1e-12))
    assert refused(cbc.analyse, []) == ("no_attributes", "attributes")
    assert refused(cbc.analyse, [{**row, "a": 1} for row in rows]) == ("constant_attribute", "a")
    assert refused(cbc.analyse, [{**row, "b": row["a"]} for row in rows])[0] == "not_identified"
    assert refused(cbc.analyse, [{**row, "b": row["task"]} for row in rows]) == ("not_identified", "b1")
    assert refused(cbc.analyse, [{**row, "choice": int(row["a"] == 2)} for row in rows]) == ("separation", "a2")
    assert refused(cbc.analyse, [{**row, "choice": 0} for row in rows]) == ("no_answers", "choice")
    assert refused(cbc.analyse, [{**row, "choice": 2} for row in rows]) == ("too_large", "choice")
    assert refused(cbc.analyse, [{**row, "b": row["a"] if i else None} for i, row in enumerate(rows)]) == (
        "missing_level",
        "b",
    )
    assert refused(cbc.analyse, rows, base={"a": 7}) == ("unknown_level", "a")
    assert refused(cbc.simulate, result, [{"a": 7}]) == ("not_one_of", "a")
    assert refused(cbc.simulate, result, [{}]) == ("not_one_of", "products")


def test_choice_designs_are_balanced_and_efficient():
    attributes = {"seat": [6, 7, 8], "cargo": ["2ft", "3ft"], "price": [30, 35, 40]}
    made = cbc.design(attributes, tasks=12, alternatives=3)
    for counts in made.level_counts.values():
        assert max(counts.values()) - min(counts.values()) <= 1
    assert all(len({tuple(p.values()) for p in task}) == 3 for task in made.tasks)
    assert made.d_error <= cbc.design(attributes, tasks=12, alternatives=3, tries=1).d_error
    assert made == cbc.design(attributes, tasks=12, alternatives=3)
    assert refused(cbc.design, {"a": [1, 2]}, alternatives=3) == ("too_few_products", "alternatives")


@published("conjoint_ratings", "tea")
def test_tea(case):
    inputs, wanted = case["inputs"], case["expected"]
    profiles, names = table(inputs["profiles"]), [row["levels"] for row in table(inputs["levels"])]
    sizes = {name: max(row[name] for row in profiles) for name in profiles[0]}
    levels, start = {}, 0
    for name, size in sizes.items():
        levels[name], start = names[start : start + size], start + size
    people = [list(row.values()) for row in table(inputs["preferences"])]
    result = ratings.analyse(people, profiles=profiles, levels=levels)
    close(result.intercept, wanted["intercept"], 1e-8, "intercept")
    close(
        {k: v for worths in result.part_worths.values() for k, v in worths.items()},
        wanted["part_worths"],
        1e-8,
        "part_worths",
    )
    close(result.importance, wanted["average_importance_pct"], case["tolerance"], "importance")
    shares = ratings.simulate(result, table(inputs["simulated_profiles"]))
    close(shares.first_choice_pct, wanted["sim_first_choice_pct"], 1e-9, "first choice")
    close(shares.btl_pct, wanted["sim_btl_pct"], 1e-7, "btl")
    close(shares.logit_pct, wanted["sim_logit_pct"], 1e-7, "logit")


PROFILES = [{"a": a, "b": b} for a in "xyz" for b in "pq"]


@given(st.lists(st.lists(st.integers(0, 10), min_size=6, max_size=6), min_size=1, max_size=8), st.randoms())
def test_ratings_do_not_depend_on_the_order_of_people_or_their_scale(people, chance):
    result = ratings.analyse(people, profiles=PROFILES)
    shuffled = people[:]
    chance.shuffle(shuffled)
    close(ratings.analyse(shuffled, profiles=PROFILES).part_worths, result.part_worths, 1e-9)
    scaled = ratings.analyse([[3 * x + 5 for x in row] for row in people], profiles=PROFILES)
    close(scaled.importance, result.importance, 1e-6)
    assert sum(result.importance.values()) == pytest.approx(100) or result.indifferent == result.n
    for worths in result.part_worths.values():
        assert sum(worths.values()) == pytest.approx(0, abs=1e-9)


def test_missing_ratings_and_refusals():
    full = [9, 6, 5, 2, 4, 1]
    result = ratings.analyse([full, [9, None, 5, 2, 4, 1], [1] + [None] * 5, [5] * 6], profiles=PROFILES)
    assert (result.missing, result.excluded, result.indifferent, result.n) == (6, 1, 1, 4)
    assert refused(ratings.analyse, [], profiles=PROFILES) == ("too_few", "ratings")
    assert refused(ratings.analyse, [full[:5]], profiles=PROFILES) == ("different_length", "ratings")
    assert refused(ratings.analyse, [[None] * 6], profiles=PROFILES) == ("no_answers", "ratings")
    assert refused(ratings.analyse, [[math.inf] * 6], profiles=PROFILES) == ("not_a_number", "ratings")
    assert refused(ratings.analyse, [[1] * 3], profiles=PROFILES[1::2])[0] == "constant_attribute"
    assert refused(ratings.analyse, [[1] * 3], profiles=[PROFILES[0], PROFILES[3], PROFILES[0]])[0] == "not_identified"
    assert refused(ratings.analyse, [[1, 2]], profiles=[{"a": 1}, {"a": 1}]) == ("constant_attribute", "a")
