"""Surveys through the API: drafts and versions by the same verbs as the pages, responses held to what people's are."""

from __future__ import annotations

import json

import pytest

from pilothouse.surveys.models import QuotaCount, Response, Survey
from pilothouse.workbench.models import Event
from tests.api.calls import Api
from tests.surveys.test_files_answers import QUESTIONNAIRE

pytestmark = pytest.mark.usefixtures("media")
PNG = "iVBORw0KGgoAAAA="


@pytest.fixture
def api(client, cast):
    return Api(client, cast.alice)


def document(**more):
    copy = json.loads(json.dumps({**QUESTIONNAIRE, "format": "pilothouse.survey/1"}))
    copy["pages"][0]["questions"][0]["required"] = True
    copy["pages"][1]["show_if"] = {"question": "q1", "value": "n"}
    return {
        **copy,
        "quotas": [{"id": "z", "name": "North", "when": {"question": "q1", "value": "n"}, "limit": 2}],
        **more,
    }


@pytest.fixture
def ref(api):
    made = api("POST", "/products/TW/surveys", {"questionnaire": document(), "title": "Boats 船"})
    assert made.status_code == 201, made.data
    assert api("POST", f"/items/{made.data['ref']}/survey/versions", {"note": "first"}).status_code == 201
    return made.data["ref"]


def test_a_survey_is_made_read_and_published(api, ref):
    listed = api("GET", "/products/TW/surveys").data
    assert [(one["ref"], one["title"], one["version"], one["state"], one["complete"]) for one in listed] == [
        (ref, "Boats 船", 1, "open", 0)
    ]
    read = api("GET", f"/items/{ref}/survey").data
    assert read["questionnaire"]["pages"][0]["questions"][0]["code"] == "ferry"
    again = api("POST", "/products/TW/surveys", {"questionnaire": read["questionnaire"]})
    assert again.data["questionnaire"] == read["questionnaire"]
    versions = api("GET", f"/items/{ref}/survey/versions").data
    assert [(one["number"], one["note"], one["published_by"]) for one in versions] == [
        (1, "first", "alice@example.com")
    ]
    assert api("GET", f"/items/{ref}/survey/versions/1").data["questionnaire"] == read["questionnaire"]
    assert api("GET", f"/items/{ref}/survey/versions/2").status_code == 404
    assert Event.objects.filter(verb="published").count() == 1


def test_a_draft_changes_and_clashes_are_told(api, ref):
    read = api("GET", f"/items/{ref}/survey").data
    mine = {**read["questionnaire"], "intro": {"en": "Mine"}}
    first = api("PATCH", f"/items/{ref}/survey", {"questionnaire": mine, "draft_version": read["draft_version"]})
    assert (first.status_code, first.data["ahead"]) == (200, True)
    theirs = {**read["questionnaire"], "intro": {"en": "Theirs"}}
    clash = api("PATCH", f"/items/{ref}/survey", {"questionnaire": theirs, "draft_version": read["draft_version"]})
    assert clash.status_code == 409
    late = api("POST", f"/items/{ref}/survey/versions", {"draft_version": read["draft_version"]})
    assert late.status_code == 409
    assert api("PATCH", f"/items/{ref}/survey", {"questionnaire": theirs}).data["errors"].keys() == {"draft_version"}
    assert api("PATCH", f"/items/{ref}/survey", {"state": "paused"}).data["state"] == "paused"
    assert api("PATCH", f"/items/{ref}/survey", {"state": "lost"}).status_code == 422


def test_a_picture_comes_with_the_document(api):
    given = document()
    given["pages"][0]["questions"][0]["options"][0]["image"] = "a.png"
    made = api("POST", "/products/TW/surveys", {"questionnaire": {**given, "pictures": {"a.png": PNG}}})
    key = made.data["questionnaire"]["pages"][0]["questions"][0]["options"][0]["image"]
    assert key.endswith(".png")
    assert key != "a.png"
    stranger = api("POST", "/products/TW/surveys", {"questionnaire": given})
    assert stranger.data["questionnaire"]["pages"][0]["questions"][0]["options"][0]["image"] == ""


def test_a_wrong_questionnaire_is_refused_by_its_place(api, ref):
    bad = document()
    bad["pages"][0]["questions"][0]["type"] = "magic"
    refused = api("POST", "/products/TW/surveys", {"questionnaire": bad})
    assert refused.status_code == 422
    assert list(refused.data["errors"]) == ["questionnaire.pages[1] (p1).questions[1] (ferry).type"]
    empty = api(
        "POST", "/products/TW/surveys", {"questionnaire": {"format": "pilothouse.survey/1", "title": {"en": "E"}}}
    )
    unready = api("POST", f"/items/{empty.data['ref']}/survey/versions", {})
    assert unready.status_code == 422
    assert api("POST", f"/items/{empty.data['ref']}/responses", {"answers": {}}).status_code == 409


def answer(**more):
    return {"answers": {"ferry": {"id": "n"}, "nps": 9, "day": "2026-11-22", "extras": {"ids": ["w"]}, **more}}


def test_a_response_is_handed_in_and_read(api, ref):
    made = api(
        "POST",
        f"/items/{ref}/responses",
        {**answer(why="快"), "language": "zh-hans", "hidden": {"campaign": "x"}, "external_id": "e1", "seconds": 40},
    )
    assert made.status_code == 201, made.data
    assert (made.data["status"], made.data["source"], made.data["version"]) == ("complete", "api", 1)
    assert made.data["answers"]["q2"] == "快"
    assert api("GET", f"/responses/{made.data['id']}").data == made.data
    assert api("POST", f"/items/{ref}/responses", {**answer(), "external_id": "e1"}).data["errors"].keys() == {
        "external_id"
    }
    assert QuotaCount.objects.get(quota="z").count == 1


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"answers": {}}, "answers.ferry"),
        ({"answers": {"ferry": {"id": "x"}}}, "answers.ferry"),
        ({"answers": {"ferry": {"ids": ["n"]}}}, "answers.ferry"),
        ({"answers": {"ferry": "n"}}, "answers.ferry"),
        ({"answers": {"ferry": {"id": "n"}, "nps": 11}}, "answers.nps"),
        ({"answers": {"ferry": {"id": "n"}, "nps": "9"}}, "answers.nps"),
        ({"answers": {"ferry": {"id": "n"}, "age": {"a": [1]}}}, "answers.age"),
        ({"answers": {"ferry": {"id": "n"}, "day": "soon"}}, "answers.day"),
        ({"answers": {"ferry": {"id": "n"}, "nothing": 1}}, "answers.nothing"),
        ({"answers": {"ferry": {"id": "s"}, "nps": 9}}, "answers.nps"),
        ({"answers": {"ferry": {"id": "n"}, "why": "x" * 20_001}}, "answers.why"),
        ({"answers": {"ferry": {"id": "n"}}, "language": "fr"}, "language"),
        ({"answers": {"ferry": {"id": "n"}}, "hidden": {"other": "x"}}, "hidden.other"),
        ({"answers": {"ferry": {"id": "n"}}, "seconds": -1}, "seconds"),
    ],
)  # fmt: skip
def test_what_no_person_could_have_answered_is_refused_by_name(api, ref, given, named):
    refused = api("POST", f"/items/{ref}/responses", given)
    assert refused.status_code == 422, refused.data
    assert named in refused.data["errors"]
    assert not Response.objects.exists()


def test_a_full_quota_and_a_closed_survey_hold_for_programs_too(api, ref):
    made = [api("POST", f"/items/{ref}/responses", answer()).data["status"] for _n in range(3)]
    assert made == ["complete", "complete", "quota_full"]
    api("PATCH", f"/items/{ref}/survey", {"state": "closed"})
    assert api("POST", f"/items/{ref}/responses", answer()).status_code == 409


def test_a_response_sent_twice_with_one_key_is_one(api, ref):
    first, second = (api("POST", f"/items/{ref}/responses", answer(), Idempotency_Key="k") for _n in range(2))
    assert first.data == second.data
    assert Response.objects.count() == 1


def test_responses_are_listed_by_pages_and_filters(api, ref):
    for n in range(5):
        api(
            "POST",
            f"/items/{ref}/responses",
            {"answers": {"ferry": {"id": "s"}}, "external_id": f"e{n}", "language": "zh-hans" if n % 2 else "en"},
        )
    survey = Survey.objects.get(item__number=int(ref.split("-")[1]))
    Response.objects.filter(external_id="e0").update(flags=["speeder"], excluded=True)
    Response.objects.create(survey=survey, version=survey.live, language="en")
    first = api("GET", f"/items/{ref}/responses?status=complete&limit=2").data
    second = api("GET", f"/items/{ref}/responses?status=complete&limit=2&cursor={first['next']}").data
    third = api("GET", f"/items/{ref}/responses?status=complete&limit=2&cursor={second['next']}").data
    assert [row["external_id"] for page in (first, second, third) for row in page["items"]] == [
        "e4",
        "e3",
        "e2",
        "e1",
        "e0",
    ]
    assert third["next"] is None
    count = {
        query: len(api("GET", f"/items/{ref}/responses?{query}").data["items"])
        for query in (
            "",
            "status=started",
            "language=zh-hans",
            "flagged=true",
            "flagged=false",
            "excluded=true",
            "external_id=e3",
            "version=1",
            "version=2",
            "source=api",
        )
    }
    assert count == {
        "": 6,
        "status=started": 1,
        "language=zh-hans": 2,
        "flagged=true": 1,
        "flagged=false": 5,
        "excluded=true": 1,
        "external_id=e3": 1,
        "version=1": 6,
        "version=2": 0,
        "source=api": 5,
    }
    assert api("GET", f"/items/{ref}/responses?cursor=x").status_code == 422


@pytest.mark.parametrize("form", ["csv", "xlsx", "sav"])
def test_answers_are_exported(api, ref, form):
    api("POST", f"/items/{ref}/responses", answer())
    file = api("GET", f"/items/{ref}/responses/export?form={form}")
    assert file.status_code == 200
    content = b"".join(file.streaming_content) if file.streaming else file.content
    assert content.startswith({"csv": b"\xef\xbb\xbf", "xlsx": b"PK", "sav": b"$FL"}[form])
    assert api("GET", f"/items/{ref}/responses/export?form=doc").status_code == 422


def test_doors(client, cast, api, ref):
    row = api("POST", f"/items/{ref}/responses", answer()).data["id"]
    reads = [f"/items/{ref}/survey", f"/items/{ref}/survey/versions", f"/items/{ref}/responses", f"/responses/{row}"]
    writes = [
        ("POST", "/products/TW/surveys", {"questionnaire": document()}),
        ("PATCH", f"/items/{ref}/survey", {"state": "open"}),
        ("POST", f"/items/{ref}/survey/versions", {}),
        ("POST", f"/items/{ref}/responses", answer()),
    ]
    gwen, bob, charlie = (Api(client, actor) for actor in (cast.gwen, cast.bob, cast.charlie))
    assert [gwen("GET", path).status_code for path in reads] == [200, 200, 404, 404]
    assert [bob("GET", path).status_code for path in reads] == [200] * 4
    assert gwen("GET", f"/items/{ref}/responses/export").status_code == 404
    assert [gwen(*call).status_code for call in writes] == [404] * 4
    assert [bob(*call).status_code for call in writes] == [201, 200, 201, 201]
    assert [charlie("GET", path).status_code for path in reads] == [404] * 4
    assert [charlie(*call).status_code for call in writes] == [404] * 4


def test_queries_do_not_grow_with_rows(api, ref, django_assert_max_num_queries):
    for _n in range(3):
        api("POST", f"/items/{ref}/responses", {"answers": {"ferry": {"id": "s"}}})
    for path, most in (("/products/TW/surveys", 9), (f"/items/{ref}/responses", 9)):
        with django_assert_max_num_queries(most):
            assert api("GET", path).status_code == 200
