"""What a page asks for while it stands open: who is how far, whether a plan still fits, where a requirement stands."""

from __future__ import annotations

import pytest

from pilothouse.planning.plans import actions as plans
from pilothouse.planning.scorecards import actions as cards
from pilothouse.workbench.writing import actions

pytestmark = pytest.mark.django_db


@pytest.fixture
def need(cast):
    return actions.create(cast.alice, cast.product, "requirement", {"title": "Offline"})


@pytest.fixture
def card(cast, need):
    people = [cast.bob.user]
    return cards.create_card(cast.alice, cast.product, "rice", {"title": "Next"}, [need], blind=True, people=people)


def read(client, who, url: str):
    client.force_login(who.user)
    return client.get(url, headers={"HX-Request": "true"})


def test_counts_are_seen_and_numbers_not(cast, client, card, need):
    cards.set_cell(cast.bob, card, need, "reach", {"value": "98765"})
    answer = read(client, cast.alice, f"{card.url}/seats")
    assert "1 of 4" in answer.text
    assert "HX-Refresh" not in answer.headers
    for url in (f"{card.url}/seats", card.url):
        page = read(client, cast.alice, url).text
        assert not [number for number in ("98765", "98,765") if number in page]
    assert read(client, cast.charlie, f"{card.url}/seats").status_code == 404


def test_the_page_comes_anew_for_who_is_done_and_only_tells_who_is_not(cast, client, card):
    cards.finish(cast.bob, card)
    cards.reveal(cast.alice, card)
    assert read(client, cast.bob, f"{card.url}/seats").headers["HX-Refresh"] == "true"
    waiting = read(client, cast.alice, f"{card.url}/seats")
    assert "HX-Refresh" not in waiting.headers
    assert "See what all said" in waiting.text


def test_a_plan_says_which_release_has_no_days(cast, client):
    release = actions.create(cast.alice, cast.product, "release", {"title": "2.5 Groups"})
    plan = plans.create_plan(cast.alice, cast.product, {"title": "Next"}, [release])
    assert "No days yet for 2.5 Groups" in read(client, cast.bob, f"{plan.url}/state").text
    skill = plans.add_skill(cast.alice, cast.product, "Everybody")
    plans.set_capacity(cast.alice, release, skill, "20")
    assert "No days yet" not in read(client, cast.bob, f"{plan.url}/state").text
    assert read(client, cast.charlie, f"{plan.url}/state").status_code == 404


def test_a_released_release_is_not_offered(cast, client):
    for title, state in (("2.4 Out", "released"), ("2.5 Open", "planning")):
        release = actions.create(cast.alice, cast.product, "release", {"title": title})
        actions.change(cast.alice, release, {"state": state})
    client.force_login(cast.alice.user)
    page = client.get(f"{cast.product.url}plans/new").text
    assert "2.5 Open" in page
    assert "2.4 Out" not in page


def test_a_requirement_shows_its_place_once_numbers_are_shown(cast, client, card, need):
    for criterion, value in {"reach": "900", "impact": "2", "confidence": "80", "effort": "2"}.items():
        cards.set_cell(cast.alice, card, need, criterion, {"value": value})
    assert "still scored apart" in read(client, cast.gwen, f"{need.url}/standing").text
    cards.reveal(cast.alice, card)
    assert "place 1 of 1" in read(client, cast.gwen, f"{need.url}/standing").text
    assert read(client, cast.charlie, f"{need.url}/standing").status_code == 404
