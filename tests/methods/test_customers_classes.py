"""Customers in classes: RFM, ABC and health."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilothouse.methods import (
    abc_pareto,
    health_score,
    rfm,
)
from tests.methods.cases import close, published, table


@published("rfm")
def test_rfm_orders(case):
    inputs = case["inputs"]
    result = rfm.analyse(table(inputs["file"]), analysis_date=inputs["analysis_date"], bins=inputs["bins"])
    expected = dict(case["expected"])
    close(
        {name: list(edges) for name, edges in result.thresholds.items()}, expected.pop("thresholds"), 1e-9, "thresholds"
    )
    close(
        {key: {str(s): n for s, n in found.items()} for key, found in result.score_counts.items()},
        expected.pop("score_counts"),
    )
    close(result.segments, expected.pop("segments"), 0, "segments")
    scored = table(expected.pop("scored_file"))
    assert result.n == len(scored) == 995
    for row in scored:
        one = result.customers[row["customer"]]
        assert (one.rec, one.n, one.amt, one.R, one.F, one.M, one.score, one.segment) == tuple(list(row.values())[1:])


def test_rfm_ties_refunds_and_later_orders():
    orders = [{"customer": c, "order_date": dt.date(2024, 1, 1 + c), "revenue": 10 - c} for c in range(12)]
    orders += [
        {"customer": 3, "order_date": "2025-01-01", "revenue": 5},
        {"customer": None, "order_date": "2024-01-02", "revenue": 5},
    ]
    result = rfm.analyse(orders, analysis_date="2024-06-01")
    assert (result.after, result.missing, result.refunds, result.n) == (1, 1, 1, 12)
    assert result.collapsed == ("F",)
    assert result.customers[11].R == 5


@given(
    st.lists(st.tuples(st.integers(0, 8), st.integers(0, 300), st.integers(1, 500)), min_size=1, max_size=60),
    st.randoms(),
)
@settings(max_examples=60, deadline=None)
def test_rfm_does_not_depend_on_the_order_of_rows(orders, random):
    rows = [(c, dt.date(2024, 1, 1) + dt.timedelta(days=d), a) for c, d, a in orders]
    shuffled = rows[:]
    random.shuffle(shuffled)
    one, other = (rfm.analyse(data, analysis_date="2025-01-01") for data in (rows, shuffled))
    assert one.customers == other.customers
    assert sum(one.segments.values()) == one.n == len({c for c, _, _ in orders})
    assert rfm.from_customers({k: (v.rec, v.n, v.amt) for k, v in one.customers.items()}).customers == one.customers


@published("abc_pareto")
def test_silicon_chips(case):
    result = abc_pareto.analyse(case["inputs"]["items"], counts=(2, 3))
    close(result, case["expected"], case["tolerance"])


@given(st.lists(st.floats(0.01, 1e6), min_size=1, max_size=40))
def test_abc_classes_cover_what_they_promise(values):
    result = abc_pareto.analyse(dict(enumerate(values)))
    assert [item.cls for item in result.ranked] == sorted(item.cls for item in result.ranked)
    assert result.share_A >= 0.8 - 1e-9
    assert result.share_A + result.share_B >= 0.95 - 1e-9
    assert result.share_A + result.share_B + result.share_C == pytest.approx(1)
    apart = sum(abs(a - b) for a in values for b in values) / (2 * len(values) * sum(values))
    assert result.gini == pytest.approx(apart, abs=1e-9)


def test_abc_with_refunds_gaps_and_ties():
    result = abc_pareto.analyse({"b": 50, "a": 50, "c": -20, "d": None})
    assert [item.id for item in result.ranked] == ["a", "b", "c"]
    assert (result.ranked[2].cls, result.negative, result.missing, result.total) == ("C", 1, ("d",), 100)


def test_health_is_the_weighted_mean_of_what_is_known():
    accounts = {"a": {"use": 80, "pay": 40}, "b": {"use": 50, "pay": None}, "c": {"use": None, "pay": 10}}
    result = health_score.analyse(accounts, weights={"use": 3, "pay": 1})
    assert {key: one.score for key, one in result.accounts.items()} == {"a": 70.0, "b": 50.0}
    assert (result.unscored, result.order) == (("c",), ("b", "a"))
    assert result.accounts["a"].band == "healthy"
    assert result.accounts["a"].reasons == ("use", "pay")


def test_health_is_held_against_who_left():
    accounts = {at: {"use": at} for at in range(0, 100, 5)}
    result = health_score.analyse(accounts, weights={"use": 1}, outcomes={at: int(at < 30) for at in accounts})
    assert result.check.auc == 1.0
    assert result.check.churn_by_band == {"at_risk": (6, 8), "watch": (0, 6), "healthy": (0, 6)}
    assert result.check.few
    assert health_score.analyse(accounts, weights={"use": 1}, outcomes={}).check is None
