"""Columns of answers: built from JSON across versions, kept up with what comes in, erased with what goes."""

from __future__ import annotations

import numpy as np
import pytest

from pilothouse.surveys import order
from pilothouse.surveys.analysis import keeping
from pilothouse.surveys.analysis.frame import frame_of
from pilothouse.surveys.definition import Option, Question
from pilothouse.surveys.models import Response
from tests.surveys.made import answer, ferry, ferry_answers, publish, survey_with

ONE = Question(id="a", type="single", code="A", options=[Option(id="x"), Option(id="y")])
NUMBER = Question(id="n", type="number", code="N")
WORDS = Question(id="t", type="long", code="T")


@pytest.fixture
def survey(cast):
    made = survey_with(cast.alice, cast.product, [ONE, NUMBER, WORDS])
    yield made
    keeping.forget(made)


def test_columns_hold_what_was_answered(survey):
    answer(survey, [{"a": {"id": "y"}, "n": 3}, {"n": 4.5, "t": "hello"}, {"a": {"id": "x"}}])
    frame = frame_of(survey)
    assert frame.n == 3
    assert frame.column("a").tolist() == [1, -1, 0]
    assert frame.labels("a") == ["x", "y"]
    assert np.isnan(frame.column("n")).tolist() == [False, False, True]
    assert frame.column("t").tolist() == [None, "hello", None]


def test_only_finished_and_included_responses_count(survey):
    rows = answer(survey, [{"n": 1}] * 4)
    Response.objects.filter(pk=rows[0].pk).update(excluded=True, changed=order.stamp())
    Response.objects.filter(pk=rows[1].pk).update(status="started", changed=order.stamp())
    Response.objects.filter(pk=rows[2].pk).update(flags=["speeder"], changed=order.stamp())
    assert frame_of(survey).n == 2
    assert frame_of(survey, unfinished=True).n == 3
    assert frame_of(survey, flagged=False).n == 1


def test_a_changed_answer_is_read_again_and_an_erased_one_leaves_the_file_too(survey):
    rows = answer(survey, [{"a": {"id": "x"}, "n": 1}] * 150)
    assert frame_of(survey).column("n").sum() == 150
    assert keeping.file_of(survey).exists()
    Response.objects.filter(pk=rows[3].pk).update(answers={"n": 7}, changed=order.stamp())
    frame = frame_of(survey)
    assert (frame.column("n").sum(), (frame.column("a") == -1).sum()) == (156, 1)
    rows[3].delete()
    assert frame_of(survey).n == 149
    assert not keeping.file_of(survey).exists() or 7 not in np.load(keeping.file_of(survey))["n||number"]


def test_a_late_stamp_is_noticed(survey):
    answer(survey, [{"n": 1}, {"n": 2}])
    frame_of(survey)
    answer(survey, [{"n": 5}], changed=1)
    assert sorted(frame_of(survey).column("n").tolist()) == [1, 2, 5]


def test_another_process_reads_the_file_and_only_what_is_new(survey, django_assert_max_num_queries):
    answer(survey, [{"n": 1}] * 120)
    frame_of(survey)
    keeping.memory.drop(survey.code)
    answer(survey, [{"n": 2}])
    with django_assert_max_num_queries(5):
        assert frame_of(survey).column("n").sum() == 122


def test_a_file_of_another_database_is_not_believed(survey):
    answer(survey, [{"n": 1}] * 120)
    frame_of(survey)
    keeping.memory.drop(survey.code)
    Response.objects.filter(survey=survey).delete()
    answer(survey, [{"n": 3}] * 120)
    assert frame_of(survey).column("n").sum() == 360


def test_a_question_asked_in_another_way_keeps_its_earlier_answers(survey):
    answer(survey, [{"a": {"id": "x"}, "n": 1}])
    publish(survey, [Question(id="a", type="number", code="A"), WORDS])
    answer(survey, [{"a": 12}])
    frame = frame_of(survey)
    assert frame.column("a")[1] == 12
    assert frame.column("a", measure="nominal").tolist() == [0, -1]
    assert frame.asked("a", measure="nominal").versions == (1,)
    assert frame.asked("n").versions == (1,)
    assert frame.version.tolist() == [1, 2]
    assert frame.was_asked("n").tolist() == [True, False]


def test_options_of_an_earlier_version_come_after_those_of_today(survey):
    answer(survey, [{"a": {"id": "x"}}, {"a": {"id": "y"}}])
    publish(survey, [Question(id="a", type="single", code="A", options=[Option(id="z"), Option(id="y")])])
    answer(survey, [{"a": {"id": "z"}}])
    frame = frame_of(survey)
    assert frame.labels("a") == ["z", "y", "x"]
    assert frame.column("a").tolist() == [2, 1, 0]


@pytest.mark.parametrize("hostile", [None, 5, "x", [], {"id": ["x"]}, {"id": None}, {"ids": "x"}, {"id": "not there"}])
def test_answers_that_no_question_can_read_are_missing(survey, hostile):
    answer(survey, [{"a": hostile, "n": hostile if not isinstance(hostile, int) else "many", "gone": 1}])
    frame = frame_of(survey)
    assert (frame.n, frame.column("a").tolist()) == (1, [-1])


def test_numbers_are_those_of_pandas_free_reading(cast):
    survey = survey_with(cast.alice, cast.product, ferry())
    rows = ferry_answers(300)
    answer(survey, rows)
    frame = frame_of(survey)
    assert np.nanmean(frame.column("q5")) == pytest.approx(np.mean([row["q5"] for row in rows if "q5" in row]))
    assert (frame.column("q2", "late") == 1).sum() == sum("late" in row["q2"]["ids"] for row in rows)
    assert frame.column("q7", "seat").tolist() == [row["q7"].index("seat") + 1 for row in rows]
    parts = dict(frame.segment("q1"))
    assert parts["c"].n == sum(row["q1"]["id"] == "c" for row in rows)
    keeping.forget(survey)
