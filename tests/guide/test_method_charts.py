"""The charts of the methods' results."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pilothouse.guide.library.charting import DRAWN, charted
from pilothouse.guide.library.child import readable
from pilothouse.guide.library.typed import example
from pilothouse.methods import REGISTRY


@pytest.fixture(scope="module")
def results() -> dict[str, dict[str, Any]]:
    """Of the worked examples; of analysis of variance by hand, for its ranges take seconds."""
    found = {id: readable(REGISTRY[id].analyse(**example(id))) for id in DRAWN if id != "anova"}
    return {**found, "anova": {"means": {"a": 5.0, "b": 7.0}, "n": 6}}


def test_each_method_that_names_its_numbers_draws_its_worked_example(results):
    for id, result in results.items():
        spec = charted(id, result)
        assert spec, id
        json.dumps(spec, allow_nan=False)
        tips = [row["tip"] for part in [spec, *spec["layer"]] for row in part.get("data", {}).get("values", [])
                if "tip" in row]  # fmt: skip
        assert any(tips), id


def test_a_result_with_nothing_to_draw_has_no_chart(results):
    for id, result in results.items():
        for hollow in (None, [], {}):
            assert charted(id, dict.fromkeys(result, hollow)) is None, id
        for name in result:
            charted(id, {**result, name: None})
    assert charted("sample_size", {"n": 385}) is None


def test_what_a_chart_shows_is_what_was_computed(results):
    bars = charted("rice", results["rice"])["data"]["values"]
    assert [(bar["label"], bar["value"]) for bar in bars] == [("B", 2500), ("A", pytest.approx(1066.67, abs=0.01))]
    nps = charted("nps", results["nps"])["data"]["values"]
    assert [round(part["to"] - part["from"], 3) for part in nps] == [0.167, 0.333, 0.5]
    steps = charted("kaplan_meier", results["kaplan_meier"])["data"]["values"]
    assert [(step["x"], step["y"]) for step in steps[:3]] == [(0, 1), (1, 1), (1, 0.875)]
    curves = charted("van_westendorp", results["van_westendorp"])
    assert {row["name"] for row in curves["data"]["values"]} == {"Too cheap", "Not cheap", "Expensive", "Too expensive"}
    assert [mark["name"] for mark in curves["layer"][0]["data"]["values"]] == ["5", "8", "10"]
