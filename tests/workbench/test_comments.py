"""Comments, mentions and watching."""

from __future__ import annotations

import pytest

from pilothouse.workbench.models import Comment, Event, Notice, Watch
from pilothouse.workbench.writing import actions
from pilothouse.workbench.writing.undo import undo

HX = {"HX-Request": "true"}


@pytest.fixture
def need(cast):
    return actions.create(cast.alice, cast.product, "need", {"title": "Open without a signal"})


def test_a_guest_comments_in_markdown_and_nothing_in_it_runs(cast, client, need):
    client.force_login(cast.gwen.user)
    text = "**Daily.** <script>alert(1)</script> [x](javascript:alert(1)) @bob@example.com"
    html = client.post(f"{need.url}/comments", {"comment": text}, headers=HX).content.decode()
    assert "<strong>Daily.</strong>" in html
    assert "<script>alert" not in html
    assert 'href="javascript' not in html
    assert Notice.objects.get().user == cast.bob.user


def test_chinese_puts_no_space_round_a_mention(cast, need):
    actions.comment(cast.gwen, need, "请@bob@example.com看一下")
    assert Notice.objects.get().user == cast.bob.user


def test_whoever_is_mentioned_is_read_by_name(cast, client, need):
    cast.bob.user.name = "Bob <b>*_&"
    cast.bob.user.save()
    client.force_login(cast.alice.user)
    text = "请@bob@example.com看一下 `@bob@example.com` [x](https://example.com/@bob@example.com) @charlie@example.com"
    html = client.post(f"{need.url}/comments", {"comment": text}, headers=HX).content.decode()
    assert "请<strong>@Bob &lt;b&gt;*_&amp;</strong>看一下 <code>@bob@example.com</code>" in html
    assert 'href="https://example.com/@bob@example.com"' in html
    assert "@charlie@example.com" in html  # who is a stranger here
    client.force_login(cast.bob.user)
    assert "请@Bob &lt;b&gt;*_&amp;看一下" in client.get(f"/w/{cast.alice.workspace.slug}/inbox").content.decode()


@pytest.mark.parametrize("text", ["", "  ", "x" * 50_001])
def test_empty_and_endless_comments_are_refused_and_kept_in_the_form(cast, client, need, text):
    client.force_login(cast.bob.user)
    answer = client.post(f"{need.url}/comments", {"comment": text}, headers=HX)
    assert answer.status_code == 422
    assert text.strip() in answer.content.decode()
    assert not Comment.objects.exists()


def test_only_ones_own_comment_is_edited_and_removed(cast, client, need):
    row = actions.comment(cast.bob, need, "First")
    url = f"{need.url}/comments/{row.pk}"
    client.force_login(cast.alice.user)
    assert client.post(url, {"comment": "Hers"}, headers=HX).status_code == 404
    client.force_login(cast.bob.user)
    assert client.get(url, headers=HX).status_code == 200
    assert client.post(url, {"comment": "Second"}, headers=HX).status_code == 200
    row.refresh_from_db()
    assert (row.body, row.edited_at is not None) == ("Second", True)
    assert client.post(url, {"comment": " "}, headers=HX).status_code == 422
    assert client.post(f"{url}/removal", headers=HX).status_code == 200
    assert "Second" not in client.get(need.url).content.decode()
    undo(cast.bob, Event.objects.get(verb="comment_removed").batch)
    assert "Second" in client.get(need.url).content.decode()
    undo(cast.bob, Event.objects.get(verb="comment_edited").batch)
    row.refresh_from_db()
    assert row.body == "First"


def test_only_people_who_see_the_product_can_be_mentioned(cast, client, need):
    client.force_login(cast.gwen.user)
    names = {row["label"] for row in client.get(f"{need.url}/mentions", {"q": ""}).json()}
    assert names == {"Alice", "Bob", "Gwen"}
    found = [row["label"] for row in client.get(f"{need.url}/mentions", {"q": "b"}).json()]
    assert found[0] == "Bob"  # rather than somebody with a “b” within
    secret = actions.create(cast.alice, cast.private, "need", {"title": "Hidden"})
    client.force_login(cast.alice.user)
    assert [row["label"] for row in client.get(f"{secret.url}/mentions").json()] == ["Alice"]


def test_watching_is_switched_on_and_off(cast, client, need):
    client.force_login(cast.gwen.user)
    for expected in (True, False):
        assert client.post(f"{need.url}/watch", headers=HX).status_code == 200
        assert Watch.objects.filter(item=need, user=cast.gwen.user).exists() is expected
