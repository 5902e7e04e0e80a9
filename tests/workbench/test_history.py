"""History in words, in both languages; undo of one's own; bringing back an older text."""

from __future__ import annotations

import pytest
from django.utils import translation

from pilothouse.workbench.models import Event
from pilothouse.workbench.showing.talk import events_of
from pilothouse.workbench.showing.words import describe
from pilothouse.workbench.writing import actions


@pytest.fixture
def need(cast):
    return actions.create(cast.alice, cast.product, "need", {"title": "Open without a signal", "body": "One\nTwo"})


def told(actor, item):
    return [str(line.text) for line in reversed(describe(actor, events_of(item, 50)))]


def test_every_event_is_a_sentence_in_both_languages(cast, need):
    other = actions.create(cast.alice, cast.product, "need", {"title": "<b>Other"})
    actions.change(cast.bob, need, {"state": "confirmed"})
    actions.change(cast.bob, need, {"owner": "me"})
    actions.change(cast.bob, need, {"frequency": "daily", "due_on": "2026-12-10"})
    link = actions.link(cast.bob, need, "blocks", other)
    actions.unlink(cast.bob, link)
    actions.trash(cast.bob, [need])
    actions.restore(cast.bob, [need])
    english = told(cast.alice, need)
    assert english[:4] == ["made this", "moved this to Confirmed", "made Bob the owner", "changed How often, Due on"]
    assert "linked this: blocks" in english[4]
    assert "&lt;b&gt;Other" in english[4]
    assert english[6:] == ["moved this to the trash", "took this out of the trash"]
    with translation.override("zh-hans"):
        chinese = told(cast.alice, need)
    assert not set(english) & set(chinese)


def test_values_are_shown_as_people_call_them(cast, need):
    actions.change(cast.bob, need, {"frequency": "daily", "owner": "me"})
    changes = {change.name: change for change in describe(cast.alice, events_of(need, 1))[0].changes}
    assert (changes["frequency"].before, changes["frequency"].after) == ("", "Daily")
    assert changes["owner"].after == "Bob"


def test_what_one_may_not_see_is_not_named(cast, need):
    secret = actions.create(cast.alice, cast.private, "need", {"title": "Secret plan"})
    actions.link(cast.alice, need, "relates", secret)
    assert "Secret plan" in told(cast.alice, need)[-1]
    assert "Secret plan" not in told(cast.bob, need)[-1]


def test_describing_costs_the_same_for_many(cast, need, django_assert_max_num_queries):
    for n in range(12):
        actions.change(cast.bob, need, {"owner": "me" if n % 2 else None, "title": f"Title {n}"})
    events = events_of(need, 50)
    with django_assert_max_num_queries(4):
        describe(cast.alice, events)


def test_the_page_offers_undo_only_for_ones_own(cast, client, need):
    actions.change(cast.bob, need, {"title": "Bob's"})
    actions.change(cast.alice, need, {"body": "Three"})
    client.force_login(cast.bob.user)
    html = client.get(f"{need.url}/history").content.decode()
    mine, hers = (
        Event.objects.get(actor=actor.user, item=need, verb="changed").batch for actor in (cast.bob, cast.alice)
    )
    assert f"undo/{mine}" in html
    assert f"undo/{hers}" not in html
    assert client.post(f"/w/harbor/undo/{hers}").status_code == 404


def test_an_older_text_is_compared_and_brought_back(cast, client, need):
    actions.change(cast.alice, need, {"body": "One\nThree <b>"})
    entry = Event.objects.get(item=need, verb="changed")
    client.force_login(cast.bob.user)
    html = client.get(f"{need.url}/history/{entry.pk}").content.decode()
    assert "<del>Two</del>" in html
    assert "<ins>Three &lt;b&gt;</ins>" in html
    assert client.post(f"{need.url}/history/{entry.pk}/text").status_code == 302
    need.refresh_from_db()
    assert need.body == "One\nTwo"
    other = actions.create(cast.alice, cast.product, "need", {"title": "Other"})
    assert client.get(f"{other.url}/history/{entry.pk}").status_code == 404
