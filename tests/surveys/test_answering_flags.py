"""What looks odd about an answer is flagged, and nothing is dropped."""

from __future__ import annotations

import hashlib

import pytest

from pilothouse.surveys.answering import flags, proof
from pilothouse.surveys.definition import Row
from pilothouse.surveys.models import Response, Visit
from tests.surveys.respond import Respondent, opened, question, questionnaire, text
from tests.surveys.test_answering_rules import plain, rules

pytestmark = pytest.mark.django_db


def solve(ticket: str) -> str:
    for nonce in range(10_000_000):
        if int.from_bytes(hashlib.sha256(f"{ticket}:{nonce}".encode()).digest()[:4]) >> (32 - proof.BITS) == 0:
            return str(nonce)
    raise AssertionError


def test_proofs_are_checked_and_their_lack_is_flagged(cast):
    survey = opened(cast, plain(), proof_of_work=True)
    person = Respondent(survey).get()
    person.send(proof=solve(person.form["ticket"][0]))
    assert person.response.flags == []
    for forged in ("", "0", "x" * 5_000, "１２", "-1"):
        assert Respondent(survey).begin(proof=forged).response.flags == ["no_proof"]
    old = Respondent(survey).get()
    nonce = solve(old.form["ticket"][0])
    assert Respondent(survey).begin(proof=nonce).response.flags == ["no_proof"]


def test_a_box_that_nobody_sees_gives_scripts_away(cast):
    person = Respondent(opened(cast, plain())).begin(website="https://spam.example")
    assert person.response.flags == ["honeypot"]
    person.send(q1="a").send(t="x")
    assert (person.response.status, person.response.flags) == (Response.COMPLETE, ["honeypot"])


def test_many_from_one_address_are_flagged_and_no_address_is_kept(cast, monkeypatch):
    survey = opened(cast, plain())
    monkeypatch.setattr("pilothouse.surveys.answering.visits.MANY", 3)
    monkeypatch.setattr("pilothouse.surveys.answering.visits.TOO_MANY", 5)
    found = [Respondent(survey).begin() for _n in range(6)]
    assert [one.response.flags for one in found[:5]] == [[], [], [], ["same_address"], ["same_address"]]
    assert found[5].status == 429
    row = Visit.objects.get()
    assert row.count == 5
    assert "127.0.0.1" not in row.digest
    assert row.digest != hashlib.sha256(b"127.0.0.1").hexdigest()
    assert Response.objects.count() == 5


def test_a_forwarded_address_counts_only_behind_a_trusted_proxy(cast, settings):
    survey = opened(cast, plain())
    for n in range(3):
        Respondent(survey, **{"x-forwarded-for": f"10.0.0.{n}"}).begin()
    assert Visit.objects.count() == 1
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for n in range(3):
        Respondent(survey, **{"x-forwarded-for": f"6.6.6.6, 2001:db8::{n}"}).begin()
    assert sorted(Visit.objects.values_list("count", flat=True)) == [3, 3]  # one network of the new protocol


def test_speed_and_straight_lines_are_flagged(cast, monkeypatch):
    grid = question("m", "matrix", rows=[Row(id=f"r{n}", text=text(str(n))) for n in range(4)])
    survey = opened(cast, questionnaire([grid]), minimum_seconds=3600)
    same = {f"m-r{n}": "4" for n in range(4)}
    person = Respondent(survey).begin().send(**same)
    assert person.response.flags == ["straight_liner", "too_fast"]
    assert Respondent(survey).begin().send(**{**same, "m-r2": "1"}).response.flags == ["too_fast"]
    rules(survey, minimum_seconds=0)
    monkeypatch.setattr(flags, "usual_seconds", lambda _survey: 60.0)
    assert Respondent(survey).begin().send(**{**same, "m-r2": "1"}).response.flags == ["speeder"]
    assert set(flags.FLAGS) >= {"speeder", "too_fast", "straight_liner"}


def test_the_usual_time_is_the_median_of_finished_responses(cast):
    survey = opened(cast, plain())
    for n in range(flags.ENOUGH):
        Response.objects.create(survey=survey, version=survey.live, language="en", status="complete", seconds=n)
    assert flags.usual_seconds(survey) == 4.5


def test_time_is_counted_on_pages(cast, monkeypatch):
    person = Respondent(opened(cast, plain())).begin()
    now = __import__("time").time()
    monkeypatch.setattr("pilothouse.surveys.answering.interview.time.time", lambda: now + 30)
    person.send(q1="a")
    assert 29 < person.response.seconds < 31
    person.send(t="x", clock="1.0:forged")
    assert person.response.seconds < 31
