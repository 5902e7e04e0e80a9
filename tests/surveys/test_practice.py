"""The practice product asks its riders: the survey could have been made, answered and used by hand."""

from __future__ import annotations

import pytest

from pilothouse.surveys.answering import recording
from pilothouse.surveys.flow import check
from pilothouse.surveys.models import QuotaCount, Response, Survey
from pilothouse.surveys.questions import TYPES
from pilothouse.surveys.scored import Priority, Score
from pilothouse.workbench.models import Event, Item

pytestmark = pytest.mark.django_db


@pytest.fixture
def surveys(practice):
    """The one in each language that asked about the requirements."""
    return list(Survey.objects.filter(priority__isnull=False).select_related("item__product", "live").order_by("pk"))


def test_one_in_each_language_and_sixty_riders(surveys):
    assert [survey.item.product.key for survey in surveys] == ["CX", "TW"]
    for survey in surveys:
        assert check(survey.questionnaire) == []  # no translation is missing
        assert survey.questionnaire == survey.live.questionnaire
        assert survey.questionnaire.source == ("zh-hans" if survey.item.product.key == "CX" else "en")
        assert "made up" in survey.questionnaire.intro.get("en")
        assert survey.item.fields["responses"] == survey.responses.count() == 60
        assert QuotaCount.objects.get(survey=survey, quota=recording.TOTAL).count == 60


def test_every_answer_could_have_been_given(surveys):
    for response in Response.objects.select_related("version", "survey"):
        route = recording.route_of(response)
        assert (route.current, route.end.id, route.answers) == (None, "thanks", response.answers)
        assert response.started_at < response.finished_at
        for question in response.version.questionnaire.questions():
            kind, answer = TYPES[question.type], response.answers.get(question.id)
            assert kind.answer(question, kind.cells(question, answer)) == answer
            assert kind.complete(question, answer) or not question.required


def test_it_ranks_the_requirements(surveys):
    for survey in surveys:
        assert Priority.objects.get(survey=survey).live
        scores = list(Score.objects.filter(survey=survey).order_by("place").select_related("item"))
        assert [score.values["kano"] for score in scores] == ["M", "O", "A", "I", "I", "I"]
        assert all(score.item.fields["survey_place"] == score.place for score in scores)
        told = Event.objects.filter(item__in=[score.item for score in scores], verb="surveyed")
        assert told.count() == 6
        assert all(entry.at > survey.item.created_at for entry in told)
    assert Item.objects.filter(kind="requirement", fields__kano__isnull=False).count() == 12
