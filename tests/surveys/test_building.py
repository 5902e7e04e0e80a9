"""The pages of a survey, as far as all of them share them."""

from __future__ import annotations

from typing import Any

import pytest

from pilothouse.surveys.models import Survey
from pilothouse.surveys.questions import TYPES
from pilothouse.surveys.rows import survey_for
from pilothouse.workbench import actions
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_a_survey_made_anywhere_has_its_row(cast: Cast, client: Any) -> None:
    item = actions.create(cast.alice, cast.product, "survey", {"title": "Riders"})
    assert not Survey.objects.filter(item=item).exists()
    client.force_login(cast.alice.user)
    for path in ("", "/survey"):
        assert client.get(item.url + path).status_code == 200
    assert survey_for(item).questionnaire.title.get("en") == "Riders"


def test_who_sees_a_survey(cast: Cast, client: Any) -> None:
    url = actions.create(cast.alice, cast.product, "survey", {"title": "Riders"}).url + "/survey"
    for actor, status in ((cast.alice, 200), (cast.bob, 200), (cast.gwen, 200), (cast.charlie, 404)):
        client.force_login(actor.user)
        assert client.get(url).status_code == status


def post(client: Any, survey: Survey, at: str, do: str = "", **fields: Any) -> Any:
    """One form of the builder, sent without scripts."""
    survey = survey_for(survey.item)
    return client.post(f"{survey.url}/edit/{at}", {"version": survey.draft_version, "in": "en", "do": do, **fields})


@pytest.mark.parametrize("type", list(TYPES))
def test_every_type_is_added_shown_and_saved(cast: Cast, client: Any, type: str) -> None:
    survey = survey_for(actions.create(cast.alice, cast.product, "survey", {"title": "Riders"}))
    client.force_login(cast.bob.user)
    answer = post(client, survey, "outline", f"add:{type}")
    assert answer.status_code == 302, answer.content.decode()
    question = next(survey_for(survey.item).questionnaire.questions())
    assert question.type == type
    page = client.get(answer.url)
    assert page.status_code == 200
    assert post(client, survey, f"q.{question.id}", text="Why?", part="1").status_code == 302
    assert survey_for(survey.item).questionnaire.question(question.id).text.get("en") == "Why?"  # type: ignore[union-attr]
