"""Drafts: nothing written is lost when two people edit, every save can be taken back, live versions never change."""

from __future__ import annotations

import random
import uuid
from copy import deepcopy
from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import Http404
from django.test import override_settings
from hypothesis import given, settings
from hypothesis import strategies as st

from pilothouse.surveys import actions, delta
from pilothouse.surveys.definition import Option, Page, Question, Questionnaire, Text
from pilothouse.surveys.models import Survey, Version
from pilothouse.surveys.rows import survey_for
from pilothouse.workbench.models import Event
from pilothouse.workbench.writing.cleaning import Invalid
from pilothouse.workbench.writing.undo import undo
from tests.cast import Cast


def questionnaire(questions: int = 3) -> Questionnaire:
    def question(n: int) -> Question:
        options = [Option(id=id, text=Text(words={"en": f"Option {id}"})) for id in "abc"]
        return Question(id=f"q{n}", code=f"Q{n}", type="single", text=Text(words={"en": f"Text {n}"}), options=options)

    pages = [Page(id="p1", questions=[question(n) for n in range(1, questions + 1)]), Page(id="p2")]
    return Questionnaire(languages=["en", "zh-hans"], title=Text(words={"en": "Riders"}), pages=pages)


@pytest.fixture
def survey(cast: Cast) -> Survey:
    return actions.create_survey(cast.alice, cast.product, questionnaire())


def edited(document: dict[str, Any], question: int, text: str) -> dict[str, Any]:
    document = deepcopy(document)
    document["pages"][0]["questions"][question]["text"]["words"]["en"] = text
    return document


def test_two_people_in_two_places_are_woven_together(cast: Cast, survey: Survey) -> None:
    seen = survey.draft
    actions.save_draft(cast.alice, survey, edited(seen, 0, "Alice's"), 1)
    actions.save_draft(cast.bob, survey, edited(seen, 1, "Bob's"), 1)
    now = survey_for(survey.item)
    assert [q.text.get("en") for q in now.questionnaire.questions()] == ["Alice's", "Bob's", "Text 3"]
    assert now.draft_version == 3


def test_the_second_saver_of_one_place_sees_what_differs(cast: Cast, survey: Survey) -> None:
    seen = survey.draft
    actions.save_draft(cast.alice, survey, edited(seen, 0, "Alice's"), 1)
    with pytest.raises(actions.Overlap) as overlap:
        actions.save_draft(cast.bob, survey, edited(seen, 0, "Bob's"), 1)
    assert [change["now"] for change in overlap.value.mine] == ["Bob's"]
    assert survey_for(survey.item).questionnaire.question("q1").text.get("en") == "Alice's"  # type: ignore[union-attr]
    # The same words twice are no quarrel.
    assert actions.save_draft(cast.bob, survey, edited(seen, 0, "Alice's"), 1) is None


def test_a_save_is_taken_back_and_made_again(cast: Cast, survey: Survey) -> None:
    first = actions.save_draft(cast.alice, survey, edited(survey.draft, 0, "One"), 1)
    second = actions.save_draft(cast.alice, survey, edited(survey_for(survey.item).draft, 1, "Two"), 2)
    assert first
    assert second
    assert undo(cast.alice, first.batch).count == 1
    texts = [q.text.get("en") for q in survey_for(survey.item).questionnaire.questions()]
    assert texts == ["Text 1", "Two", "Text 3"]
    back = Event.objects.filter(item=survey.item, verb="undrafted").get()
    undo(cast.alice, back.batch)
    assert survey_for(survey.item).questionnaire.question("q1").text.get("en") == "One"  # type: ignore[union-attr]


def test_what_somebody_wrote_since_is_not_taken_back(cast: Cast, survey: Survey) -> None:
    first = actions.save_draft(cast.alice, survey, edited(survey.draft, 0, "One"), 1)
    actions.save_draft(cast.bob, survey, edited(survey_for(survey.item).draft, 0, "Bob's"), 2)
    assert first
    assert undo(cast.alice, first.batch).kept
    assert survey_for(survey.item).questionnaire.question("q1").text.get("en") == "Bob's"  # type: ignore[union-attr]


def test_junk_is_refused_with_its_place(cast: Cast, survey: Survey) -> None:
    with pytest.raises(Invalid) as refused:
        actions.save_draft(cast.alice, survey, {**survey.draft, "pages": [{"id": "a b"}]}, 1)
    assert "pages.0.id" in refused.value.errors
    assert survey_for(survey.item).draft_version == 1


def test_publishing_freezes_a_version_and_opens_the_survey(cast: Cast, survey: Survey) -> None:
    first = actions.publish(cast.bob, survey)
    survey = survey_for(survey.item)
    survey.item.refresh_from_db()
    assert (survey.live, survey.item.state, first.number) == (first, "open", 1)
    actions.save_draft(cast.alice, survey, edited(survey.draft, 0, "Later"), survey.draft_version)
    assert Version.objects.get(pk=first.pk).questionnaire.question("q1").text.get("en") == "Text 1"  # type: ignore[union-attr]
    assert actions.publish(cast.alice, survey_for(survey.item)).number == 2


def test_publishing_is_taken_back_until_somebody_answered(cast: Cast, survey: Survey) -> None:
    actions.publish(cast.alice, survey)
    undo(cast.alice, batch_of(survey, "published"))
    survey = survey_for(survey.item)
    survey.item.refresh_from_db()
    assert (survey.live, survey.item.state) == (None, "draft")
    version = actions.publish(cast.alice, survey)
    survey.responses.create(version=version, language="en")  # type: ignore[attr-defined]
    undo(cast.alice, batch_of(survey, "published"))
    assert survey_for(survey.item).live == version


def batch_of(survey: Survey, verb: str) -> uuid.UUID:
    return Event.objects.filter(item=survey.item_id, verb=verb).latest("pk").batch


def test_guests_and_strangers_change_nothing(cast: Cast, survey: Survey) -> None:
    for actor in (cast.gwen, cast.charlie):
        with pytest.raises(Http404):
            actions.save_draft(actor, survey, survey.draft, 1)
        with pytest.raises(Http404):
            actions.publish(actor, survey)
        with pytest.raises(Http404):
            actions.create_survey(cast.gwen, cast.product, questionnaire())


def test_nothing_is_reopened_that_was_never_published(cast: Cast, survey: Survey) -> None:
    with pytest.raises(Invalid):
        actions.reopen(cast.alice, survey)


def test_a_copy_has_the_questions_and_its_own_address(cast: Cast, survey: Survey) -> None:
    made = actions.copy_survey(cast.bob, survey)
    assert made.code != survey.code
    assert made.draft == survey.draft
    assert made.item.title == "Riders (copy)"


@given(st.integers(0, 2**32))
@settings(max_examples=200)
def test_a_delta_turns_one_document_into_the_other_and_back(seed: int) -> None:
    chance = random.Random(seed)
    before, after = shuffled(chance), shuffled(chance)
    changes = delta.diff(before, after)
    assert delta.apply(before, changes) == after
    assert delta.apply(after, delta.reverse(changes)) == before
    assert delta.fits(before, changes)
    assert delta.diff(before, before) == []


def shuffled(chance: random.Random) -> dict[str, Any]:
    """A questionnaire with some of its questions in some order on two pages, some texts changed."""
    document = questionnaire(6).model_dump(mode="json")
    questions = [q for q in document["pages"][0]["questions"] if chance.random() < 0.8]
    chance.shuffle(questions)
    for question in questions:
        question["options"] = [o for o in question["options"] if chance.random() < 0.8]
        chance.shuffle(question["options"])
        question["text"]["words"]["en"] = chance.choice(["A", "B", "C"])
    cut = chance.randint(0, len(questions))
    document["pages"][0]["questions"], document["pages"][1]["questions"] = questions[:cut], questions[cut:]
    chance.shuffle(document["pages"])
    return document


def test_a_form_that_is_too_large_is_refused_in_words_and_the_draft_stays(client, cast, survey):
    client.force_login(cast.alice.user)
    draft, form = survey.draft, {"version": survey.draft_version, "in": "en", "text": "x" * 3_000, "help": "y"}
    for name, most in (("DATA_UPLOAD_MAX_MEMORY_SIZE", 2_000), ("DATA_UPLOAD_MAX_NUMBER_FIELDS", 3)):
        with override_settings(**{name: most}):
            answers = [
                client.post(
                    f"{survey.url}/edit/q.q1", urlencode(form), "application/x-www-form-urlencoded", headers=more
                )
                for more in ({}, {"HX-Request": "true"})
            ]
        page, line = [answer.content.decode() for answer in answers]
        assert [answer.status_code for answer in answers] == [413, 413]
        assert "what you typed is still there" in page
        assert line.startswith("One form takes up to 5 MB")
    survey.refresh_from_db()
    assert survey.draft == draft
