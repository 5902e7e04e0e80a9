"""The ready-made questionnaires can be published as they are, in either language or both."""

from __future__ import annotations

from typing import Any

import pytest

from pilothouse.surveys.actions import create_survey, publish
from pilothouse.surveys.flow import check
from pilothouse.surveys.instruments import READY, together
from pilothouse.surveys.questions import TYPES
from pilothouse.surveys.rows import survey_for
from pilothouse.workbench.writing import actions
from tests.cast import Cast

pytestmark = pytest.mark.django_db
TITLES = ["Show the ticket offline", "One colour a day", "断网时也能打开车票", "Group codes", "Lock screen", "Alerts."]


@pytest.fixture
def items(cast: Cast) -> list[Any]:
    return actions.create_many(cast.alice, cast.product, "requirement", [{"title": title} for title in TITLES])


@pytest.mark.parametrize("slug", list(READY))
@pytest.mark.parametrize("with_items", [False, True])
def test_it_can_be_asked_as_it_is(cast: Cast, items: list[Any], slug: str, with_items: bool) -> None:
    made = READY[slug].make(cast.product, items if with_items else [])
    assert [problem.message for problem in check(made) if problem.serious] == []
    assert made.languages == ["en", "zh-hans"]
    survey = create_survey(cast.alice, cast.product, made)
    assert publish(cast.alice, survey).questionnaire == survey_for(survey.item).questionnaire
    assert "{product}" not in survey.draft["title"]["words"]["en"]
    assert "{product}" not in str(survey.draft)


@pytest.mark.parametrize("slug", list(READY))
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_it_is_written_in_each_language(cast: Cast, slug: str, language: str) -> None:
    made = READY[slug].make(cast.product, languages=[language])
    assert check(made) == []
    for place, text in made.texts():
        assert set(text.words) <= {language}, place


def test_what_is_said_about_it(cast: Cast) -> None:
    for slug, ready in READY.items():
        assert ready.slug == slug
        assert ready.sample >= 5
        assert all(str(part) for part in (ready.name, ready.asks, ready.avoid, ready.why))


def test_kano_asks_two_questions_about_each_requirement(cast: Cast, items: list[Any]) -> None:
    kano = READY["kano"].make(cast.product, items).question("kano")
    assert kano is not None
    assert [row.item for row in kano.rows] == [item.number for item in items]
    first, third, last = kano.rows[0], kano.rows[2], kano.rows[5]
    assert first.more["f"].words["en"] == "How would you feel if you had this: “Show the ticket offline”?"
    assert first.more["d"].words["en"] == "How would you feel if you did not have this: “Show the ticket offline”?"
    assert third.more["f"].words == {"zh-hans": "如果有“断网时也能打开车票”，你会觉得？"}
    assert third.more["d"].words == {"zh-hans": "如果没有“断网时也能打开车票”，你会觉得？"}
    assert "“Alerts”" in last.more["f"].words["en"]
    assert [option.text.get("zh-hans") for option in kano.options] == [
        "很喜欢", "理应如此", "无所谓", "勉强接受", "很不喜欢"
    ]  # fmt: skip


def test_what_was_written_by_hand_stays_and_a_new_row_gets_its_questions(cast: Cast, items: list[Any]) -> None:
    kano = READY["kano"].make(cast.product, items[:1]).question("kano")
    assert kano is not None
    kano.rows[0].more["f"].words["en"] = "My own words"
    kano.rows.append(kano.rows[0].model_copy(update={"id": "new", "more": {}}))
    fitted = TYPES["kano"].fitted(kano)
    assert fitted.rows[0].more["f"].words["en"] == "My own words"
    assert set(fitted.rows[1].more) == {"f", "d"}


def test_maxdiff_shows_each_item_three_times(cast: Cast, items: list[Any]) -> None:
    question = READY["maxdiff"].make(cast.product, items).question("maxdiff")
    assert question is not None
    versions = TYPES["maxdiff"].by_version(question)
    assert len(versions) == 4
    for numbers in versions:
        sets = [question.settings["sets"][int(number) - 1] for number in numbers]
        shown = [id for one in sets for id in one]
        assert {shown.count(row.id) for row in question.rows} <= {3, 4}  # six things do not divide into sets of four
        assert all(len(set(one)) == 4 for one in sets)
    assert TYPES["maxdiff"].fitted(question) == question  # stored: not made again


def test_conjoint_is_balanced(cast: Cast) -> None:
    question = READY["conjoint"].make(cast.product).question("plan")
    assert question is not None
    products = [product for task in question.settings["tasks"] for product in task]
    for row in question.rows:
        levels = [product[row.id] for product in products]
        assert {levels.count(level) for level in row.more} == {len(products) // 3}


def test_kano_and_nps_in_one(cast: Cast, items: list[Any]) -> None:
    made = together([READY["kano"], READY["nps"]], cast.product, items, ["zh-hans", "en"])
    assert [question.type for question in made.questions()] == ["kano", "single", "long", "nps", "long"]
    assert made.source == "zh-hans"
    assert made.title.get("zh-hans") == "Tidewater 潮汐接下来该做什么？"
    assert made.question("nps").text.get("zh-hans") == "你有多大可能把 Tidewater 潮汐推荐给朋友或同事？"  # type: ignore[union-attr]
