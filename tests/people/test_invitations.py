"""An invitation is for one address, once, for a week, and only as long as its sender could still send it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.test import Client
from django.utils import timezone

from pilothouse.people import mail
from pilothouse.people.invitations import invite
from pilothouse.people.models import Change, Invitation, Membership, Role, User
from tests.cast import PASSWORD, member

NEW = "/w/harbor/invitations/new"
MEI = {"name": "Mei", "password": "seven forty boat", "language": "zh-hans", "time_zone": "Asia/Shanghai"}


def path(link: str) -> str:
    return link.removeprefix("http://127.0.0.1:8000")


@pytest.fixture
def link(cast) -> str:
    return path(invite(cast.alice, "mei@example.com", "member")[1])


def test_the_link_is_shown_once_and_kept_as_a_digest(cast, browser):
    client = browser(cast.alice)
    page = client.post(NEW, {"email": "Mei@Example.com", "role": "member"})
    token = re.search(r"/invitation/([\w-]+)", page.content.decode()).group(1)
    mail.flush()
    assert token in outbox.outbox[-1].body
    assert outbox.outbox[-1].to == ["mei@example.com"]
    row = Invitation.objects.get()
    assert token not in str(vars(row))
    for url in ("/w/harbor/members", "/w/harbor/log", NEW):
        assert token not in client.get(url).content.decode()


def test_someone_new_makes_an_account_and_is_in(cast, client, link):
    assert "Join Harbour Lines" in client.get(link).content.decode()
    answer = client.post(link, {**MEI, "email": "other@example.com", "role": "owner", "is_active": "0"})
    assert answer.url == "/w/harbor/"
    assert answer.headers["Referrer-Policy"] == "same-origin"  # with no-referrer browsers send Origin: null
    joined = Membership.objects.select_related("user").get(user__email="mei@example.com")
    assert (joined.role, joined.user.language, joined.user.name) == ("member", "zh-hans", "Mei")
    assert client.get("/w/harbor/products").status_code == 200
    assert Change.objects.filter(verb="joined", about="Mei").exists()


def test_it_works_once(cast, client, link):
    client.post(link, MEI)
    for again in (Client(), client):
        assert again.get(link).status_code == 404
        assert again.post(link, MEI).status_code == 404
    assert User.objects.filter(email="mei@example.com").count() == 1


def test_someone_with_an_account_signs_in_first(cast, client):
    link = path(invite(cast.alice, "charlie@example.com", "guest", [cast.product])[1])
    page = client.get(link).content.decode()
    assert f"/accounts/login/?next={link}" in page
    assert client.post(link, MEI).status_code == 200
    assert not Membership.objects.filter(user=cast.charlie.user, workspace=cast.alice.workspace).exists()
    answer = client.post("/accounts/login/", {"login": "charlie@example.com", "password": PASSWORD, "next": link})
    assert answer.url == link
    assert client.get(link).status_code == 200
    client.post(link)
    assert Membership.objects.get(user=cast.charlie.user, workspace=cast.alice.workspace).role == "guest"
    assert cast.charlie.user in cast.product.members.all()


def test_it_is_bound_to_its_address(cast, browser, link):
    for wrong in (cast.charlie, cast.bob):
        client = browser(wrong)
        page = client.get(link)
        assert page.status_code == 404
        assert "mei@example.com" not in page.content.decode()
        assert client.post(link).status_code == 404
    assert Membership.objects.filter(workspace=cast.alice.workspace).count() == 3
    assert Invitation.objects.get().accepted_at is None


def test_it_expires_and_can_be_revoked(cast, browser, client, link):
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(link).status_code == 404
    Invitation.objects.update(expires_at=timezone.now() + timedelta(days=1))
    row = Invitation.objects.get()
    assert browser(cast.bob).post(f"/w/harbor/invitations/{row.pk}/revocation").status_code == 404
    assert browser(cast.charlie).post(f"/w/elsewhere/invitations/{row.pk}/revocation").status_code == 404
    browser(cast.alice).post(f"/w/harbor/invitations/{row.pk}/revocation")
    assert client.get(link).status_code == 404


@pytest.mark.parametrize("loss", ["removed", "demoted", "disabled", "demoted below the role"])
def test_it_dies_with_its_senders_right(cast, browser, client, loss):
    dana = member(cast.alice.workspace, "dana", Role.OWNER if loss == "demoted below the role" else Role.ADMIN)
    role = "owner" if loss == "demoted below the role" else "member"
    link = path(invite(dana, "mei@example.com", role)[1])
    assert client.get(link).status_code == 200
    row = Membership.objects.get(user=dana.user)
    boss = browser(cast.alice)
    if loss == "removed":
        boss.post(f"/w/harbor/members/{row.pk}/removal")
    elif loss == "disabled":
        User.objects.filter(pk=dana.user.pk).update(is_active=False)
    else:
        boss.post(f"/w/harbor/members/{row.pk}/role", {"role": "member" if loss == "demoted" else "admin"})
    assert client.get(link).status_code == 404
    assert client.post(link, MEI).status_code == 404
    if loss == "demoted":
        boss.post(f"/w/harbor/members/{row.pk}/role", {"role": "admin"})
        assert client.get(link).status_code == 404


def test_nobody_invites_above_themselves(cast, browser):
    dana = browser(member(cast.alice.workspace, "dana", Role.ADMIN))
    assert dana.post(NEW, {"email": "x@example.com", "role": "owner"}).status_code == 422
    assert 'value="owner"' not in dana.get(NEW).content.decode()
    for actor in (cast.bob, cast.gwen, cast.charlie):
        for answer in (browser(actor).get(NEW), browser(actor).post(NEW, {"email": "x@example.com", "role": "guest"})):
            assert answer.status_code == 404
    assert not Invitation.objects.exists()


def test_a_guest_is_invited_to_chosen_products_of_this_workspace(cast, browser):
    client = browser(cast.alice)
    guest = {"email": "sam@example.com", "role": "guest"}
    assert client.post(NEW, guest).status_code == 422
    assert client.post(NEW, {**guest, "products": ["FX"]}).status_code == 422
    answer = client.post(NEW, {**guest, "products": ["TW"]})
    assert answer.status_code == 201
    assert "opens on this machine only" in answer.text
    assert [row.key for row in Invitation.objects.get().products.all()] == ["TW"]


@pytest.mark.parametrize(
    "email", ["", "x", "a@b", "a@example.com\r\nBcc: b@example.com", "x" * 300 + "@example.com", "bob@example.com"]
)
def test_wrong_addresses_and_members_are_refused(cast, browser, email):
    answer = browser(cast.alice).post(NEW, {"email": email, "role": "member"})
    assert answer.status_code == 422
    assert 'id="f-email-error"' in answer.content.decode()
    assert not Invitation.objects.exists()


def test_inviting_again_ends_the_first_link(cast, browser, client, link):
    browser(cast.alice).post(NEW, {"email": "mei@example.com", "role": "guest", "products": ["TW"]})
    assert client.get(link).status_code == 404
    assert Invitation.objects.count() == 1


def test_a_name_cannot_write_mail_headers(cast, browser):
    cast.alice.workspace.name = "Harbour\r\nBcc: evil@example.com"
    cast.alice.workspace.save()
    browser(cast.alice).post(NEW, {"email": "mei@example.com", "role": "member"})
    mail.flush()
    assert outbox.outbox[-1].to == ["mei@example.com"]
    assert "\n" not in outbox.outbox[-1].subject
