"""What nobody types into a canvas but somebody may send: it is refused in words, or lies where it can be seen."""

from __future__ import annotations

import pytest

from pilothouse.canvases import actions
from pilothouse.canvases.board import board_of
from pilothouse.canvases.export.files import FILES
from pilothouse.canvases.models import Canvas, OwnLayout
from pilothouse.workbench.models import Item
from pilothouse.workbench.writing import actions as workbench
from pilothouse.workbench.writing.cleaning import Invalid

ENDLESS = "9" * 5_000


def test_numbers_without_end_are_refused_in_words(cast, swot, ask, client):
    for minutes in (ENDLESS, "00000" + "9" * 10, "0" * 5_000, "-1", "１e3", "²"):
        assert ask(cast.alice, "post", "/timer", {"minutes": minutes}).status_code == 422, minutes[:20]
    assert ask(cast.alice, "post", "/timer", {"minutes": "240"}).status_code == 204
    client.force_login(cast.alice.user)
    address = client.post(f"{swot.url}/template").headers["Location"]
    cell = {
        "name": "x",
        "cell-slug": "a",
        "cell-name": "A",
        "cell-asks": "",
        "cell-top": "1",
        "cell-width": "1",
        "cell-height": "1",
    }
    for left in (f"001{ENDLESS}", "0129", ENDLESS):
        assert client.post(address, {**cell, "cell-left": left}).status_code == 422, left[:20]
    assert client.post(address, {**cell, "cell-left": "1", "cell-limit": ENDLESS}).status_code == 302
    assert OwnLayout.objects.get().definition["cells"][0]["limit"] is None


def test_notes_hung_deeper_than_a_page_can_draw_lie_side_by_side(cast, client):
    tree = actions.create_canvas(cast.alice, cast.product, "opportunity_tree", {"title": "Deep"})
    level = tree.places()[0]
    notes = actions.add_notes(cast.alice, tree, level, [f"note {n}" for n in range(200)])
    for note, above in zip(notes[1:], notes, strict=False):
        note.fields["under"] = above.number
    Item.objects.bulk_update(notes, ["fields"])
    client.force_login(cast.alice.user)
    page = client.get(tree.url)
    assert page.status_code == 200
    assert page.content.decode().count('class="slip"') == 200
    assert len(board_of(cast.alice, tree).roots[level]) == 200 - actions.DEEPEST
    assert client.get(f"{tree.url}/export.svg").status_code == 200


def test_a_canvas_stays_readable_whatever_became_of_its_notes(cast, swot, put, ask, client):
    note, lost, looped = put("strengths", "backed", "nowhere", "round")
    said = workbench.create(cast.alice, cast.product, "task", {"title": "Says when"})
    workbench.link(cast.alice, said, "supports", note)
    Item.objects.filter(pk=said.pk).update(fields={"said_on": "once upon a time"})
    Item.objects.filter(pk=lost.pk).update(fields={"cell": "no.such", "under": 987654})
    Item.objects.filter(pk=looped.pk).update(fields={"cell": "strengths", "under": looped.number})
    canvas = Canvas.objects.select_related("item__product__workspace").get(pk=swot.pk)
    assert {row.title for row in board_of(cast.alice, canvas).notes} == {"backed", "nowhere", "round"}
    for path in ("", "/changes?since=0", "/changes?since=²", "/export.md", f"/notes/{note.number}/evidence"):
        assert ask(cast.alice, "get", path).status_code == 200, path
    assert ask(cast.alice, "post", f"/notes/{looped.number}/place", {"cell": "threats"}).status_code == 200
    workbench.change(cast.alice, lost, {"parent": said})
    client.force_login(cast.alice.user)
    assert client.get(lost.url).status_code == 200
    assert ask(cast.alice, "get", f"/notes/{lost.number}").status_code == 404


def test_a_place_in_the_order_that_is_none_stops_nobody(cast, put, client):
    note = put("strengths", "first")[0]
    client.force_login(cast.alice.user)
    for rank in ("zzz!!", "a0!", "", "a", "a00", "é", "A" + "0" * 26):
        with pytest.raises(Invalid):
            workbench.change(cast.alice, note, {"rank": rank})
    client.post(f"{note.url}/edit", {"rank": "zzz!!"})
    assert put("strengths", "second")


def test_two_notes_under_each_other_go_into_every_file(cast, client):
    tree = actions.create_canvas(cast.alice, cast.product, "impact_map", {"title": "Round"})
    one, two, below = actions.add_notes(cast.alice, tree, tree.places()[0], ["one", "two", "below"])
    for note, above in ((one, two), (two, one), (below, one)):
        note.fields["under"] = above.number
    Item.objects.bulk_update([one, two, below], ["fields"])
    client.force_login(cast.alice.user)
    for kind in FILES:
        assert client.get(f"{tree.url}/export.{kind}").status_code == 200, kind
