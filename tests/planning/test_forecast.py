"""Forecasts: weeks counted right, the published method behind them, and an honest record."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from pilothouse.planning.forecast.history import back_test, history, open_items, weeks_taken
from pilothouse.workbench import actions as items
from pilothouse.workbench.models import Item

TODAY = date(2026, 11, 25)  # a Wednesday


def finish(cast, on, state="done"):
    item = items.create(cast.alice, cast.product, "task", {"title": "T"})
    items.change(cast.alice, item, {"state": state})
    Item.objects.filter(pk=item.pk).update(closed_at=datetime(on.year, on.month, on.day, 12, tzinfo=UTC))
    return item


def test_weeks_begin_on_monday_and_the_running_one_does_not_count(cast):
    for on in (date(2026, 11, 9), date(2026, 11, 15), date(2026, 11, 16), date(2026, 11, 24)):
        finish(cast, on)
    finish(cast, date(2026, 11, 10), "cancelled")
    found = history(cast.alice, cast.product, "task", today=TODAY)
    assert (found.first, found.counts) == (date(2026, 11, 9), (2, 1))


def test_a_release_counts_what_delivers_its_requirements(cast):
    release = items.create(cast.alice, cast.product, "release", {"title": "2.5"})
    requirement = items.create(cast.alice, cast.product, "requirement", {"title": "R"})
    items.link(cast.alice, requirement, "planned_in", release)
    for number in range(3):
        task = items.create(cast.alice, cast.product, "task", {"title": f"T{number}"})
        if number:
            items.link(cast.alice, requirement, "delivered_by", task)
    assert open_items(cast.alice, cast.product, "task", None) == 3
    assert open_items(cast.alice, cast.product, "task", release) == 2


def test_past_forecasts_are_tried_against_what_came():
    steady = back_test([3] * 20)
    assert steady.n == 12
    assert steady.shares == {50: 1.0, 80: 1.0, 95: 1.0}
    worse = back_test([9] * 10 + [1] * 10)
    assert worse.shares[95] < 1
    assert back_test([1, 2, 3]) is None
    assert weeks_taken([0, 2, 2], 3) == 3


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_page_says_a_range(cast, client, language):
    cast.alice.user.language = language
    cast.alice.user.save()
    client.force_login(cast.alice.user)
    url = f"{cast.product.url}forecast"
    assert client.get(url).status_code == 200
    items.create(cast.alice, cast.product, "task", {"title": "open"})
    assert client.get(url).status_code == 200
    today = datetime.now(UTC).date()
    for week in range(1, 13):
        for _n in range(1 + week % 3):
            finish(cast, today - timedelta(weeks=week))
    page = client.get(url).content.decode()
    assert "80" in page
    assert "12" in page
    assert client.get(f"{url}?kind=nope&release=99999999999").status_code == 200


def test_the_page_takes_the_same_queries_for_more_items(cast, client, django_assert_max_num_queries):
    client.force_login(cast.alice.user)
    today = datetime.now(UTC).date()
    for week in range(1, 9):
        finish(cast, today - timedelta(weeks=week))
    items.create(cast.alice, cast.product, "task", {"title": "open"})
    with django_assert_max_num_queries(22):
        client.get(f"{cast.product.url}forecast")
