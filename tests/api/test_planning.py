"""Scorecards and plans by the API: the same numbers, the same refusals as on the pages."""

from __future__ import annotations

import pytest

from pilothouse.planning.plans import actions as plans
from pilothouse.planning.plans.solving import solve
from pilothouse.workbench.models import Job
from pilothouse.workbench.writing import actions
from tests.api.calls import Api


class NoJob:
    def tick(self, *args, **kwargs): ...


@pytest.fixture
def api(client, cast):
    return Api(client, cast.alice)


@pytest.fixture
def requirements(cast):
    return [actions.create(cast.alice, cast.product, "requirement", {"title": title}) for title in "AB"]


def test_a_scorecard_from_making_to_adopting(api, cast, requirements, client):
    made = api("POST", "/products/TW/scorecards", {"way": "rice", "items": ["TW-1", "TW-2"]}, Idempotency_Key="k1")
    assert made.status_code == 201
    assert (
        api("POST", "/products/TW/scorecards", {"way": "rice", "items": ["TW-1", "TW-2"]}, Idempotency_Key="k1").data
        == made.data
    )
    ref = made.data["ref"]
    for item, values in (("TW-1", (2000, 2, 80, 3)), ("TW-2", (5000, 0.5, 100, 1))):
        for criterion, value in zip(("reach", "impact", "confidence", "effort"), values, strict=True):
            answer = api("PUT", f"/items/{ref}/scorecard/{item}/{criterion}", {"value": value})
            assert answer.status_code == 200, answer.data
    found = api("GET", f"/items/{ref}/scorecard").data
    assert [row["item"] for row in found["rows"]] == ["TW-2", "TW-1"]
    assert round(found["rows"][1]["score"], 1) == 1066.7
    assert api("POST", f"/items/{ref}/scorecard/adoption").data["items"] == 2
    assert api("GET", "/products/TW/scorecards").data[0]["ref"] == ref
    assert api("PUT", f"/items/{ref}/scorecard/TW-1/impact", {"value": 7}).status_code == 422
    assert api("POST", "/products/TW/scorecards", {"way": "tarot"}).status_code == 422
    for who in (cast.gwen, cast.charlie):
        assert Api(client, who)("PUT", f"/items/{ref}/scorecard/TW-1/reach", {"value": 1}).status_code == 404


def test_a_plan_from_estimate_to_commitment(api, cast, requirements):
    release = actions.create(cast.alice, cast.product, "release", {"title": "2.5"})
    plan = plans.create_plan(cast.alice, cast.product, {"title": "P"}, [release])
    skill = plan.item.product.skills.get()
    plans.set_capacity(cast.alice, release, skill, "3")
    for place, item in enumerate(requirements):
        item.score = 10 - place
        item.save(update_fields=["score"])
        answer = api("PUT", f"/items/{item.ref}/estimate", {"skill": skill.name, "days": "1 2 5"})
        assert answer.data == {skill.name: {"low": 1, "likely": 2, "high": 5}}
    assert api("PUT", "/items/TW-1/estimate", {"skill": "no", "days": "1"}).status_code == 422
    ref = plan.item.ref
    assert api("GET", f"/items/{ref}/plan").data["plan"] == {}
    assert api("POST", f"/items/{ref}/plan/commitment").status_code == 422
    started = api("POST", f"/items/{ref}/plan/solution")
    assert started.status_code == 202
    assert Job.objects.filter(pk=started.data["job"]).exists()
    solve(NoJob(), cast.alice, plan=plan.pk)
    found = api("GET", f"/items/{ref}/plan").data
    assert found["plan"] == {"TW-1": "TW-3"}
    assert "more days" in found["left_out"]["TW-2"][0]
    assert api("POST", f"/items/{ref}/plan/commitment").data["items"] == 1


def test_a_decision_and_a_feature_comparison_are_made_and_filled(api, cast):
    decision = actions.create(cast.alice, cast.product, "decision", {"title": "Which?"})
    refs = [actions.create(cast.alice, cast.product, "option", {"title": name}).ref for name in "AB"]
    made = api(
        "POST", "/products/TW/scorecards", {"way": "decision", "items": refs, "decision": decision.ref}
    )  # fmt: skip
    assert made.status_code == 201
    assert made.data["rows"][0]["missing"] == ["value", "cost", "risk", "speed"]
    rival = actions.create(cast.alice, cast.product, "competitor", {"title": "FerryPal"}).ref
    asked = {"way": "features", "items": [rival], "criteria": [{"name": "Offline", "weight": 2}]}
    card = api("POST", "/products/TW/scorecards", asked).data
    assert len(card["rows"]) == 2
    slug = card["criteria"][0]["slug"]
    given = {"value": 0.5, "source": "https://a.example", "seen_on": "2026-03-01"}
    assert api("PUT", f"/items/{card['ref']}/scorecard/{rival}/{slug}", given).status_code == 200
    assert api("PUT", f"/items/{card['ref']}/scorecard/{rival}/{slug}", {"value": 0.3}).status_code == 422
    bad = {"way": "weighted", "criteria": [{"name": "x", "minimum": 5, "maximum": 1}]}
    assert api("POST", "/products/TW/scorecards", bad).status_code == 422
