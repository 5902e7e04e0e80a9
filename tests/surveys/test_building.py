"""The pages of a survey, as far as all of them share them."""

from __future__ import annotations

import itertools
import re
from copy import deepcopy
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pilothouse.surveys import actions as survey_actions
from pilothouse.surveys.building import edits
from pilothouse.surveys.building.comparing import differences
from pilothouse.surveys.definition import Page, Question, Questionnaire
from pilothouse.surveys.instruments import READY, together
from pilothouse.surveys.models import Response, Survey
from pilothouse.surveys.questions import TYPES
from pilothouse.surveys.rows import survey_for
from pilothouse.workbench.writing import actions
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_a_survey_made_anywhere_has_its_row(cast: Cast, client: Any) -> None:
    item = actions.create(cast.alice, cast.product, "survey", {"title": "Riders"})
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


@pytest.fixture
def survey(cast: Cast) -> Survey:
    """A Kano and NPS questionnaire about two requirements, in both languages."""
    items = [actions.create(cast.alice, cast.product, "requirement", {"title": title}) for title in ("Passes", "预警")]
    found = together([READY["kano"], READY["nps"]], cast.product, items)
    return survey_actions.create_survey(cast.alice, cast.product, found, asked_about=items)


PAGES = ("", "/edit", "/edit?at=welcome", "/edit?at=ends", "/edit?at=quotas", "/edit?at=hidden", "/languages", "/collect",
         "/publish", "/languages?to=zh-hans&show=missing", "/languages/sheet.csv")  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_who_gets_which_page(cast: Cast, client: Any, survey: Survey, path: str) -> None:
    for actor, status in (
        (cast.alice, 200),
        (cast.bob, 200),
        (cast.gwen, 200 if not path else 404),
        (cast.charlie, 404),
    ):
        client.force_login(actor.user)
        assert client.get(survey.url + path).status_code == status


def test_new_surveys_come_from_instruments_and_requirements(cast: Cast, client: Any) -> None:
    items = [actions.create(cast.alice, cast.product, "requirement", {"title": title}) for title in ("Passes", "预警")]
    client.force_login(cast.bob.user)
    url = f"{cast.product.url}surveys/new"
    assert client.get(f"{url}?items={items[0].pk},{items[1].pk}&instrument=kano").status_code == 200
    answer = client.post(
        url,
        {"make": 1, "instrument": ["kano", "nps"], "ids": [item.pk for item in items], "languages": ["en", "zh-hans"]},
    )
    made = Survey.objects.get()
    assert answer.url == f"{made.url}/edit"
    assert [row.item for row in made.questionnaire.question("kano").rows] == [item.number for item in items]  # type: ignore[union-attr]
    assert made.item.links_out.filter(relation="concerns").count() == 2
    client.force_login(cast.gwen.user)
    assert client.get(url).status_code == 404
    client.force_login(cast.charlie.user)
    assert client.post(url, {"instrument": "kano"}).status_code == 404


def test_publish_pause_close_and_open_again(cast: Cast, client: Any, survey: Survey) -> None:
    client.force_login(cast.bob.user)
    assert client.post(f"{survey.url}/publish", {"version": 1}).status_code == 302
    for verb, state in (("pause", "paused"), ("reopen", "open"), ("close", "closed"), ("reopen", "open")):
        client.post(f"{survey.url}/state/{verb}")
        survey.item.refresh_from_db()
        assert survey.item.state == state


def test_what_cannot_be_answered_is_not_published(cast: Cast, client: Any) -> None:
    survey = survey_for(actions.create(cast.alice, cast.product, "survey", {"title": "Empty"}))
    client.force_login(cast.alice.user)
    answer = client.post(f"{survey.url}/publish", {"version": 1})
    assert answer.status_code == 422
    assert "no question" in answer.content.decode()
    assert survey_for(survey.item).live is None


def test_a_stale_look_publishes_nothing(cast: Cast, client: Any, survey: Survey) -> None:
    client.force_login(cast.alice.user)
    post(client, survey, "welcome", title="Another title")
    assert client.post(f"{survey.url}/publish", {"version": 1}).status_code == 409
    assert survey_for(survey.item).live is None


def test_a_translation_is_kept_marked_old_and_confirmed(cast: Cast, client: Any, survey: Survey) -> None:
    client.force_login(cast.alice.user)
    path = "questions.kano.text"

    def translate(**fields: Any) -> None:
        version = survey_for(survey.item).draft_version
        client.post(f"{survey.url}/languages", {"version": version, "to": "zh-hans", **fields})

    translate(path=path, **{f"t:{path}": "你觉得怎么样？"})
    text = survey_for(survey.item).questionnaire.question("kano").text  # type: ignore[union-attr]
    assert text.get("zh-hans") == "你觉得怎么样？"
    post(client, survey, "q.kano", text="What do you think?")
    assert survey_for(survey.item).questionnaire.question("kano").text.outdated("zh-hans", "en")  # type: ignore[union-attr]
    assert "The source has changed since" in client.get(f"{survey.url}/languages?show=outdated").content.decode()
    translate(same=path)
    assert not survey_for(survey.item).questionnaire.question("kano").text.outdated("zh-hans", "en")  # type: ignore[union-attr]


def test_the_sheet_of_texts_goes_out_and_comes_back(cast: Cast, client: Any, survey: Survey) -> None:
    client.force_login(cast.alice.user)
    data = client.get(f"{survey.url}/languages/sheet.csv").content.decode("utf-8-sig").replace("谢谢", "多谢")
    client.post(f"{survey.url}/languages/sheet", {"file": SimpleUploadedFile("t.csv", data.encode())})
    assert survey_for(survey.item).questionnaire.ends[0].title.get("zh-hans") == "多谢"


def test_what_changed_says_what_becomes_of_answers(cast: Cast, survey: Survey) -> None:
    survey_actions.publish(cast.alice, survey)
    survey = survey_for(survey.item)
    for answer in ({"id": "daily"}, {"id": "never"}, {"id": "never"}):
        survey.responses.create(version=survey.live, language="en", answers={"often": answer})  # type: ignore[attr-defined]
    document = deepcopy(survey.draft)
    question = edits.question_in(document, "often")
    assert question
    edits.remove_part(question["options"], "never")
    survey_actions.save_draft(cast.alice, survey, document, survey.draft_version)
    told = differences(survey_for(survey.item), "en")
    assert [(one.tone, one.means) for one in told] == [("gone", "2 earlier answers keep it.")]


def test_rules_of_collecting_are_kept_or_refused(cast: Cast, client: Any, survey: Survey) -> None:
    client.force_login(cast.alice.user)
    good = {
        "access": "personal",
        "opens_at": "2026-11-01T08:00",
        "closes_at": "2026-12-01T18:00",
        "most_responses": "50",
    }
    assert client.post(f"{survey.url}/collect", good).status_code == 302
    rules = survey_for(survey.item).rules
    assert (rules.access, rules.most_responses, rules.proof_of_work) == ("personal", 50, False)
    for bad in ({**good, "closes_at": "2026-10-01T08:00"}, {**good, "most_responses": "-1"}, {**good, "access": "all"}):
        assert client.post(f"{survey.url}/collect", bad).status_code == 422
    assert survey_for(survey.item).rules == rules


def test_the_second_of_two_tabs_sees_both_wordings(cast: Cast, client: Any, survey: Survey) -> None:
    for actor, words in ((cast.alice, "Alice's words"), (cast.bob, "Bob's words")):
        client.force_login(actor.user)
        answer = client.post(f"{survey.url}/edit/q.kano", {"version": 1, "in": "en", "text": words})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Alice&#39;s words" in page
    assert "Bob&#39;s words" in page


def test_hostile_forms_are_refused(cast: Cast, client: Any, survey: Survey) -> None:
    client.force_login(cast.alice.user)
    for at, fields in (
        ("q.nobody", {}), ("q.kano", {"do": "explode"}), ("p.nobody", {}), ("x", {}), ("outline", {"do": "add:nothing"}),
        ("outline", {}), ("q.kano", {"do": "add:settings"}),
    ):  # fmt: skip
        assert post(client, survey, at, **fields).status_code == 404, (at, fields)
    for at, fields in (("q.kano", {"code": "a b"}), ("q.kano", {"text": "\x00"}), ("hidden", {"fields": "a b"})):
        assert post(client, survey, at, **fields).status_code == 422, (at, fields)
    assert survey_for(survey.item).draft_version == 1


def test_a_thousand_questions_are_edited_in_few_queries(
    cast: Cast, client: Any, django_assert_max_num_queries: Any
) -> None:
    pages = [
        Page(id=f"p{n}", questions=[TYPES["single"].new(Question(id=f"q{n}x{m}", type="single", code=f"Q{n}_{m}")) for m in range(20)])
        for n in range(50)
    ]  # fmt: skip
    survey = survey_actions.create_survey(cast.alice, cast.product, Questionnaire(pages=pages))
    client.force_login(cast.alice.user)
    with django_assert_max_num_queries(22):
        assert client.get(f"{survey.url}/edit?at=q.q49x19").status_code == 200
    with django_assert_max_num_queries(32):
        assert post(client, survey, "q.q49x19", text="Last").status_code == 302


def test_duplicating_the_item_takes_the_questions_along(cast: Cast, client: Any, survey: Survey) -> None:
    client.force_login(cast.bob.user)
    client.post(f"{survey.item.url}/duplicate")
    made = Survey.objects.exclude(pk=survey.pk).get()
    assert made.draft == survey.draft
    assert made.code != survey.code


def test_a_newcomer_ticks_what_to_ask_about_where_the_survey_is_made(cast: Cast, client: Any) -> None:
    items = [actions.create(cast.alice, cast.product, kind, {"title": f"{kind} {n}"})
             for kind in ("need", "requirement") for n in range(2)]  # fmt: skip
    actions.change(cast.alice, items[3], {"state": "dropped"})
    client.force_login(cast.bob.user)
    page = client.get(f"{cast.product.url}surveys/new?instrument=kano").content.decode()
    assert re.findall(r'name="ids" value="(\d+)"', page) == [str(items[n].pk) for n in (2, 0, 1)]
    made = client.post(f"{cast.product.url}surveys/new",
                       {"make": "1", "instrument": "kano", "languages": ["en"], "ids": [items[2].pk, items[0].pk]})  # fmt: skip
    survey = Survey.objects.get()
    assert made.headers["Location"] == f"{survey.url}/edit"
    assert [row.item for row in survey.questionnaire.pages[0].questions[0].rows] == [items[2].number, items[0].number]
    client.post(f"{cast.product.url}surveys/new", {"make": "1", "instrument": "ranking", "every": "1"})
    assert len(Survey.objects.latest("pk").questionnaire.pages[0].questions[0].options) == 3


def test_selected_requirements_become_a_survey(cast: Cast, client: Any) -> None:
    item = actions.create(cast.alice, cast.product, "requirement", {"title": "Passes"})
    client.force_login(cast.bob.user)
    page = client.post(f"{cast.product.url}surveys/new", {"ids": [item.pk]})
    assert page.status_code == 200
    assert "TW-1 Passes" in page.content.decode()
    assert not Survey.objects.exists()
    assert "Ask people about it" in client.get(item.url).content.decode()


def test_the_preview_is_walked_and_keeps_nothing(cast: Cast, client: Any, survey: Survey) -> None:
    client.force_login(cast.gwen.user)
    url = f"{survey.url}/preview"
    assert client.get(url).status_code == 200
    door = client.get(f"{url}/pages")
    assert "frame-ancestors 'self'" in door.headers["Content-Security-Policy"]
    rows = [row.id for row in survey.questionnaire.question("kano").rows]  # type: ignore[union-attr]
    page = survey.questionnaire.pages[0].id
    answers = {f"kano:-{row}.{field}": "1" for row in rows for field in "fd"}
    following = client.post(f"{url}/pages", {"page": page, "asked": "kano", **answers})
    assert following.status_code == 200
    assert "How often do you use" in following.content.decode()
    again = client.post(f"{url}/pages", {"page": page, "asked": "kano"})
    assert "needs another look" in again.content.decode() or "need another look" in again.content.decode()
    assert client.get(f"{url}/pages?page={page}&in=zh-hans&s=forged").status_code == 200
    assert not Response.objects.exists()
    client.force_login(cast.charlie.user)
    assert client.get(f"{url}/pages").status_code == 404


EVIL = ("", "-1", str(10**30), "9" * 5_000, "x\x00", "{{7*7}}<script>%(x)s", "TW-1")
NAMES = (
    "version", "in", "to", "show", "from", "path", "t:title", "same", "do", "title", "note", "make", "instrument", "ids",
    "languages", "access", "opens_at", "closes_at", "most_responses", "minimum_seconds", "embed_hosts", "options", "rows",
    "labels", "place", "type", "id", "page", "before", "after", "settings", "set-high", "if-match", "if-leaf", "jump", "s",
)  # fmt: skip
ADDRESSES = (
    "edit", "edit/undo", "edit/outline", "edit/q.kano", "edit/q.nps", "edit/welcome", "edit/ends", "edit/quotas",
    "edit/hidden", "languages", "languages/change", "languages/sheet", "collect", "publish", "preview", "preview/pages",
    "pictures/x", "state/pause", "copy",
)  # fmt: skip


def test_any_word_in_any_field_is_borne(cast: Cast, client: Any, survey: Survey) -> None:
    client.force_login(cast.alice.user)
    page, words = f"{survey.url}/edit/p.{survey.questionnaire.pages[0].id}", itertools.cycle(EVIL)
    for address in (f"{cast.product.url}surveys/new", page, *(f"{survey.url}/{path}" for path in ADDRESSES)):
        for send in (client.post, client.get):  # each address meets one word without a version, and all with one
            evil = next(words)
            answer = send(address, dict.fromkeys(NAMES, evil))
            assert answer.status_code in (200, 302, 404, 405, 409, 422), (address, evil[:20], answer.status_code)
        for evil in EVIL:
            version = survey_for(survey.item).draft_version
            answer = client.post(address, {**dict.fromkeys(NAMES, evil), "version": version, "in": "en", "do": ""})
            assert answer.status_code < 500
