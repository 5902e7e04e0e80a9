"""What canvases compute from the numbers on their notes: figures against published ones, sentences in both languages."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.utils import translation

from pilothouse.canvases.board import Noted
from pilothouse.canvases.readings import READINGS, Reading, ge_matrix, reading_of, tows
from pilothouse.kinds.layouts import LAYOUTS, Measure
from pilothouse.workbench.models import Item
from tests.canvases.boards import note, said

PUBLISHED = Path(__file__).parents[3] / "shared/reference/methods"
HAN = re.compile(r"[\u4e00-\u9fff]")


def published(method: str) -> dict:
    path = PUBLISHED / f"{method}.json"
    if not path.exists():
        pytest.skip(f"{path.name} with the published figures is not here")
    return json.loads(path.read_text("utf-8"))["cases"][0]


def read(slug: str, notes: list[Noted], language: str = "en") -> Reading:
    reading = reading_of(LAYOUTS[slug], notes, language)
    assert reading is not None
    return reading


def column(reading: Reading, name: str) -> list:
    return [row[list(reading.head).index(name)] for row in reading.rows]


def marks(reading: Reading) -> list[dict]:
    return reading.charts[0]["data"]["values"]


def test_every_layout_that_computes_is_read_and_every_reading_is_used():
    assert {layout.computes for layout in LAYOUTS.values()} == {"", *READINGS}
    for slug, layout in LAYOUTS.items():
        for language in ("en", "zh-hans"):
            empty = reading_of(layout, [], language)
            if layout.computes in ("", "votes", "porter", "pestel"):
                assert empty is None, f"{slug} asks for no numbers and says nothing without them"
            else:
                assert len(empty.sentences) == 1, slug
                assert not empty.charts, slug
                assert bool(HAN.search(empty.sentences[0])) == (language == "zh-hans"), empty.sentences


def test_bcg_places_the_published_products():
    case = published("bcg_matrix")
    rows = case["inputs"]["items"]
    reading = read("bcg_matrix", [note(n, f"P{n}", "products", **row) for n, row in enumerate(rows, start=1)])
    names = {"question_mark": "Question mark", "star": "Star", "cash_cow": "Cash cow", "dog": "Dog"}
    assert column(reading, "Field") == [names[row["quadrant"]] for row in case["expected"]]
    assert [float(at) for at in column(reading, "Relative share")] == [row["rms"] for row in case["expected"]]


def test_bcg_draws_ranges_bubbles_and_says_what_is_not_sure():
    notes = [
        note(1, "Passes", "products", own=(42, 38, 46), largest_competitor=(21, 18, 25), growth=(3, 1, 5), revenue=400),
        note(2, "Singles", "products", own=(30, 27, 33), largest_competitor=(29, 26, 33), growth=12, revenue=100),
        note(3, "Alone", "products", own=10, largest_competitor=0, growth=20),
        note(4, "Bicycles", "products", own=4),
    ]
    reading = read("bcg_matrix", notes)
    passes, singles = marks(reading)
    assert (passes["x"], passes["x_low"], passes["x_high"]) == (2, 38 / 25, 46 / 18)
    assert (passes["y_low"], passes["y_high"]) == (1, 5)
    assert passes["area"] == 4 * singles["area"]
    assert "“Passes”" in reading.sentences[1]
    assert reading.sentences[-1] == "Markets that we lead bring 100 % of the revenue known."
    assert reading.caveats == (
        "“Bicycles” is left out, it lacks: Share of the largest rival, Growth of the market.",
        "Without a rival there is no relative share: “Alone”.",
        "By its range, “Singles” may also be: Question mark.",
    )


def test_ge_weighs_the_published_factors_as_the_weights_say():
    """Kotler's hydraulic pumps: the factors of the case stand in for those of the layout."""
    case = published("ge_mckinsey")
    sides = {"attractiveness": "market_", "strength": "own_"}
    factors = {
        f"{prefix}{n}": (100 * weight, rating)
        for side, prefix in sides.items()
        for n, (_name, weight, rating) in enumerate(case["inputs"][side])
    }
    measures = tuple(Measure(slug=slug, name=slug, asks="") for slug in factors)
    layout = replace(LAYOUTS["ge_matrix"], measures=measures)
    pumps = note(1, "Pumps", "businesses", **{slug: rating for slug, (_weight, rating) in factors.items()})
    weights = note(2, "Weights", "importance", **{slug: weight for slug, (weight, _rating) in factors.items()})
    reading = ge_matrix.read(layout, [pumps, weights])
    mark = marks(reading)[0]
    assert (mark["y"], mark["x"]) == pytest.approx((case["expected"]["attractiveness"], case["expected"]["strength"]))
    assert reading.sentences == ("Invest and grow: “Pumps”.",)
    assert reading.caveats == ()


def ratings(rating: float, **other: float) -> dict[str, float]:
    return {**{measure.slug: rating for measure in LAYOUTS["ge_matrix"].measures}, **other}


def test_ge_without_weights_counts_all_alike_and_says_so():
    rated = note(1, "Kiosk", "businesses", **ratings(2, own_cost=(3, 1, 5)))  # type: ignore[arg-type]
    reading = read("ge_matrix", [rated, note(2, "New", "businesses", market_size=3)])
    mark = marks(reading)[0]
    assert (mark["x"], mark["x_low"], mark["x_high"]) == pytest.approx((2.2, 1.8, 2.6))
    assert mark["y_low"] is None
    assert "All factors of a side count the same: no weights are given." in reading.caveats
    assert "By its range" not in " ".join(reading.caveats), "low and medium with a low market are both harvested"


def brands(*rows: tuple[float, ...]) -> list[Noted]:
    slugs = [measure.slug for measure in LAYOUTS["positioning_map"].measures]
    return [
        note(n, f"B{n}", "ours" if n == 1 else "others", **dict(zip(slugs, row, strict=False)))
        for n, row in enumerate(rows, start=1)
    ]


def test_the_positioning_map_shows_what_r_shows():
    """R's prcomp of the arrests in the states of the USA, each state a brand."""
    case = published("pca_map")
    lines = (PUBLISHED / case["inputs"]["file"]).read_text("utf-8").splitlines()
    rows = [[float(cell) for cell in line.split(",")[1:]] for line in lines[1:]]
    reading = read("positioning_map", brands(*rows))
    shown = sum(case["expected"]["pct"][:2])
    assert f"The map shows {shown:.0f} % of what tells the brands apart." in reading.sentences
    assert len(marks(reading)) == 50
    assert sum(layer["mark"]["type"] == "text" for layer in reading.charts[0]["layer"]) == 2, "brands and arrows"


def test_two_attributes_are_drawn_as_they_are_and_one_is_too_few():
    reading = read("positioning_map", brands((6, 3), (4, 5), (2, 4)))
    assert [(mark["x"], mark["y"]) for mark in marks(reading)] == [(6, 3), (4, 5), (2, 4)]
    assert "“B1” is rated above all others in: Easy to use." in reading.sentences
    assert "Seen most like “B1”: “B2”." in reading.sentences
    few = read("positioning_map", brands((6, 3), (4, 3), (2, 3)))
    assert not few.charts
    assert "there are 3 brands and 1 attributes" in few.sentences[0]
    assert few.caveats[0] == "Left out, as not all brands have it or all have the same: Fair price."


def test_the_life_cycle_finds_the_published_peak():
    case = published("bass_diffusion")
    notes = [note(n, str(1979 + n), "periods", sales=value) for n, value in enumerate(case["inputs"]["sales"], start=1)]
    reading = read("life_cycle", notes)
    expected = case["expected"]["nls_srinivasan_mason"]
    peak = case["expected"]["stages_srinivasan_mason"]["peak_time"]
    assert f"The peak was about period {peak:.1f}." in reading.sentences
    assert any(f"In all about {expected['m']:,.0f} will have come" in text for text in reading.sentences)
    assert reading.sentences[0] == "The stage is decline, by its growth and by its curve."
    ahead = [mark for mark in marks(reading) if mark["label"].startswith("+")]
    assert len(ahead) == 4
    assert all(mark["low"] < mark["value"] < mark["high"] for mark in ahead)


def test_a_short_series_has_no_stage_but_is_drawn():
    reading = read("life_cycle", [note(n, f"W{n}", "periods", sales=(10 * n, 9 * n, 11 * n)) for n in (1, 2, 3)])
    assert "there are 3" in reading.sentences[0]
    assert [(mark["low"], mark["high"]) for mark in marks(reading)] == [(9, 11), (18, 22), (27, 33)]


def test_stakeholders_who_can_stop_it_come_first():
    notes = [
        note(1, "Harbour", "undecided", power=9, interest=(6, 4, 8)),
        note(2, "Tenants", "opposes", power=7, interest=8),
        note(3, "Riders", "supports", power=3, interest=8),
        note(4, "City", "undecided", power=8, interest=2),
        note(5, "Press", "undecided", power=3),
    ]
    reading = read("stakeholder_map", notes)
    assert reading.sentences == (
        "Against it and able to stop it: “Tenants”.",
        "Manage closely: “Harbour”, “Tenants”.",
        "Keep satisfied: “City”.",
        "Keep informed: “Riders”.",
    )
    assert reading.caveats == (
        "“Press” is left out, it lacks: Interest.",
        "The range of “Harbour” reaches over a line.",
    )
    assert [mark["tone"] for mark in marks(reading)] == ["$chart-slate", "$coral", "$leaf", "$chart-slate"]
    assert (marks(reading)[0]["x_low"], marks(reading)[0]["x_high"]) == (4, 8)


def test_what_matters_and_rests_on_little_is_tested_first():
    notes = [
        note(1, "Colours in rain", "feasibility", importance=8, evidence=5),
        note(2, "Trust", "desirability", importance=9, evidence=2),
        note(3, "Fee", "viability", importance=7, evidence=9),
        note(4, "Bikes", "desirability", importance=2, evidence=2),
    ]
    reading = read("assumption_map", notes)
    assert reading.sentences[0] == "Test first, in this order: “Trust”, “Colours in rain”."
    safe = read("assumption_map", notes[2:])
    assert safe.sentences[0].startswith("Nothing that matters rests on little")


def blip(number: int, title: str, *words: tuple[float | None, date]) -> Noted:
    return note(number, title, "tools", ring=[said("ring", ring, day) for ring, day in words])


def test_the_radar_tells_what_moved_since_the_edition_before():
    autumn, spring = date(2026, 11, 2), date(2026, 4, 1)
    case = published("technology_radar")
    places = {"Adopt": 1, "Trial": 2, "Assess": 3, "Hold": 4}
    before, now = case["inputs"]["previous"], case["inputs"]["current"]
    notes = []
    for number, (name, ring) in enumerate(now.items(), start=1):
        older = [(places[before[name]], spring)] if name in before else []
        notes.append(blip(number, name, (places[ring], autumn), *older))
    notes.append(blip(8, "gone", (None, autumn), (4, spring)))
    notes.append(blip(9, "old", (2, spring)))
    reading = read("technology_radar", notes)
    words = {"moved_in": "moved in", "moved_out": "moved out", "no_change": "not moved", "new": "new"}
    assert column(reading, "Movement") == [
        *(words[status] for status in case["expected"]["status"].values()),
        "not moved",
    ]
    assert reading.sentences[1:] == (
        "Moved in since the edition before: “x”.", "Moved out: “y”.", "New: “w”.",
    )  # fmt: skip
    assert reading.caveats == (
        "Nobody confirmed these in the newest edition: “old”.",
        "Taken off since the edition before: “gone”.",
    )


def test_a_first_edition_is_not_all_new():
    reading = read("technology_radar", [blip(1, "x", (1, date(2026, 11, 2))), blip(2, "y", (3, date(2026, 10, 20)))])
    assert reading.sentences == ("2 blips: Adopt 1, Trial 0, Assess 1, Hold 0.",)
    assert column(reading, "Movement") == ["–", "–"]
    assert "first edition of 2026-11-02" in reading.charts[0]["usermeta"]["subtitle"]


def test_the_journey_finds_its_lowest_point_and_what_nobody_answered():
    notes = [
        note(1, "Poster", "emotion.notice", emotion=1),
        note(2, "App", "emotion.buy", emotion=(-0.5, -1, 0)),
        note(3, "Gate", "emotion.use", emotion=(-1.5, -2, -1)),
        note(4, "Boat", "emotion.use", emotion=(-0.5, -1, 0)),
        note(5, "Fetch it before", "opportunities.buy"),
    ]
    reading = read("journey_map", notes)
    assert reading.sentences == (
        "The lowest point is “Use” with -1.",
        "By the ranges it may as well be: Buy.",
        "It falls most from “Notice” to “Buy”.",
        "Nobody has written down an opportunity there yet.",
    )
    assert reading.rows[2] == ("Use", "-1", "-2", "0", 2)
    assert "Nothing is known of how these feel: Plan, Afterwards." in reading.caveats


def test_raci_wants_one_who_answers_and_one_who_does():
    notes = [
        note(1, "Ana", "accountable.discover"), note(2, "Mei", "responsible.discover"),
        note(3, "Ana", "accountable.decide"), note(4, "Bo", "accountable.decide"),
        note(5, "Mei", "responsible.build"), note(6, " mei ", "responsible.release"), note(7, "Ana", "accountable.build"),
    ]  # fmt: skip
    reading = read("raci", notes)
    assert reading.sentences == (
        "Nobody answers for: Release.", "More than one answers for “Decision”: Ana, Bo.", "Nobody does: Decision.",
    )  # fmt: skip
    assert reading.rows[1] == ("Mei", "R", "–", "R", "R", "–")
    assert "“Mei” does 3 of 4 activities: is that to be borne?" in reading.caveats
    whole = read("raci", [note(1, "Ana", "accountable.build"), note(2, "Mei", "responsible.build")])
    assert whole.sentences[0].startswith("Every activity has exactly one")


def test_objectives_stand_where_their_key_results_stand():
    notes = [
        note(1, "Nobody misses the boat", "objective"),
        note(2, "Two seconds", "key_result", under=1, start=71, target=95, now=(89, 86, 92)),
        note(3, "Queue", "key_result", under=1, start=9, target=4, now=8),
        note(4, "Refunds", "key_result", under=1, start=6, target=1, now=7),
        note(5, "Flat", "key_result", under=1, start=3, target=3, now=3),
        note(6, "Quiet", "objective"),
    ]
    reading = read("okr_tree", notes)
    assert reading.sentences == (
        "“Nobody misses the boat” is at 32 %, by 3 of its 4 key results.",
        "Behind: “Queue”, “Refunds”.",
        "Further away than at the start: “Refunds”.",
    )
    assert column(reading, "Progress") == ["75 % (62–88)", "20 %", "-20 %", "–"]
    assert "Start and target are the same number: “Flat”." in reading.caveats
    assert "No key result hangs under: “Quiet”." in reading.caveats


def test_strategies_rest_on_factors_from_within_and_without():
    cells = {10: "strengths", 11: "opportunities", 12: "weaknesses", 13: "threats"}
    factors = {pk: Item(pk=pk, title=cell, fields={"cell": cell}) for pk, cell in cells.items()}
    notes = [note(1, "Gates", "so"), note(2, "Refund", "wo"), note(3, "Elsewhere", "wt")]
    with translation.override("en"):
        reading = tows.judged(LAYOUTS["tows"], notes, factors, {1: [10, 11], 2: [12], 3: [10, 11]})
    assert reading.sentences == (
        "2 of 3 strategies rest on a factor from within and one from without.",
        "Not yet: “Refund”.",
        "Empty: Strengths against threats.",
    )
    assert reading.caveats == (
        "No strategy answers these: “threats”.",
        "These cite other fields than those that they lie between: “Elsewhere”.",
    )


def test_dots_are_told_when_voting_is_over():
    notes = [
        note(1, "a", "liked", votes=3),
        note(2, "b", "learned", votes=3),
        note(3, "c", "lacked", votes=1),
        note(4, "d", "lacked"),
    ]
    reading = read("retro_4l", notes)
    assert reading.sentences == ("Most dots, 3 each, are on “a”, “b”.", "Then comes “c” with 1.", "1 note has none.")
    assert [mark["value"] for mark in marks(reading)] == [3, 3, 1]
    open_still = read("retro_4l", [note(1, "a", "liked", votes=None)])
    assert open_still.sentences == ("The dots are counted when voting is over.",)


def test_the_force_that_presses_most_is_named_with_its_published_mean():
    case = published("porter_five_forces")
    drivers = [(force, rating) for force, ratings in case["inputs"]["forces"].items() for rating in ratings]
    notes = [note(n, f"driver {n}", force, pressure=rating) for n, (force, rating) in enumerate(drivers, start=1)]
    reading = read("porter", [*notes, note(99, "unrated", "buyers")])
    means = case["expected"]["force_means"]
    names = {cell.slug: str(cell.name) for cell in LAYOUTS["porter"].cells}
    assert {mark["label"]: mark["value"] for mark in marks(reading)} == pytest.approx(
        {names[force]: mean for force, mean in means.items()}, abs=1e-6
    )
    assert reading.sentences[0] == "What presses most, with 4 of 5: Rivalry, Substitutes."
    assert "that leaves 2.8 as attractiveness" in reading.sentences[1]
    assert reading.caveats == ("Only one driver stands for: Substitutes.",)
    two = read("porter", [note(1, "a", "rivalry", pressure=(4, 3, 5)), note(2, "b", "rivalry", pressure=2)])
    assert (marks(two)[0]["low"], marks(two)[0]["high"]) == (2.5, 3.5)
    assert two.caveats[0].startswith("Not rated yet, so there is no sum:")


def test_developments_are_sorted_as_published_and_blind_corners_named():
    case = published("pestel")
    cells = {"L": "legal", "T": "technological", "E2": "environmental"}
    notes = [
        note(n, row["cat"], cells[row["cat"]], impact=row["impact"], likelihood=row["likelihood"])
        for n, row in enumerate(case["inputs"]["factors"], start=1)
    ]
    reading = read("pestel", [*notes, note(9, "bare", "social")])
    assert [float(at) for at in column(reading, "Priority")] == case["expected"]["priority"]
    assert reading.sentences == ("Of high priority, out of 25: “L” 20, “T” 15.",)
    assert reading.caveats == ("Nobody has looked into: Political, Economic.", "1 note has no numbers.")
