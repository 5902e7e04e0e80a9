"""Views kept under a name, rows pasted from a spreadsheet, the full form, and every page that the menus lead to."""

from __future__ import annotations

import re
import uuid

import pytest

from pilothouse.kinds import KINDS
from pilothouse.workbench.models import Item, SavedView
from pilothouse.workbench.sections import MADE_AT
from pilothouse.workbench.writing import actions
from pilothouse.workbench.writing.undo import undo

URL = "/w/harbor/TW/requirement/"


@pytest.fixture
def at(client, cast):
    client.force_login(cast.bob.user)
    return client


def keep(client, **data):
    return client.post(f"{URL}views", {"name": "高优先级", "query": "view=table&priority=high&sort=-reach", **data})


def test_a_view_is_kept_and_its_address_shows_the_same(at, cast):
    answer = keep(at, shared="1")
    saved = SavedView.objects.get()
    assert answer.url == f"{URL}?{saved.query}"
    assert (saved.owner, saved.shared) == (cast.bob.user, True)
    at.force_login(cast.alice.user)
    html = at.get(answer.url).content.decode()
    assert re.search(r'aria-current="page"[^>]*>\s*高优先级', html)


def test_a_view_opens_first_for_who_wants_it(at, cast):
    keep(at, shared="1", first="1")
    assert at.get(URL).url == f"{URL}?{SavedView.objects.get().query}"
    at.force_login(cast.alice.user)
    assert at.get(URL).status_code == 200
    at.force_login(cast.bob.user)
    at.post(f"{URL}views/{SavedView.objects.get().pk}", {"first": ""})
    assert at.get(URL).status_code == 200


def test_views_are_renamed_and_deleted_by_their_owner(at, cast):
    keep(at, shared="1")
    url = f"{URL}views/{SavedView.objects.get().pk}"
    at.force_login(cast.gwen.user)
    assert at.post(url, {"name": "Mine now"}).status_code == 404
    at.force_login(cast.bob.user)
    at.post(url, {"name": "Top"})
    assert (SavedView.objects.get().name, SavedView.objects.get().shared) == ("Top", False)
    at.force_login(cast.alice.user)
    assert at.post(url, {"delete": "1"}).status_code == 404
    at.force_login(cast.bob.user)
    at.post(url, {"delete": "1"})
    assert not SavedView.objects.exists()


def test_a_view_of_mine_is_nobody_elses(at, cast):
    keep(at)
    at.get(URL)  # shows the message that it was kept
    at.force_login(cast.alice.user)
    assert "高优先级" not in at.get(f"{URL}?view=list").content.decode()


@pytest.mark.parametrize("data", [{"name": " "}, {"query": "password=x"}, {"query": "view=nonsense"}])
def test_views_that_cannot_be_are_refused(at, data):
    assert keep(at, **data).status_code in (400, 422)
    assert not SavedView.objects.exists()


ROWS = '标题\tPriority\tReach\tState\tExtra\nOffline tickets\tHigh\t1,200\tIdea\tx\nBroken\tHigh\tmany\t\t\n"Two\nlines"\tlow\t3\t\t'


def test_pasted_rows_are_shown_with_their_errors_then_added(at, cast):
    """A heading is known in either language."""
    html = at.post(f"{URL}paste", {"rows": ROWS}).content.decode()
    assert "Offline tickets" in html
    assert "A number is needed here." in html
    assert not Item.objects.exists()
    at.post(f"{URL}paste", {"rows": ROWS, "create": "1"})
    made = Item.objects.order_by("number")
    assert [(item.title, item.fields["priority"], item.fields["reach"]) for item in made] == [
        ("Offline tickets", "high", 1200),
        ("Two lines", "low", 3),
    ]
    undo(cast.bob, made[0].events.get().batch)
    assert not Item.objects.live().exists()


def test_rows_without_a_header_are_titles(at):
    at.post(f"{URL}paste", {"rows": "One\nTwo\tmore\n\n三", "create": "1"}, headers={"HX-Request": "true"})
    assert list(Item.objects.order_by("number").values_list("title", flat=True)) == ["One", "Two", "三"]


@pytest.mark.parametrize("rows", ["", "\n\n", "x\n" * 2_001, "x" * 2_000_001])
def test_too_much_and_nothing_are_refused(at, rows):
    assert at.post(f"{URL}paste", {"rows": rows, "create": "1"}).status_code == 422
    assert not Item.objects.exists()


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in MADE_AT])
def test_the_full_form_makes_an_item_of_every_kind(at, kind):
    url = f"/w/harbor/TW/{kind}/new"
    html = at.get(url).content.decode()
    nonce = re.search(r'name="nonce" value="([^"]+)"', html)[1]
    for _twice in range(2):
        answer = at.post(url, {"title": "Made here", "body": "Why", "nonce": nonce, "tags": "a, 乙"})
        assert answer.status_code == 302
    item = Item.objects.get()
    assert answer.url == item.url
    assert (item.kind, item.body, item.tags.count()) == (kind, "Why", 2)


def test_a_refused_form_keeps_what_was_typed(at):
    answer = at.post(f"{URL}new", {"title": "", "body": "Long thoughts", "reach": "many", "nonce": str(uuid.uuid4())})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Long thoughts" in html
    assert "A title is needed." in html
    assert "A number is needed here." in html


def test_a_form_takes_only_what_it_shows(at):
    at.post(
        f"{URL}new", {"title": "x", "rank": "zz", "external_id": "7", "score": "9", "number": "77", "nonce": "no uuid"}
    )
    item = Item.objects.get()
    assert (item.external_id, item.score, item.number) == (None, None, 1)


@pytest.mark.parametrize("path", ["new", "paste", "bulk"])
def test_making_is_not_for_guests_and_strangers(client, cast, path):
    for actor in (cast.gwen, cast.charlie):
        client.force_login(actor.user)
        assert client.get(URL + path).status_code == 404
        assert client.post(URL + path, {"title": "x"}).status_code == 404


def test_the_trash_gives_back_and_forgets(at, cast):
    items = actions.create_many(cast.alice, cast.product, "task", [{"title": name} for name in "abc"])
    actions.trash(cast.bob, items)
    url = "/w/harbor/TW/trash"
    assert at.get(url).content.decode().count("data-row=") == 3
    at.post(url, {"ids": [items[0].pk], "set": "restore"})
    assert Item.objects.live().count() == 1
    assert at.post(url, {"ids": [items[1].pk], "set": "purge"}).status_code == 404
    at.force_login(cast.alice.user)
    at.post(url, {"ids": [item.pk for item in items], "set": "purge"})
    assert list(Item.objects.values_list("title", flat=True)) == ["a"]
    at.force_login(cast.gwen.user)
    assert at.get(url).status_code == 404
