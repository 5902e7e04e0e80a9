"""Forecasts: weeks counted right, the published method behind them, and an honest record."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from pilothouse.methods import forecast_mc
from pilothouse.planning.forecast.estimates import by_day, estimated
from pilothouse.planning.forecast.history import back_test, history, open_items, weeks_taken
from pilothouse.planning.forecast.ladder import foretell
from pilothouse.planning.models import DayOff, Skill, Worker
from pilothouse.planning.plans import actions as plans
from pilothouse.planning.plans import capacity
from pilothouse.planning.views.forecast import chances
from pilothouse.workbench.models import Item
from pilothouse.workbench.writing import actions as items

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


def test_the_chart_shows_the_whole_way_to_certainty_in_few_bars():
    found = forecast_mc.analyse([0, 1, 0, 0, 1, 0, 0, 0, 1], 24, start=date(2026, 11, 23), levels=(50, 80, 95), seed=1)
    rows = chances(found, date(2026, 11, 23))
    assert len(rows) <= 20
    assert rows[-1][1] == "100%"
    assert int(rows[0][1].rstrip("%")) < 10


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
    with django_assert_max_num_queries(26):
        client.get(f"{cast.product.url}forecast")


@pytest.fixture
def crew(cast):
    """Two skills: development works five days a week, design two and a half."""
    dev, design = (Skill.objects.create(product=cast.product, name=name) for name in ("Dev", "Design"))
    Worker.objects.create(skill=dev, name="Noor", days=5)
    Worker.objects.create(skill=design, name="Ines", days=2.5)
    return dev, design


def requirement(cast, release=None, **more):
    made = items.create(cast.alice, cast.product, "requirement", {"title": "R", **more})
    if release:
        items.link(cast.alice, made, "planned_in", release)
    return made


def test_days_off_and_weekends_stand_between_the_work_and_its_end(cast, crew):
    dev, design = crew
    DayOff.objects.create(product=cast.product, from_on=date(2026, 11, 26), to_on=date(2026, 11, 27))
    done = by_day(cast.product, crew, TODAY)
    assert list(done[dev.pk][:7]) == [1, 1, 1, 1, 1, 2, 3]  # Wednesday, two days off, a weekend, Monday, Tuesday
    assert list(done[design.pk][:6]) == [0.5, 0.5, 0.5, 0.5, 0.5, 1]
    plans.set_estimate(cast.alice, requirement(cast), dev, "3")
    found = estimated(cast.alice, cast.product, None, TODAY)
    assert {found.ends.half, found.ends.sure} == {date(2026, 12, 1)}


def test_the_last_skill_gives_the_date_and_ranges_stay_ranges(cast, crew):
    dev, design = crew
    release = items.create(cast.alice, cast.product, "release", {"title": "2.5"})
    first, second = requirement(cast, release), requirement(cast, release)
    requirement(cast)  # in no release, so it does not count
    requirement(cast, release)  # nobody has estimated it
    plans.set_estimate(cast.alice, first, dev, "1")
    plans.set_estimate(cast.alice, second, design, "2 5 20")
    found = estimated(cast.alice, cast.product, release, TODAY)
    assert found.ends.half < found.ends.likely < found.ends.sure
    # the middle of a triangle from 2 by 5 to 20 is 8.4 days: 17 working days of one who gives half of each
    assert abs((found.ends.half - date(2026, 12, 17)).days) <= 3
    assert (len(found.work.bare), found.driver) == (1, second)


def test_nothing_is_said_without_estimates_or_people(cast, client):
    assert estimated(cast.alice, cast.product, None, TODAY) is None
    skill = Skill.objects.create(product=cast.product, name="Dev")
    plans.set_estimate(cast.alice, requirement(cast), skill, "2 3 9")
    assert estimated(cast.alice, cast.product, None, TODAY) is None
    client.force_login(cast.gwen.user)
    assert client.get(f"{cast.product.url}forecast").status_code == 200


def test_each_open_requirement_has_its_range_in_the_order_of_the_releases(cast, client):
    for week in range(1, 9):
        made = requirement(cast)
        items.change(cast.alice, made, {"state": "shipped"})
        Item.objects.filter(pk=made.pk).update(closed_at=timezone.now() - timedelta(weeks=week))
    late, soon = (
        items.create(cast.alice, cast.product, "release", {"title": title, "due_on": due})
        for title, due in (("later", "2027-06-01"), ("soon", "2027-01-01"))
    )
    last, first, free = requirement(cast, late), requirement(cast, soon), requirement(cast)
    found = foretell(cast.alice, cast.product)
    # one a week, each week: the first by the end of this week, the next a week later, whatever the level
    monday = timezone.localdate() - timedelta(days=timezone.localdate().weekday())
    assert [(found.items[one.pk].half - monday).days for one in (first, last, free)] == [6, 13, 20]
    assert found.releases[late.pk] == found.items[last.pk]
    now, later = requirement(cast, horizon="now"), requirement(cast, horizon="later")
    order = sorted(foretell(cast.alice, cast.product).items.items(), key=lambda one: one[1].half)
    assert [key for key, _range in order] == [now.pk, first.pk, last.pk, later.pk, free.pk]
    client.force_login(cast.gwen.user)
    for view in ("horizon", "timeline", "goal", "release"):
        page = client.get(f"{cast.product.url}roadmap/", {"view": view}).content.decode()
        assert found.items[free.pk].text in page or view == "timeline"


def test_without_weeks_of_its_own_the_roadmap_goes_by_the_estimates(cast, crew):
    dev, _design = crew
    first, bare, second = (requirement(cast) for _number in range(3))
    plans.set_estimate(cast.alice, first, dev, "2 3 9")
    plans.set_estimate(cast.alice, second, dev, "4")
    found = foretell(cast.alice, cast.product).items
    assert set(found) == {first.pk, second.pk}
    assert found[first.pk].half < found[first.pk].sure <= found[second.pk].sure
    assert "by the estimates" in found[second.pk].text
    assert bare.pk not in found


def test_a_release_without_a_first_day_counts_from_today(cast, crew):
    today = timezone.localdate()
    due = today + timedelta(days=20)
    release = items.create(cast.alice, cast.product, "release", {"title": "2.5", "due_on": due.isoformat()})
    assert capacity.windows([release]) == [(today, due)]
    assert capacity.from_today([release]) == release
    assert capacity.rooms(cast.product, [release], crew)[release.pk][crew[0].pk].days > 0


def test_working_days_are_reckoned_as_they_would_be_counted():
    """Also where days off overlap, and where a mistyped year makes a window of millions of days."""
    draw = random.Random(7)
    worker, first = Worker(days=4), date(2026, 1, 1)
    for _window in range(200):
        begin = first + timedelta(days=draw.randrange(40))
        days = [begin + timedelta(days=number) for number in range(draw.randrange(60))]
        offs = [first + timedelta(days=draw.randrange(90)) for _off in range(draw.randrange(5))]
        away = [DayOff(from_on=day, to_on=day + timedelta(days=draw.randrange(20))) for day in offs]
        free = [day for day in days if day.weekday() < 5 and not any(one.from_on <= day <= one.to_on for one in away)]
        window = (begin, begin + timedelta(days=len(days) - 1))
        assert capacity.days_of(worker, window, away) == pytest.approx(len(free) * 4 / 5)
    assert capacity.days_of(worker, (date.min, date.max), [DayOff(from_on=date.min, to_on=date.max)]) == 0
    last = Item(due_on=date.max)
    assert capacity.windows([last, last])[1] == (date.max, date.max)
