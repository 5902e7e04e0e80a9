"""Scoring by RICE: frozen runs, undo, words for what is wrong, and a score that knows when it is out of date."""

from __future__ import annotations

import pytest

from pilothouse.workbench.models import Event, Item, Run
from pilothouse.workbench.writing import actions, scoring
from pilothouse.workbench.writing.cleaning import Invalid
from pilothouse.workbench.writing.undo import undo

HX = {"HX-Request": "true"}
# Intercom's own formula: 2,000 people x 2 x 80 % / 4 person-months.
INPUTS = {"reach": "2000", "impact": "2", "confidence": "80", "effort": "4"}


@pytest.fixture
def made(cast):
    return actions.create(cast.alice, cast.product, "requirement", {"title": "Offline tickets"})


def test_a_score_stands_on_the_item_and_its_inputs_are_frozen(cast, made):
    scoring.score(cast.bob, made, INPUTS)
    made.refresh_from_db()
    assert made.score == 800
    run = Run.objects.get(item=made)
    assert (run.inputs, run.result, run.method) == (
        {"reach": 2000, "impact": 2.0, "confidence": 0.8, "effort": 4}, {"score": 800.0}, "rice",
    )  # fmt: skip
    assert not scoring.summary(cast.alice, made).stale
    actions.change(cast.alice, made, {"effort": 2})
    made = Item.objects.get(pk=made.pk)
    assert scoring.summary(cast.alice, made).stale
    scoring.score(cast.alice, made, {})
    made.refresh_from_db()
    assert made.score == 1600


def test_a_score_can_be_taken_back(cast, made):
    scoring.score(cast.bob, made, INPUTS)
    undo(cast.bob, Event.objects.get(verb="scored").batch)
    made.refresh_from_db()
    assert made.score is None
    assert "reach" not in made.fields


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("effort", "0"),
        ("effort", ""),
        ("confidence", "120"),
        ("reach", "-1"),
        ("reach", "many"),
        ("impact", "7"),
        ("reach", "1e400"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(cast, client, made, name, value):
    with pytest.raises(Invalid) as refused:
        scoring.score(cast.bob, made, {**INPUTS, name: value})
    assert name in refused.value.errors
    client.force_login(cast.bob.user)
    answer = client.post(f"{made.url}/score", {**INPUTS, name: value}, headers=HX)
    assert answer.status_code == 422
    assert f'id="score-{name}-error"' in answer.content.decode()
    assert not Run.objects.exists()


def test_the_preview_computes_without_keeping(cast, client, made):
    client.force_login(cast.bob.user)
    assert "800" in client.get(f"{made.url}/score", INPUTS, headers=HX).content.decode()
    assert "800" not in client.get(f"{made.url}/score", {**INPUTS, "effort": ""}, headers=HX).content.decode()
    assert client.get(f"{made.url}/score", {**INPUTS, "effort": "0"}, headers=HX).status_code == 200
    made.refresh_from_db()
    assert made.score is None


def test_other_kinds_are_not_scored_and_guests_do_not_score(cast, client, made):
    need = actions.create(cast.alice, cast.product, "need", {"title": "Need"})
    client.force_login(cast.bob.user)
    assert client.post(f"{need.url}/score", INPUTS).status_code == 404
    client.force_login(cast.gwen.user)
    assert client.post(f"{made.url}/score", INPUTS).status_code == 404
