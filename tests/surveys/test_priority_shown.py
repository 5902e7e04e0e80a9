"""Where a survey used as priority shows: its page, the requirements and their lists, and the thread's evidence."""

from __future__ import annotations

import re
from random import Random
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from pilothouse.surveys.definition import Row
from pilothouse.surveys.instruments import priority, together
from pilothouse.surveys.instruments.ready import READY
from pilothouse.surveys.models import Survey
from pilothouse.surveys.questions.wording import both
from pilothouse.surveys.scored import Priority
from pilothouse.workbench.models import Item
from pilothouse.workbench.thread.evidence import evidence_for
from pilothouse.workbench.writing import actions
from tests.cast import Cast
from tests.surveys.asked import answered, published
from tests.surveys.questions import asked
from tests.surveys.ranked import A, M, O, fields, people

pytestmark = pytest.mark.django_db


def test_pages_in_both_languages_with_constant_queries(
    cast: Cast, survey: Survey, items: list[Item], client: Any, django_assert_max_num_queries: Any
) -> None:
    answered(survey, people(*[(O, M, A)] * 25))
    client.force_login(cast.alice.user)
    before = client.get(f"{survey.url}/priority").content.decode()
    assert "Put 3 requirements in order by these answers" in before
    assert items[0].fields == {}
    client.post(f"{survey.url}/priority", {"table": "pouliot", "rule": "nonsense"})
    assert Priority.objects.get().options == {
        "table": "pouliot", "rule": "mode", "scoring": "top_box", "flagged": "in"
    }  # fmt: skip
    for path in (f"{survey.url}/priority", items[0].url, f"{survey.item.url}"):
        with django_assert_max_num_queries(48):
            assert client.get(path).status_code == 200
    shown = client.get(items[0].url).content.decode()
    assert "One-dimensional" in shown
    assert "n = 25" in shown
    assert f"{survey.url}/priority" in shown
    history = client.get(f"{items[0].url}/history").content.decode()
    assert f"scored this by the survey {survey.item.ref}: One-dimensional, place 2" in history
    cast.alice.user.language = "zh-hans"
    cast.alice.user.save()
    assert "期望属性" in client.get(items[0].url).content.decode()
    assert "必备属性" in client.get(f"{survey.url}/priority").content.decode()


def test_more_requirements_take_no_more_queries(cast: Cast, client: Any) -> None:
    client.force_login(cast.alice.user)
    counts: dict[str, set[int]] = {}
    for n in (2, 9):
        found = actions.create_many(cast.alice, cast.product, "requirement", [{"title": f"R{i}"} for i in range(n)])
        rows = [
            Row(id=f"r{place}", text=both(item.title, item.title), item=item.number)
            for place, item in enumerate(found, start=1)
        ]
        survey = published(cast.alice, cast.product, [asked("kano", rows=rows)])
        answered(survey, people(*[(O,) * n] * 3))
        url = f"{survey.url}/priority"
        client.get(url)
        for step in ("get", "post"):
            with CaptureQueriesContext(connection) as queries:
                assert getattr(client, step)(url).status_code in (200, 302)
            counts.setdefault(step, set()).add(len(queries))
        with CaptureQueriesContext(connection) as queries:
            priority.rescore(cast.alice, survey)
        counts.setdefault("rescore", set()).add(len(queries))
    assert all(len(found) == 1 for found in counts.values()), counts


@pytest.mark.parametrize("query", [
    "view=board&group=kano", "view=table&cols=title,kano,kano_better,survey_place&sort=survey_place", "view=list&group=kano",
    "view=list&sort=-survey_place&kano=M", "view=table&sort=kano",
])  # fmt: skip
def test_lists_boards_and_tables_show_it(
    cast: Cast, survey: Survey, items: list[Item], client: Any, query: str
) -> None:
    answered(survey, people(*[(O, M, A)] * 25))
    priority.use(cast.alice, survey, {})
    client.force_login(cast.alice.user)
    answer = client.get(f"/w/harbor/TW/requirement/?{query}")
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "Colour" in page
    if "group=kano" in query:
        assert page.index("Must-be") < page.index("One-dimensional") < page.index("Attractive")
    if "sort=survey_place" in query:
        assert page.index(">Colour<") < page.index(">Offline<") < page.index(">Alerts<")
    if "board" in query:
        assert "data-move-url" not in page  # nobody carries a requirement into another category by hand


def test_cards_rows_and_the_roadmap_show_it_however_they_are_grouped(
    cast: Cast, survey: Survey, items: list[Item], client: Any
) -> None:
    answered(survey, people(*[(O, M, A)] * 25))
    priority.use(cast.alice, survey, {})
    client.force_login(cast.alice.user)
    for path in (
        "requirement/?view=board", "requirement/?view=board&group=priority", "requirement/?view=list",
        "requirement/?view=cards", "roadmap/", "roadmap/?view=timeline", "roadmap/?view=goal", "roadmap/?view=release",
    ):  # fmt: skip
        page = client.get(f"/w/harbor/TW/{path}").content.decode()
        marks = re.findall(r'title="By survey: ([\w-]+), place (\d)"', page)
        assert sorted(marks) == [("Attractive", "3"), ("Must-be", "1"), ("One-dimensional", "2")], path


def test_a_category_cannot_be_edited_in_a_cell(cast: Cast, items: list[Item], client: Any) -> None:
    client.force_login(cast.alice.user)
    url = f"/w/harbor/TW/requirement/{items[0].pk}/cell?view=table&cols=kano"
    client.post(url, {"kano": "M", "version": "1", "column": "kano"})
    assert fields(items[:1]) == [(None, None)]
    board = f"/w/harbor/TW/requirement/{items[0].pk}/place?view=board&group=kano"
    assert client.post(board, {"column": "M"}).status_code == 404


def test_evidence_counts_the_people_of_a_survey(cast: Cast, survey: Survey, items: list[Item]) -> None:
    assert evidence_for(cast.alice, items)[items[0].pk].level == 0
    answered(survey, people(*[(O, M, A)] * 25))
    priority.use(cast.alice, survey, {})
    found = evidence_for(cast.alice, items)[items[0].pk]
    assert (found.respondents, found.level) == (25, 3)
    assert found.reason == "25 survey respondents, newest today"
    with translation.override("zh-hans"):
        assert "25 位问卷受访者" in found.reason


def test_maxdiff_and_opportunity_rank_too(cast: Cast, client: Any) -> None:
    titles = ("Offline", "Colour", "Alerts", "Groups", "Lock screen")
    found = actions.create_many(cast.alice, cast.product, "requirement", [{"title": title} for title in titles])
    needs = actions.create_many(cast.alice, cast.product, "need", [{"title": "Boarding"}, {"title": "Checking"}])
    made = together([READY["maxdiff"], READY["opportunity"]], cast.product, [*found, *needs])
    survey = published(cast.alice, cast.product, list(made.questions()))
    question = survey.questionnaire.question("maxdiff")
    assert question is not None
    sets = question.settings["sets"]
    rank = {row.id: place for place, row in enumerate(question.rows)}
    rng = Random(3)
    persons = []
    for _person in range(40):
        worth = {id: -place + rng.gauss(0, 1.5) for id, place in rank.items()}
        answer = {
            str(n): {"best": max(one, key=worth.__getitem__), "worst": min(one, key=worth.__getitem__)}
            for n, one in enumerate(sets, start=1)
        }
        rated = {row.id: {"importance": 5, "satisfaction": 2} for row in survey.questionnaire.question("needs").rows}  # type: ignore[union-attr]
        persons.append({"maxdiff": answer, "needs": rated})
    answered(survey, persons)
    priority.use(cast.alice, survey, {})
    places = [Item.objects.get(pk=item.pk).fields for item in found]
    assert [one["survey_place"] for one in places] == sorted(one["survey_place"] for one in places)
    assert places[0]["maxdiff"] > places[4]["maxdiff"]
    assert Item.objects.get(pk=needs[0].pk).fields["opportunity"] == 20
    client.force_login(cast.alice.user)
    assert "of preference" in client.get(found[0].url).content.decode()
    assert "Opportunity 20.0" in client.get(needs[0].url).content.decode()
