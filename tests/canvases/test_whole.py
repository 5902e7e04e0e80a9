"""What goes along with a canvas: into the trash and back, into a copy, into another installation; layouts of one's own."""

from __future__ import annotations

import pytest

from pilothouse.canvases import actions, own
from pilothouse.canvases.board import board_of
from pilothouse.canvases.figures import set_figure
from pilothouse.canvases.models import Figure, OwnLayout, Vote
from pilothouse.workbench.models import Event, Item
from pilothouse.workbench.writing import actions as workbench
from pilothouse.workbench.writing.cleaning import Invalid
from pilothouse.workbench.writing.undo import undo


def test_notes_go_to_the_trash_with_their_canvas_and_come_back_with_it(cast, swot, put, client):
    kept, gone = put("strengths", "kept", "thrown away before")
    workbench.trash(cast.alice, [gone])
    workbench.trash(cast.alice, [swot.item])
    assert Item.objects.live().filter(kind="note").count() == 0
    client.force_login(cast.alice.user)
    assert client.get(swot.url).status_code == 404
    workbench.restore(cast.alice, [Item.objects.get(pk=swot.item.pk)])
    assert [note.title for note in actions.notes_of(swot)] == ["kept"]
    batch = workbench.trash(cast.alice, [swot.item])[0].batch
    undo(cast.alice, batch)
    assert [note.title for note in actions.notes_of(swot)] == ["kept"]
    workbench.trash(cast.alice, [swot.item])
    workbench.purge(cast.alice, [Item.objects.get(pk=swot.item.pk)])
    assert list(Item.objects.filter(kind="note")) == [gone]
    assert kept


def test_a_copy_has_the_notes_their_order_and_numbers_but_not_the_dots(cast, client):
    radar = actions.create_canvas(cast.alice, cast.product, "technology_radar", {"title": "Radar"})
    one, two = actions.add_notes(cast.alice, radar, "tools", ["one", "two"])
    actions.move_note(cast.alice, radar, two, under=one)
    set_figure(cast.alice, radar, one, "ring", {"value": "2"})
    Vote.objects.create(note=one, user=cast.bob.user)
    client.force_login(cast.alice.user)
    answer = client.post(f"{radar.item.url}/duplicate")
    made = Item.objects.select_related("product__workspace").filter(kind="canvas").latest("pk")
    assert answer.headers["Location"] == made.url
    board = board_of(cast.alice, actions.canvas_for(made))
    assert [note.title for note in board.notes] == ["one", "two"]
    assert board.notes[1].under == board.notes[0].number
    assert board.notes[0].figures["ring"].value == 2
    assert not board.notes[0].votes
    undo(cast.alice, Event.objects.get(item=made, verb="created").batch)
    assert not Item.objects.live().filter(parent=made).exists()


def test_a_layout_of_ones_own_is_saved_changed_used_and_survives_its_removal(cast, swot, client):
    client.force_login(cast.alice.user)
    address = client.post(f"{swot.url}/template").headers["Location"]
    made = OwnLayout.objects.get()
    assert client.get(address).status_code == 200
    form = {
        "name": "Two sides", "asks": "For or against?", "cell-slug": ["strengths", "", ""], "cell-name": ["For", "Against", ""],
        "cell-asks": ["Why?", "Why not?", ""], "cell-left": ["1", "2", ""], "cell-top": ["1", "1", ""],
        "cell-width": ["1", "1", ""], "cell-height": ["1", "1", ""], "cell-tone": ["good", "bad", ""],
    }  # fmt: skip
    overlap = client.post(address, {**form, "cell-left": ["1", "1", ""]})
    assert overlap.status_code == 422
    assert "“For” and “Against” overlap in column 1, row 1." in overlap.content.decode()
    assert "Needs a column" not in overlap.content.decode()
    empty = client.post(address, {**form, "cell-left": ["", "2", ""]})
    assert "Cell 1 needs a column" in empty.content.decode()
    assert client.post(address, {**form, "cell-name": ["", "", ""]}).status_code == 422
    assert client.post(address, form).status_code == 302
    assert "Two sides" in client.get(f"{cast.product.url}canvases/new").content.decode()
    new = client.post(f"{cast.product.url}canvases/new", {"layout": f"own-{made.pk}"}).headers["Location"]
    assert client.post(f"{new}/notes", {"cell": "cell_2", "text": "It costs"}).status_code == 302
    client.post(f"{address}/removal")
    assert not OwnLayout.objects.exists()
    page = client.get(new).content.decode()
    assert "Against" in page
    assert "It costs" in page
    client.force_login(cast.charlie.user)
    assert client.post(address, form).status_code == 404


def test_layouts_that_cannot_be_are_refused_by_name(cast):
    cell = {"name": "A", "area": [1, 1, 1, 1]}
    for document, words in (
        ({"name": "x", "cells": []}, "between 1 and"),
        ({"name": "x", "cells": [cell, cell]}, "overlap"),
        ({"name": "x", "cells": [{**cell, "area": [12, 1, 2, 1]}]}, "reaches over the edge"),
        ({"name": "x", "cells": [{**cell, "area": ["a", 1, 2, 1]}]}, "needs a column"),
        ({"name": " ", "cells": [cell]}, "needs a name"),
        ({"name": "x", "cells": [{**cell, "name": "\x00A"}]}, "cannot be kept"),
        ({"name": "x", "cells": [cell], "shape": "ball"}, "shape"),
        ({"name": "x", "cells": [cell], "shape": "lanes", "stages": []}, "columns"),
    ):
        with pytest.raises(Invalid) as refusal:
            own.create_own(cast.alice, cast.product, document)
        assert words in str(refusal.value), document


def test_numbers_have_a_scale_a_range_and_a_history(cast, client):
    radar = actions.create_canvas(cast.alice, cast.product, "stakeholder_map", {"title": "Who"})
    note = actions.add_notes(cast.alice, radar, "supports", ["Harbour master"])[0]
    client.force_login(cast.alice.user)
    url = f"{radar.url}/notes/{note.number}/figures"
    assert client.get(url).status_code == 200
    good = {
        "measure": "power",
        "value": "9",
        "low": "8",
        "high": "10",
        "n": "3",
        "source": "Interviews",
        "said_on": "2026-10-01",
    }
    assert client.post(url, good).status_code == 302
    for wrong in ({"value": "11"}, {"value": "x"}, {"low": "9.5"}, {"value": "", "low": "1"}, {"n": "0"}, {"said_on": "yesterday"},
                  {"measure": "nothing"}, {"source": "\x00"}):  # fmt: skip
        refused = client.post(url, {**good, **wrong})
        assert refused.status_code == 422, wrong
    assert Figure.objects.count() == 1
    cell = client.post(f"{url}/power?table=1", {"value": "7"}, headers={"HX-Request": "true"})
    assert b"<td" in cell.content
    client.post(f"{url}/power", {"value": ""}, headers={"HX-Request": "true"})
    row = board_of(cast.alice, radar).notes[0]
    assert "power" not in row.figures
    assert [figure.value for figure in row.history["power"]] == [None, 7, 9]
    undo(cast.alice, Event.objects.filter(item=note, verb="measured").latest("pk").batch)
    assert board_of(cast.alice, radar).notes[0].figures["power"].value == 7
    assert client.get(radar.url).status_code == 200


def test_evidence_is_counted_cited_and_grows_old(cast, swot, put, ask, client):
    note = put("strengths", "Fast")[0]
    said = workbench.create(
        cast.alice, cast.product, "feedback", {"title": "It opened at once", "said_on": "2025-01-05"}
    )
    assert board_of(cast.alice, swot).notes[0].opinion
    found = ask(cast.alice, "get", f"/notes/{note.number}/evidence?target=opened").content.decode()
    assert said.ref in found
    assert ask(cast.alice, "post", f"/notes/{note.number}/evidence", {"target": said.ref}).status_code == 200
    row = board_of(cast.alice, swot).notes[0]
    assert (row.evidence, row.opinion, row.stale) == (1, False, True)
    assert 'data-mark="stale"' in ask(cast.gwen, "get").content.decode()
    tows = actions.create_canvas(cast.alice, cast.product, "tows", {"title": "TOWS"})
    move = actions.add_notes(cast.alice, tows, "so", ["Sell at the gates"])[0]
    client.force_login(cast.alice.user)
    page = client.get(f"{tows.url}/notes/{move.number}/evidence").content.decode()
    assert f'name="ids" value="{note.pk}"' in page
    client.post(f"{tows.url}/notes/{move.number}/evidence", {"ids": str(note.pk)})
    assert board_of(cast.alice, tows).notes[0].evidence == 1
    assert client.post(f"{tows.url}/notes/{move.number}/evidence/{note.pk}/removal").status_code == 302
    assert board_of(cast.alice, tows).notes[0].opinion
