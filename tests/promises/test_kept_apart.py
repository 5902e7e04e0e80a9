"""What one person may not see yet, or not at all, is on no page, in no file and in no answer of the API; and undoing
reaches nothing outside of its own product."""

from __future__ import annotations

import uuid

import pytest

from pilothouse.people.models import Token
from pilothouse.planning.models import Plan, Scorecard
from pilothouse.planning.plans.problem import gather
from pilothouse.surveys.models import Code, Coding, Response, Survey
from pilothouse.workbench.models import Event
from pilothouse.workbench.writing.undo import undo
from tests.promises.test_urls import WORKSPACE, walk
from tests.promises.world import fill

BLIND = "CANARY blind"


def body(answer) -> str:
    return (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode(errors="replace")


@pytest.fixture
def made(cast):
    made = fill(cast)
    card = Scorecard.objects.select_related("item__product__workspace").get(way="own")
    Plan.objects.update(scorecard=card)
    return made


def test_what_others_scored_apart_is_nowhere(client, cast, made):
    card = Scorecard.objects.select_related("item__product__workspace").get(way="own")
    card_paths = [path.replace("TW-11/", f"{card.item.ref}/") for path in WORKSPACE if "/TW-11/" in path]
    for who in (cast.bob, cast.gwen):
        client.force_login(who.user)
        _, secret = Token.issue(user=who.user, workspace=who.workspace, name="t", scope="read")
        paths = [*WORKSPACE, *card_paths, *walk(client, card.url, most=25), "/w/harbor/search?q=blind", "/w/harbor/palette.json?q=blind"]  # fmt: skip
        paths += [f"/api/v1/items/{card.item.ref}{part}" for part in ("", "/scorecard", "/events", "/links")]
        paths += ["/api/v1/products/TW/export", "/api/v1/products/TW/scorecards", "/api/v1/search?q=blind"]
        for path in dict.fromkeys(paths):
            headers = {"Authorization": f"Bearer {secret}"} if path.startswith("/api") else {}
            assert BLIND not in body(client.get(path, headers=headers)), (who.user.name, path)
        found = gather(who, Plan.objects.select_related("item__product", "scorecard__item").get())
        assert found.values == gather(cast.alice, found.plan).values
    client.force_login(cast.alice.user)
    assert BLIND in body(client.get("/w/harbor/TW/export.json"))
    Scorecard.objects.update(revealed_at="2026-11-22T12:00Z")
    client.force_login(cast.bob.user)
    assert BLIND in body(client.get("/w/harbor/TW/export.json"))


def test_an_event_that_names_strangers_numbers_reaches_only_its_own_survey(cast, made):
    """As a product that came in as a file may."""
    theirs = Survey.objects.get()
    mine = ask_elsewhere(cast)
    code = Code.objects.create(product=cast.foreign, name="theirs")
    kept = Coding.objects.create(response=theirs.responses.first(), question="q2", code=code)
    rows = list(theirs.responses.values_list("pk", flat=True))
    Response.objects.filter(pk__in=rows).update(excluded=True)
    told = {"responses": rows, "question": "q2", "key": "", "code": code.pk, "name": "x", "reason": "x"}
    for verb in ("excluded", "coded"):
        event = Event.objects.create(product=cast.foreign, item=mine.item, actor=cast.charlie.user, verb=verb, changes=told, batch=uuid.uuid4(), version=1)  # fmt: skip
        undo(cast.charlie, event.batch)
    assert set(Response.objects.filter(pk__in=rows).values_list("excluded", flat=True)) == {True}
    assert Coding.objects.filter(pk=kept.pk).exists()


def ask_elsewhere(cast) -> Survey:
    from pilothouse.surveys.rows import survey_for
    from pilothouse.workbench.writing import actions

    return survey_for(actions.create(cast.charlie, cast.foreign, "survey", {"title": "Mine"}))
