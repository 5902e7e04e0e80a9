"""Every address that anybody may open without signing in, with junk, with the names of other surveys, and with forged
keys: never an error of ours, never a word of what is not published, never a change."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.core import signing

from pilothouse.people.models import digest
from pilothouse.surveys.models import Invitation, Response, Survey
from tests.promises.test_urls import everything, routes
from tests.promises.world import MARK, fill
from tests.surveys.respond import Respondent, opened, question, questionnaire, text

PUBLIC = sorted(path for path, _entry in routes() if path.startswith("s/"))
JUNK = ["x", "0", "-1", "9" * 5_000, "%00", "..%2f..%2fetc%2fpasswd", "' OR 1=1 --", "<script>alert(1)</script>", "🚢", "%f0%28%8c%28", "ferry\r\nX: y"]  # fmt: skip


def filled(path: str, code: str, key: object, rest: str) -> str:
    values = {"code": code, "key": str(key)}
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda match: values.get(match[1], rest), path)


@pytest.fixture
def two(cast):
    """Two open surveys and a draft in a private product, each with a response and an invitation."""
    fill(cast)
    surveys = [opened(cast, questionnaire([question("t", "text", text=text(f"{MARK} {n}"))])) for n in range(3)]
    for n, survey in enumerate(surveys):
        Invitation.objects.create(survey=survey, token_digest=digest(f"token{n}"), name=f"{MARK} name")
        Response.objects.create(survey=survey, version=survey.live, language="en", answers={"t": f"{MARK} answer {n}"})
    Survey.objects.filter(pk=surveys[2].pk).update(live=None)
    return surveys


def test_there_are_public_addresses():
    assert len(PUBLIC) == 4


@pytest.mark.parametrize("method", ["get", "head", "post", "put", "patch", "delete", "options"])
def test_junk_finds_nothing(client, two, method):
    before = everything()
    for path in PUBLIC:
        for junk in JUNK:
            for address in (filled(path, junk, uuid4(), junk), filled(path, two[0].code, uuid4(), junk)):
                if address == two[0].path:
                    continue
                answer = getattr(client, method)(address, {"ticket": junk, "page": junk})
                assert answer.status_code in (400, 404, 405), (method, address[:80], answer.status_code)
                assert MARK not in answer.content.decode()
    assert everything() == before


def test_what_is_of_another_survey_opens_nothing(client, two):
    one, other, draft = two
    keys = {survey.code: survey.responses.get().key for survey in two}
    before = everything()
    for send in (client.get, client.post):
        assert send(f"/s/{one.code}/r/{keys[other.code]}").status_code == 404
        assert send(f"/s/{one.code}/i/token1").status_code == 404
        for address in (draft.path, f"{draft.path}/r/{keys[draft.code]}", f"{draft.path}/i/token2"):
            answer = send(address)
            if "/r/" not in address:  # who had begun keeps their own page
                assert answer.status_code == 404
                assert MARK not in answer.content.decode()
    assert everything() == before


def test_forged_forms_change_nothing_but_ones_own_answers(client, two):
    one, other = two[0], two[1]
    person = Respondent(one, client).begin()
    form, path = person.form, person.path
    evil = [
        {**form, "page": "p9"}, {**form, "clock": "1:x"}, {**form, "turn": "9" * 400}, {**form, "asked": "x " * 9_000},
        {**form, "key": str(other.responses.get().key), "survey": str(other.pk), "status": "complete", "flags": "[]"},
        dict.fromkeys(form, "\x00"), {f"{'x' * 300}:": "y"}, {"page": "p1", "language": "xx", "t:": "z"},
    ]  # fmt: skip
    theirs = Response.objects.get(survey=other)
    for data in evil:
        assert client.post(path, data).status_code in (200, 303, 422)
    assert Response.objects.get(pk=theirs.pk).answers == theirs.answers
    assert person.response.flags == ["speeder"] or set(person.response.flags) <= {"speeder"}


@pytest.mark.parametrize(
    "ticket", ["", "x", "a:b:c", signing.dumps([1, "x"], salt="survey ticket"), signing.dumps("x", salt="survey ticket"), signing.dumps([1, str(uuid4())], salt="other")],
    ids=["empty", "x", "parts", "unknown", "no list", "other salt"],
)  # fmt: skip
def test_forged_tickets_begin_nothing(client, two, ticket):
    before = Response.objects.count()
    assert client.post(two[0].path, {"ticket": ticket, "language": "en"}).status_code == 422
    assert Response.objects.count() == before


def test_text_in_a_survey_and_in_its_address_is_never_markup(client, cast):
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>[x](javascript:alert(1))"
    survey = opened(cast, questionnaire([question("t", "text", text=text(f"{evil} {{{{who}}}}"), required=True)], title=text(evil), hidden=[{"code": "who"}]))  # fmt: skip
    person = Respondent(survey, client).begin(f"{survey.path}?who={evil}&x=%22%3E{evil}")
    person.send(t="")
    person.send(t=evil)
    for html in (person.html, client.get(f"{survey.path}?again=1&who={evil}&x=%22%3E{evil}").content.decode()):
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert 'href="javascript' not in html
