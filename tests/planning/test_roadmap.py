"""The roadmap: three ways to see the same requirements, dates that stay dates, nothing lost between two people."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest

from pilothouse.outcomes import actions as outcomes
from pilothouse.planning.roadmap.rows import gather
from pilothouse.planning.roadmap.span import Place, span_of
from pilothouse.planning.roadmap.view import read
from pilothouse.workbench.models import Event, Item, Veil
from pilothouse.workbench.writing import actions

ROADMAP = "/w/harbor/TW/roadmap/"
TODAY = date(2026, 11, 25)


def make(cast, kind="requirement", title="Offline ticket", **data):
    return actions.create(cast.alice, cast.product, kind, {"title": title, **data})


@pytest.fixture
def planned(cast):
    """A requirement in a release that was predicted to move a metric."""
    release = make(cast, "release", "2.4", start_on="2026-11-01", due_on="2026-12-10")
    metric = make(cast, "metric", "Tickets opened in time", unit="%", baseline=82, target=95)
    item = make(cast, horizon="now", planned_from="2026-11-10", planned_to="2026-12-01")
    actions.link(cast.alice, item, "planned_in", release)
    prediction = {"baseline": 82, "expected": 92, "probability": 70, "review_on": "2027-01-10"}
    outcomes.predict(cast.alice, release, metric, prediction)
    return item, release, metric


@pytest.mark.parametrize("tab", ["horizon", "timeline", "goal", "release"])
@pytest.mark.parametrize("who", ["alice", "bob", "gwen"])
def test_each_tab_shows_what_one_may_see(client, cast, planned, tab, who):
    hidden = actions.create(cast.alice, cast.private, "metric", {"title": "Hidden metric"})
    actions.link(cast.alice, planned[0], "measured_by", hidden)
    note = make(cast, "note", "Written alone")
    Veil.objects.create(item=note, person=cast.alice.user, by=note)
    for relation in ("measured_by", "planned_in"):
        actions.link(cast.alice, planned[0], relation, note)
    client.force_login(getattr(cast, who).user)
    page = client.get(ROADMAP, {"view": tab})
    text = page.content.decode()
    assert page.status_code == 200
    assert "Offline ticket" in text
    assert "2.4" in text
    assert ("Written alone" in text) == (who == "alice")
    assert ("Hidden metric" in text) == (who == "alice" and tab == "goal")
    assert ("data-move-url" in text) == (who != "gwen" and tab == "horizon")
    client.force_login(cast.charlie.user)
    assert client.get(ROADMAP, {"view": tab}).status_code == 404


def test_a_row_says_what_it_rests_on_and_what_was_predicted(cast, planned):
    need = make(cast, "need", "Board without a signal")
    actions.link(cast.alice, need, "addressed_by", planned[0])
    feedback = make(cast, "feedback", "It did not open", email="a@example.com")
    actions.link(cast.alice, feedback, "supports", need)
    item = Item.objects.get(pk=planned[0].pk)
    (row,) = gather(read(cast.alice, cast.product, {}), [item])
    assert row.evidence.sources == 1
    assert {one["slug"] for one in row.dots.stations if one["count"]} >= {"feedback", "need", "release"}
    assert [release.title for release in row.releases] == ["2.4"]
    assert row.predicted == "Tickets opened in time from 82 to 92, 70 % sure"
    assert [metric.title for metric in row.metrics] == ["Tickets opened in time"]
    assert row.late is None


def test_what_ends_after_its_release_is_late(client, cast, planned):
    actions.change(cast.alice, planned[0], {"planned_to": "2026-12-11"})
    client.force_login(cast.alice.user)
    assert "data-late" in client.get(ROADMAP, {"view": "timeline"}).content.decode()


@pytest.mark.parametrize("tab", ["horizon", "timeline", "goal", "release"])
def test_more_rows_cost_no_more_queries(client, cast, planned, tab, django_assert_max_num_queries):
    client.force_login(cast.alice.user)
    client.get(ROADMAP)
    many = actions.create_many(
        cast.alice,
        cast.product,
        "requirement",
        [
            {"title": f"R{n}", "planned_from": "2026-11-01", "planned_to": "2026-12-01", "horizon": "next"}
            for n in range(60)
        ],
    )
    actions.link_many(cast.alice, many, "planned_in", planned[1])
    with django_assert_max_num_queries(26):
        assert client.get(ROADMAP, {"view": tab}).status_code == 200


def test_filters_are_those_of_the_list_and_a_wrong_one_is_named(client, cast, planned):
    make(cast, title="Another one", horizon="later")
    client.force_login(cast.alice.user)
    text = client.get(ROADMAP, {"horizon": "now"}).content.decode()
    assert "Offline ticket" in text
    assert "Another one" not in text
    wrong = client.get(ROADMAP, {"colour": "red"})
    assert wrong.status_code == 400
    assert "colour" in wrong.content.decode()
    assert client.get(ROADMAP, {"view": "sundial"}).status_code == 400
    assert client.get(ROADMAP, {"view": "timeline", "zoom": "aeon"}).status_code == 400
    asked = client.get(f"{ROADMAP}filter", {"column": "horizon", "view": "goal"}, headers={"HX-Request": "true"})
    assert f'action="{ROADMAP}filter"' in asked.content.decode()
    given = {"column": "horizon", "operator": "eq", "value": "now", "apply": "1", "view": "goal"}
    assert client.get(f"{ROADMAP}filter", given).headers["Location"] == f"{ROADMAP}?view=goal&horizon=now"


def test_what_is_done_leaves_the_horizons_and_a_filter_brings_it_back(client, cast):
    item = make(cast, title="Shipped one", horizon="now")
    actions.change(cast.alice, item, {"state": "shipped"})
    client.force_login(cast.alice.user)
    make(cast, title="Open one")
    assert "Shipped one" not in client.get(ROADMAP).content.decode()
    assert "Shipped one" in client.get(ROADMAP, {"state": "shipped"}).content.decode()
    assert "Shipped one" in client.get(ROADMAP, {"view": "release"}).content.decode()


def test_a_card_is_carried_to_another_horizon_and_back(client, cast):
    item, other = make(cast, horizon="now"), make(cast, title="Other", horizon="next")
    client.force_login(cast.bob.user)
    answer = client.post(f"{ROADMAP}{item.pk}/place", {"column": "next", "before": "", "after": str(other.pk)})
    assert answer.json()["counts"] == {"now": 0, "next": 2, "later": 0, "": 0}
    item.refresh_from_db()
    assert item.fields["horizon"] == "next"
    assert item.rank < other.rank
    assert "/undo/" in answer.headers["HX-Trigger"]
    client.post(f"/w/harbor/undo/{Event.objects.filter(item=item).latest('id').batch}")
    item.refresh_from_db()
    assert item.fields["horizon"] == "now"
    assert client.post(f"{ROADMAP}{item.pk}/place", {"column": "someday"}).status_code == 422
    client.force_login(cast.gwen.user)
    assert client.post(f"{ROADMAP}{item.pk}/place", {"column": "later"}).status_code == 404


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "Pacific/Niue", "Asia/Shanghai"])
def test_dates_are_dates_in_every_zone(client, cast, zone):
    cast.alice.user.time_zone = zone
    cast.alice.user.save()
    item = make(cast)
    client.force_login(cast.alice.user)
    url = f"{ROADMAP}{item.number}/dates"
    given = {"from": "2026-03-29", "to": "2026-10-25", "version": str(item.version)}  # the days clocks are turned on
    saved = client.post(url, given, headers={"HX-Request": "true"}).json()
    assert (saved["from"], saved["to"]) == ("2026-03-29", "2026-10-25")
    item.refresh_from_db()
    assert (item.fields["planned_from"], item.fields["planned_to"]) == ("2026-03-29", "2026-10-25")
    text = client.get(ROADMAP, {"view": "timeline"}).content.decode()
    assert 'data-from="2026-03-29" data-to="2026-10-25"' in text
    assert 'data-days="211"' in text


def test_a_release_moves_by_its_own_dates(client, cast, planned):
    release = planned[1]
    client.force_login(cast.bob.user)
    given = {"from": "2026-11-03", "to": "2026-12-12", "version": str(release.version)}
    assert client.post(f"{ROADMAP}{release.number}/dates", given).status_code == 302
    release.refresh_from_db()
    assert (release.start_on, release.due_on) == (date(2026, 11, 3), date(2026, 12, 12))


def test_dates_that_cannot_be_are_named_and_kept_in_the_form(client, cast):
    item = make(cast)
    client.force_login(cast.alice.user)
    url = f"{ROADMAP}{item.number}/dates"
    for given in ({"from": "2026-12-02", "to": "2026-12-01"}, {"from": "soon", "to": ""}, {"from": "2026-02-30"}):
        answer = client.post(url, given)
        assert answer.status_code == 422
        assert given["from"] in answer.content.decode()
        assert "field" in answer.content.decode()
    item.refresh_from_db()
    assert "planned_from" not in item.fields
    assert client.get(f"{ROADMAP}{make(cast, 'need', 'N').number}/dates").status_code == 404
    client.force_login(cast.gwen.user)
    assert client.get(url).status_code == 404


def test_two_people_moving_one_bar_lose_nothing(client, cast):
    item = make(cast, planned_from="2026-11-10", planned_to="2026-12-01")
    actions.change(cast.alice, item, {"planned_to": "2026-12-20"})
    client.force_login(cast.bob.user)
    given = {"from": "2026-11-10", "to": "2026-12-05", "version": "1"}
    for headers in ({"HX-Request": "true"}, {}):
        answer = client.post(f"{ROADMAP}{item.number}/dates", given, headers=headers)
        assert answer.status_code == 409
        assert "2026-12-20" in answer.content.decode()
    item.refresh_from_db()
    assert item.fields["planned_to"] == "2026-12-20"


def test_a_mistyped_year_breaks_no_timeline(client, cast, planned):
    """It is told in words, and brings back no release of long ago."""
    make(cast, title="Long ago", planned_from="0001-01-01", planned_to="9999-12-31")
    make(cast, "release", "0.1", due_on="1999-12-31", state="closed")
    client.force_login(cast.bob.user)
    for path in ("?view=timeline", "timeline.svg"):
        page = client.get(ROADMAP + path)
        assert page.status_code == 200
        assert ">0.1<" not in page.content.decode()


def test_a_span_holds_all_days_and_a_mistyped_year_does_not_stretch_it():
    span = span_of([date(2026, 11, 10), date(2027, 2, 1), date(9999, 1, 1)], TODAY, "month")
    assert span.first == date(2026, 10, 1)
    assert span.last < date(2028, 1, 1)
    assert span.place(date(2026, 10, 1), date(2026, 10, 1)) == Place(0, 1)
    assert span.place(None, date(2026, 10, 3)) == Place(2, 1)
    assert span.place(date(9999, 1, 1), date(9999, 2, 1)) is None
    assert span.place(date(2026, 10, 30), date(9999, 1, 1)) == Place(29, span.days - 29)


@pytest.mark.parametrize("zoom", ["week", "month", "quarter"])
def test_ticks_cover_the_span_without_a_gap(zoom):
    span = span_of([TODAY - timedelta(days=40), TODAY + timedelta(days=400)], TODAY, zoom)
    for ticks in (span.upper, span.lower):
        assert ticks[0].at == 0
        assert sum(tick.days for tick in ticks) == span.days
        assert all(a.at + a.days == b.at for a, b in itertools.pairwise(ticks))
