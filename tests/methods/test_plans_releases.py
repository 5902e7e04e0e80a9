"""Next release: solved instances, enumeration, reasons, refusals."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilothouse.methods import MethodError, nrp
from tests.datasets import dataset
from tests.methods.cases import REFERENCE, cases, close, published

QUICK = [case["id"] for case in cases("nrp") if case["id"].startswith("nrp1")]


def solve(path, budget, seconds):
    instance = nrp.read_file(path.read_text())
    result = nrp.classic(instance, budget, seconds=seconds)
    assert_kept(instance, budget, result)
    return result


def assert_kept(instance, budget, result):
    """Checked without the solver."""
    assert sum(instance.costs[key] for key in result.plan) <= budget
    assert all(before in result.plan for before, after in instance.precedence if after in result.plan)
    assert sum(instance.customers[key]["value"] for key in result.won) == result.value
    assert all(set(instance.customers[key]["items"]) <= set(result.plan) for key in result.won)


@published("nrp", *QUICK)
def test_classic_instances(case):
    result = solve(REFERENCE / case["inputs"]["file"], case["inputs"]["budget"], 60)
    close(result.value, case["expected"]["optimal"], 0, "optimal")
    assert result.proved
    assert result.gap == 0


@pytest.mark.scale
@published("nrp")
def test_every_classic_instance(case):
    result = solve(REFERENCE / case["inputs"]["file"], case["inputs"]["budget"], 60)
    if "optimal" in case["expected"]:
        close(result.value, case["expected"]["optimal"], 0, "optimal")
    else:
        close(result.value <= case["expected"]["upper_bound_here"], True, name="not above the known bound")
        close(result.bound >= case["expected"]["best_known_here"], True, name="bound reaches the best known")


def test_published_optima_with_rounded_budgets():
    """Veerapen et al. 2015 for nrp1: 1204, 1840, 2507 at .3, .5 and .7 of all cost, rounded."""
    first = dataset("nrp_classic", "nrp1.txt")
    total = nrp.read_file(first.read_text()).total_cost
    budgets = [257, 429, 600]
    assert [abs(total * ratio - budget) <= 0.5 for ratio, budget in zip((0.3, 0.5, 0.7), budgets, strict=True)]
    assert [solve(first, budget, 60).value for budget in budgets] == [1204, 1840, 2507]


# Against enumeration --------------------------------------------------------------------------------------------


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_plans_agree_with_enumeration(data):
    count, steps = data.draw(st.integers(2, 5)), data.draw(st.integers(1, 2))
    keys = [f"i{n}" for n in range(count)]
    small = st.integers(0, 4)
    items = {
        key: {"value": data.draw(st.integers(0, 9)), "effort": {"dev": data.draw(small), "ux": data.draw(small)}}
        for key in keys
    }
    releases = [
        {
            "id": f"r{step}",
            "capacity": {"dev": data.draw(st.integers(2, 8)), "ux": data.draw(st.integers(2, 8))},
            "weight": 1 - step / 4,
        }
        for step in range(steps)
    ]
    pair = st.tuples(st.sampled_from(keys), st.sampled_from(keys)).filter(lambda one: one[0] < one[1])
    ties = {name: data.draw(st.lists(pair, max_size=1)) for name in ("precedence", "couplings", "exclusions")}
    result = nrp.analyse(items, releases, **ties, explain=0)

    def fits(places):
        at = dict(zip(keys, places, strict=True))
        for step, release in enumerate(releases):
            for skill, limit in release["capacity"].items():
                if sum(items[key]["effort"][skill] for key in keys if at[key] == step) > limit:
                    return False
        return (
            all(at[a] <= at[b] for a, b in ties["precedence"])
            and all(at[a] == at[b] for a, b in ties["couplings"])
            and not any(at[a] < steps and at[b] < steps for a, b in ties["exclusions"])
        )

    def worth(places):
        return sum(
            items[key]["value"] * releases[p]["weight"] for key, p in zip(keys, places, strict=True) if p < steps
        )

    best = max(worth(places) for places in product(range(steps + 1), repeat=count) if fits(places))
    assert result.value == pytest.approx(best)
    assert result.proved
    first = nrp.first(items, releases, **ties)  # without a solver: it fits, and its bound is one
    order = [release["id"] for release in releases]
    placed = [order.index(first.plan[key]) if key in first.plan else steps for key in keys]
    assert fits(placed)
    assert first.value == pytest.approx(worth(placed))
    assert best <= first.bound + 1e-6
    both = nrp.better(first, result)
    assert (both.value, both.gap) == (pytest.approx(best), pytest.approx(0, abs=1e-9))


@settings(max_examples=20, deadline=None)
@given(st.data())
def test_what_would_let_it_in_does_let_it_in(data):
    count = data.draw(st.integers(3, 6))
    items = {
        n: {"value": data.draw(st.integers(1, 20)), "effort": {"dev": data.draw(st.integers(1, 9))}}
        for n in range(count)
    }
    for n in range(1, count):
        if data.draw(st.booleans()):
            items[n]["pred"] = [n - 1]
    capacity = data.draw(st.integers(4, 14))
    result = nrp.analyse(items, {"next": {"dev": capacity}})
    for key, out in result.out.items():
        if out.shortage:
            more = nrp.analyse(
                {**items, key: {**items[key], "must": True}},
                {"next": {"dev": capacity + out.shortage["dev"]}},
                explain=0,
            )
            assert set(result.plan) <= set(more.plan) or more.value >= result.value + items[key]["value"]
        if out.value_needed is not None:
            richer = {**items, key: {**items[key], "value": out.value_needed + 0.01}}
            assert key in nrp.analyse(richer, {"next": {"dev": capacity}}, explain=0).plan
            poorer = {**items, key: {**items[key], "value": max(0, out.value_needed - 0.01)}}
            assert key not in nrp.analyse(poorer, {"next": {"dev": capacity}}, explain=0).plan


# Rules ----------------------------------------------------------------------------------------------------------

ITEMS = {
    "sso": {"value": 9, "effort": {"dev": 5, "ux": 1}, "deadline": "May"},
    "audit": {"value": 1, "effort": {"dev": 2}, "must": True},
    "export": {"value": 6, "effort": {"dev": 4}, "pred": ["audit"]},
    "theme": {"value": 3, "effort": {"ux": 4}, "earliest": "June"},
    "rival": {"value": 8, "effort": {"dev": 5}},
}
RELEASES = {"May": {"dev": 8, "ux": 3}, "June": {"dev": 5, "ux": 4}}


def test_deadlines_must_haves_locks_and_early_value():
    result = nrp.analyse(ITEMS, RELEASES, exclusions=[("sso", "rival")])
    assert result.plan == {"sso": "May", "audit": "May", "export": "June", "theme": "June"}
    assert result.used["May"] == {"dev": (7, 8), "ux": (1, 3)}
    assert result.out["rival"].excluded_by == ("sso",)
    assert "excluded_by" in result.out["rival"].reasons
    locked = nrp.analyse({**ITEMS, "audit": {**ITEMS["audit"], "release": "June"}}, RELEASES)
    assert (locked.plan["audit"], locked.plan.get("export", "June")) == ("June", "June")
    early = [
        {"id": name, "capacity": limits, "weight": weight}
        for (name, limits), weight in zip(RELEASES.items(), (1, 0.5), strict=True)
    ]
    assert nrp.analyse({"a": {"value": 1, "effort": {"dev": 1, "ux": 0}}}, early).plan == {"a": "May"}


def test_reasons_name_what_is_missing():
    items = {
        "base": {"value": 0, "effort": 9},
        "top": {"value": 5, "effort": 1, "pred": ["base"]},
        "huge": {"value": 99, "effort": 40},
        "toy": {"value": 0, "effort": 1},
    }
    result = nrp.analyse(items, {"next": 5})
    assert result.plan == {}
    assert result.out["top"].reasons == ("prerequisite_out", "capacity")
    assert result.out["top"].needs == ("base",)
    assert result.out["top"].shortage == {"effort": 5}
    assert result.out["top"].value_needed is None
    assert result.out["huge"].reasons == ("too_big",)
    assert result.out["toy"].reasons == ("no_value",)


def test_alternatives_are_other_choices_in_order():
    items = {key: {"value": value, "effort": 2} for key, value in (("a", 5), ("b", 4), ("c", 4))}
    result = nrp.analyse(items, {"next": 4}, alternatives=2)
    assert result.value == 9
    assert [value for value, *_ in result.alternatives] == [9, 8]
    (_, came, went), *_ = result.alternatives
    assert len(came) == len(went) == 1


def test_must_haves_that_do_not_fit_are_told_with_the_shortage():
    items = {
        "a": {"value": 1, "effort": {"dev": 5}, "must": True},
        "b": {"value": 1, "effort": {"dev": 4}, "must": True},
    }
    with pytest.raises(MethodError) as refused:
        nrp.analyse(items, {"next": {"dev": 6}})
    assert refused.value.code == "must_haves_over_capacity"
    assert refused.value.details["short"] == [{"release": "next", "skill": "dev", "amount": pytest.approx(3)}]
    with pytest.raises(MethodError) as refused:
        nrp.analyse(items, {"next": {"dev": 60}}, exclusions=[("a", "b")])
    assert refused.value.code == "must_haves_contradict"


@pytest.mark.parametrize(
    ("call", "code", "field", "row"),
    [
        (lambda: nrp.analyse({}, {"r": 1}), "too_few", "items", None),
        (lambda: nrp.analyse({"a": {"value": -1}}, {"r": 1}), "too_small", "value", "a"),
        (lambda: nrp.analyse({"a": {"effort": {"dev": 1}}}, {"r": {"ux": 1}}), "no_capacity_given", "releases", "r"),
        (lambda: nrp.analyse({"a": {"deadline": "never"}}, {"r": 1}), "no_such_release", "deadline", "a"),
        (lambda: nrp.analyse({"a": {}, "b": {}}, {"r": 1}, couplings=[("a", "c")]), "no_such_item", "couplings", 0),
        (lambda: nrp.analyse({"a": {"pred": ["b"]}, "b": {"pred": ["a"]}}, {"r": 1}), "cycle", "links", "a"),
        (
            lambda: nrp.analyse(
                {"a": {}}, [{"id": "r", "capacity": 1, "weight": 1}, {"id": "s", "capacity": 1, "weight": 2}]
            ),
            "rising_weight",
            "releases",
            "s",
        ),
        (
            lambda: nrp.analyse({"a": {"earliest": "s", "deadline": "r"}}, {"r": 1, "s": 1}),
            "deadline_before_earliest",
            "deadline",
            "a",
        ),
        (
            lambda: nrp.analyse({"a": {}}, {"r": 1}, bundles={"c": {"value": 1, "items": ["z"]}}),
            "no_such_item",
            "bundles",
            "c",
        ),
        (lambda: nrp.read_file("1 2 3"), "not_an_instance_file", "text", None),
    ],
)
def test_refusals(call, code, field, row):
    with pytest.raises(MethodError) as refused:
        call()
    assert (refused.value.code, refused.value.field) == (code, field)
    assert refused.value.row == row or code == "cycle"
