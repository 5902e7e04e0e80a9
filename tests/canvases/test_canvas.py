"""A canvas and its notes: every layout opens, who may do what, and what people type is kept to the letter."""

from __future__ import annotations

import pytest

from pilothouse.canvases import actions
from pilothouse.canvases.board import board_of
from pilothouse.canvases.models import Canvas
from pilothouse.canvases.texts import joined, lines_of, parted
from pilothouse.kinds.layouts import LAYOUTS
from pilothouse.workbench import search
from pilothouse.workbench.models import Item
from pilothouse.workbench.writing import actions as workbench
from pilothouse.workbench.writing.cleaning import Invalid

EVIL = "<script>alert(1)</script>"


def test_every_layout_is_begun_in_the_gallery_and_has_a_page(cast, client):
    client.force_login(cast.alice.user)
    url = cast.product.url
    for slug, layout in LAYOUTS.items():
        assert client.get(f"{url}canvases/new?layout={slug}").status_code == 200
        canvas = client.post(f"{url}canvases/new", {"layout": slug}).headers["Location"]
        place = layout.cells[-1].slug + (f".{layout.stages[-1].slug}" if layout.stages else "")
        assert client.post(f"{canvas}/notes", {"cell": place, "text": f"fast {EVIL}"}).status_code == 302
        page = client.get(canvas)
        assert page.status_code == 200, slug
        assert b"fast &lt;script&gt;" in page.content, slug
        assert EVIL.encode() not in page.content
    gallery = client.get(f"{url}canvases/new").content.decode()
    assert gallery.count('class="miniature"') == len(LAYOUTS)
    assert client.get(canvas, headers={"HX-Request": "true"}).status_code == 200
    assert client.post(f"{url}canvases/new", {"layout": "nothing"}).status_code == 422


def test_who_may_look_and_who_may_write(cast, client, swot, put, ask):
    note = put("strengths", "Fast")[0]
    posts = {
        "/notes": {"cell": "strengths", "text": "x"}, f"/notes/{note.number}": {"text": "x"},
        f"/notes/{note.number}/place": {"cell": "threats"}, f"/notes/{note.number}/removal": {},
        f"/notes/{note.number}/vote": {}, f"/notes/{note.number}/evidence": {"target": note.ref},
        "/chosen": {"ids": str(note.pk), "set": "trash"}, "/phase": {"phase": "write"}, "/timer": {"minutes": "5"},
        "/reveal": {}, "/votes": {}, "/template": {}, f"/notes/{note.number}/figures": {"measure": "x", "value": "1"},
    }  # fmt: skip
    for path, data in posts.items():
        assert ask(cast.gwen, "post", path, data).status_code == 404, path
        assert ask(cast.charlie, "post", path, data).status_code == 404, path
    for path in ("", "/changes?since=0", f"/notes/{note.number}", f"/notes/{note.number}/evidence"):
        assert ask(cast.gwen, "get", path).status_code == 200, path
        assert ask(cast.charlie, "get", path).status_code == 404, path
    assert 'name="text"' not in ask(cast.gwen, "get").content.decode()
    assert ask(cast.charlie, "get").status_code == 404
    assert client.get(f"{cast.product.url}canvases/new").status_code == 404
    assert ask(cast.bob, "post", "/notes", {"cell": "threats", "text": "Bob's"}).status_code == 200


def test_an_archived_product_is_locked(cast, swot, put, ask):
    from django.utils import timezone

    put("strengths", "Fast")
    cast.product.archived_at = timezone.now()
    cast.product.save()
    assert ask(cast.alice, "get").status_code == 200
    assert ask(cast.alice, "post", "/notes", {"cell": "strengths", "text": "x"}).status_code == 423


def test_an_unknown_cell_is_refused_in_words_and_a_plain_form_keeps_what_was_typed(cast, client, swot, ask):
    refusal = ask(cast.alice, "post", "/notes", {"cell": "nowhere", "text": "Fast"})
    assert refusal.status_code == 422
    assert "“nowhere”" in refusal.content.decode()
    assert "Strengths" in refusal.content.decode()
    page = client.post(f"{swot.url}/notes", {"cell": "strengths", "text": " "})
    assert page.status_code == 422
    assert "A title is needed." in page.content.decode()
    assert not Item.objects.filter(kind="note").exists()


def test_several_lines_are_several_notes_and_a_long_text_is_kept_whole(cast, swot, ask):
    answer = ask(cast.alice, "post", "/notes", {"cell": "threats", "rows": "- one\n\n* two\n• three\n"})
    assert [row["under"] for row in answer.json()["notes"]] == [None] * 3
    assert [note.title for note in actions.notes_of(swot)] == ["one", "two", "three"]
    long = "word " * 2_000
    made = ask(cast.alice, "post", "/notes", {"cell": "threats", "text": long}).json()["notes"][0]
    text = ask(cast.alice, "get", f"/notes/{made['number']}").json()["text"]
    assert text.split() == long.split()
    assert ask(cast.alice, "get").status_code == 200
    assert ask(cast.alice, "post", "/notes", {"cell": "threats", "text": "x" * 100_001}).status_code == 422


def test_a_text_is_parted_and_joined_without_loss():
    for text in ("Fast", "Fast\nand more\n\nmore", "字" * 700, "a" * 501, "one two " * 100):
        title, body = parted(text)
        assert 0 < len(title) <= 500
        assert "".join(joined(title, body).split()) == "".join(text.split())
        assert parted(joined(title, body)) == (title, body)
    assert lines_of(" - a\n\n•b \n") == ["a", "b"]


def test_a_note_is_found_shows_its_canvas_and_the_canvas_shows_itself(cast, client, swot, put):
    note = put("weaknesses", "Refunds take six days")[0]
    assert note in list(search.matching(Item.objects.all(), "refunds six", [cast.product.pk]))
    client.force_login(cast.alice.user)
    page = client.get(note.url).content.decode()
    assert f"{swot.url}#note-{note.number}" in page
    assert "Before the season · Weaknesses" in page
    assert f'href="{swot.url}"' in client.get(swot.item.url).content.decode()


def test_a_canvas_from_elsewhere_opens_and_notes_of_other_places_lie_apart(cast, client, swot, put):
    """Made without its page, or given another layout by the API: nothing is lost."""
    bare = workbench.create(cast.alice, cast.product, "canvas", {"title": "Bare"})
    client.force_login(cast.alice.user)
    assert client.get(f"{bare.url}/canvas").status_code == 200
    put("strengths", "Fast")
    workbench.change(cast.alice, swot.item, {"layout": "porter"})
    swot = Canvas.objects.select_related("item__product__workspace").get(pk=swot.pk)
    board = board_of(cast.alice, swot)
    assert [note.title for note in board.apart] == ["Fast"]
    assert "Fast" in client.get(swot.url).content.decode()
    assert client.get(f"{note_url(cast, client)}/canvas").status_code == 404  # a note is no canvas
    with pytest.raises(Invalid):
        workbench.change(cast.alice, swot.item, {"layout": "nothing"})


def note_url(cast, client) -> str:
    return Item.objects.select_related("product__workspace").filter(kind="note").first().url


def test_foreign_numbers_are_not_found(cast, swot, put, ask):
    other = actions.create_canvas(cast.alice, cast.product, "swot", {"title": "Other"})
    mine, foreign = put("strengths", "Fast")[0], actions.add_notes(cast.alice, other, "threats", ["Not here"])[0]
    hidden = workbench.create(cast.alice, cast.private, "feedback", {"title": "hidden"})
    for data in (
        {"cell": "threats", "after": foreign.number},
        {"under": foreign.number},
        {"cell": "threats", "before": "x"},
    ):
        assert ask(cast.bob, "post", f"/notes/{mine.number}/place", data).status_code == 404
    assert ask(cast.bob, "post", f"/notes/{foreign.number}/place", {"cell": "threats"}).status_code == 404
    assert ask(cast.bob, "post", "/chosen", {"ids": [mine.pk, foreign.pk], "set": "trash"}).status_code == 404
    assert ask(cast.bob, "post", f"/notes/{mine.number}/evidence", {"target": hidden.ref}).status_code == 422
    assert ask(cast.bob, "post", f"/notes/{mine.number}/evidence", {"ids": str(hidden.pk)}).status_code == 404
    assert Item.objects.get(pk=mine.pk).version == 1
