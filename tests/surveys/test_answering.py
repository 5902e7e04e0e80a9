"""How a person answers: every type of question, page by page, in every language, without a script and a cookie."""

from __future__ import annotations

import re

import pytest

from pilothouse.surveys.definition import Condition, Consent, End, Hidden, Jump, Page
from pilothouse.surveys.models import Response
from pilothouse.surveys.questions import TYPES
from pilothouse.workbench.models import Item
from tests.surveys.respond import Respondent, choices, opened, question, questionnaire, text

pytestmark = pytest.mark.django_db

# What a browser sends for each type as the builder makes it, and what is kept.
FILLED = {
    "single": ({"q": "b"}, {"id": "b"}),
    "multiple": ({"q": ["a", "b"]}, {"ids": ["a", "b"]}),
    "picture": ({"q": "a"}, {"id": "a"}),
    "text": ({"q": " Ada "}, "Ada"),
    "long": ({"q": "上船\r\n不用等"}, "上船\n不用等"),
    "number": ({"q": "12.5"}, 12.5),
    "date": ({"q": "2026-11-22"}, "2026-11-22"),
    "rating": ({"q": "4"}, 4),
    "nps": ({"q": "0"}, 0),
    "scale": ({"q": "3"}, 3),
    "matrix": ({"q-r1": "5", "q-r2": "1"}, {"r1": 5, "r2": 1}),
    "differential": ({"q-r1": "7", "q-r2": "4"}, {"r1": 7, "r2": 4}),
    "ranking": ({"q-a": "2", "q-b": "1", "q-c": "3"}, ["b", "a", "c"]),
    "sum": ({"q-a": "40", "q-b": "60"}, {"a": 40, "b": 60, "c": 0}),
    "consent": ({"q": "yes"}, True),
    "kano": ({"q-r1.f": "1", "q-r1.d": "5"}, {"r1": {"f": 1, "d": 5}}),
    "opportunity": ({"q-r1.importance": "5", "q-r1.satisfaction": "2"}, {"r1": {"importance": 5, "satisfaction": 2}}),
    "psm": ({"q-too_cheap": "1", "q-cheap": "2", "q-expensive": "3", "q-too_expensive": "4"}, {"too_cheap": 1, "cheap": 2, "expensive": 3, "too_expensive": 4}),
    "ladder": ({"q-5": "yes", "q-8": "yes", "q-12": "no", "q-16": "no", "q-20": "no"}, {"5": True, "8": True, "12": False, "16": False, "20": False}),
    "conjoint": ({f"q-{n}": "none" if n == 1 else "0" for n in range(1, 9)}, {str(n): "none" if n == 1 else "0" for n in range(1, 9)}),
}  # fmt: skip


def made(slug: str):
    pictures = {"options": [one.model_copy(update={"image": "x.png"}) for one in choices("a", "b")]}
    return question("q", slug, required=TYPES[slug].answered, **(pictures if slug == "picture" else {}))


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("slug", sorted(FILLED))
def test_every_type_is_asked_answered_and_shown_again(cast, slug, language):
    sent, kept = FILLED[slug]
    survey = opened(cast, questionnaire([made(slug)], [question("last", "text")]))
    person = Respondent(survey).begin(f"{survey.path}?language={language}")
    assert person.status == 200
    names = {re.sub(r"^q", "q:", name) for name in sent}
    assert {name for name in names if f'name="{name}"' not in person.html} == set()
    assert person.send().status == 422  # required, and nothing given
    assert "请" in person.html if language == "zh-hans" else "Please answer" in person.html
    person.fill(sent)
    assert person.status == 200, person.text
    assert person.response.answers["q"] == kept
    person.send(back="1")
    assert person.send().response.answers["q"] == kept  # what is shown again is what was given
    person.send(last="end")
    assert person.response.status == Response.COMPLETE
    assert person.response.answers == {"q": kept, "last": "end"}


def test_maxdiff_is_answered_set_by_set(cast):
    asked = question("q", "maxdiff", required=True)
    person = Respondent(opened(cast, questionnaire([asked]))).begin()
    sets = TYPES["maxdiff"].sets_for(asked, person.response.seed)
    assert "1" in sets  # the first to come meets the first version
    sent = {f"q-{n}.{field}": rows[at].id for n, rows in sets.items() for at, field in enumerate(("best", "worst"))}
    person.fill({**sent, "q-1.worst": sent["q-1.best"]})
    assert person.status == 422
    person.fill(sent)
    assert person.response.answers["q"]["1"] == {"best": sets["1"][0].id, "worst": sets["1"][1].id}
    assert person.response.status == Response.COMPLETE


def test_versions_of_a_design_are_met_in_turn_and_told_apart(cast, client):
    asked = question("q", "maxdiff", required=True)
    kind = TYPES["maxdiff"]
    versions = kind.by_version(asked)
    assert len(versions) == 4
    assert len({tuple(sorted(tuple(row.id for row in kind.sets(asked)[n]) for n in one)) for one in versions}) > 1
    assert all(
        {row.id for n in one for row in kind.sets(asked)[n]} == {row.id for row in asked.rows} for one in versions
    )
    survey = opened(cast, questionnaire([asked]))
    seen = []
    for _turn in range(6):
        person = Respondent(survey).begin()
        sets = kind.sets_for(asked, person.response.seed)
        assert all(row.text.get("en") in person.text for rows in sets.values() for row in rows)
        seen.append(versions.index(list(sets)))
        other = kind.sets_for(asked, person.response.seed + 1)
        sent = {f"q-{n}.{side}": rows[at].id for n, rows in sets.items() for at, side in enumerate(("best", "worst"))}
        assert person.fill({**sent, f"q-{next(iter(other))}.best": next(iter(other.values()))[0].id}).status == 422
        person.fill(sent)
        assert person.response.status == Response.COMPLETE
    assert seen == [0, 1, 2, 3, 0, 1]
    client.force_login(cast.bob.user)
    page = client.get(f"{survey.url}/results/q").content.decode()
    table = page[page.index("Versions of the design") :]
    counts = re.findall(r"<t[dh][^>]*>\s*([^<]*?)\s*</t[dh]>", table)
    assert [counts[counts.index(f"{one[0]}–{one[-1]}") + 1] for one in versions] == ["2", "2", "1", "1"]


def two_ways(**more):
    """Page 1 asks; those who say a meet page 2, the others page 3."""
    return questionnaire(**more).model_copy(
        update={
            "pages": [
                Page(id="p1", questions=[question("q1", options=choices("a", "b"), required=True)],
                     jumps=[Jump(when=Condition(question="q1", value="b"), to="p3")]),
                Page(id="p2", questions=[question("q2", "text", text=text("Why {{Q1}}, {{who}}?"))]),
                Page(id="p3", questions=[question("q3", "number")]),
            ]
        }
    )  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh-hans", "ar"])
def test_the_same_way_in_every_language(cast, language):
    survey = opened(cast, two_ways(hidden=[Hidden(code="who", default="you")]))
    person = Respondent(survey).begin(f"{survey.path}?language={language}&who=<b>[x](//evil.example)")
    assert f'lang="{"zh-Hans" if language == "zh-hans" else language}"' in person.html
    assert ('dir="rtl"' in person.html) == (language == "ar")
    person.send(q1="a")
    assert "page=p2" in person.path
    assert "Option a" in person.text
    assert "<b>" not in person.html
    assert "href" not in person.html.split('id="q-q2"')[1].split("</div>")[0]
    person.send(q2="because").send(back="1").send(back="1").send(q1="b")
    assert "page=p3" in person.path
    person.send(q3="7")
    done = person.response
    assert (done.status, done.seen) == (Response.COMPLETE, ["p1", "p3"])
    assert done.answers == {"q1": {"id": "b"}, "q3": 7}
    assert done.off_path == {"q2": "because"}
    assert done.language == language


def test_what_cannot_be_kept_stays_typed_and_is_said_beside_its_question(cast):
    survey = opened(cast, questionnaire([question("n", "number", settings={"minimum": 1}), question("t", "text"), question("r", required=True)]))  # fmt: skip
    person = Respondent(survey).begin().send(n="twelve", t="kept <words>")
    assert person.status == 422
    assert person.form["n:"] == ["twelve"]
    assert person.form["t:"] == ["kept <words>"]
    assert person.response.answers == {"t": "kept <words>"}
    wrong = [part for part in person.html.split('class="question"')[1:] if "data-invalid" in part]
    assert [re.search(r'data-question="(\w+)"', part)[1] for part in wrong] == ["n", "r"]
    for part in wrong:
        id = re.search(r'aria-describedby="([^"]+)"', part)[1].split()[-1]
        assert f'id="{id}"' in part
    person.send(n="12", r="a")
    assert person.response.answers == {"t": "kept <words>", "n": 12, "r": {"id": "a"}}


def test_an_answer_brings_up_another_question_without_a_script(cast):
    asked = [question("q1", options=choices("a", "b")), question("q2", "text", required=True, show_if=Condition(question="q1", value="a"))]  # fmt: skip
    person = Respondent(opened(cast, questionnaire(asked))).begin()
    assert 'data-question="q2"' not in person.html
    assert person.send(q1="a").status == 422
    assert 'data-question="q2"' in person.html
    person.send(q2="because")
    assert person.response.answers == {"q1": {"id": "a"}, "q2": "because"}


def test_a_look_ahead_keeps_nothing(cast):
    asked = [question("q1", options=choices("a", "b")), question("q2", "text", show_if=Condition(question="q1", value="a"))]  # fmt: skip
    person = Respondent(opened(cast, questionnaire(asked))).begin()
    look = person.client.post(person.path, {**person.form, "q1:": "a"}, headers={"x-look": "1"})
    assert 'data-question="q2"' in look.content.decode()
    assert "<html" not in look.content.decode()
    assert person.response.answers == {}
    assert person.response.save_count == 0


def test_answers_to_hidden_questions_are_ignored(cast):
    asked = [question("q1", options=choices("a", "b")), question("q2", "text", show_if=Condition(question="q1", value="a"))]  # fmt: skip
    person = Respondent(opened(cast, questionnaire(asked, [question("q3", "text")]))).begin()
    person.send(q1="b", q2="smuggled", q3="early", nobody="x")
    assert person.response.answers == {"q1": {"id": "b"}}


def test_the_language_changes_on_the_way_and_nothing_typed_is_lost(cast):
    person = Respondent(opened(cast, questionnaire([question("t", "text"), question("n", "number")]))).begin()
    person.send(language="zh-hans", t="typed", n="x")
    assert person.status == 200
    assert 'lang="zh-Hans"' in person.html
    assert person.form["t:"] == ["typed"]
    assert person.form["n:"] == ["x"]
    assert person.response.language == "zh-hans"
    assert person.send(language="xx").response.language == "zh-hans"


@pytest.mark.parametrize(
    ("accepts", "language"),
    [("zh-CN,zh;q=0.9", "zh-Hans"), ("en-GB", "en"), ("ar-EG", "ar"), ("de", "en"), ("", "en"), ("x" * 9_000, "en")],
)
def test_the_browser_says_which_language(cast, accepts, language):
    survey = opened(cast, questionnaire([question("t", "text")]))
    assert f'<html lang="{language}"' in Respondent(survey, **{"accept-language": accepts}).get().html


def test_consent_comes_first_and_is_kept_with_its_version(cast):
    consent = Consent(text=text("We keep your answers."), retention_days=30)
    survey = opened(cast, questionnaire([question("t", "text")], consent=consent))
    person = Respondent(survey).get()
    assert "30" in person.text
    assert person.send().status == 422
    assert Response.objects.count() == 0
    assert person.send(consent="another version").status == 422
    assert person.begin().response.consent_version == consent.version


def test_an_end_of_its_own_and_on_to_an_allowed_host(cast):
    ends = [End(id="x", title=text("Farewell"), text=text("See **you**")), End(id="out", kind="screened_out", redirect="https://panel.example/done?id={{who}}")]  # fmt: skip
    document = questionnaire([question("q1", options=choices("a", "b"))], ends=ends, hidden=[Hidden(code="who")])
    document.pages[0].jumps.append(Jump(when=Condition(question="q1", value="b"), to="end:out"))
    survey = opened(cast, document, redirect_hosts=["panel.example"])
    person = Respondent(survey).begin().send(q1="a")
    assert "Farewell" in person.html
    assert "<strong>you" in person.html
    person = Respondent(survey).begin(f"{survey.path}?who=a%26b=//evil.example").send(q1="b")
    assert person.answer.headers["Location"] == "https://panel.example/done?id=a%26b%3D%2F%2Fevil.example"
    assert "form-action 'self' panel.example;" in person.answer.headers["Content-Security-Policy"]
    assert person.response.status == Response.SCREENED_OUT
    assert person.response.answers == {"q1": {"id": "b"}}


def test_prefilled_answers_count_once_their_page_is_sent(cast):
    survey = opened(cast, questionnaire([question("q1", options=choices("a", "b"))], [question("m", "matrix")], [question("n", "nps")]))  # fmt: skip
    person = Respondent(survey).begin(f"{survey.path}?Q1=b&M.r2=4&N=99&nobody=1&language=en")
    assert person.form["q1:"] == ["b"]
    assert person.response.answers == {"q1": {"id": "b"}, "m": {"r2": 4}}
    person.send()
    assert person.form["m:-r2"] == ["4"]


def test_coming_back_with_ones_own_address_on_another_device(cast):
    person = Respondent(opened(cast, questionnaire([question("t", "text")], [question("n", "number")]))).begin()
    person.send(t="first")
    other = Respondent(person.survey).get(person.path.split("?")[0])
    assert 'data-question="n"' in other.html
    other.send(n="2")
    assert other.response.status == Response.COMPLETE
    assert person.send(n="3").response.answers == {"t": "first", "n": 2}


def test_no_way_back_where_the_survey_has_none(cast):
    survey = opened(cast, questionnaire([question("t", "text")], [question("n", "number")], allow_back=False))
    person = Respondent(survey).begin()
    first = person.form
    person.send(t="one")
    assert 'name="back"' not in person.html
    assert 'data-question="n"' in person.get(person.path.split("?")[0] + "?page=p1").html
    person.client.post(person.path, {**first, "t:": "two"})
    assert person.response.answers == {"t": "one"}


def test_the_item_shows_how_many_have_answered_without_an_event(cast):
    survey = opened(cast, questionnaire([question("t", "text")]))
    before = survey.item.events.count()
    for n in range(3):
        Respondent(survey).begin().send(t=str(n))
    item = Item.objects.get(pk=survey.item_id)
    assert item.fields["responses"] == 3
    assert item.events.count() == before


def test_pages_ask_the_database_a_constant_number_of_times(cast, django_assert_max_num_queries):
    survey = opened(cast, questionnaire(*([question(f"q{n}", options=choices("a", "b"))] for n in range(20))))
    with django_assert_max_num_queries(2):
        person = Respondent(survey).get()
    with django_assert_max_num_queries(12):
        person.send()
    for n in range(19):
        with django_assert_max_num_queries(4):  # two to send, one or two to show the next
            person.send(**{f"q{n}": "a"})
    assert len(person.html) < 20_000
