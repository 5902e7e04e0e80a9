"""Readings, predictions and the closing of a release, over HTTP and by their verbs."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from pilothouse.outcomes import actions as outcomes
from pilothouse.outcomes.models import Prediction, Reading
from pilothouse.workbench.models import Event, Item, Run
from pilothouse.workbench.writing import actions
from pilothouse.workbench.writing.cleaning import Invalid
from pilothouse.workbench.writing.undo import undo
from tests.workbench.chain import make_chain

HX = {"HX-Request": "true"}
PREDICTED = {"baseline": "61", "expected": "80", "probability": "70", "review_on": "2026-11-20"}


@pytest.fixture
def chain(cast):
    return make_chain(cast)


@pytest.fixture
def release(chain):
    return chain["release"]


@pytest.fixture
def metric(chain):
    return chain["metric"]


def test_a_prediction_is_to_be_reviewed_a_month_after_the_release(cast, client, release):
    client.force_login(cast.bob.user)
    today = timezone.localdate()
    for fields, after in (
        ({}, today),
        ({"due_on": today + timedelta(days=5)}, today + timedelta(days=5)),
        ({"released_on": today - timedelta(days=3)}, today - timedelta(days=3)),
        ({"released_on": today - timedelta(days=300)}, today),
    ):
        actions.change(cast.alice, release, {name: day.isoformat() for name, day in fields.items()})
        box = re.search('<input[^>]*name="review_on"[^>]*>', client.get(release.url).text)[0]
        assert f'value="{after + timedelta(days=30)}"' in box, fields


def test_a_reading_is_recorded_shown_and_taken_back(cast, client, metric):
    client.force_login(cast.bob.user)
    data = {"on": "2026-11-01", "value": "61.5", "low": "58", "high": "65", "n": "400", "source": "<script>gate"}
    assert "Record a first reading" in client.get(metric.url).text
    html = client.post(f"{metric.url}/readings", data, headers=HX).content.decode()
    assert '<div id="hints" hx-swap-oob="outerHTML">' in html
    assert "Record a first reading" not in html
    assert "<svg" in html
    assert "<script>gate" not in html
    assert "style=" not in html
    assert Reading.objects.get().n == 400
    assert client.post(f"{metric.url}/readings", data, headers=HX).status_code == 200
    assert Reading.objects.count() == 1
    undo(cast.bob, Event.objects.get(verb="read").batch)
    assert Reading.objects.get().removed_at


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("on", ""),
        ("on", "tomorrow"),
        ("value", "much"),
        ("value", ""),
        ("n", "-3"),
        ("low", "99"),
        ("source", "x" * 201),
        ("value", "nan"),
    ],
)
def test_wrong_readings_are_refused_at_their_field(cast, client, metric, name, value):
    client.force_login(cast.bob.user)
    data = {"on": "2026-11-01", "value": "61.5", "low": "58", "high": "65", name: value}
    answer = client.post(f"{metric.url}/readings", data, headers=HX)
    assert answer.status_code == 422
    assert f'id="reading-{name}-error"' in answer.content.decode()
    assert not Reading.objects.exists()


def test_rows_are_pasted_all_or_none_and_errors_name_the_row(cast, client, metric):
    client.force_login(cast.bob.user)
    url = f"{metric.url}/readings/paste"
    assert (
        client.post(
            url, {"rows": "日期\t数值\t样本量\n2026-11-01\t61\t400\n2026-12-01\t68\t412"}, headers=HX
        ).status_code
        == 200
    )
    assert Reading.objects.count() == 2
    answer = client.post(url, {"rows": "2026-11-02, 5\n2026-13-01, 6"}, headers=HX)
    assert answer.status_code == 422
    assert "Row 2" in answer.content.decode()
    assert "2026-13-01, 6" in answer.content.decode()
    assert client.post(url, {"rows": ""}, headers=HX).status_code == 422
    assert Reading.objects.count() == 2


def test_a_prediction_is_frozen_by_the_approval_even_when_the_release_goes_back(cast, client, release, metric):
    outcomes.predict(cast.bob, release, metric, PREDICTED)
    row = Prediction.objects.get()
    outcomes.amend(cast.bob, row, {**PREDICTED, "expected": "75"})
    assert Event.objects.get(verb="amended").changes["amended"] == {"expected": [80.0, 75]}
    client.force_login(cast.bob.user)
    answer = client.post(f"{release.url}/edit?part=head&name=state", {"state": "approved", "version": "99"}, headers=HX)
    for part in ("outcome", "facts"):
        assert f'id="{part}"' in answer.text  # what follows from the state comes along with it
    for state in ("approved", "planning"):
        actions.change(cast.bob, release, {"state": state})
        row = Prediction.objects.select_related("release__product__workspace").get()
        with pytest.raises(Invalid):
            outcomes.amend(cast.bob, row, PREDICTED)
        with pytest.raises(Invalid):
            outcomes.withdraw(cast.bob, row)
    assert Prediction.objects.get().expected == 75


def test_a_prediction_made_after_the_approval_says_so(cast, client, release, metric):
    actions.change(cast.alice, release, {"state": "approved"})
    client.force_login(cast.bob.user)
    assert "approved without a prediction" in client.get(release.url).content.decode()
    html = client.post(f"{release.url}/predictions", {**PREDICTED, "metric": metric.pk}, headers=HX).content.decode()
    assert "made after the approval" in html


@pytest.mark.parametrize(
    ("name", "value"),
    [("metric", "999999"), ("metric", "x"), ("expected", "61"), ("probability", "101"), ("review_on", "")],
)
def test_wrong_predictions_are_refused(cast, client, release, metric, name, value):
    client.force_login(cast.bob.user)
    answer = client.post(f"{release.url}/predictions", {**PREDICTED, "metric": metric.pk, name: value}, headers=HX)
    assert answer.status_code == 422
    assert not Prediction.objects.exists()


def close(cast, client, release, metric):
    outcomes.predict(cast.bob, release, metric, PREDICTED)
    actions.change(cast.bob, release, {"state": "released", "released_on": "2026-10-01"})
    rows = [("2026-08-01", 60), ("2026-09-01", 62), ("2026-10-05", 79), ("2026-11-01", 81)]
    outcomes.record(cast.bob, metric, [{"on": on, "value": v, "low": v - 3, "high": v + 3} for on, v in rows])
    client.force_login(cast.bob.user)
    form = client.get(f"{release.url}/verdict").content.decode()
    assert "Moved as predicted" in form
    return client.post(f"{release.url}/verdict", {"verdict": "moved", "why": "The lift works now."})


def test_a_release_closes_with_a_verdict_kept_along_the_thread_and_undone(cast, client, chain, release, metric):
    assert close(cast, client, release, metric).status_code == 302
    release.refresh_from_db()
    decision = Item.objects.get(pk=chain["decision"].pk)
    assert (release.state, decision.state, decision.fields["verdict"]) == ("closed", "reviewed", "moved")
    assert decision.fields["outcome"] == "The lift works now."
    run = Run.objects.get(method="before_after")
    assert run.result[0]["verdict"] == "moved"
    html = client.get(f"{chain['quote'].url}/thread").content.decode()
    assert "Moved as predicted" in html
    assert "81 on" in html
    undo(cast.bob, Event.objects.get(verb="closed").batch)
    release.refresh_from_db()
    decision.refresh_from_db()
    assert (release.state, decision.state, decision.fields.get("verdict")) == ("released", "open", None)


def test_closing_makes_the_review_where_none_is_linked(cast, client):
    release = actions.create(cast.alice, cast.product, "release", {"title": "3.0", "state": "released"})
    client.force_login(cast.bob.user)
    assert client.post(f"{release.url}/verdict", {"verdict": "cannot_tell", "why": ""}).status_code == 422
    assert client.post(f"{release.url}/verdict", {"verdict": "great", "why": "x"}).status_code == 422
    assert (
        client.post(f"{release.url}/verdict", {"verdict": "cannot_tell", "why": "Nothing was measured."}).status_code
        == 302
    )
    link = release.links_out.get(relation="reviewed_in")
    assert link.target.fields["verdict"] == "cannot_tell"
    assert client.post(f"{release.url}/verdict", {"verdict": "moved", "why": "Again"}).status_code == 422


def test_what_is_missing_is_said_along_the_thread(cast, client, chain):
    client.force_login(cast.bob.user)
    html = client.get(f"{chain['requirement'].url}/thread").content.decode()
    assert "has no prediction" in html
    assert "No reading of" in html
    assert client.get(f"{chain['requirement'].url}/thread", headers={"Accept-Language": "zh"}).status_code == 200


def test_guests_and_strangers(cast, client, release, metric):
    row = Reading.objects.create(metric=metric, on="2026-11-01", value=1)
    made = Prediction.objects.create(
        release=release, metric=metric, baseline=1, expected=2, probability=50, review_on="2026-12-01"
    )
    paths = (f"{metric.url}/readings", f"{metric.url}/readings/paste", f"{metric.url}/readings/{row.pk}/removal",
             f"{release.url}/predictions", f"{release.url}/predictions/{made.pk}", f"{release.url}/predictions/{made.pk}/removal",
             f"{release.url}/verdict")  # fmt: skip
    for actor in (cast.gwen, cast.charlie):
        client.force_login(actor.user)
        assert {client.post(path, PREDICTED).status_code for path in paths} == {404}
    client.force_login(cast.bob.user)
    assert client.post(f"{release.url}/readings", {"on": "2026-11-01", "value": 1}).status_code == 404


def test_pages_cost_the_same_with_many_readings(cast, client, metric, django_assert_max_num_queries):
    client.force_login(cast.bob.user)
    outcomes.record(cast.bob, metric, [{"on": "2026-01-01", "value": 1}])
    client.get(metric.url)
    with django_assert_max_num_queries(50) as few:
        client.get(metric.url)
    outcomes.record(
        cast.bob, metric, [{"on": f"2026-{1 + n % 12:02}-{1 + n % 28:02}", "value": n} for n in range(2, 900)]
    )
    with django_assert_max_num_queries(len(few)):
        client.get(metric.url)
