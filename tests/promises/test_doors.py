"""What every door has in common: no post from elsewhere, no way out to elsewhere, no other host, nobody who has left."""

from __future__ import annotations

import itertools

import pytest
from django.test import Client

from pilothouse.people.models import Membership, Token, User
from tests.promises.test_urls import address, everything, routes
from tests.promises.world import fill

AWAY = ["//evil.example", "/\\evil.example", "https://testserver@evil.example/"]
EVERYWHERE = sorted({address(path) for path, _ in routes() if not path.startswith("api/")})


def test_no_page_takes_a_post_from_elsewhere(cast):
    fill(cast)
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.alice.user)
    client.get("/w/harbor/")
    before = everything()
    open_to_all = (
        "/s/",
        "/r/",
    )  # pages for anybody: no session rides on them, and what is sent there has a test of its own
    elsewhere = [path for path in EVERYWHERE if not path.startswith(open_to_all) and "/preview/pages" not in path]
    taken = {path: answer.status_code for path in elsewhere if (answer := client.post(path, {"x": "1"})).status_code not in (403, 404, 405)}  # fmt: skip
    assert not taken
    assert everything() == before
    assert client.get("/w/harbor/").status_code == 200


def test_nothing_leads_out(client, cast):
    fill(cast)
    names = ("next", "return_to", "redirect", "url", "back")
    for path, away in zip(EVERYWHERE, itertools.cycle(AWAY), strict=False):  # each page tries one, by turns
        client.force_login(cast.alice.user)
        for answer in (
            client.get(path, dict.fromkeys(names, away), headers={"referer": away.strip()}),
            client.post(path, {**dict.fromkeys(names, away), "language": "en"}, headers={"referer": away.strip()}),
        ):
            place = answer.headers.get("Location", "") + answer.headers.get("HX-Redirect", "")
            assert "evil" not in place.split("?")[0], (path, place)


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "localhost.evil.example", "127.0.0.1@evil.example"]
)
def test_another_hosts_name_is_refused(client, cast, settings, host):
    settings.ALLOWED_HOSTS = ["testserver"]
    client.force_login(cast.alice.user)
    assert client.get("/w/harbor/", headers={"host": host}).status_code == 400
    answer = client.get("/w/harbor/", headers={"x-forwarded-host": host})
    assert answer.status_code == 200
    assert "evil" not in answer.content.decode()


def leave(cast):
    Membership.objects.get(user=cast.bob.user).delete()


def disable(cast):
    User.objects.filter(pk=cast.bob.user.pk).update(is_active=False)


def demote(cast):
    """A guest who was invited to nothing."""
    Membership.objects.filter(user=cast.bob.user).update(role="guest")


@pytest.mark.parametrize("end", [leave, disable, demote])
def test_who_has_left_is_out_at_the_next_request(client, cast, end):
    fill(cast)
    _, secret = Token.issue(user=cast.bob.user, workspace=cast.bob.workspace, name="t", scope="write")
    headers = {"Authorization": f"Bearer {secret}"}
    client.force_login(cast.bob.user)
    assert client.get("/w/harbor/TW-1").status_code == 200
    assert client.get("/api/v1/items/TW-1", headers=headers).status_code == 200
    end(cast)
    before = everything()
    assert client.get("/w/harbor/TW-1").status_code in (302, 404)
    assert client.post("/w/harbor/TW-1/comments", {"comment": "x"}).status_code in (302, 404)
    assert client.get("/api/v1/items/TW-1", headers=headers).status_code in (401, 404)
    body = {"kind": "need", "title": "x"}
    answer = client.post("/api/v1/products/TW/items", body, content_type="application/json", headers=headers)
    assert answer.status_code in (401, 404)
    assert everything() == before


@pytest.mark.parametrize("who", ["bob", "gwen"])
def test_nobody_raises_themselves(client, cast, who):
    """Every column of a membership and of an account, sent to every page."""
    actor = getattr(cast, who)
    client.force_login(actor.user)
    row = Membership.objects.get(user=actor.user)
    more = {"role": "owner", "is_active": "1", "is_staff": "1", "is_superuser": "1", "workspace": "2", "user": "1", "private": "", "scope": "write", "created_by": str(actor.user.pk), "id": "1", "email": "x@example.com", "password": "x"}  # fmt: skip
    for path in (path for path in EVERYWHERE if path.startswith("/w/") and "departure" not in path):
        for real in {path, path.replace("/1/", f"/{row.pk}/")}:
            client.post(real, more)
    after = Membership.objects.get(pk=row.pk)
    assert (after.role, after.workspace_id, after.user_id) == (row.role, row.workspace_id, row.user_id)
    assert User.objects.get(pk=actor.user.pk).email == actor.user.email
    assert User.objects.get(pk=cast.alice.user.pk).check_password("the 7:40 boat")
