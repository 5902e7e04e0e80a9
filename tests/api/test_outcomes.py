"""Readings, predictions, verdicts, scores and threads over the API: the pages' gate and the pages' verbs."""

from __future__ import annotations

import pytest

from pilothouse.outcomes.models import Prediction, Reading
from pilothouse.workbench.models import Run
from pilothouse.workbench.writing import actions
from tests.api.calls import Api
from tests.workbench.chain import make_chain

READING = {"on": "2026-11-01", "value": 61.5, "low": 58, "high": 65, "n": 400, "source": "gate"}
PREDICTED = {"baseline": 61, "expected": 80, "probability": 70, "review_on": "2026-11-20"}


@pytest.fixture
def chain(cast):
    return {kind: item.ref for kind, item in make_chain(cast).items()}


@pytest.fixture
def bob(client, cast):
    return Api(client, cast.bob)


def test_readings_are_recorded_once_listed_in_pages_and_removed(bob, chain, django_assert_max_num_queries):
    path = f"/items/{chain['metric']}/readings"
    made = bob("POST", path, READING)
    assert (made.status_code, made.data["value"], made.data["recorded_by"]) == (201, 61.5, "bob@example.com")
    again = bob("POST", path, READING)
    assert (again.status_code, again.data) == (200, made.data)
    for day in (5, 3, 4):
        bob("POST", path, {"on": f"2026-11-0{day}", "value": day})
    seen, cursor = [], ""
    while cursor is not None:
        with django_assert_max_num_queries(10):
            page = bob("GET", f"{path}?limit=3&cursor={cursor}").data
        seen += [row["on"][-1] for row in page["items"]]
        cursor = page["next"]
    assert "".join(seen) == "5431"
    assert bob("DELETE", f"/readings/{made.data['id']}").status_code == 204
    assert bob("DELETE", f"/readings/{made.data['id']}").status_code == 404
    assert len(bob("GET", path).data["items"]) == 3
    assert bob("GET", f"{path}?cursor={made.data['id']}").status_code == 422


def test_a_create_with_a_key_is_done_once(bob, chain):
    for path, body in (
        (f"/items/{chain['release']}/predictions", {**PREDICTED, "metric": chain["metric"]}),
        (f"/items/{chain['metric']}/readings", READING),
        (f"/items/{chain['task']}/links", {"relation": "relates", "target": chain["need"]}),
    ):
        first, second = (bob("POST", path, body, Idempotency_Key=path[-9:]) for _ in range(2))
        assert (first.status_code, first.data) == (201, second.data), path
        assert second.status_code == 201
        assert bob("POST", path, {**body, "odd": 1}, Idempotency_Key=path[-9:]).status_code == 422
    assert (Prediction.objects.count(), Reading.objects.count()) == (1, 1)


def test_a_prediction_changes_until_it_is_approved(bob, chain, client, cast):
    made = bob("POST", f"/items/{chain['release']}/predictions", {**PREDICTED, "metric": chain["metric"]}).data
    path = f"/predictions/{made['id']}"
    changed = bob("PATCH", path, {"probability": 60, "note": "Rain"})
    assert changed.status_code == 200, changed.data
    assert changed.data == {**made, "probability": 60, "note": "Rain"}
    for body, name in (
        ({"baseline": None}, "baseline"),
        ({"expected": 61}, "expected"),
        ({"metric": "TW-1"}, "metric"),
    ):
        refused = bob("PATCH", path, body)
        assert (refused.status_code, [place.rpartition(".")[2] for place in refused.data["errors"]]) == (422, [name])
    assert Api(client, cast.gwen)("PATCH", path, {"note": "x"}).status_code == 404
    bob("PATCH", f"/items/{chain['release']}", {"state": "approved"})
    assert bob("PATCH", path, {"probability": 99}).status_code == 422
    assert Prediction.objects.get().probability == 60


@pytest.mark.parametrize(
    ("name", "value"),
    [("on", "tomorrow"), ("value", "much"), ("n", -3), ("n", 2**60), ("low", 99), ("low", None), ("source", "x" * 201), ("odd", 1)],
)  # fmt: skip
def test_wrong_readings_are_refused_by_name(bob, chain, name, value):
    refused = bob("POST", f"/items/{chain['metric']}/readings", {**READING, name: value})
    assert refused.status_code == 422
    assert [place.rpartition(".")[2] for place in refused.data["errors"]] == [name]
    assert not Reading.objects.exists()


def test_a_release_is_predicted_measured_and_closed(bob, chain):
    path = f"/items/{chain['release']}/predictions"
    made = bob("POST", path, {**PREDICTED, "metric": chain["metric"]})
    assert (made.status_code, made.data["late"], made.data["proposal"]["reason"]) == (201, False, "no_release_date")
    assert bob("GET", path).data == [made.data]
    bob("PATCH", f"/items/{chain['release']}", {"fields": {"released_on": "2026-11-05"}})
    for day, value in (("01", 60), ("02", 61), ("03", 62), ("06", 79), ("07", 80), ("08", 81)):
        bob("POST", f"/items/{chain['metric']}/readings", {"on": f"2026-11-{day}", "value": value})
    assert bob("GET", path).data[0]["proposal"]["verdict"] == "moved"
    closed = bob("POST", f"/items/{chain['release']}/verdict", {"verdict": "moved", "why": "It opens in the lift."})
    assert closed.status_code == 201, closed.data
    assert (closed.data["proposed"], closed.data["release"]["category"], closed.data["review"]) == (
        "moved",
        "done",
        chain["decision"],
    )
    assert bob("POST", f"/items/{chain['release']}/verdict", {"verdict": "moved", "why": "x"}).status_code == 422
    assert bob("DELETE", f"/predictions/{made.data['id']}").status_code == 422


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"metric": "TW-999"}, "metric"), ({"metric": "TW-1"}, "metric"), ({"metric": "FX-1"}, "metric"), ({"metric": "x"}, "metric"),
        ({"expected": 61}, "expected"), ({"probability": 101}, "probability"),
    ],
)  # fmt: skip
def test_wrong_predictions_are_refused_by_name(bob, chain, cast, changes, named):
    actions.create(cast.charlie, cast.foreign, "metric", {"title": "Theirs"})
    refused = bob("POST", f"/items/{chain['release']}/predictions", {**PREDICTED, "metric": chain["metric"], **changes})
    assert (refused.status_code, list(refused.data["errors"])) == (422, [named])
    assert not Prediction.objects.exists()


def test_an_item_is_scored_and_the_run_is_kept(bob, chain):
    path = f"/items/{chain['requirement']}/score"
    scored = bob("POST", path, {"reach": 1000, "impact": "2", "confidence": 80, "effort": 2})
    assert (scored.status_code, scored.data["score"]) == (200, 800)
    assert bob("POST", path, {"effort": 4}).data["score"] == 400
    assert bob("POST", path, {"effort": 0}).status_code == 422
    assert bob("POST", f"/items/{chain['need']}/score", {"effort": 1}).status_code == 422
    assert Run.objects.count() == 2


def test_the_whole_thread_is_told_from_any_station(bob, chain, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        told = bob("GET", f"/items/{chain['requirement']}/thread").data
    stations = {station["kind"]: station for station in told["stations"]}
    assert [row["ref"] for row in stations["quote"]["items"]] == [chain["quote"]]
    assert stations["requirement"]["here"]
    assert (told["evidence"]["level"], told["evidence"]["sources"], told["complete"]) == (1, 1, True)
    assert told["evidence"]["reason"]
    assert any("reading" in gap["text"] for gap in stations["metric"]["gaps"])
    lone = bob("POST", "/products/TW/items", {"kind": "need", "title": "Lone"}).data["ref"]
    alone = bob("GET", f"/items/{lone}/thread").data
    assert all(station["gaps"] for station in alone["stations"] if station["kind"] != "need")


def test_the_gate_holds_for_outcomes(client, cast, chain):
    bob, gwen, charlie = (Api(client, actor) for actor in (cast.bob, cast.gwen, cast.charlie))
    reader = Api(client, cast.bob, scope="read")
    reading = bob("POST", f"/items/{chain['metric']}/readings", READING).data["id"]
    prediction = bob("POST", f"/items/{chain['release']}/predictions", {**PREDICTED, "metric": chain["metric"]}).data[
        "id"
    ]
    writes = (
        ("POST", f"/items/{chain['metric']}/readings", {**READING, "value": 60}),
        ("DELETE", f"/readings/{reading}", None),
        ("POST", f"/items/{chain['release']}/predictions", {**PREDICTED, "metric": chain["metric"]}),
        ("DELETE", f"/predictions/{prediction}", None),
        ("POST", f"/items/{chain['release']}/verdict", {"verdict": "moved", "why": "x"}),
        ("POST", f"/items/{chain['requirement']}/score", {"reach": 1, "impact": "1", "confidence": 1, "effort": 1}),
    )
    reads = (
        f"/items/{chain['metric']}/readings",
        f"/items/{chain['release']}/predictions",
        f"/items/{chain['need']}/thread",
    )
    for who in (gwen, charlie, reader):
        assert {who(*write).status_code for write in writes} == {404}
    for path in reads:
        assert [who("GET", path).status_code for who in (gwen, charlie, reader)] == [200, 404, 200]
    assert bob("GET", f"/items/{chain['need']}/readings").status_code == 404
    assert (Reading.objects.filter(removed_at=None).count(), Prediction.objects.count(), Run.objects.count()) == (
        1,
        1,
        0,
    )
