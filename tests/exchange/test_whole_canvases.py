"""Canvases travel with their product: notes and how they hang, columns, own layouts, numbers with their history, dots."""

from __future__ import annotations

import json

import pytest

from pilothouse.canvases import actions, own, stages, together
from pilothouse.canvases.board import board_of
from pilothouse.canvases.figures import set_figure
from pilothouse.canvases.models import Canvas
from pilothouse.exchange.whole.checks import BadFile
from pilothouse.exchange.whole.incoming import bring_in
from pilothouse.people.models import Product
from pilothouse.workbench.writing import actions as workbench
from tests.exchange.helpers import again
from tests.exchange.test_whole import as_file, canonical, exported

pytestmark = pytest.mark.usefixtures("media")


@pytest.fixture
def full(cast):
    """A journey with columns of its own, and a canvas of the product's own layout."""
    workbench.create(cast.alice, cast.private, "need", {"title": "so that no key happens to be its number"})
    journey = actions.create_canvas(cast.alice, cast.product, "journey_map", {"title": "旅程"})
    stages.add_stage(cast.alice, journey, "回家")
    note, below = actions.add_notes(cast.alice, journey, "emotion.buy", ["Three gates", "Signs"])
    actions.move_note(cast.bob, journey, below, under=note)
    for value in ("-2", "1"):
        set_figure(cast.alice, journey, note, "emotion", {"value": value, "source": "Interviews"})
    together.set_phase(cast.alice, journey, "vote")
    together.vote(cast.bob, journey, below)
    together.clear_votes(cast.alice, journey)
    together.vote(cast.bob, journey, note)
    said = workbench.create(cast.alice, cast.product, "feedback", {"title": "I stood at the wrong gate"})
    workbench.link(cast.alice, said, "supports", note)
    mine = own.save_as_own(cast.alice, journey)
    actions.create_canvas(cast.alice, cast.product, "", {"title": "Ours"}, own=mine)
    return Product.objects.select_related("workspace").get(pk=cast.product.pk)


def test_canvases_come_in_again_equal(cast, full):
    text = exported(full)
    made = bring_in(again(cast.alice), as_file(text), "COPY")
    copy = Product.objects.select_related("workspace").get(pk=made.pk)
    assert canonical(text) == canonical(exported(copy))
    rows = Canvas.objects.select_related("item__product__workspace").filter(item__product=copy).order_by("pk")
    journey = rows[0]
    board = board_of(again(cast.alice), journey)
    assert [str(stage.name) for stage in journey.columns][-1] == "回家"
    assert [(note.title, note.evidence) for note in board.notes] == [("Three gates", 1), ("Signs", 0)]
    assert board.by_number[board.notes[0].number].children == [board.notes[1]]
    assert [figure.value for figure in board.notes[0].history["emotion"]] == [1, -2]
    assert rows[1].declared.shape == "lanes"


def test_documents_that_no_canvas_could_show_are_refused_by_their_place(cast, full):
    text = exported(full)
    cell = {"slug": "a", "name": "A", "area": [1, 1, 1, 1]}
    for table, values in (
        ("own_layouts", {"definition": {}}),
        ("own_layouts", {"definition": {"name": "x", "shape": "grid", "cells": [7]}}),
        ("own_layouts", {"definition": [1]}),
        ("canvases", {"own": {"name": "x", "cells": "abc"}}),
        ("canvases", {"own": {"name": "x", "shape": "grid", "cells": [cell, cell]}}),
        ("canvases", {"stages": [{"slug": "a"}]}),
        ("canvases", {"stages": {"slug": "a"}}),
        ("canvases", {"options": {"phase": "write"}}),
        ("canvases", {"options": {"phase": "write", "since": "2026-01-01"}}),
        ("canvases", {"options": {"ends": "soon"}}),
        ("canvases", {"options": [1]}),
    ):
        document = json.loads(text)
        document[table][0].update(values)
        with pytest.raises(BadFile) as refused:
            bring_in(again(cast.alice), as_file(json.dumps(document)), "BAD")
        assert f"{table}[1]" in str(refused.value), values
    assert not Product.objects.filter(key="BAD").exists()
