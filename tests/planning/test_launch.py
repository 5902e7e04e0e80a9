"""A launch: gates, scope after the approval, notes drafted from the thread, and the people who asked."""

from __future__ import annotations

import pytest

from pilothouse.planning.launch import actions
from pilothouse.planning.launch.content import askers, notes, requirements_of, scope_changes
from pilothouse.planning.models import Gate, Told
from pilothouse.workbench.models import Item
from pilothouse.workbench.writing import actions as items
from pilothouse.workbench.writing.lifting import lift


@pytest.fixture
def release(cast):
    """A release with two requirements; one follows from feedback with a name, one was asked for by a contact."""
    made = items.create(cast.alice, cast.product, "release", {"title": "2.5"})
    feedback = items.create(
        cast.alice, cast.product, "feedback", {"title": "No signal", "person": "林悦", "email": "lin@example.com"}
    )
    nameless = items.create(cast.alice, cast.product, "feedback", {"title": "Anonymous"})
    items.create(cast.alice, cast.product, "feedback", {"title": "Not in the thread", "person": "Nobody"})
    [quote] = lift(cast.alice, [feedback], "quote", [{"title": "“No signal in the lift”"}])
    [insight] = lift(cast.alice, [quote], "insight", [{"title": "Lifts have no signal"}])
    [need] = lift(cast.alice, [insight], "need", [{"title": "Board without a signal"}])
    ticket = {"title": "Offline ticket", "body": "\nOpens without a net."}
    [offline] = lift(cast.alice, [need], "requirement", [ticket])
    group = items.create(cast.alice, cast.product, "requirement", {"title": "Group code"})
    contact = items.create(cast.alice, cast.product, "contact", {"title": "Mo Chen"})
    items.link(cast.alice, group, "asked_by", contact)
    items.link(cast.alice, nameless, "relates", group)
    for requirement in (offline, group):
        items.link(cast.alice, requirement, "planned_in", made)
    return made


def test_who_asked_is_found_up_the_thread(cast, release):
    found = askers(cast.alice, release, requirements_of(cast.alice, release))
    assert {(asker.name, asker.wanted[0].title) for asker in found} == {
        ("林悦", "Offline ticket"), ("Mo Chen", "Group code")
    }  # fmt: skip
    message = found[0].message(cast.product)
    assert "Hello 林悦," in message
    assert "- Offline ticket" in message


def test_who_said_two_things_is_told_once(cast, release):
    group = Item.objects.get(title="Group code")
    again = items.create(
        cast.alice, cast.product, "feedback", {"title": "For my class", "person": "林悦", "email": "LIN@example.com"}
    )
    items.link(cast.alice, group, "asked_by", again)
    found = {asker.name: asker for asker in askers(cast.alice, release, requirements_of(cast.alice, release))}
    assert {requirement.title for requirement in found["林悦"].wanted} == {"Offline ticket", "Group code"}


def test_notes_are_drafted_from_the_requirements(cast, release):
    text = notes(release, requirements_of(cast.alice, release))
    assert "- **Offline ticket** – Opens without a net." in text
    assert "- **Group code**" in text


def test_scope_changes_count_from_the_approval(cast, release):
    assert scope_changes(cast.alice, release) == []
    items.change(cast.alice, release, {"state": "approved"})
    release = Item.objects.select_related("product__workspace").get(pk=release.pk)
    late = items.create(cast.bob, cast.product, "requirement", {"title": "Late"})
    row = items.link(cast.bob, late, "planned_in", release)
    items.unlink(cast.bob, row)
    assert [(one.item.title, one.came) for one in scope_changes(cast.alice, release)] == [
        ("Late", False),
        ("Late", True),
    ]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_page(cast, client, release, language, django_assert_max_num_queries):
    cast.alice.user.language = language
    cast.alice.user.save()
    client.force_login(cast.alice.user)
    url = f"{release.url}/launch"
    with django_assert_max_num_queries(30):
        assert "林悦" in client.get(url).content.decode()
    assert client.post(f"{url}/gates", {"usual": "1"}).status_code == 302
    gate = Gate.objects.order_by("pk").first()
    assert client.post(f"{url}/gates/{gate.pk}", {"done": "1"}).status_code == 302
    gate.refresh_from_db()
    assert gate.done_by == cast.alice.user
    assert client.post(f"{url}/gates/{gate.pk}/removal").status_code == 302
    assert client.post(f"{url}/gates", {"name": " "}).status_code == 422
    assert client.post(f"{url}/notes", {"changelog": "## 2.5"}).status_code == 302
    feedback = Item.objects.get(title="No signal")
    for _twice in range(2):
        assert client.post(f"{url}/told/{feedback.number}").status_code == 302
    assert Told.objects.count() == 1
    assert client.get(url).status_code == 200
    assert client.get(f"{release.url}/history").status_code == 200
    assert "launch" in client.get(release.url).content.decode()


def test_others_pass_no_gates(cast, client, release):
    actions.add_gates(cast.alice, release, ["One"])
    gate = Gate.objects.get()
    for who, status in ((cast.gwen, 404), (cast.charlie, 404)):
        client.force_login(who.user)
        assert client.post(f"{release.url}/launch/gates/{gate.pk}", {"done": "1"}).status_code == status
    gate.refresh_from_db()
    assert gate.done_at is None
