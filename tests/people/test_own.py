"""One's own things: preferences, devices, tokens."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import timezone

from pilothouse.people.devices import described
from pilothouse.people.models import Change, Token, User, digest
from tests.cast import PASSWORD

SETTINGS = "/w/harbor/settings"
MINE = {"name": "Alice", "language": "en", "time_zone": "UTC", "theme": "system", "single_keys": "1"}


def test_the_language_changes_at_once(cast, browser):
    client = browser(cast.alice)
    page = client.post(SETTINGS, {**MINE, "language": "zh-hans"}, follow=True).content.decode()
    assert '<html lang="zh-Hans"' in page
    assert "你的设置已保存。" in page


def test_preferences_change_only_what_they_show(cast, browser):
    evil = {"email": "evil@example.com", "is_active": "", "password": "x", "id": cast.bob.user.pk, "role": "owner"}
    browser(cast.bob).post(SETTINGS, {**MINE, "name": "Bobby", "theme": "dark", "single_keys": "", **evil})
    bob = User.objects.get(pk=cast.bob.user.pk)
    assert (bob.name, bob.theme, bob.single_keys) == ("Bobby", "dark", False)
    assert (bob.email, bob.is_active, bob.check_password(PASSWORD)) == ("bob@example.com", True, True)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("language", "tlh"),
        ("time_zone", "Mars/Olympus"),
        ("time_zone", "../etc"),
        ("theme", "pink"),
        ("name", "x" * 101),
    ],
)
def test_wrong_preferences_are_named(cast, browser, field, value):
    answer = browser(cast.alice).post(SETTINGS, {**MINE, field: value})
    assert answer.status_code == 422


def test_the_theme_button_keeps_its_choice(cast, browser):
    client = browser(cast.alice)
    assert client.post("/theme", {"theme": "dark"}).status_code == 204
    assert client.post("/theme", {"theme": "pink"}).status_code == 422
    assert User.objects.get(pk=cast.alice.user.pk).theme == "dark"
    assert client.get("/theme").status_code == 405
    assert Client().post("/theme", {"theme": "dark"}).status_code == 302


# Devices


def signed_in(agent: str) -> Client:
    client = Client(headers={"user-agent": agent})
    client.post("/accounts/login/", {"login": "alice@example.com", "password": PASSWORD})
    client.get("/w/harbor/products")
    return client


FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1"


@pytest.mark.parametrize(
    ("agent", "told"),
    [(FIREFOX, ("Firefox", "Linux", False)), (EDGE, ("Edge", "Windows", False)), (SAFARI, ("Safari", "iPhone", True)), ("", ("", "", False)),
     ("<script>", ("", "", False))],
)  # fmt: skip
def test_a_browser_says_what_it_is(agent, told):
    assert described(agent) == told


def test_one_device_or_all_others_are_signed_out(cast):
    here, there, phone = signed_in(FIREFOX), signed_in(EDGE), signed_in(SAFARI)
    page = here.get("/accounts/sessions/").content.decode()
    assert [name in page for name in ("Firefox on Linux", "Edge on Windows", "Safari on iPhone")] == [True] * 3
    other = UserSession.objects.get(session_key=there.session.session_key)
    here.post(f"/accounts/sessions/{other.pk}/end/")
    assert (there.get("/w/harbor/products").status_code, phone.get("/w/harbor/products").status_code) == (302, 200)
    here.post("/accounts/sessions/others/end/")
    assert (phone.get("/w/harbor/products").status_code, here.get("/w/harbor/products").status_code) == (302, 200)


def test_nobody_ends_anothers_session(cast, browser):
    mine = signed_in(FIREFOX)
    row = UserSession.objects.get(session_key=mine.session.session_key)
    assert browser(cast.bob).post(f"/accounts/sessions/{row.pk}/end/").status_code == 404
    browser(cast.bob).post("/accounts/sessions/others/end/")
    assert mine.get("/w/harbor/products").status_code == 200
    assert mine.post(f"/accounts/sessions/{row.pk}/end/").status_code == 404


def test_pages_do_not_write_where_someone_is_each_time(cast, django_assert_max_num_queries):
    client = signed_in(FIREFOX)
    before = UserSession.objects.get().last_seen_at
    client.get("/w/harbor/products")
    assert UserSession.objects.get().last_seen_at == before


# Tokens


def test_a_token_is_shown_once_and_kept_as_a_digest(cast, browser):
    client = browser(cast.bob)
    answer = client.post("/w/harbor/tokens", {"name": "Import", "scope": "write", "days": "30"})
    token = Token.objects.get()
    page = answer.content.decode()
    secret = page[page.index("pht_") :][:44]
    assert answer.status_code == 201
    assert token.digest == digest(secret)
    assert secret not in str(vars(token))
    assert (token.user, token.workspace, token.scope) == (cast.bob.user, cast.bob.workspace, "write")
    assert timedelta(days=29) < token.expires_at - timezone.now() < timedelta(days=31)
    assert "pht_" not in client.get("/w/harbor/tokens").content.decode()
    assert "pht_" not in browser(cast.alice).get("/w/harbor/log").content.decode()
    assert Change.objects.get().verb == "token_created"


@pytest.mark.parametrize(
    ("field", "value"), [("scope", "admin"), ("scope", ""), ("days", "36500"), ("days", "x"), ("name", "")]
)
def test_wrong_tokens_are_refused(cast, browser, field, value):
    answer = browser(cast.bob).post("/w/harbor/tokens", {"name": "x", "scope": "read", "days": "30", field: value})
    assert answer.status_code == 422
    assert not Token.objects.exists()


def test_nobody_sees_or_ends_anothers_token(cast, browser):
    token, _secret = Token.issue(user=cast.alice.user, workspace=cast.alice.workspace, name="CANARY")
    for actor, base in (
        (cast.bob, "harbor"),
        (cast.gwen, "harbor"),
        (cast.charlie, "elsewhere"),
        (cast.charlie, "harbor"),
    ):
        client = browser(actor)
        assert client.post(f"/w/{base}/tokens/{token.pk}/revocation").status_code == 404
        assert "CANARY" not in client.get(f"/w/{base}/tokens").content.decode()
    browser(cast.alice).post(f"/w/harbor/tokens/{token.pk}/revocation")
    token.refresh_from_db()
    assert token.live is False
