"""Results, cross-tabs, trends, weights, responses and codes as pages: who may see them, what they do, what they cost."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pilothouse.surveys.analysis import keeping
from pilothouse.surveys.analysis.frame import frame_of
from pilothouse.surveys.models import Code, Coding, Response
from pilothouse.workbench.models import Event, Item
from tests.surveys.made import answer, ferry, ferry_answers, publish, survey_with

PAGES = (
    "results", "results?by=q.q1&flagged=out", "results/q1", "results/q2?by=h.channel", "results/q3?by=q.q1", "results/q4",
    "results/q5?by=q.q1", "results/q6", "results/q7", "results/values?name=q.q1", "results/values?name=from",
    "crosstab?row=q.q2&by=q.q1&by2=h.channel", "trend", "trend?of=q.q1&wave=version", "weights", "responses",
    "responses?q.q1=c&q.q5=%3E5..20", "codes", "codes?words=pier&uncoded=1",
)  # fmt: skip
WRITTEN = ("weights", "responses/sort", "codes/give", "codes/take")


@pytest.fixture
def survey(cast):
    made = survey_with(cast.alice, cast.product, ferry())
    answer(made, ferry_answers(80), hidden=[{"channel": "mail"}, {"channel": "app"}])
    yield made
    keeping.forget(made)


@pytest.fixture
def as_bob(client, cast):
    client.force_login(cast.bob.user)
    return client


def test_members_and_guests_read_strangers_do_not(client, cast, survey):
    for actor, status in ((cast.bob, 200), (cast.gwen, 200), (cast.charlie, 404)):
        client.force_login(actor.user)
        for page in PAGES:
            single = actor is cast.gwen and ("?by=h." in page or page.startswith("codes"))
            assert client.get(f"{survey.url}/{page}").status_code == (404 if single else status), page


def test_guests_see_what_all_said_and_nobody_alone(client, cast, survey):
    row = survey.responses.first()
    client.force_login(cast.gwen.user)
    said = row.answers["q6"]
    for page in ("results", "results/q6", "responses", "responses?q.q1=c"):
        answer = client.get(f"{survey.url}/{page}")
        assert answer.status_code == 200, page
        assert said not in answer.content.decode(), page
        assert f"/responses/{row.pk}" not in answer.content.decode(), page
    closed = (
        f"responses/{row.pk}", f"responses/{row.pk}/data", f"responses/{row.pk}/files/q6", "codes", "export", "export.csv",
        "export.xlsx", "export.sav", "results?by=h.channel", "results?h.channel=mail", "results/values?name=h.channel",
        "results?q.q5=1..1&q.q3=0&q.q1=a",
    )  # fmt: skip
    assert [client.get(f"{survey.url}/{page}").status_code for page in closed] == [404] * len(closed)
    assert "channel" not in client.get(f"{survey.url}/results").content.decode()
    client.force_login(cast.bob.user)
    assert said in client.get(f"{survey.url}/results/q6").content.decode()


def test_guests_change_nothing(client, cast, survey):
    pk = survey.responses.first().pk
    for actor in (cast.gwen, cast.charlie):
        client.force_login(actor.user)
        for path in (*WRITTEN, f"responses/{pk}/lift", f"responses/{pk}/erase"):
            assert client.post(f"{survey.url}/{path}", {"ids": pk, "reason": "x", "name": "x"}).status_code == 404
    assert (survey.responses.count(), Coding.objects.count()) == (80, 0)


def test_one_persons_data_is_not_for_guests(client, cast, survey):
    pk = survey.responses.first().pk
    client.force_login(cast.gwen.user)
    assert client.get(f"{survey.url}/responses/{pk}/data").status_code == 404


def test_a_response_of_another_survey_is_not_found(as_bob, cast, survey):
    other = survey_with(cast.alice, cast.product, ferry())
    pk = answer(other, ferry_answers(1))[0].pk
    assert as_bob.get(f"{survey.url}/responses/{pk}").status_code == 404
    assert as_bob.post(f"{survey.url}/responses/{pk}/erase").status_code == 404


def test_the_number_of_queries_does_not_grow(as_bob, survey):
    few = [queries(as_bob, f"{survey.url}/{page}") for page in PAGES]
    answer(survey, ferry_answers(120, seed=9))
    many = [queries(as_bob, f"{survey.url}/{page}") for page in PAGES]
    assert [page for page, before, after in zip(PAGES, few, many, strict=True) if after > before] == []
    assert max(many) <= 30


def queries(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    return len(captured)


def test_a_figure_leads_to_its_rows(as_bob, survey):
    frame = frame_of(survey)
    commuters = int((frame.column("q1") == 0).sum())
    page = as_bob.get(f"{survey.url}/results/q1").content.decode()
    assert f'{survey.url}/responses?q.q1=c">{commuters}</a>' in page
    assert f"{commuters} responses" in as_bob.get(f"{survey.url}/responses?q.q1=c").content.decode()


def test_a_filter_narrows_every_figure(as_bob, survey):
    app = as_bob.get(f"{survey.url}/results/q1?h.channel=app").content.decode()
    assert "40 answers" in app
    assert "40 answers" in as_bob.get(f"{survey.url}/results/q1?h.channel=mail&from=2026-09-01").content.decode()
    assert "Nobody has answered this yet" in as_bob.get(f"{survey.url}/results/q1?to=2020-01-01").content.decode()


STRANGE = (
    "q.=x", "q.nothing=1", "q.q5=..", "q.q5=a..b", "q.q5=1e999", "from=never", "to=0000-00-00", "version=x",
    "c.q6=99999999999999999999", "i.q4=%F0%9F%9A%A2", "by=q.nothing", "by=%00", "q.q1=%00", "h.x=%22%3E%3Cscript%3E",
    "flag='", "before=99999999999999999999&show=x", "of=x&wave=x&value=x", "row=x&by=x&show=x", "type=x",
)  # fmt: skip


@pytest.mark.parametrize("page", ["results", "results/q5", "crosstab", "trend", "responses", "codes"])
def test_strange_addresses_are_answered(as_bob, survey, page):
    for query in STRANGE:
        answered = as_bob.get(f"{survey.url}/{page}?{query}")
        assert answered.status_code in (200, 404), query
        assert b"<script>" not in answered.content


def test_answers_that_look_odd_are_counted_and_can_be_left_out(as_bob, survey):
    answer(survey, ferry_answers(5), flags=["speeder"])
    page = as_bob.get(f"{survey.url}/results").content.decode()
    assert "5 answers that look odd are in" in page
    page = as_bob.get(f"{survey.url}/results?flagged=out").content.decode()
    assert "5 answers that look odd are out" in page
    assert "80 answers" in as_bob.get(f"{survey.url}/results/q1?flagged=out").content.decode()


def test_a_response_is_taken_out_with_a_reason_and_back_in(as_bob, survey):
    pk = survey.responses.first().pk
    assert as_bob.post(f"{survey.url}/responses/sort", {"ids": pk, "reason": " "}).status_code == 422
    as_bob.post(f"{survey.url}/responses/sort", {"ids": pk, "reason": "A test of our own"})
    assert frame_of(survey).n == 79
    assert "A test of our own" in as_bob.get(f"{survey.url}/responses/{pk}").content.decode()
    assert "A test of our own" in as_bob.get(f"{survey.item.url}/history").content.decode()
    event = Event.objects.get(verb="excluded")
    as_bob.post(f"/w/harbor/undo/{event.batch}")
    assert frame_of(survey).n == 80
    as_bob.post(f"{survey.url}/responses/sort", {"ids": pk, "reason": "again"})
    as_bob.post(f"{survey.url}/responses/sort", {"ids": pk, "back": "1"})
    assert frame_of(survey).n == 80


def test_an_erased_response_is_gone_everywhere(as_bob, survey):
    answer(survey, ferry_answers(120))
    frame_of(survey)
    row = survey.responses.first()
    as_bob.post(f"{survey.url}/responses/{row.pk}/erase")
    assert frame_of(survey).n == 199
    assert as_bob.get(f"{survey.url}/responses/{row.pk}").status_code == 404


def test_one_persons_data_is_whole(as_bob, survey):
    row = Response.objects.filter(survey=survey, answers__has_key="q6").first()
    given = as_bob.get(f"{survey.url}/responses/{row.pk}/data")
    kept = json.loads(given.content)
    assert kept["answers"] == row.answers
    assert kept["said"]["Q6"]["answer"] == row.answers["q6"]
    assert given.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("kind", ["quote", "feedback", "insight"])
def test_words_join_the_thread_once(as_bob, survey, kind):
    row = Response.objects.filter(survey=survey, answers__has_key="q6").first()
    for _time in range(2):
        as_bob.post(f"{survey.url}/responses/{row.pk}/lift", {"question": "q6", "kind": kind})
    source = Item.objects.get(kind="quote" if kind == "insight" else kind)
    assert source.body == row.answers["q6"]
    assert source.links_in.get().source == survey.item
    if kind == "insight":
        assert Item.objects.filter(kind="insight", links_in__source=source).exists()


def test_only_words_can_be_lifted(as_bob, survey):
    row = survey.responses.first()
    assert as_bob.post(f"{survey.url}/responses/{row.pk}/lift", {"question": "q1"}).status_code == 404
    assert as_bob.post(f"{survey.url}/responses/{row.pk}/lift", {"question": "q99"}).status_code == 404


def test_answers_are_coded_one_by_one_by_phrase_and_back(as_bob, survey):
    said = [row.pk for row in survey.responses.filter(answers__has_key="q6")]
    as_bob.post(f"{survey.url}/codes/give", {"of": "q6.", "ids": said[0], "name": "No signal"})
    code = Code.objects.get(name="No signal")
    as_bob.post(f"{survey.url}/codes/give", {"of": "q6.", "words": "pier", "all": "1", "code": code.pk})
    holding = sum("pier" in row.answers["q6"] for row in survey.responses.filter(answers__has_key="q6"))
    assert Coding.objects.filter(code=code).count() in (holding, holding + 1)
    as_bob.post(f"{survey.url}/codes/take", {"of": "q6.", "ids": said[0], "code": code.pk})
    assert not Coding.objects.filter(code=code, response=said[0]).exists()
    event = Event.objects.filter(verb="uncoded").latest("id")
    as_bob.post(f"/w/harbor/undo/{event.batch}")
    assert Coding.objects.filter(code=code, response=said[0]).exists()
    assert "No signal" in as_bob.get(f"{survey.url}/results/q6").content.decode()
    assert as_bob.get(f"{survey.url}/responses?c.q6={code.pk}").status_code == 200


def test_a_code_of_another_product_is_not_found(as_bob, cast, survey):
    foreign = Code.objects.create(product=cast.foreign, name="theirs")
    row = survey.responses.filter(answers__has_key="q6").first()
    given = as_bob.post(f"{survey.url}/codes/give", {"of": "q6.", "ids": row.pk, "code": foreign.pk})
    assert given.status_code == 404


def test_a_row_is_answered_alone_to_a_key(as_bob, survey):
    row = survey.responses.filter(answers__has_key="q6").first()
    given = as_bob.post(
        f"{survey.url}/codes/give", {"of": "q6.", "ids": row.pk, "name": "x"}, headers={"HX-Request": "true"}
    )
    assert given.content.decode().lstrip().startswith('<li class="coded"')
    assert "undo" in given.headers["HX-Trigger"]


def test_weights_are_typed_shown_and_refused(as_bob, survey):
    page = as_bob.post(f"{survey.url}/weights", {"q.q1=c": "50", "q.q1=l": "20"})
    assert page.status_code == 422
    assert "add up to 70" in page.content.decode()
    as_bob.post(f"{survey.url}/weights", {"q.q1=c": "50", "q.q1=l": "30", "q.q1=t": "20", "cap": "5"})
    survey.refresh_from_db()
    assert "Design effect" in as_bob.get(f"{survey.url}/weights").content.decode()
    assert "Weighted" in as_bob.get(f"{survey.url}/results").content.decode()
    as_bob.post(f"{survey.url}/weights", {"off": "1"})
    survey.refresh_from_db()
    assert not survey.analysis["weighting"]


def test_each_version_says_what_it_asked(as_bob, survey):
    publish(survey, [question for question in ferry() if question.id != "q5"])
    answer(survey, [{"q1": {"id": "c"}}])
    page = as_bob.get(f"{survey.url}/results").content.decode()
    assert "Asked like this in version 1 only" in page
    assert "Version 2: 1" in page
    assert "saw a version without this question" in as_bob.get(f"{survey.url}/results/q5").content.decode()


def test_an_empty_survey_says_so(as_bob, cast):
    empty = survey_with(cast.alice, cast.product, ferry())
    for page in PAGES:
        assert as_bob.get(f"{empty.url}/{page}").status_code == 200
    assert "Nobody has answered yet" in as_bob.get(f"{empty.url}/results").content.decode()
