"""What all instruments have in common, and what Kano says of segments and flags."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from django.utils import translation

from pilothouse.methods import REGISTRY
from pilothouse.surveys.analysis.frame import frame_of
from pilothouse.surveys.instruments import INSTRUMENTS, READY, instrument_of
from pilothouse.surveys.instruments.ranking import order, said
from pilothouse.surveys.models import Survey
from pilothouse.surveys.questions import TYPES
from tests.cast import Cast
from tests.surveys.asked import answered, published
from tests.surveys.questions import asked, options, rows

pytestmark = pytest.mark.django_db
HOSTILE = [
    "",
    ".",
    "..",
    "r1",
    "a.M.x",
    "i1.M",
    "best",
    "x" * 500,
    "-1",
    "999999999999",
    "very",
    "\x00",
    "1.best",
    "nan",
]
ONES: dict[str, Any] = {"kano": {"f": 1, "d": 5}, "opportunity": {"importance": 5, "satisfaction": 1}}


@pytest.fixture(params=list(READY))
def ready(request: Any, cast: Cast) -> Survey:
    made = READY[request.param].make(cast.product)
    return published(cast.alice, cast.product, list(made.questions()))


def read_all(survey: Survey, given: dict[str, str] | None = None) -> list[tuple[Any, Any]]:
    frame, found = frame_of(survey), []
    for question in survey.questionnaire.questions():
        if instrument := instrument_of(question):
            found.append((question, instrument.read(question, frame, given, lambda part: f"/rows?{part}")))
    return found


def test_they_say_so_while_nobody_has_answered(ready: Survey) -> None:
    for _question, reading in read_all(ready):
        assert reading.sentence == "Nobody has answered this yet."
        assert (reading.n, reading.scores) == (0, {})


def test_they_read_a_few_answers_in_both_languages_whatever_the_address_asks(ready: Survey) -> None:
    people = [{q.id: first_answer(q, shift) for q in ready.questionnaire.questions()} for shift in range(6)]
    answered(ready, [{id: value for id, value in person.items() if value is not None} for person in people])
    frame = frame_of(ready)
    for given in (
        {},
        {"table": "zzz", "rule": "' OR 1", "segment": "nope", "cut": "mean", "scoring": "mean"},
        {"segment": "often"},
    ):
        for question, reading in read_all(ready, given):
            assert reading.n >= 5, reading
            assert reading.sentence
            assert reading.method in REGISTRY or reading.method == "team_health"
            json.dumps([[figure.spec for figure in reading.figures], reading.inputs, reading.scores, reading.details])
            instrument = instrument_of(question)
            assert instrument is not None
            for part in HOSTILE:
                mask = instrument.mask(question, frame, part)
                assert (mask.dtype, mask.shape) == (bool, (frame.n,))
            with translation.override("zh-hans"):
                chinese = instrument.read(question, frame, given).sentence
            assert any("\u4e00" <= letter <= "\u9fff" for letter in chinese), chinese


def first_answer(question: Any, shift: int) -> Any:
    """Some answer to any question, another one for each person; chosen by what its columns allow."""
    kind = TYPES[question.type]
    cells: dict[str, Any] = {}
    for place, column in enumerate(kind.columns(question)):
        if column.measure in ("nominal", "ordinal"):
            cells[column.key] = list(column.codes)[(shift + place) % len(column.codes)]
        elif column.measure == "number":
            cells[column.key] = float(place + 1) * (2 + shift) if question.type != "ranking" else float(place + 1)
        elif column.measure == "flag":
            cells[column.key] = place < shift
        elif column.measure == "text":
            cells[column.key] = "words"
    if question.type == "maxdiff":
        cells = {key: value for key, value in cells.items() if differs(key, value, cells)}
    return kind.answer(question, cells)


def differs(key: str, value: str, cells: dict[str, str]) -> bool:
    place, _dot, side = key.partition(".")
    return side == "best" or cells.get(f"{place}.best") != value


def test_every_ready_made_instrument_has_its_reading() -> None:
    slugs = {instrument.slug for instrument in INSTRUMENTS}
    assert slugs | {"ranking"} >= set(READY)
    assert {instrument.slug for instrument in INSTRUMENTS if instrument.scoring} == {"kano", "maxdiff", "opportunity"}


def test_kano_by_segment_and_its_flags(cast: Cast) -> None:
    kano = asked("kano", rows=rows("a", "b"))
    often = asked("single", id="s", code="S", options=options("daily", "rarely"))
    survey = published(cast.alice, cast.product, [kano, often])
    must, delight, odd = {"f": 2, "d": 5}, {"f": 1, "d": 3}, {"f": 1, "d": 1}
    people = [{"x": {"a": must, "b": odd}, "s": {"id": "daily"}}] * 30
    people += [{"x": {"a": delight, "b": delight}, "s": {"id": "rarely"}}] * 25
    people += [{"x": {"a": {"f": 1}}}] * 3
    answered(survey, people)
    reading = read_all(survey, {"segment": "s"})[0][1]
    [segments] = [table for table in reading.tables if table.caption == "By segment"]
    assert list(segments.head) == ["Feature", "DAILY", "RARELY", "p (Holm)"]
    assert [cell["text"] for cell in segments.rows[0][1:3]] == ["Must-be", "Attractive"]
    assert segments.rows[0][3]["text"] == "0.000"
    assert reading.missing == 3
    assert any("contradict themselves" in caveat and caveat.endswith("B.") for caveat in reading.caveats)
    [counts] = [table for table in reading.tables if table.caption == "Answers by category"]
    assert counts.rows[0][1] == {"text": "30", "url": "/rows?a.M", "note": ""}
    with translation.override("zh-hans"):
        chinese = read_all(survey)[0][1]
    assert chinese.sentence == "必备属性：A。可疑：B。"
    assert chinese.sure.startswith("n = 55。")


def test_weights_are_said_to_be_left_aside(cast: Cast) -> None:
    question = asked("nps")
    survey = published(cast.alice, cast.product, [question])
    answered(survey, [{"x": 10}, {"x": 3}])
    frame = frame_of(survey)
    instrument = instrument_of(question)
    assert instrument is not None
    assert not any("Weights" in caveat for caveat in instrument.read(question, frame).caveats)
    weighted = frame.with_weights(np.array([2.0, 1.0]))
    assert any("Weights are left aside" in caveat for caveat in instrument.read(question, weighted).caveats)


def test_the_order_puts_kano_before_what_only_other_methods_rank(cast: Cast) -> None:
    kano = asked("kano", rows=rows("a"))
    needs = asked("opportunity", id="y", code="Y", rows=[*rows("z", "b", "c")][1:])
    survey = published(cast.alice, cast.product, [kano, needs])
    low = {"importance": 1, "satisfaction": 5}
    answered(survey, [{"x": {"a": {"f": 3, "d": 3}}, "y": {"b": low, "c": ONES["opportunity"]}}] * 3)
    found = said(read_all(survey))
    assert order(found) == list(found) == [1, 3, 2]
    assert [one.values["survey_place"] for one in found.values()] == [1, 2, 3]
