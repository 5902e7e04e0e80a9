"""Who may answer, when, how many, how often: exact counts and clear words, also when many come at once."""

from __future__ import annotations

import hashlib
import re
import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, connections
from django.db.backends.sqlite3.base import Database
from django.test import Client
from django.utils import timezone

from pilothouse.surveys.answering import flags, hooks, proof
from pilothouse.surveys.definition import Condition, End, Quota, Row
from pilothouse.surveys.models import Invitation, QuotaCount, Response, SpentProof, Survey, Visit
from pilothouse.surveys.tokens import digest
from pilothouse.workbench.models import Item
from tests.surveys.respond import Respondent, choices, opened, question, questionnaire, text

pytestmark = pytest.mark.django_db
BROWSERS = 8
TOKEN = re.compile(r'content="\w{64}"')


def rules(survey: Survey, **more) -> None:
    survey = Survey.objects.get(pk=survey.pk)
    Survey.objects.filter(pk=survey.pk).update(collection=survey.rules.model_copy(update=more).model_dump(mode="json"))


def state(survey: Survey, slug: str) -> None:
    Item.objects.filter(pk=survey.item_id).update(state=slug)


def plain(**more):
    return questionnaire([question("q1", options=choices("a", "b"))], [question("t", "text")], **more)


def test_nobody_learns_of_a_draft(cast, client):
    survey = opened(cast, plain())
    unknown = client.get("/s/abcdefghjk")
    assert unknown.status_code == 404
    begun = Respondent(survey).begin()
    for hide in (
        lambda: state(survey, "draft"),
        lambda: (state(survey, "open"), Item.objects.filter(pk=survey.item_id).update(trashed_at=timezone.now())),
        lambda: (Item.objects.filter(pk=survey.item_id).update(trashed_at=None), Survey.objects.filter(pk=survey.pk).update(live=None)),
    ):  # fmt: skip
        hide()
        for path in (survey.path, f"{survey.path}/i/x", f"{survey.path}/pictures/x.png", f"{survey.path}/r/{uuid4()}"):
            for send in (client.get,) if "pictures" in path else (client.get, client.post):
                answer = send(path)
                assert answer.status_code == 404, path
                assert TOKEN.sub("", answer.content.decode()) == TOKEN.sub("", unknown.content.decode())
    state(survey, "draft")
    assert begun.get().status == 404


@pytest.mark.parametrize(
    ("close", "words", "status"),
    [
        (lambda survey: state(survey, "paused"), "taking a break", 403),
        (lambda survey: state(survey, "closed"), "is closed", 410),
        (lambda survey: rules(survey, closes_at=timezone.now() - timedelta(seconds=1)), "is closed", 410),
        (lambda survey: rules(survey, opens_at=timezone.now() + timedelta(days=1)), "has not begun", 403),
        (lambda survey: (rules(survey, most_responses=1), QuotaCount.objects.create(survey=survey, quota="", count=1)), "is full", 410),
        (lambda survey: rules(survey, access="personal"), "personal link", 403),
        (lambda survey: rules(survey, access="members"), "for members", 403),
    ],
)  # fmt: skip
def test_a_shut_door_says_why(cast, close, words, status):
    survey = opened(cast, plain())
    begun = Respondent(survey).begin()
    close(survey)
    person = Respondent(survey).get()
    assert (person.status, words in person.text) == (status, True)
    assert person.answer.headers["X-Robots-Tag"] == "noindex"
    assert Respondent(survey, **{"accept-language": "zh"}).get().html.count("<h1") == 1
    if status == 410:
        begun.send(q1="a")
        assert begun.status == status
        assert begun.response.answers == {}
        assert "kept" in begun.text


def test_a_product_that_rests_takes_no_answers(cast):
    survey = opened(cast, plain())
    cast.product.archived_at = timezone.now()
    cast.product.save()
    assert Respondent(survey).get().status == 410


def test_members_answer_once_and_nobody_else(cast, client):
    survey = opened(cast, plain(), access="members")
    client.force_login(cast.bob.user)
    first = Respondent(survey, client).begin()
    assert first.response.member == cast.bob.user
    assert Respondent(survey, client).begin().path.split("?")[0] in (first.path.split("?")[0], survey.path)
    assert Respondent(survey).get(first.path).status == 403
    first.send(q1="a").send(t="x")
    assert first.response.status == Response.COMPLETE
    assert "answered already" in Respondent(survey, client).get().text
    client.force_login(cast.charlie.user)
    assert Respondent(survey, client).get().status == 403
    assert Response.objects.count() == 1


def invite(survey: Survey, token: str = "secret", **more) -> str:
    Invitation.objects.create(survey=survey, token_digest=digest(token), **more)
    return f"{survey.path}/i/{token}"


def test_a_personal_link_works_once(cast):
    survey = opened(cast, plain(), access="personal")
    link = invite(survey, language="zh-hans")
    for _look in range(3):
        assert Respondent(survey).get(link).status == 200
    assert Response.objects.count() == 0
    person = Respondent(survey).begin(link)
    assert person.response.language == "zh-hans"
    assert Respondent(survey).begin(link).get(f"{survey.path}/r/{person.response.key}").status == 200
    assert Response.objects.count() == 1
    person.send(q1="a").send(t="x")
    used = Respondent(survey).get(link)
    assert used.status == 410
    assert "用过" in used.text or "used" in used.text
    other = opened(cast, plain(), access="personal")
    assert Respondent(other).get(f"{other.path}/i/secret").status == 404


def test_a_revoked_link_lets_nobody_in_nor_on(cast):
    survey = opened(cast, plain(), access="personal")
    link = invite(survey)
    person = Respondent(survey).begin(link)
    Invitation.objects.update(revoked_at=timezone.now())
    assert person.send(q1="a").status == 410
    assert Respondent(survey).get(link).status == 410
    assert Response.objects.get().answers == {}


def test_once_per_browser_is_soft(cast):
    survey = opened(cast, plain())
    browser = Client()
    Respondent(survey, browser).begin().send(q1="a")
    again = Respondent(survey, browser).get()
    assert "/r/" in again.html  # it offers to go on
    again.get(f"{survey.path}/r/{Response.objects.get().key}").send(t="x")
    assert "answered already" in Respondent(survey, browser).get().text
    other = Respondent(survey, browser).begin(f"{survey.path}?again=1")
    assert other.response.flags == ["duplicate"]
    assert Respondent(survey).begin().response.flags == []
    assert Response.objects.count() == 3


def test_a_ticket_begins_one_response_and_is_this_surveys_own(cast):
    survey, other = opened(cast, plain()), opened(cast, plain())
    person = Respondent(survey).get()
    sent = person.form
    places = {person.client.post(survey.path, sent).headers["Location"] for _click in range(3)}
    assert len(places) == 1
    assert Response.objects.count() == 1
    assert person.client.post(other.path, sent).status_code == 422
    assert person.client.post(survey.path, {**sent, "ticket": sent["ticket"][0][:-2] + "xx"}).status_code == 422
    assert person.client.post(survey.path, {"language": "en"}).status_code == 422
    Response.objects.all().delete()
    replayed = person.client.post(survey.path, sent)
    assert replayed.status_code == 422
    assert "again" in replayed.content.decode()
    assert Response.objects.count() == 0
    assert SpentProof.objects.count() == 1


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


def test_a_page_sent_twice_counts_once(cast):
    person = Respondent(opened(cast, plain())).begin()
    form, path = {**person.form, "q1:": "a"}, person.path
    places = [person.client.post(path, form).headers["Location"] for _click in range(3)]
    assert len(set(places)) == 1
    assert (person.response.save_count, person.response.seen) == (1, ["p1"])
    person.get(path).send(t="x")
    done = person.response
    assert person.client.post(path, form).status_code == 200  # the end again
    assert person.response.changed == done.changed
    assert QuotaCount.objects.get(quota="").count == 1


def test_two_tabs_lose_nothing(cast):
    person = Respondent(opened(cast, questionnaire([question("a", "text")], [question("b", "text")], [question("c", "text")]))).begin()  # fmt: skip
    first = person.form
    person.send(a="1")
    second = person.form
    person.client.post(person.path, {**second, "b:": "2"})
    person.client.post(person.path, {**first, "a:": "changed"})
    assert person.response.answers == {"a": "changed", "b": "2"}
    person.get(person.path.split("?")[0]).send(c="3")
    assert person.response.status == Response.COMPLETE


def test_long_texts_are_cut_off_with_a_word(cast):
    person = Respondent(opened(cast, questionnaire([question("t", "long")]))).begin()
    person.send(t="x" * 10_000_000)
    assert person.status == 413
    assert "5 MB" in person.text
    person.get().send(t="字" * 20_001)
    assert person.status == 422
    assert "20,000" in person.text
    assert person.form["t:"][0].startswith("字字")
    assert person.response.answers == {}
    person.send(t="a\x00b")
    assert person.response.answers == {"t": "ab"}


def test_a_page_of_a_thousand_questions_arrives_whole(cast):
    survey = opened(cast, questionnaire([question(f"q{n}", options=choices("a", "b")) for n in range(1_000)]))
    person = Respondent(survey).begin()
    person.send(**{f"q{n}": "a" for n in range(1_000)})
    assert len(person.response.answers) == 1_000
    assert person.response.status == Response.COMPLETE


def daily(limit: int):
    ends = [End(id="thanks"), End(id="sorry", kind="quota_full", title=text("Enough"))]
    quota = Quota(id="daily", name="Daily", when=Condition(question="q1", value="a"), limit=limit, end="sorry")
    return plain(quotas=[quota], ends=ends)


def test_a_quota_counts_the_same_in_every_language(cast):
    survey = opened(cast, daily(2))
    for language in ("en", "zh-hans"):
        Respondent(survey).begin(f"{survey.path}?language={language}").send(q1="a").send(t="x")
    late = Respondent(survey).begin(f"{survey.path}?language=ar").send(q1="a")
    assert "Enough" in late.text
    assert (late.response.status, late.response.end) == (Response.QUOTA_FULL, "sorry")
    assert Respondent(survey).begin().send(q1="b").send(t="x").response.status == Response.COMPLETE
    counts = dict(QuotaCount.objects.values_list("quota", "count"))
    assert counts == {"": 3, "daily": 2}


def test_listeners_hear_of_each_finished_response_and_cannot_break_it(cast, django_capture_on_commit_callbacks):
    heard = []

    def broken(_response):
        raise RuntimeError("no")

    hooks.FINISHED[:0] = [broken, heard.append]
    try:
        person = Respondent(opened(cast, plain())).begin().send(q1="a")
        with django_capture_on_commit_callbacks(execute=True):
            person.send(t="x")
    finally:
        del hooks.FINISHED[:2]
    assert [one.key for one in heard] == [person.response.key]


def test_every_write_moves_the_order_of_changes(cast):
    person = Respondent(opened(cast, plain())).begin()
    stamps = [person.response.changed]
    person.send(q1="a")
    stamps.append(person.response.changed)
    person.send(t="x")
    stamps.append(person.response.changed)
    assert stamps[0] > 0
    assert stamps == sorted(set(stamps))


@pytest.fixture
def many(transactional_db, tmp_path):
    """A database that many connections may write at once: SQLite's tests run in memory, which many cannot share."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    memory, name, path = connection.connection, connection.settings_dict["NAME"], tmp_path / "many.sqlite3"
    copy = Database.connect(str(path))
    memory.backup(copy)
    copy.close()
    connection.connection, connection.settings_dict["NAME"] = None, str(path)
    yield
    connection.close()
    connection.connection, connection.settings_dict["NAME"] = memory, name


def at_once(count: int, act) -> list:
    """`act(n)` in so many threads that wait for each other at the start."""
    barrier, results = threading.Barrier(count), [None] * count

    def run(n: int) -> None:
        barrier.wait()
        try:
            results[n] = act(n)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(n,)) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.django_db(transaction=True)
def test_a_quota_and_a_limit_are_never_overfilled(many, cast):
    survey = opened(cast, daily(3), most_responses=4)
    people = [Respondent(survey).begin().send(q1="a" if n < 6 else "b") for n in range(BROWSERS)]
    at_once(BROWSERS, lambda n: people[n].send(t="x"))
    statuses = [one.response.status for one in people]
    assert statuses[:6].count("complete") <= 3
    assert statuses.count("complete") == 4
    assert statuses.count("quota_full") == BROWSERS - 4
    complete = Response.objects.filter(status="complete")
    counts = dict(QuotaCount.objects.values_list("quota", "count"))
    assert counts == {"": 4, "daily": complete.filter(answers__q1__id="a").count()}
    assert Item.objects.get(pk=survey.item_id).fields["responses"] == 4


@pytest.mark.django_db(transaction=True)
def test_one_link_used_by_many_at_once_is_one_response(many, cast):
    survey = opened(cast, plain(), access="personal")
    link = invite(survey)
    places = at_once(BROWSERS, lambda _n: Respondent(survey).begin(link).path)
    assert len(set(places)) == 1
    assert Response.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_ticket_and_one_page_sent_by_many_at_once_count_once(many, cast):
    survey = opened(cast, plain())
    form = Respondent(survey).get().form
    places = at_once(BROWSERS, lambda _n: Client().post(survey.path, form).headers["Location"])
    assert len(set(places)) == 1
    person = Respondent(survey).get(places[0]).send(q1="a")
    last, path = {**person.form, "t:": "x"}, person.path
    at_once(BROWSERS, lambda _n: Client().post(path, last).status_code)
    assert Response.objects.get().status == Response.COMPLETE
    assert QuotaCount.objects.get(quota="").count == 1


@pytest.mark.django_db(transaction=True)
def test_pages_sent_at_once_from_several_tabs_are_all_kept(many, cast):
    pages = [[question(f"t{n}", "text")] for n in range(6)]
    person = Respondent(opened(cast, questionnaire(*pages, [question("end", "text")]))).begin()
    for n in range(6):
        person.send(**{f"t{n}": "first"})
    base = person.path.split("?")[0]
    forms = [Respondent(person.survey).get(f"{base}?page=p{n + 1}").form for n in range(6)]
    at_once(6, lambda n: Client().post(base, {**forms[n], f"t{n}:": f"second {n}"}).status_code)
    assert person.response.answers == {f"t{n}": f"second {n}" for n in range(6)}
