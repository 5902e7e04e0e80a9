"""Pictures that an option shows, and files that respondents send."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pilothouse.surveys.answering import uploads
from pilothouse.surveys.models import Response
from pilothouse.surveys.rows import survey_for
from pilothouse.workbench.writing import actions
from tests.cast import Cast
from tests.surveys.respond import Respondent, opened, question, questionnaire
from tests.surveys.test_building import post

pytestmark = pytest.mark.django_db


def test_a_picture_is_kept_with_its_answer(cast: Cast, client: Any) -> None:
    survey = survey_for(actions.create(cast.alice, cast.product, "survey", {"title": "Looks"}))
    client.force_login(cast.alice.user)
    post(client, survey, "outline", "add:picture")
    question = next(survey_for(survey.item).questionnaire.questions())
    option = question.options[0].id
    picture = SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 20)
    answer = post(client, survey, f"q.{question.id}", **{f"image-{option}": picture})
    key = survey_for(survey.item).questionnaire.question(question.id).option(option).image  # type: ignore[union-attr]
    assert answer.status_code == 302
    assert client.get(f"{survey.url}/pictures/{key}").headers["Content-Type"] == "image/png"
    script = SimpleUploadedFile("a.png", b"<script>")
    assert post(client, survey, f"q.{question.id}", **{f"image-{option}": script}).status_code == 422


def test_a_file_is_kept_once_and_survives_a_page_that_needs_another_look(cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    survey = opened(cast, questionnaire([question("q", "file", required=True, settings={"megabytes": 1, "endings": ["txt"]}), question("n", "number")]))  # fmt: skip
    person = Respondent(survey).begin()
    assert person.send(**{"q-file": SimpleUploadedFile("a.exe", b"x")}).status == 422
    assert person.send(**{"q-file": SimpleUploadedFile("a.txt", b"x" * 1_100_000)}).status == 422
    assert person.send(**{"q-file": SimpleUploadedFile("..\\..\\b.txt", b"words"), "n": "x"}).status == 422
    assert "b" in person.text
    person.send(n="3")
    kept = person.response.answers["q"]
    assert kept["size"] == 5
    assert (tmp_path / kept["key"]).read_bytes() == b"words"
    assert person.response.status == Response.COMPLETE


def test_a_forged_file_token_is_refused(cast):
    survey = opened(cast, questionnaire([question("q", "file")]))
    person = Respondent(survey).begin()
    assert person.send(q="answers/1/other").status == 422


@pytest.mark.parametrize("wrong", [{"name": 5}, {"key": None}, {"size": "1"}, {"more": 1}])
def test_an_answer_that_only_looks_like_a_file_opens_nothing(wrong):
    answer = {"name": "a.png", "key": f"answers/7/{'0' * 32}", "size": 1}
    assert uploads.is_file(answer)
    assert not uploads.is_file({**answer, **wrong})
    assert uploads.opened(7, {**answer, **wrong}) is None
