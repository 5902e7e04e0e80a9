"""Readings on the page of a canvas: from figures that people gave, for whom the page is, in their language."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pilothouse.canvases.actions import add_notes, create_canvas
from pilothouse.canvases.board import board_of
from pilothouse.canvases.figures import set_figure
from pilothouse.canvases.models import Canvas
from pilothouse.canvases.readings import reading_of
from pilothouse.workbench.writing import actions

pytestmark = pytest.mark.django_db


def made(cast, layout: str, **places: list[str]) -> tuple[Canvas, dict]:
    """A canvas with notes, by their text."""
    canvas = create_canvas(cast.alice, cast.product, layout, {"title": layout})
    notes = {}
    for place, texts in places.items():
        rows = add_notes(cast.alice, canvas, place.replace("__", "."), texts)
        notes.update({row.title: row for row in rows})
    return canvas, notes


def read(cast, canvas: Canvas):
    return reading_of(canvas.declared, board_of(cast.alice, canvas).notes, "en")


def test_a_strategy_cites_by_what_supports_it_on_canvases_of_its_own_product(cast):
    _swot, factors = made(cast, "swot", strengths=["Two seconds"], opportunities=["Gates open"], threats=["Map app"])
    canvas, strategies = made(cast, "tows", so=["Sell at the gates"], wt=["Wait"])
    assert read(cast, canvas).sentences[0].startswith("0 of 2 strategies")
    for factor in ("Two seconds", "Gates open"):
        actions.link(cast.alice, factors[factor], "supports", strategies["Sell at the gates"])
    elsewhere = create_canvas(cast.alice, cast.private, "swot", {"title": "Secret"})
    secret = add_notes(cast.alice, elsewhere, "threats", ["Nobody may know"])[0]
    actions.link(cast.alice, secret, "supports", strategies["Wait"])
    reading = read(cast, canvas)
    assert reading.sentences[0] == "1 of 2 strategies rest on a factor from within and one from without."
    assert reading.caveats == ("No strategy answers these: “Map app”.",)
    assert "Nobody may know" not in str(reading)
    assert reading.rows[0][1:] == ("Strengths for opportunities", "SO", "“Two seconds”, “Gates open”")
    actions.trash(cast.alice, [factors["Gates open"]])
    assert read(cast, canvas).sentences[0].startswith("0 of 2 strategies")


def test_the_page_tells_what_the_figures_say_to_each_in_their_language(cast, client):
    canvas, notes = made(cast, "bcg_matrix", products=["Passes", "Bicycles"])
    for measure, value in (("own", 42), ("largest_competitor", 21), ("growth", 3)):
        given = {"value": value, "low": value - 1, "high": value + 1, "n": 200, "source": "Harbour report <b>2026</b>"}
        set_figure(cast.alice, canvas, notes["Passes"], measure, given)
    for person, sentence in ((cast.bob, "“Passes”"), (cast.gwen, "“Passes”")):
        client.force_login(person.user)
        page = client.get(canvas.url).content.decode()
        assert ("Cash cows" in page) or ("现金牛" in page)
        assert sentence in page
        assert "Harbour report &lt;b&gt;2026" in page
    cast.alice.user.language = "zh-hans"
    cast.alice.user.save()
    client.force_login(cast.alice.user)
    page = client.get(canvas.url).content.decode()
    assert "现金牛，在平稳的市场里领先，让它赚钱：“Passes”。" in page
    assert "“Bicycles”没有算进来" in page
    client.force_login(cast.charlie.user)
    assert client.get(canvas.url).status_code == 404


def test_a_blip_that_was_given_another_ring_moves_at_the_next_edition(cast):
    canvas, notes = made(cast, "technology_radar", tools=["Browser tests"], platforms=["Passkeys"])
    set_figure(cast.alice, canvas, notes["Browser tests"], "ring", {"value": 3, "said_on": "2026-03-01"})
    set_figure(cast.alice, canvas, notes["Passkeys"], "ring", {"value": 2, "said_on": "2026-09-01"})
    set_figure(cast.alice, canvas, notes["Browser tests"], "ring", {"value": 1, "said_on": "2026-09-02"})
    reading = read(cast, canvas)
    assert reading.sentences[1:] == (
        "Moved in since the edition before: “Browser tests”.",
        "New: “Passkeys”.",
    )


def test_reading_costs_the_same_number_of_queries_for_many_notes(cast):
    _swot, factors = made(cast, "swot", strengths=["One"], threats=["Two"])
    canvas, notes = made(cast, "tows", st=["a"])
    actions.link(cast.alice, factors["One"], "supports", notes["a"])
    counts = []
    for more in (0, 12):
        if more:
            added = add_notes(cast.alice, canvas, "st", [f"s{n}" for n in range(more)])
            for note in added:
                actions.link(cast.alice, factors["Two"], "supports", note)
        board = board_of(cast.alice, canvas)
        with CaptureQueriesContext(connection) as queries:
            reading_of(canvas.declared, board.notes, "en")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 2
