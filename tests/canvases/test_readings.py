"""What canvases of markets compute from the numbers on their notes, against published figures."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from pilothouse.canvases.note import Note
from pilothouse.canvases.readings import READINGS, ge_matrix, reading_of
from pilothouse.kinds.layouts import LAYOUTS, Measure
from tests.canvases.boards import column, marks, note, published, read
from tests.datasets import REFERENCE

HAN = re.compile(r"[\u4e00-\u9fff]")


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


def brands(*rows: tuple[float, ...]) -> list[Note]:
    slugs = [measure.slug for measure in LAYOUTS["positioning_map"].measures]
    return [
        note(n, f"B{n}", "ours" if n == 1 else "others", **dict(zip(slugs, row, strict=False)))
        for n, row in enumerate(rows, start=1)
    ]


def test_the_positioning_map_shows_what_r_shows():
    """R's prcomp of the arrests in the states of the USA, each state a brand."""
    case = published("pca_map")
    lines = (REFERENCE / case["inputs"]["file"]).read_text("utf-8").splitlines()
    rows = [[float(cell) for cell in line.split(",")[1:]] for line in lines[1:]]
    reading = read("positioning_map", brands(*rows))
    shown = sum(case["expected"]["pct"][:2])
    assert f"The map shows {shown:.0f} % of what tells the brands apart." in reading.sentences
    assert len(marks(reading)) == 50
    assert sum(layer["mark"]["type"] == "text" for layer in reading.charts[0]["layer"]) == 4, (
        "brands and arrows, each on a rim"
    )


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
