"""The item page: one fragment for page and panel, edited in place, closed to strangers, the same cost whatever hangs on it."""

from __future__ import annotations

import pytest

from pilothouse.kinds import KINDS
from pilothouse.workbench.models import BODY_LENGTH, Event, Item
from pilothouse.workbench.writing import actions
from pilothouse.workbench.writing.lifting import lift
from tests.workbench.chain import make_chain

HX = {"HX-Request": "true"}
HOSTILE = "<script>alert(1)</script>\"'&{{7*7}}"


@pytest.fixture
def chain(cast):
    return make_chain(cast)


def sign_in(client, actor):
    client.force_login(actor.user)
    return client


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_kind_has_a_page_and_the_panel_is_its_fragment(cast, client, kind, language):
    cast.alice.user.language = language
    cast.alice.user.save()
    item = actions.create(cast.alice, cast.product, kind, {"title": "Card 卡片", "body": "**bold** words"})
    sign_in(client, cast.alice)
    page, panel = client.get(item.url), client.get(item.url, headers={**HX, "X-Panel": "1"})
    assert (page.status_code, panel.status_code) == (200, 200)
    sheet = panel.content.decode()
    assert "<html" not in sheet
    assert 'id="sheet"' in sheet
    assert item.ref in sheet


def test_guests_read_and_comment_but_see_no_way_to_write(cast, client, chain):
    html = sign_in(client, cast.gwen).get(chain["requirement"].url).content.decode()
    assert "/edit" not in html
    assert "/comments" in html
    for path in ("edit?name=title", "trash", "links", "quotes", "lift/task", "merge", "score", "children", "duplicate"):
        assert client.post(f"{chain['requirement'].url}/{path}").status_code == 404, path


def test_strangers_get_404_everywhere(cast, client, chain):
    url = chain["requirement"].url
    for path in (
        "",
        "/thread",
        "/history",
        "/edit",
        "/body",
        "/comments",
        "/links",
        "/mentions",
        "/lift/task",
        "/merge",
        "/score",
    ):
        assert sign_in(client, cast.charlie).get(url + path).status_code == 404, path
        assert client.get((url + path).replace("/harbor/", "/elsewhere/")).status_code == 404, path
    client.logout()
    assert client.get(url).status_code == 302


def test_a_private_product_is_closed_to_members_who_are_not_in_it(cast, client):
    secret = actions.create(cast.alice, cast.private, "need", {"title": "Hidden"})
    assert sign_in(client, cast.bob).get(secret.url).status_code == 404


def test_a_title_is_edited_in_place_and_can_be_undone(cast, client, chain):
    item = chain["need"]
    sign_in(client, cast.bob)
    answer = client.post(f"{item.url}/edit?part=head&name=title", {"title": HOSTILE, "version": 1}, headers=HX)
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()
    assert 'id="item-head"' in answer.content.decode()
    item.refresh_from_db()
    assert item.title == HOSTILE
    batch = Event.objects.filter(item=item, verb="changed").get().batch
    assert str(batch) in answer.headers["HX-Trigger"]
    assert client.post(f"/w/harbor/undo/{batch}", headers=HX).status_code == 204
    item.refresh_from_db()
    assert item.title == "Open the ticket without a signal"
    assert client.post(f"/w/harbor/undo/{batch}", headers=HX).status_code == 404


@pytest.mark.parametrize(
    ("kind", "name", "value", "kept"),
    [
        ("requirement", "priority", "high", "high"), ("requirement", "owner", "bob@example.com", "bob"),
        ("requirement", "due_on", "2026-12-10", "2026-12-10"), ("requirement", "tags", "a, 票务", ["a", "票务"]),
        ("requirement", "acceptance", "x\ny", "x\ny"), ("feedback", "source_url", "https://example.com/1", "https://example.com/1"),
        ("contact", "consent", ["", "1"], True), ("contact", "consent", "", None), ("requirement", "parent", "", None),
    ],
)  # fmt: skip
def test_each_type_of_property_is_edited(cast, client, kind, name, value, kept):
    item = actions.create(cast.alice, cast.product, kind, {"title": "A thing"})
    answer = sign_in(client, cast.bob).post(
        f"{item.url}/edit?part=fact&name={name}", {name: value, "version": 1}, headers=HX
    )
    assert answer.status_code == 200, answer.content
    assert f'id="row-{name}"' in answer.content.decode()
    item = Item.objects.get(pk=item.pk)
    found = {"owner": item.owner and item.owner.name.lower(), "due_on": item.due_on and item.due_on.isoformat(),
             "tags": [tag.name for tag in item.tags.all()], "parent": item.parent}.get(name, item.fields.get(name))  # fmt: skip
    assert found == kept


def test_a_wrong_value_keeps_what_was_typed_and_says_what_is_wrong(cast, client, chain):
    item = chain["requirement"]
    url = f"{item.url}/edit?part=fact&name=due_on"
    answer = sign_in(client, cast.bob).post(url, {"due_on": "tomorrow", "version": 1}, headers=HX)
    assert answer.status_code == 422
    assert "tomorrow" in answer.content.decode()
    long = "x" * (BODY_LENGTH + 1)
    answer = client.post(f"{item.url}/edit?part=body&name=body", {"body": long, "version": 1}, headers=HX)
    assert answer.status_code == 422
    assert long in answer.content.decode()
    item.refresh_from_db()
    assert item.body == ""


def test_a_plain_form_works_without_scripts(cast, client, chain):
    item = chain["need"]
    answer = sign_in(client, cast.bob).post(f"{item.url}/edit?part=body&name=body", {"body": "New", "version": 1})
    assert (answer.status_code, answer.url) == (302, item.url)
    assert client.get(f"{item.url}/edit").status_code == 200


def test_long_texts_are_bounded_and_shown_whole_on_demand(cast, client):
    item = actions.create(cast.alice, cast.product, "feedback", {"title": "Long", "body": "word " * 40_000})
    short = sign_in(client, cast.alice).get(item.url)
    assert len(short.content) < 120_000
    assert len(client.get(item.url, {"whole": "1"}).content) > 200_000


def test_children_are_added_and_circles_refused(cast, client, chain):
    parent = chain["requirement"]
    sign_in(client, cast.bob)
    assert client.post(f"{parent.url}/children", {"title": "One\nTwo"}, headers=HX).status_code == 200
    first = Item.objects.get(title="One")
    assert first.parent == parent
    url = f"{parent.url}/edit?part=fact&name=parent"
    assert client.post(url, {"parent": first.ref, "version": 9}, headers=HX).status_code == 422
    assert client.post(f"{parent.url}/children", {"title": " "}, headers=HX).status_code == 422


def test_links_are_added_by_number_found_by_words_and_removed(cast, client, chain):
    item = chain["task"]
    sign_in(client, cast.bob)
    assert '<option value="-delivered_by" selected' in client.get(item.url).content.decode()
    assert chain["insight"].ref in client.get(f"{item.url}/links", {"target": "signal"}).content.decode()
    answer = client.post(f"{item.url}/links", {"relation": "-blocks", "target": chain["need"].ref}, headers=HX)
    assert "blocked by" in answer.content.decode()
    link = item.links_in.get(relation="blocks")
    assert client.post(f"{item.url}/links", {"relation": "blocks", "target": "TW-999"}, headers=HX).status_code == 422
    assert client.post(f"{item.url}/links", {"relation": "nonsense", "target": "TW-1"}, headers=HX).status_code == 422
    assert client.post(f"{chain['metric'].url}/links/{link.pk}", headers=HX).status_code == 404
    assert client.post(f"{item.url}/links/{link.pk}", headers=HX).status_code == 200
    assert not item.links_in.filter(relation="blocks").exists()


def test_trash_restore_and_duplicate(cast, client, chain):
    item = chain["task"]
    sign_in(client, cast.bob)
    pressed = [client.post(f"{item.url}/duplicate", headers=headers) for headers in ({}, {}, HX)]
    assert [answer.status_code for answer in pressed] == [302, 302, 204]
    assert pressed[0].headers["Location"] == pressed[1].headers["Location"]
    assert Item.objects.filter(kind="task", title__startswith="Store the ticket").count() == 2
    assert client.post(f"{item.url}/trash").status_code == 302
    assert "/restore" in client.get(item.url).content.decode()
    assert client.post(f"{item.url}/edit?name=title", {"title": "x", "version": 1}).status_code == 404
    assert client.post(f"{item.url}/restore").status_code == 302
    item.refresh_from_db()
    assert item.trashed_at is None


def test_the_page_costs_the_same_with_one_of_each_and_with_many(cast, client, chain, django_assert_max_num_queries):
    item = chain["requirement"]
    sign_in(client, cast.alice)
    hang(cast, item, 1)
    client.get(item.url)
    with django_assert_max_num_queries(45) as few:
        client.get(item.url)
    hang(cast, item, 8)
    with django_assert_max_num_queries(len(few)):
        assert "Part 7" in client.get(item.url).content.decode()


def hang(cast, item, count):
    """One or more of everything that can hang on an item."""
    for n in range(count):
        child = actions.create(cast.alice, cast.product, "requirement", {"title": f"Part {n}", "parent": item})
        actions.link(cast.alice, item, "blocks", child)
        actions.comment(cast.bob, item, f"Comment {n}")
        lift(cast.alice, [item], "task", [{"title": f"Task {n}"}])
        actions.change(cast.bob, item, {"owner": "me" if n % 2 == 0 else None})
