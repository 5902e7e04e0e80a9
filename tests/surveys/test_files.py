"""Questionnaires and answers go out in every form and come in again equal; hostile documents are refused by the place."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings

from pilothouse.surveys.definition import Questionnaire
from pilothouse.surveys.files.document import Wrong, read, written
from tests.surveys.answers import questionnaires

pytestmark = pytest.mark.django_db


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(questionnaire=questionnaires())
def test_a_questionnaire_goes_out_and_comes_in_equal(questionnaire):
    found = read(written(questionnaire))
    assert found.questionnaire == questionnaire
    assert read(written(found.questionnaire).encode()).questionnaire == questionnaire


def small() -> dict:
    return {
        "format": "pilothouse.survey/1", "languages": ["en"], "title": {"en": "T"},
        "pages": [{"id": "p1", "questions": [
            {"id": "q1", "type": "single", "code": "Q1", "text": {"en": "Which?"},
             "options": [{"id": "a", "text": {"en": "A"}}, {"id": "b", "text": {"en": "B"}}]},
        ]}],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda d: d.update(format="x"), "format"),
        (lambda d: d["pages"][0]["questions"][0].update(type="magic"), "pages[1] (p1).questions[1] (Q1).type"),
        (lambda d: d["pages"][0]["questions"][0]["options"][1].update(id="not an id"), "options[2] (not an id).id"),
        (lambda d: d["pages"][0]["questions"][0]["options"][1].update(id="a"), "Option id of Q1 used twice"),
        (lambda d: d["pages"][0]["questions"][0].update(settings={"instrumnt": 1}), "(Q1).settings.instrumnt"),
        (lambda d: d["pages"][0]["questions"][0].pop("code"), "pages[1] (p1).questions[1] (q1).code"),
        (lambda d: d["pages"][0].update(surprise=1), "pages[1] (p1).surprise"),
        (lambda d: d["pages"][0]["questions"][0].update(text={"en": "a\x00"}), "pages[1].questions[1].text.en"),
        (lambda d: d.update(pictures={"x": "!!"}), "pictures.x"),
        (lambda d: d.update(pages="many"), "pages"),
        (lambda d: d["pages"][0].update(show_if={"question": "q1", "value": 10**30}), "show_if.value"),
    ],
)  # fmt: skip
def test_a_wrong_document_is_refused_by_its_place(change, named):
    content = small()
    change(content)
    with pytest.raises(Wrong) as refused:
        read(json.dumps(content))
    assert named in str(refused.value)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "[" * 100_000, '{"a": NaN}', b"\xff\xfe{", '{"format": 1}'])
def test_what_is_no_questionnaire_is_said_to_be_none(text):
    with pytest.raises(Wrong):
        read(text)


def test_the_place_in_the_text_is_named_where_it_is_no_json():
    with pytest.raises(Wrong, match=r"line 2, column \d+"):
        read('{"format": "pilothouse.survey/1",\n oops}')


def test_pictures_travel_inside():
    content = small()
    content["pages"][0]["questions"][0]["options"][0]["image"] = "abc.png"
    questionnaire = Questionnaire.model_validate(content)
    text = written(questionnaire, {"abc.png": b"\x89PNG"}.get)
    found = read(text)
    assert found.pictures == {"abc.png": b"\x89PNG"}
    assert found.with_keys({"abc.png": "new.png"}).question("q1").options[0].image == "new.png"
    assert found.with_keys({}).question("q1").options[0].image == ""
