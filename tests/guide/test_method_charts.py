"""The charts of the methods' results."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.utils import translation

from pilothouse.guide.library.charting import DRAWN, charted
from pilothouse.guide.library.child import readable
from pilothouse.guide.library.headlines import headline
from pilothouse.guide.library.outcome import outcome_of
from pilothouse.guide.library.typed import example
from pilothouse.methods import REGISTRY

HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def results() -> dict[str, dict[str, Any]]:
    """Of the worked examples; by hand where one takes seconds."""
    by_hand = {
        "anova": {"means": {"a": 5.0, "b": 7.0}, "n": 6, "p": 0.03},
        "kmeans_silhouette": {"best_k_by_silhouette": 2, "n": 6},
        "clv_bgnbd_gammagamma": {"customers": {"Acme": {"clv": 407.2}, "Bolt": {"clv": 29.6}}, "n": 2, "horizon": 39},
    }
    found = {id: readable(row.analyse(**example(id))) for id, row in REGISTRY.items() if id not in by_hand}
    return {**found, **by_hand}


def test_each_method_says_first_what_needs_no_code(results):
    """Neither a name of the program nor a bare number; a result without its numbers says something still, or nothing."""
    for language, number in (("en", "66.7 %"), ("zh-hans", "66.7%")):
        with translation.override(language):
            for id, result in results.items():
                said = outcome_of({"result": result}, id).sentence
                assert said, id
                assert not re.search(r"^\w+ = |[a-z]_[a-z]|Computed from", said.replace("orders_per_visit", "")), said
                assert bool(HAN.search(said)) is (language != "en"), said
                for hollow in (None, [], {}, "x", float("inf")):
                    outcome_of({"result": dict.fromkeys(result, hollow)}, id)
            assert number in outcome_of({"result": {"p": 2 / 3, "wilson": [0.1, 0.9]}}, "proportion_ci").sentence
    with translation.override("en"):
        assert headline("payback", {"payback": None}) == "The money does not come back."
        assert headline("chi_square", {"p": 1e-9, "n": 9}).startswith(
            "A difference this large comes by chance with p < 0"
        )


def test_each_method_that_names_its_numbers_draws_its_worked_example(results):
    for id in DRAWN:
        spec = charted(id, results[id])
        assert spec, id
        json.dumps(spec, allow_nan=False)
        tips = [row["tip"] for part in [spec, *spec["layer"]] for row in part.get("data", {}).get("values", [])
                if "tip" in row]  # fmt: skip
        assert any(tips), id


def test_a_result_with_nothing_to_draw_has_no_chart(results):
    for id, result in ((id, results[id]) for id in DRAWN):
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
