"""What canvases of people, plans and teams compute from the numbers on their notes."""

from __future__ import annotations

from datetime import date

from django.utils import translation

from pilothouse.canvases.note import Note
from pilothouse.canvases.readings import tows
from pilothouse.kinds.layouts import LAYOUTS
from pilothouse.workbench.models import Item
from tests.canvases.boards import column, marks, note, published, read, said


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


def blip(number: int, title: str, *words: tuple[float | None, date]) -> Note:
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
        "The lowest point is “Use” with −1.",
        "By the ranges it may as well be: Buy.",
        "It falls most from “Notice” to “Buy”.",
        "Nobody has written down an opportunity there yet.",
    )
    assert reading.rows[2] == ("Use", "−1", "−2", "0", 2)
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
    assert column(reading, "Progress") == ["75 % (62–88)", "20 %", "−20 %", "–"]
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
