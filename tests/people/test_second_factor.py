"""Authenticator app, recovery codes, and the question who you are before changing either."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client

from tests.cast import PASSWORD


def code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


@pytest.fixture
def alice(cast):
    client = Client()
    client.post("/accounts/login/", {"login": "alice@example.com", "password": PASSWORD})
    return client


def confirm(client):
    return client.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": "/accounts/2fa/totp/activate/"})


def switch_on(client) -> str:
    confirm(client)
    page = client.get("/accounts/2fa/totp/activate/").content.decode()
    secret = re.search(r'value="([A-Z2-7]{16,})"', page).group(1)
    client.post("/accounts/2fa/totp/activate/", {"code": code(secret)})
    return secret


def test_changing_the_way_in_asks_for_the_password_first(alice):
    for path in ("2fa/totp/activate/", "2fa/webauthn/add/", "2fa/recovery-codes/generate/"):
        assert alice.get(f"/accounts/{path}").url.startswith("/accounts/reauthenticate/?next=")
    assert "_auth_user_id" in alice.session
    wrong = alice.post("/accounts/reauthenticate/", {"password": "wrong", "next": "/"})
    assert "This is not your password." in wrong.content.decode()


def test_the_code_is_asked_for_after_the_password(alice, cast):
    secret = switch_on(alice)
    assert Authenticator.objects.filter(user=cast.alice.user, type="totp").exists()
    other = Client()
    step = other.post(
        "/accounts/login/", {"login": "alice@example.com", "password": PASSWORD, "next": "/w/harbor/members"}
    )
    assert step.url.startswith("/accounts/2fa/authenticate/")
    assert other.get("/w/harbor/products").status_code == 302
    assert "One more step" in other.get(step.url).content.decode()
    assert "This code is not right" in other.post(step.url, {"code": "000000"}).content.decode()
    assert other.post(step.url, {"code": code(secret)}).url == "/w/harbor/members"
    assert other.get("/w/harbor/members").status_code == 200


def test_a_recovery_code_works_once(alice):
    switch_on(alice)
    page = alice.get("/accounts/2fa/recovery-codes/").content.decode()
    codes = re.findall(r"<code>(\w+)</code>", page)
    assert len(codes) == 10
    assert alice.get("/accounts/2fa/recovery-codes/download/").headers["Content-Disposition"].startswith("attachment")
    for attempt, works in ((codes[0], True), (codes[0], False), (codes[1], True)):
        other = Client()
        other.post("/accounts/login/", {"login": "alice@example.com", "password": PASSWORD})
        other.post("/accounts/2fa/authenticate/", {"code": attempt})
        assert ("_auth_user_id" in other.session) is works


def test_guessing_codes_ends(alice):
    switch_on(alice)
    other = Client()
    other.post("/accounts/login/", {"login": "alice@example.com", "password": PASSWORD})
    for n in range(12):
        last = other.post("/accounts/2fa/authenticate/", {"code": f"{n:06}"})
    assert "Too many attempts" in last.content.decode()


def test_the_app_is_switched_off_again(alice, cast):
    switch_on(alice)
    assert "Switch off the authenticator app?" in alice.get("/accounts/2fa/totp/deactivate/").content.decode()
    alice.post("/accounts/2fa/totp/deactivate/")
    assert not Authenticator.objects.filter(user=cast.alice.user, type="totp").exists()


def test_nobody_touches_anothers_passkey(alice, cast):
    row = Authenticator.objects.create(user=cast.bob.user, type="webauthn", data={"name": "CANARY", "credential": {}})
    confirm(alice)
    for action in ("remove", "edit"):
        path = f"/accounts/2fa/webauthn/keys/{row.pk}/{action}/"
        assert alice.get(path).status_code == 404
        assert alice.post(path, {"name": "mine"}).status_code == 404
    assert "CANARY" not in alice.get("/accounts/2fa/").content.decode()
