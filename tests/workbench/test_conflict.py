"""Two people, one item: what does not overlap merges, what does is shown side by side, and nothing typed is lost."""

from __future__ import annotations

import pytest

from pilothouse.workbench.writing import actions

HX = {"HX-Request": "true"}


@pytest.fixture
def need(cast):
    return actions.create(cast.alice, cast.product, "need", {"title": "Open without a signal", "body": "Before"})


def test_the_second_saver_sees_both_and_chooses(cast, client, need):
    actions.change(cast.alice, need, {"body": "Alice's words"}, version=1)
    client.force_login(cast.bob.user)
    url = f"{need.url}/edit?part=body&name=body"
    both = client.post(url, {"body": "Bob's <b>words", "version": 1}, headers=HX)
    html = both.content.decode()
    assert both.status_code == 409
    assert "Alice&#39;s words" in html
    assert "Bob&#39;s &lt;b&gt;words" in html
    assert 'name="version" value="2"' in html
    mine = {"body": "Bob's <b>words", "version": 2, "keep-body": "mine"}
    assert client.post(url, {**mine, "keep-body": "theirs"}, headers=HX).status_code == 200
    need.refresh_from_db()
    assert need.body == "Alice's words"
    assert client.post(url, mine, headers=HX).status_code == 200
    need.refresh_from_db()
    assert need.body == "Bob's <b>words"
    assert client.post(url, {"body": "And more", "version": 3, "keep-body": "both"}, headers=HX).status_code == 200
    need.refresh_from_db()
    assert need.body == "Bob's <b>words\n\nAnd more"


def test_other_fields_merge(cast, client, need):
    actions.change(cast.alice, need, {"body": "Alice's words"}, version=1)
    client.force_login(cast.bob.user)
    answer = client.post(f"{need.url}/edit?part=head&name=title", {"title": "New", "version": 1}, headers=HX)
    assert answer.status_code == 200
    need.refresh_from_db()
    assert (need.title, need.body) == ("New", "Alice's words")


def test_people_and_items_are_named_in_words(cast, client, need):
    other = actions.create(cast.alice, cast.product, "need", {"title": "Above"})
    actions.change(cast.alice, need, {"owner": "me", "parent": other}, version=1)
    client.force_login(cast.bob.user)
    html = client.post(f"{need.url}/edit?part=fact&name=owner", {"owner": cast.bob.user.pk, "version": 1}, headers=HX)
    assert html.status_code == 409
    assert "Alice" in html.content.decode()
    assert f'value="{cast.bob.user.pk}"' in html.content.decode() or f"\n{cast.bob.user.pk}<" in html.content.decode()
    html = client.post(f"{need.url}/edit?part=fact&name=parent", {"parent": "", "version": 1}, headers=HX)
    assert html.status_code == 409
    assert "Above" in html.content.decode()


def test_a_form_without_a_version_never_overwrites(cast, client, need):
    actions.change(cast.alice, need, {"title": "Hers"})
    client.force_login(cast.bob.user)
    assert client.post(f"{need.url}/edit?part=head&name=title", {"title": "His"}, headers=HX).status_code == 409
