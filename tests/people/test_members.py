"""Nobody rises above themselves or raises others above themselves, an owner always stays, and who is out is out."""

from __future__ import annotations

import re

import pytest
from django.http import Http404

from pilothouse.people.access import Actor, actor_for_token
from pilothouse.people.models import Change, Membership, Role, Token
from tests.cast import PASSWORD, member

ROLES = ["owner", "admin", "member", "guest"]


@pytest.fixture
def dana(cast) -> Actor:
    return member(cast.alice.workspace, "dana", Role.ADMIN)


def row(actor: Actor) -> Membership:
    return Membership.objects.get(user=actor.user)


def set_role(client, actor: Actor, role: str):
    return client.post(f"/w/harbor/members/{row(actor).pk}/role", {"role": role})


def role_of(actor: Actor) -> str:
    return row(actor).role


def test_the_list_is_for_members_not_for_guests_or_strangers(cast, browser, dana):
    for actor, shown in ((cast.alice, True), (dana, True), (cast.bob, True), (cast.gwen, False), (cast.charlie, False)):
        answer = browser(actor).get("/w/harbor/members")
        assert answer.status_code == (200 if shown else 404)
        assert ("gwen@example.com" in answer.content.decode()) is shown
    assert "/removal" not in browser(cast.bob).get("/w/harbor/members").content.decode()


def test_an_owner_changes_roles_and_the_trail_says_so(cast, browser):
    client = browser(cast.alice)
    assert set_role(client, cast.bob, "admin").url == "/w/harbor/members"
    assert role_of(cast.bob) == "admin"
    entry = Change.objects.get(verb="role_changed")
    assert (entry.actor, entry.about, entry.details) == (cast.alice.user, "Bob", {"before": "member", "after": "admin"})
    assert "changed the role of Bob from Member to Admin" in client.get("/w/harbor/log").content.decode()


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("who", ["bob", "gwen", "charlie"])
def test_nobody_without_the_right_changes_any_role(cast, browser, who, role):
    actor = getattr(cast, who)
    client = browser(actor)
    for other in (cast.alice, cast.bob, cast.gwen):
        before = role_of(other)
        assert set_role(client, other, role).status_code == 404
        assert client.post(f"/w/harbor/members/{row(other).pk}/removal").status_code == 404
        assert role_of(other) == before


def test_an_admin_stays_below_owners_and_beside_admins(cast, browser, dana):
    client = browser(dana)
    eve = member(cast.alice.workspace, "eve", Role.ADMIN)
    for target, role in (
        (cast.bob, "owner"),
        (dana, "owner"),
        (cast.alice, "member"),
        (eve, "member"),
        (dana, "member"),
    ):
        assert set_role(client, target, role).status_code == 404
    assert set_role(client, cast.bob, "admin").status_code == 302
    for target in (cast.alice, eve, dana):
        assert client.post(f"/w/harbor/members/{row(target).pk}/removal").status_code == 404
    assert client.post(f"/w/harbor/members/{row(cast.gwen).pk}/removal").status_code == 302


@pytest.mark.parametrize("role", ["", "root", "OWNER", "owner\x00", "admin,owner"])
def test_a_role_that_does_not_exist_is_refused(cast, browser, role):
    assert set_role(browser(cast.alice), cast.bob, role).status_code == 404


def test_another_workspaces_member_cannot_be_reached_through_mine(cast, browser):
    client = browser(cast.charlie)
    pk = row(cast.bob).pk
    assert client.post(f"/w/elsewhere/members/{'9' * 30}/removal").status_code == 404
    for path in (f"members/{pk}/role", f"members/{pk}/removal"):
        assert client.post(f"/w/elsewhere/{path}", {"role": "guest"}).status_code == 404
    assert role_of(cast.bob) == "member"


def test_the_last_owner_stays(cast, browser):
    client = browser(cast.alice)
    for attempt in (lambda: set_role(client, cast.alice, "member"), lambda: client.post("/w/harbor/departure")):
        assert "needs an owner" in client.get(attempt().url).content.decode()
    assert role_of(cast.alice) == "owner"
    set_role(client, cast.bob, "owner")
    assert set_role(client, cast.alice, "guest").url == "/"
    assert (role_of(cast.alice), role_of(cast.bob)) == ("guest", "owner")


def test_who_is_removed_loses_pages_tokens_and_products_at_once(cast, browser):
    bob = browser(cast.bob)
    cast.private.members.add(cast.bob.user)
    token, _secret = Token.issue(user=cast.bob.user, workspace=cast.bob.workspace, name="import")
    assert bob.get("/w/harbor/products").status_code == 200
    browser(cast.alice).post(f"/w/harbor/members/{row(cast.bob).pk}/removal")
    assert bob.get("/w/harbor/products").status_code == 404
    assert bob.get("/").url == "/workspaces"
    assert bob.get("/workspaces").status_code == 200
    token.refresh_from_db()
    assert token.revoked_at
    with pytest.raises(Http404):
        actor_for_token(token)
    assert not cast.private.members.exists()


def test_leaving(cast, browser):
    client = browser(cast.gwen)
    assert client.post("/w/harbor/departure").url == "/workspaces"
    assert client.get("/w/harbor/products").status_code == 404
    assert Change.objects.get(verb="left").about == "Gwen"


def test_the_log_is_for_those_who_run_the_workspace(cast, browser, dana):
    for actor, status in ((cast.alice, 200), (dana, 200), (cast.bob, 404), (cast.gwen, 404), (cast.charlie, 404)):
        assert browser(actor).get("/w/harbor/log").status_code == status
        assert browser(actor).get("/w/harbor/workspace").status_code == status


def test_the_log_pages_and_bears_nonsense(cast, browser):
    Change.objects.bulk_create(
        Change(workspace=cast.alice.workspace, actor=cast.alice.user, verb="invited", about=f"p{n}@example.com", details={"role": "guest"})
        for n in range(120)
    )  # fmt: skip
    client, seen, url = browser(cast.alice), [], "/w/harbor/log"
    for _page in range(3):
        page = client.get(url).content.decode()
        seen += [n for n in range(120) if f" p{n}@example.com " in page]
        older = re.search(r'href="(\?before=\d+)"', page)
        url = f"/w/harbor/log{older.group(1)}" if older else ""
    assert (sorted(seen), url) == (list(range(120)), "")
    for before in ("", "x", "-1", "9" * 30, "٣", "1;drop", "1.5"):
        assert client.get("/w/harbor/log", {"before": before}).status_code == 200


def test_renaming_keeps_the_address(cast, browser):
    client = browser(cast.alice)
    client.post("/w/harbor/workspace", {"name": "Harbour 港湾", "slug": "other", "practice": "1"})
    cast.alice.workspace.refresh_from_db()
    assert (cast.alice.workspace.name, cast.alice.workspace.slug) == ("Harbour 港湾", "harbor")
    assert cast.alice.workspace.practice is False
    assert browser(cast.bob).post("/w/harbor/workspace", {"name": "Mine"}).status_code == 404


def test_my_workspaces(cast, browser):
    client = browser(cast.bob)
    answer = client.post("/workspaces", {"name": "Bob's own"})
    assert answer.url == "/w/bob-s-own/products/new"
    assert client.get(answer.url).status_code == 200
    assert client.get("/").url == "/w/bob-s-own/"
    client.get("/w/harbor/products")
    assert client.get("/").url == "/w/harbor/"
    page = client.get("/workspaces").content.decode()
    assert "Harbour Lines" in page
    assert "Elsewhere" not in page
    assert PASSWORD not in page
