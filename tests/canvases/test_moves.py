"""Notes are moved: between places, under one another, by several people at once, and back."""

from __future__ import annotations

import pytest

from pilothouse.canvases import actions, stages
from pilothouse.canvases.board import board_of
from pilothouse.workbench.models import Event, Item
from pilothouse.workbench.writing.cleaning import Invalid
from pilothouse.workbench.writing.undo import undo


def titles(actor, canvas, place):
    return [note.title for note in board_of(actor, canvas).roots[place]]


def test_a_note_goes_where_it_is_put_and_back_by_undo(cast, swot, put, ask):
    one, two, three = put("strengths", "one", "two", "three")
    answer = ask(
        cast.bob,
        "post",
        f"/notes/{three.number}/place",
        {"cell": "strengths", "after": one.number, "before": two.number},
    )
    assert answer.status_code == 200
    assert titles(cast.alice, swot, "strengths") == ["one", "three", "two"]
    ask(cast.bob, "post", f"/notes/{one.number}/place", {"cell": "threats"})
    assert titles(cast.alice, swot, "threats") == ["one"]
    undo(cast.bob, Event.objects.filter(item=one, verb="changed").latest("pk").batch)
    assert titles(cast.alice, swot, "strengths") == ["one", "three", "two"]


def test_two_people_moving_one_note_are_told_of_each_other(cast, swot, put, ask):
    note = put("strengths", "Fast")[0]
    seen = actions.place_of(note)
    assert ask(cast.bob, "post", f"/notes/{note.number}/place", {"cell": "threats", "seen": seen}).status_code == 200
    late = ask(cast.alice, "post", f"/notes/{note.number}/place", {"cell": "weaknesses", "seen": seen})
    assert late.status_code == 409
    assert "Bob" in late.json()["text"]
    assert "Threats" in late.json()["text"]
    assert late.json()["notes"][0]["cell"] == "threats"
    assert titles(cast.alice, swot, "threats") == ["Fast"]
    now = actions.place_of(Item.objects.get(pk=note.pk))
    assert (
        ask(cast.alice, "post", f"/notes/{note.number}/place", {"cell": "weaknesses", "seen": now}).status_code == 200
    )


def test_rewriting_over_somebody_elses_words_is_refused_once(cast, swot, put, ask):
    note = put("strengths", "Fast")[0]
    assert ask(cast.bob, "post", f"/notes/{note.number}", {"text": "Faster", "version": 1}).status_code == 200
    late = ask(cast.alice, "post", f"/notes/{note.number}", {"text": "Slow", "version": 1})
    assert late.status_code == 409
    assert "Faster" in late.content.decode()
    assert ask(cast.alice, "post", f"/notes/{note.number}", {"text": "Slow", "version": ""}).status_code == 200


def test_chosen_notes_are_gathered_moved_and_thrown_away_together(cast, swot, put, ask):
    one, two, three = put("strengths", "one", "two", "three")
    ids = [one.pk, two.pk]
    assert ask(cast.alice, "post", "/chosen", {"ids": ids, "set": "gather", "name": "Both"}).status_code == 204
    board = board_of(cast.alice, swot)
    head = next(note for note in board.notes if note.title == "Both")
    assert titles(cast.alice, swot, "strengths") == ["three", "Both"]
    assert [note.title for note in board.by_number[head.number].children] == ["one", "two"]
    assert not head.opinion  # the name of a group claims nothing
    ask(cast.alice, "post", "/chosen", {"ids": [head.item.pk], "set": "move", "cell": "threats"})
    assert Item.objects.get(pk=one.pk).fields["cell"] == "threats"
    ask(cast.alice, "post", "/chosen", {"ids": ids, "set": "colour", "colour": "green"})
    assert Item.objects.get(pk=two.pk).fields["colour"] == "green"
    batch = Event.objects.filter(item=head.item, verb="created").get().batch
    ask(cast.alice, "post", "/chosen", {"ids": [three.pk], "set": "trash"})
    assert titles(cast.alice, swot, "strengths") == []
    assert ask(cast.alice, "post", "/chosen", {"ids": [one.pk], "set": "gather", "name": "x"}).status_code == 422
    assert ask(cast.alice, "post", "/chosen", {"ids": ids, "set": "nothing"}).status_code == 404
    assert batch


def test_a_head_that_goes_leaves_what_hung_under_it(cast, swot, put, ask):
    one, two = put("strengths", "one", "two")
    ask(cast.alice, "post", f"/notes/{two.number}/place", {"under": one.number})
    answer = ask(cast.alice, "post", f"/notes/{one.number}/removal").json()
    assert answer["gone"] == [one.number]
    assert [row["number"] for row in answer["notes"]] == [two.number]
    assert titles(cast.alice, swot, "strengths") == ["two"]


def test_a_tree_keeps_its_levels_and_never_bites_its_tail(cast):
    tree = actions.create_canvas(cast.alice, cast.product, "opportunity_tree", {"title": "Tree"})
    add = lambda cell, text, under=None: actions.add_notes(cast.alice, tree, cell, [text], under=under)[0]  # noqa: E731
    goal = add("outcome", "More come back")
    need = add("opportunity", "I never know", goal)
    way = add("solution", "Tell them", need)
    with pytest.raises(Invalid):
        actions.move_note(cast.alice, tree, goal, "outcome", under=way)
    with pytest.raises(Invalid):
        actions.move_note(cast.alice, tree, need, under=need)
    with pytest.raises(Invalid):
        add("outcome", "above", way)
    second = add("opportunity", "Refunds", goal)
    actions.move_note(cast.alice, tree, need, under=second)  # needs may lie within needs
    assert [note.title for note in board_of(cast.alice, tree).by_number[second.number].children] == ["I never know"]
    actions.move_note(cast.alice, tree, Item.objects.get(pk=second.pk), under=goal)
    # Two moves at the same moment may still hang two notes under each other: both are shown.
    Item.objects.filter(pk=need.pk).update(fields={"cell": "opportunity", "under": way.number})
    board = board_of(cast.alice, tree)
    assert {note.title for rows in board.roots.values() for note in walked(rows)} == {
        "More come back",
        "I never know",
        "Tell them",
        "Refunds",
    }


def walked(rows):
    return [note for row in rows for note in (row, *walked(row.children))]


def test_columns_are_added_renamed_moved_and_removed_only_with_a_place_for_their_notes(cast, client):
    journey = actions.create_canvas(cast.alice, cast.product, "journey_map", {"title": "Trip"})
    note = actions.add_notes(cast.alice, journey, "pains.buy", ["Three gates"])[0]
    client.force_login(cast.alice.user)
    url = f"{journey.url}/stages"
    assert client.get(url).status_code == 200
    post = lambda **data: client.post(url, data)  # noqa: E731
    assert post(set="add", name="  Arrive ").status_code == 302
    assert post(set="rename", stage="buy", name="Pay").status_code == 302
    assert post(set="left", stage="buy").status_code == 302
    assert post(set="remove", stage="plan").status_code == 302
    assert [str(stage.name) for stage in fresh(journey).columns] == ["Notice", "Pay", "Use", "Afterwards", "Arrive"]
    refused = post(set="remove", stage="buy")
    assert refused.status_code == 422
    assert "say where they go" in refused.content.decode()
    assert post(set="remove", stage="buy", to="use").status_code == 302
    assert Item.objects.get(pk=note.pk).fields["cell"] == "pains.use"
    event = Event.objects.filter(item=journey.item, verb="restaged").latest("pk")
    undo(cast.alice, event.batch)
    assert "buy" in [stage.slug for stage in fresh(journey).columns]
    assert Item.objects.get(pk=note.pk).fields["cell"] == "pains.buy"
    assert post(set="add", name=" ").status_code == 422
    with pytest.raises(Invalid):
        stages.add_stage(cast.alice, actions.create_canvas(cast.alice, cast.product, "swot", {"title": "x"}), "x")


def fresh(canvas):
    return type(canvas).objects.select_related("item").get(pk=canvas.pk)
