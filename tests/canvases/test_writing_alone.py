"""While people write alone, nobody else finds a note through any door, the owner included; then everybody finds all."""

from __future__ import annotations

import json

import pytest

from pilothouse.canvases import actions, together
from pilothouse.canvases.board import board_of
from pilothouse.canvases.models import Canvas
from pilothouse.exchange.whole.incoming import bring_in
from pilothouse.exchange.whole.outgoing import lines
from pilothouse.guide.standing import standing_of
from pilothouse.people.access import Actor
from pilothouse.people.models import User
from pilothouse.steps.facts import Facts
from pilothouse.workbench.models import Event, Item, Notice, Veil
from pilothouse.workbench.thread.duplicates import near_duplicates
from pilothouse.workbench.views.home import counted, gaps
from pilothouse.workbench.writing import actions as workbench
from pilothouse.workbench.writing import shaping
from pilothouse.workbench.writing.cleaning import Invalid
from pilothouse.workbench.writing.undo import undo
from tests.exchange.test_whole import as_file

WORDS = "Narwhale crossing 独角鲸航线 before dawn"
SECRET = ("Narwhale", "航线")  # searches below ask for other spellings, which pages say back
VIEWS = ("list", "table", "board", "cards")


@pytest.fixture
def alone(cast, swot, put):
    """Bob's note, with all that can hang on one; a second one in the trash; Alice's of the same words."""
    put("strengths", "Known to all")
    together.set_phase(cast.alice, swot, "write")
    bob = Actor(cast.bob.user, cast.bob.workspace, cast.bob.role)
    note, gone = put("strengths", WORDS, f"{WORDS} too", actor=bob)
    workbench.trash(bob, [gone])
    said = workbench.create(cast.alice, cast.product, "feedback", {"title": "The crew said so"})
    workbench.link(bob, said, "supports", note)
    workbench.comment(bob, note, f"@{cast.alice.user.email} Narwhale 航线")
    workbench.change(bob, note, {"owner": cast.alice.user.pk, "body": "Narwhale 独角鲸航线", "tags": [WORDS]})
    return note, said, put("threats", "Every crossing before dawn", actor=cast.alice)[0]


def doors(ref, said, canvas):
    """Every address, below the workspace, at which an item of a product may show."""
    yield from (
        "",
        "mine",
        "inbox",
        "inbox?all=1",
        "products",
        "TW/",
        "TW/activity",
        "TW/trash",
        "TW/steps",
        "guide",
        "guide/6",
    )
    yield from (f"search?q={word}" for word in ("narwhale", "crossing dawn", "独角鲸"))
    yield from (f"palette.json?q={word}" for word in ("narwhale", "独角鲸", ref, ref.partition("-")[2]))
    yield from (f"TW/note/?view={view}&cols=title,parent,evidence" for view in VIEWS)
    yield from (
        "TW/note/?group=owner",
        "TW/note/?q=narwhale",
        "TW/note/export.csv",
        "TW/note/export.xlsx",
        "TW/export.json",
    )
    yield from (f"{canvas}{tail}" for tail in ("", "/history", "/thread", "/canvas", "/canvas/changes?since=0"))
    yield from (f"{canvas}/canvas/export.{file}" for file in ("svg", "md"))
    yield from (
        f"{said}{tail}" for tail in ("", "/history", "/thread", "/links?target=narwhale", f"/links?target={ref}")
    )
    yield from (
        "TW/canvases/new",
        "TW/note/paste",
        "TW/note/new",
        "TW/task/new",
        "TW/task/filter?column=tag",
        "TW/note/bulk",
    )


def read(client, door):
    answer = client.get(f"/w/harbor/{door}")
    return (b"".join(answer) if answer.streaming else answer.content).decode("utf-8", "replace")


@pytest.mark.usefixtures("media")
def test_no_door_shows_what_others_write_for_themselves(cast, swot, put, ask, client, alone):
    note, said, twin = alone
    found = {}
    for actor in (cast.alice, cast.gwen):
        client.force_login(actor.user)
        for door in doors(note.ref, said.ref, swot.item.ref):
            text = read(client, door)
            found[actor.user.name, door] = [word for word in SECRET if word in text]
    assert not {door: words for door, words in found.items() if words}
    client.force_login(cast.bob.user)
    own = (
        "search?q=独角鲸",
        "palette.json?q=narwhale",
        "TW/activity",
        "TW/note/",
        "TW/note/export.csv",
        "TW/export.json",
    )
    for door in (*own, note.ref, f"{swot.item.ref}/canvas", said.ref):
        assert any(word in read(client, door) for word in SECRET), door
    client.force_login(cast.alice.user)
    for tail in ("", "/history", "/thread", "/edit", "/merge", "/lift/requirement", "/links"):
        assert client.get(f"/w/harbor/{note.ref}{tail}").status_code == 404, tail
    for tail in ("/trash", "/comments", "/watch", "/duplicate"):
        assert client.post(f"/w/harbor/{note.ref}{tail}", {"comment": "x"}).status_code in (404, 405), tail
    assert note.title not in [other.title for other in near_duplicates(again(cast.alice), twin)]
    assert not Notice.objects.visible_to(cast.alice).exists()
    with pytest.raises(Invalid):
        workbench.create(cast.alice, cast.product, "task", {"title": "x", "parent": note.number})
    assert Facts(again(cast.alice), cast.product).canvases["swot"].notes == 2


def test_no_number_counts_what_others_write_for_themselves(cast, swot, put, client, alone):
    """What rests on Bob's note rests on nothing for Alice, who finds two notes wherever any are counted."""
    note, _said, _twin = alone
    grounded = workbench.create(cast.bob, cast.product, "requirement", {"title": "From a note", "state": "approved"})
    applied = workbench.create(cast.bob, cast.product, "reading", {"title": "A book"})
    workbench.link(cast.bob, note, "leads_to", grounded)
    workbench.link(cast.bob, applied, "supports", note)
    for actor, notes, resting in ((again(cast.alice), 2, 0), (again(cast.bob), 2, 1)):
        client.force_login(actor.user)
        facts = Facts(actor, cast.product)
        assert facts.n("note") == standing_of(facts).of("note") == counted(actor, cast.product)["note"] == notes
        assert shaping.in_state(actor, cast.product, "note") == {"open": notes + (actor.user == cast.bob.user)}
        assert standing_of(facts, ["readings_applied"]).facts == {"readings_applied": resting}
        assert [row.pk for row in gaps(actor, cast.product)] == ([] if resting else [grounded.pk])
        page = client.get("/w/harbor/TW/requirement/?evidence=1").content.decode()
        assert ("From a note" in page) is bool(resting)
        section = client.get(swot.item.url).content.decode()
        assert f"{notes} notes" in section


def again(actor):
    return Actor(User.objects.get(pk=actor.user.pk), actor.workspace, actor.role)


def test_the_api_does_not_tell_either(cast, swot, client, alone):
    from tests.api.calls import Api

    note, said, _twin = alone
    api = Api(client, cast.alice)
    for path in ("/products/TW/items", "/products/TW/items?kind=note", "/search?q=narwhale", "/search?q=独角鲸",
                 f"/items/{said.ref}/links", f"/items/{said.ref}/events", f"/items/{swot.item.ref}/canvas",
                 f"/items/{swot.item.ref}/canvas/export.md", f"/items/{said.ref}"):  # fmt: skip
        told = spoken(api("GET", path))
        assert not [word for word in SECRET if word in told], path
    for path in ("", "/events", "/links"):
        assert api("GET", f"/items/{note.ref}{path}").status_code == 404
    assert api("POST", f"/items/{said.ref}/links", {"relation": "supports", "target": note.ref}).status_code == 404
    mine = Api(client, cast.bob)
    assert mine("GET", f"/items/{note.ref}").status_code == 200
    assert WORDS in spoken(mine("GET", "/search?q=独角鲸"))


def spoken(answer):
    return json.dumps(answer.data, ensure_ascii=False) if answer.data is not None else answer.content.decode()


@pytest.mark.parametrize("end", ["reveal", "next", "over", "undo"])
def test_when_the_phase_ends_everything_is_there_with_its_history(cast, swot, put, ask, client, alone, end):
    note, said, _twin = alone
    began = Event.objects.get(item=swot.item, verb="phased")
    {
        "reveal": lambda: ask(cast.bob, "post", "/reveal"), "next": lambda: ask(cast.bob, "post", "/phase", {"phase": "discuss"}),
        "over": lambda: ask(cast.bob, "post", "/phase", {"phase": ""}), "undo": lambda: undo(cast.alice, began.batch),
    }[end]()  # fmt: skip
    assert not Veil.objects.exists()
    client.force_login(cast.alice.user)
    for door in (
        note.ref,
        "TW/note/",
        "search?q=独角鲸",
        "TW/activity",
        "inbox",
        f"{said.ref}",
        f"{swot.item.ref}/canvas",
    ):
        assert "独角鲸" in client.get(f"/w/harbor/{door}").content.decode(), door
    assert [event.verb for event in note.events.order_by("pk")] == ["created", "linked", "commented", "changed"]
    if end == "reveal":
        undo(cast.bob, Event.objects.get(verb="unveiled").batch)
        assert client.get(f"/w/harbor/{note.ref}").status_code == 404
        assert Veil.objects.count() == 3


def test_notes_of_every_origin_are_veiled_and_only_new_ones(cast, swot, put, client):
    old = put("strengths", "Before")[0]
    together.set_phase(cast.alice, swot, "write")
    typed = workbench.create(cast.bob, cast.product, "note", {"title": "From a list", "parent": swot.item.number})
    elsewhere = workbench.create(cast.bob, cast.product, "note", {"title": "On no canvas"})
    seen = Item.objects.visible_to(cast.alice)
    assert set(seen.filter(kind="note")) == {old, elsewhere}
    assert Item.objects.visible_to(cast.bob).filter(pk=typed.pk).exists()
    board = board_of(cast.alice, Canvas.objects.select_related("item__product__workspace").get(pk=swot.pk))
    assert [row.title for row in board.notes] == ["Before"]
    assert board.hidden == 1


def test_the_canvas_goes_to_the_trash_back_into_a_copy_and_abroad_whole_and_tight(cast, swot, put, client, alone):
    note, _said, twin = alone
    below = put("strengths", "Hangs", actor=cast.alice)[0]
    workbench.change(cast.bob, note, {"under": below.number})
    moved = workbench.uuid.uuid4()
    actions.move_note(cast.alice, swot, below, "threats", batch=moved)
    undo(cast.alice, moved)
    note.refresh_from_db()
    assert note.fields["cell"] == "strengths"
    batch = workbench.trash(cast.alice, [swot.item])[0].batch
    assert not Item.objects.live().filter(kind="note").exists()
    outcome = undo(cast.alice, batch)
    assert not outcome.kept
    assert actions.notes_of(swot).count() == 4
    client.force_login(cast.alice.user)
    client.post(f"{swot.item.url}/duplicate")
    copy = Item.objects.filter(kind="canvas").latest("pk")
    assert set(Item.objects.filter(parent=copy).values_list("title", flat=True)) == {
        "Known to all",
        twin.title,
        "Hangs",
    }
    text = "".join(lines(cast.product, cast.alice.user))
    assert not [word for word in SECRET if word in text]
    workbench.trash(cast.alice, [Item.objects.get(pk=swot.item.pk)])
    assert workbench.restore(cast.alice, [Item.objects.get(pk=swot.item.pk)])
    for reader, there in ((cast.alice.user, False), (None, True)):
        made = bring_in(again(cast.alice), as_file("".join(lines(cast.product, reader))), "ALL" if there else "SOME")
        assert Item.objects.filter(product=made, title=WORDS).exists() is there
        assert not Item.objects.visible_to(again(cast.alice)).filter(product=made, title=WORDS).exists()
        brought = Canvas.objects.select_related("item__product__workspace").get(
            item__product=made, options__private=True
        )
        together.reveal(again(cast.alice), brought)
        assert Item.objects.visible_to(again(cast.alice)).filter(product=made, title=WORDS).exists() is there
    workbench.trash(cast.alice, [Item.objects.get(pk=swot.item.pk)])
    workbench.purge(cast.alice, [Item.objects.get(pk=swot.item.pk)])
    assert not Veil.objects.filter(by__product=cast.product).exists()


def test_privacy_costs_no_query_more(cast, swot, put, client, django_assert_max_num_queries):
    client.force_login(cast.alice.user)
    url = "/w/harbor/TW/note/"
    put("strengths", "One")
    client.get(url)
    with django_assert_max_num_queries(40) as before:
        client.get(url)
    together.set_phase(cast.alice, swot, "write")
    put("strengths", *(f"Bob's {n}" for n in range(30)), actor=cast.bob)
    with django_assert_max_num_queries(len(before)):
        assert "Bob" not in client.get(url).content.decode().replace("bob@", "")
