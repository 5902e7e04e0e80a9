"""What every type of question has in common: nothing posted is trusted, and answers survive their way through files."""

from __future__ import annotations

import json

import pytest
from django.http import QueryDict
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from pilothouse.jinja import icon
from pilothouse.surveys.definition import Question
from pilothouse.surveys.questions import TYPES, Refused
from tests.surveys.questions import EVERY, NAME, asked, cells_of, posted_to

SLUGS = [
    "single",
    "multiple",
    "text",
    "long",
    "number",
    "date",
    "rating",
    "nps",
    "scale",
    "matrix",
    "differential",
    "ranking",
    "sum",
    "picture",
    "file",
    "consent",
    "statement",
    "kano",
    "maxdiff",
    "conjoint",
    "psm",
    "ladder",
    "opportunity",
]
IDS = [question.type for question in EVERY]


def test_every_type_there_should_be():
    assert sorted(TYPES) == sorted(SLUGS)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_new_question_can_be_asked_at_once_in_both_languages(slug):
    question = asked(slug)
    lacking = [] if slug != "picture" else ["An answer has no picture yet."]
    assert TYPES[slug].lacks(question) == lacking
    assert icon(TYPES[slug].icon)
    for text in (question.text, *(row.text for row in question.rows), *(one.text for one in question.options)):
        assert text.has("en")
        assert text.has("zh-hans")
    assert Question.model_validate(json.loads(question.model_dump_json())) == question


@pytest.mark.parametrize("slug", SLUGS)
def test_a_wrong_setting_is_named(slug):
    question = asked(slug).model_copy(update={"settings": {"wrong": 1}})
    assert TYPES[slug].lacks(question) == ["A setting cannot be used: wrong."]


@pytest.mark.parametrize("question", EVERY, ids=IDS)
def test_columns_are_told_apart(question):
    columns = TYPES[question.type].columns(question)
    assert len({column.key for column in columns}) == len({column.code for column in columns}) == len(columns)
    assert all(column.question == "x" and column.label for column in columns)
    assert bool(columns) == TYPES[question.type].answered


@pytest.mark.parametrize("question", EVERY, ids=IDS)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_cells_make_the_answer_and_the_answer_the_cells(question, data):
    kind, cells = TYPES[question.type], data.draw(cells_of(question))
    try:
        answer = kind.answer(question, cells)
    except Refused:
        return  # a contradiction, such as two first places
    again = kind.cells(question, answer)
    assert kind.answer(question, json.loads(json.dumps(again))) == answer == json.loads(json.dumps(answer))
    assert kind.reader(question)(answer) == again
    assert isinstance(kind.shown(question, answer, "en"), str)
    assert (answer is None) == (again == {})


@pytest.mark.parametrize("question", EVERY, ids=IDS)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_whatever_is_posted_is_read_or_refused(question, data):
    kind = TYPES[question.type]
    try:
        answer = kind.read(question, data.draw(posted_to(question)), NAME)
    except Refused:
        return
    assert json.loads(json.dumps(answer)) == answer
    if answer is not None:
        assert kind.answer(question, kind.cells(question, answer)) == answer
        kept = json.dumps(answer, ensure_ascii=False).encode()  # fails for half a character
        assert b"\\u0000" not in kept
    assert kind.complete(question, answer) in (True, False)


@pytest.mark.parametrize("question", EVERY, ids=IDS)
@pytest.mark.parametrize(
    "answer", [None, 7, "x", [], {}, [1], {"id": 3}, {"ids": 4}, {"a": {"f": 99}}, True, {"a": []}]
)
def test_a_foreign_answer_fills_no_column_and_breaks_nothing(question, answer):
    kind = TYPES[question.type]
    known = {column.key: column for column in kind.columns(question)}
    assert set(kind.cells(question, answer)) <= set(known)
    assert isinstance(kind.shown(question, answer, "en"), str)
    kind.value(question, answer)
    kind.complete(question, answer)


@pytest.mark.parametrize("slug", ["text", "long"])
def test_ten_megabytes_are_refused_with_the_limit(slug):
    with pytest.raises(Refused, match=r"At most [\d,]+ characters fit here; this has 10,485,760\."):
        TYPES[slug].read(asked(slug), QueryDict(mutable=True) | {NAME: "x" * 10_485_760}, NAME)


def test_a_refusal_speaks_the_language_of_the_page():
    posted = QueryDict(f"{NAME}=many")
    with translation.override("zh-hans"), pytest.raises(Refused, match="数字"):
        TYPES["number"].read(asked("number"), posted, NAME)
