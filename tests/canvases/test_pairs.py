"""A journey as it is and as it is to be: the second begins as a copy, and what changed is told side by side."""

from __future__ import annotations

import pytest

from pilothouse.canvases import actions, stages, together
from pilothouse.canvases.comparison import compared
from pilothouse.canvases.figures import set_figure
from pilothouse.canvases.models import Canvas
from pilothouse.canvases.pairs import draw_to_be, pair_of
from pilothouse.workbench.models import Item
from pilothouse.workbench.writing import actions as workbench
from pilothouse.workbench.writing.undo import undo
from tests.api.calls import Api


@pytest.fixture
def journey(cast):
    canvas = actions.create_canvas(cast.alice, cast.product, "journey_map", {"title": "Lin 坐早班船"})
    queue = actions.add_notes(cast.alice, canvas, "pains.buy", ["Three gates"])[0]
    felt = actions.add_notes(cast.alice, canvas, "emotion.buy", ["Lost"])[0]
    actions.add_notes(cast.alice, canvas, "actions.buy", ["Walks to the booth", "Pays cash"])
    actions.move_note(cast.alice, canvas, actions.add_notes(cast.alice, canvas, "pains.buy", ["Below"])[0], under=queue)
    set_figure(cast.alice, canvas, felt, "emotion", {"value": "-2"})
    return canvas


@pytest.fixture
def future(cast, client, journey):
    client.force_login(cast.alice.user)
    address = client.post(f"{journey.url}/to-be").headers["Location"]
    number = int(address.rpartition("-")[2].partition("/")[0])
    return Canvas.objects.select_related("item__product__workspace").get(item__number=number)


def notes(canvas):
    return {note.title: note for note in actions.notes_of(canvas).select_related("product__workspace")}


def test_the_to_be_map_begins_as_a_copy_and_says_what_changed(cast, client, journey, future):
    assert future.item.title == "Lin 坐早班船 (to be)"
    assert [canvas.item_id for canvas in pair_of(cast.gwen, future)] == [journey.item_id, future.item_id]
    assert [canvas.item_id for canvas in pair_of(cast.gwen, journey)] == [journey.item_id, future.item_id]
    told = compared(cast.alice, journey, future)
    assert told.counts == {"same": 5}
    assert told.sentences[0].startswith("Nothing is changed yet")
    there = notes(future)
    stages.add_stage(cast.alice, future, "Home")
    workbench.change(cast.alice, there["Three gates"], {"title": "One gate"})
    actions.move_note(
        cast.alice,
        future,
        there["Pays cash"],
        "actions.travel" if "actions.travel" in future.places() else future.places()[1],
    )
    workbench.trash(cast.alice, [there["Walks to the booth"]])
    actions.add_notes(cast.alice, future, "actions.buy", ["Shows the phone", "<b>bold</b>"])
    set_figure(cast.alice, future, there["Lost"], "emotion", {"value": "1"})
    told = compared(cast.alice, journey, Canvas.objects.select_related("item__product__workspace").get(pk=future.pk))
    assert told.counts == {"new": 2, "changed": 2, "moved": 1, "gone": 1, "same": 1}
    assert "goes from −2 to +1" in told.sentences[1]
    assert [str(stage.name) for stage in told.columns][-1] == "Home"
    page = client.get(f"{journey.url}/comparison").content.decode()
    assert "<del>Three gates</del>" in page
    assert "&lt;b&gt;bold" in page
    assert client.get(f"{future.url}/comparison").status_code == 200
    api = Api(client, cast.alice)
    assert api("GET", f"/items/{future.item.ref}/canvas/comparison").data["counts"] == dict(told.counts)
    again = api("POST", f"/items/{journey.item.ref}/canvas/to-be").data["ref"]
    assert api("GET", f"/items/{journey.item.ref}/canvas/comparison").data["to_be"] == again
    client.force_login(cast.alice.user)
    for canvas in (journey, future):
        assert "/comparison" in client.get(canvas.url).content.decode()


def test_pairs_keep_to_the_rules_of_canvases(cast, client, journey, future, swot, django_assert_max_num_queries):
    for actor, code in ((cast.gwen, 404), (cast.charlie, 404)):
        client.force_login(actor.user)
        assert client.post(f"{journey.url}/to-be").status_code == code
    assert client.get(f"{journey.url}/comparison").status_code == 404
    client.force_login(cast.gwen.user)
    with django_assert_max_num_queries(34) as few:
        assert client.get(f"{journey.url}/comparison").status_code == 200
    actions.add_notes(cast.alice, future, "actions.buy", [f"note {n}" for n in range(100)])
    with django_assert_max_num_queries(len(few)):
        client.get(f"{journey.url}/comparison")
    client.force_login(cast.alice.user)
    assert client.get(f"{swot.url}/comparison").status_code == 404
    assert client.post(f"{swot.url}/to-be", headers={"HX-Request": "true"}).status_code == 422
    together.set_phase(cast.bob, future, "write")
    actions.add_notes(cast.bob, future, "actions.buy", ["Bob's own"])
    assert "Bob&#39;s own" not in client.get(f"{journey.url}/comparison").content.decode()
    workbench.trash(cast.alice, [future.item])
    assert pair_of(cast.alice, journey)[1] is None
    assert client.get(f"{journey.url}/comparison").status_code == 404
    assert "/to-be" in client.get(journey.url).content.decode()
    undone, batch = draw_to_be(cast.alice, journey)
    assert not undo(cast.alice, batch).kept
    assert not Item.objects.live().filter(parent=undone.item).exists()
    second = draw_to_be(cast.alice, journey)[0]
    workbench.trash(cast.alice, [journey.item])
    assert client.get(second.url).status_code == 200
    assert client.get(f"{second.url}/comparison").status_code == 404
    assert Item.objects.live().filter(parent=second.item).count() == 5
