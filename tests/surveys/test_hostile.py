"""Hostile numbers, words and shapes against surveys: questionnaires, codes, responses and answers. What cannot be kept
is refused in words; nothing is half written, on either database."""

from __future__ import annotations

import itertools
import json

import pytest

from pilothouse.people.models import Token
from pilothouse.surveys.models import Response
from tests.promises.test_hostile_text import EVERY, TRICKS, dangers
from tests.promises.test_urls import everything
from tests.promises.world import CODE, INTERVIEW, fill, questionnaire

SOUP = " ".join(TRICKS.values())
EVIL = [EVERY["soup"], "x\x00y", "9" * 5_000, "-1", "1e400", "nan", "²"]


def deep(levels: int):
    found = {"question": "q1", "op": "answered"}
    for _level in range(levels):
        found = {"all": [found]}
    return found


def changed(**more):
    document = questionnaire("x").model_dump(mode="json")
    for path, value in more.items():
        *way, last = path.split("__")
        place = document
        for step in way:
            place = place[int(step) if step.isdecimal() else step]
        place[last] = value
    return document


WRONG = {
    "nul_in_a_quota": changed(quotas__0__name="x\x00"), "nul_in_a_default": changed(hidden__0__default="x\x00"),
    "nul_in_a_redirect": changed(ends__0__redirect="https://x/\x00"), "half_a_character": changed(quotas__0__name="\ud800"),
    "nul_in_settings": changed(pages__0__questions__0__settings={"x": "\x00"}), "deep": changed(pages__0__show_if=deep(400)),
    "nul_in_a_condition": changed(pages__0__questions__2__show_if={"question": "q1", "op": "is", "value": "\x00"}),
    "deep_value": changed(pages__0__questions__2__show_if={"question": "q1", "op": "is", "value": json.loads("[" * 300 + "]" * 300)}),
    "huge_score": changed(pages__0__questions__0__options__0__score=1e308 * 10), "huge_limit": changed(quotas__0__limit=10**30),
    "huge_item": changed(pages__0__questions__0__rows=[{"id": "r", "item": 10**30}]), "list": [], "none": None, "pages": {"pages": {"a": 1}},
}  # fmt: skip


@pytest.fixture
def world(client, cast):
    made = fill(cast)
    client.force_login(cast.alice.user)
    client.get("/w/harbor/")
    return made


@pytest.mark.parametrize("name", WRONG)
def test_no_questionnaire_breaks_the_api(client, cast, world, name):
    _, secret = Token.issue(user=cast.alice.user, workspace=cast.alice.workspace, name="t", scope="write")
    headers = {"Authorization": f"Bearer {secret}"}
    ref = world["survey"].ref
    for send, path, data in (
        (client.post, "products/TW/surveys", {"questionnaire": WRONG[name]}),
        (client.patch, f"items/{ref}/survey", {"questionnaire": WRONG[name], "draft_version": 2}),
    ):
        answer = send(f"/api/v1/{path}", json.dumps(data), content_type="application/json", headers=headers)
        assert answer.status_code in (200, 201, 400, 409, 422), (path, answer.status_code)
    answer = client.post(f"/w/harbor/{ref}/survey/export.json")
    assert answer.status_code in (404, 405)


def test_no_word_breaks_a_page_of_a_survey(client, cast, world):
    base, number = f"{world['survey'].url}/survey", Response.objects.filter(status="complete").first().pk
    posts = [
        (f"{base}/codes/give", {"of": "q2."}, ("name", "code", "ids", "words", "of")),
        (f"{base}/codes/give", {"of": "q2.", "name": "x", "all": "1"}, ("words",)),
        (f"{base}/codes/take", {"of": "q2.", "name": "x"}, ("ids", "code")),
        (f"{base}/responses/sort", {"ids": str(number)}, ("reason", "ids", "back")),
        (f"{base}/responses/{number}/lift", {"question": "q2"}, ("question", "kind")),
        (f"{base}/weights", {}, ("cap", "margin", "question", "share-q1-a", "q1.a")), (f"{base}/priority/use", {}, ("question", "options", "live")),
        (f"{base}/invite", {}, ("people", "language")), (f"{base}/invitations", {}, ("people", "language")),
        (f"{base}/collect", {}, ("access", "opens_at", "closes_at", "most_responses", "minimum_seconds", "embed_hosts", "redirect_hosts", "retention_days")),
        (f"{base}/edit/q.q1", {"version": "2"}, ("text", "help", "code", "version", "in", "do", "settings", "option-a")),
        (f"{base}/edit/ends", {"version": "2"}, ("redirect", "title", "do")), (f"{base}/edit/hidden", {"version": "2"}, ("code", "default", "do")),
        (f"{base}/edit/quotas", {"version": "2"}, ("limit", "name", "do")),
        (f"{base}/languages/change", {"version": "2"}, ("language", "do", "add", "text")), (f"{base}/publish", {}, ("note", "version")),
        (f"{base}/respondent", {}, ("address",)), ("/w/harbor/TW/surveys/new", {}, ("title", "template", "language", "items", "from")),
        (f"/s/{CODE}", {}, ("ticket", "language", "consent")), (f"/s/{CODE}/r/{INTERVIEW}", {"page": "p1"}, ("q1:", "q2:", "q3:", "language", "clock", "page")),
    ]  # fmt: skip
    ways = itertools.cycle(({}, {"HX-Request": "true"}, {"HX-Request": "true"}, {}))
    words = itertools.cycle(EVIL)
    for path, data, fields in posts:
        for name in fields:
            for evil in itertools.islice(words, 3):  # each page meets every word, each field three
                answer = client.post(path, {**data, name: evil}, headers=next(ways))
                assert answer.status_code in (200, 204, 302, 303, 400, 404, 405, 409, 422), (path, name, evil[:30], answer.status_code)  # fmt: skip
                assert not dangers(answer), (path, name, evil[:30])
    for page in (
        "",
        "/results",
        "/results/q1",
        "/results/q2",
        "/responses",
        "/codes",
        "/crosstab",
        "/trend",
        "/weights",
        "/collect",
        "/edit",
        "/languages",
        "/preview",
        "/preview/pages",
        "/publish",
        "/export",
        "/priority",
    ):
        answer = client.get(f"{base}{page}")
        assert answer.status_code == 200, page
        assert not dangers(answer), page


def test_no_question_in_an_address_breaks_a_page_of_a_survey(client, cast, world):
    base = f"{world['survey'].url}/survey"
    before = everything()
    words = itertools.cycle((SOUP[:1_000], "x\x00", "9" * 400, "-1", "q1"))
    names = ("by", "q1", "c.q2", "f.q1", "version", "language", "before", "show", "of", "words", "rows", "columns", "question", "week", "form", "values", "s", "in", "at", "page", "source", "flag", "since", "until")  # fmt: skip
    pages = ("/results", "/results/q1", "/results/values", "/responses", "/codes", "/crosstab", "/trend", "/weights", "/export.csv", "/languages", "/preview", "/preview/pages")  # fmt: skip
    for turn, page in enumerate(pages):
        for name in names[turn % 2 :: 2]:  # each page meets every word, each name half of the pages
            evil = next(words)
            answer = client.get(f"{base}{page}", {name: evil})
            assert answer.status_code in (200, 302, 400, 404), (page, name, evil[:30], answer.status_code)
            assert not dangers(answer), (page, name, evil[:30])
    assert everything() == before
