"""Who may answer, when, how many, how often: exact counts and clear words, also when many come at once."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from pilothouse.people.models import digest
from pilothouse.surveys.answering import hooks
from pilothouse.surveys.definition import Condition, End, Quota
from pilothouse.surveys.models import Invitation, QuotaCount, Response, SpentProof, Survey
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
