"""Signing in tells a stranger nothing, tires out guessers, and never leads away from this host."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core import mail as outbox
from django.test import Client

from pilothouse.people import mail
from tests.cast import PASSWORD

LOGIN = "/accounts/login/"


def sign_in(client, email="alice@example.com", password=PASSWORD, **more):
    return client.post(LOGIN, {"login": email, "password": password, **more})


def test_right_and_wrong(client, cast):
    assert sign_in(client, password="not the boat").status_code == 200
    assert "_auth_user_id" not in client.session
    assert sign_in(client, "ALICE@example.com").url == "/"
    assert client.get("/").url == "/w/harbor/"


def test_unknown_and_known_addresses_get_the_same_answer(client, cast, settings, monkeypatch):
    """The same page, and as many hashes computed: neither text nor time tells who has an account."""
    settings.PASSWORD_HASHERS = [name for name in settings.PASSWORD_HASHERS if "Argon2" in name]
    cast.alice.user.set_password(PASSWORD)
    cast.alice.user.save()
    hashed = []
    for name in ("encode", "verify"):
        real = getattr(Argon2PasswordHasher, name)
        monkeypatch.setattr(
            Argon2PasswordHasher, name, lambda self, *rest, real=real: hashed.append(1) or real(self, *rest)
        )
    pages, work = [], []
    for email in ("alice@example.com", "nobody@example.com"):
        hashed.clear()
        pages.append(plain(sign_in(client, email, "not the boat"), email))
        work.append(len(hashed))
    assert pages[0] == pages[1]
    assert work == [1, 1]


def plain(response, email: str) -> str:
    """The page without what differs on every request."""
    return re.sub(r'(csrf-token" content|csrfmiddlewaretoken" value)="[^"]+"', "", response.content.decode()).replace(
        email, ""
    )


def test_guessing_ends_at_five(client, cast):
    for _ in range(5):
        sign_in(client, password="guess")
    answer = sign_in(client)
    assert "_auth_user_id" not in client.session
    assert "Too many attempts" in answer.content.decode()
    assert "_auth_user_id" not in sign_in(Client(), REMOTE_ADDR="10.1.1.1").wsgi_request.session


def test_a_forged_forwarded_address_does_not_help(cast):
    answers = [
        Client(headers={"x-forwarded-for": f"10.0.0.{n}"}).post(LOGIN, {"login": f"u{n}@example.com", "password": "x"})
        for n in range(12)
    ]
    assert "Too many attempts" in answers[-1].content.decode()


def test_a_disabled_account_is_out_at_once(client, cast):
    sign_in(client)
    cast.alice.user.is_active = False
    cast.alice.user.save()
    assert client.get("/w/harbor/products").status_code == 302
    assert "_auth_user_id" not in sign_in(Client()).wsgi_request.session


def test_a_cookie_from_before_is_worth_nothing_after(client, cast):
    client.get(LOGIN)
    client.session.save()
    before = client.session.session_key
    sign_in(client)
    assert client.session.session_key != before


@pytest.mark.parametrize(
    "away",
    ["//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil.example", "https:evil.example", "javascript:alert(1)",
     "\t//evil.example", "/\t/evil.example", "http:///evil.example", "///evil.example", "https://testserver@evil.example",
     "/x\r\nSet-Cookie: a=b", "data:text/html,x", "evil.example", "https://testserver/w/harbor/", "//testserver/w/harbor/"],
)  # fmt: skip
def test_next_never_leads_away(client, cast, away):
    assert sign_in(client, next=away).url == "/"
    assert client.post("/accounts/logout/", {"next": away}).url in ("/", LOGIN)


def test_next_leads_on(client, cast):
    wanted = client.get("/w/harbor/products?x=1").url
    assert wanted == "/accounts/login/?next=%2Fw%2Fharbor%2Fproducts%3Fx%3D1"
    assert sign_in(client, next="/w/harbor/products?x=1").url == "/w/harbor/products?x=1"


def test_signing_out_takes_a_post(client, cast):
    sign_in(client)
    assert client.get("/accounts/logout/").status_code == 200
    assert client.get("/w/harbor/products").status_code == 200
    client.post("/accounts/logout/")
    assert client.get("/w/harbor/products").status_code == 302


def test_no_door_without_a_token(cast):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(LOGIN, {"login": "alice@example.com", "password": PASSWORD}).status_code == 403


@pytest.mark.parametrize(
    "path",
    [
        "signup/",
        "email/",
        "password/set/",
        "confirm-email/",
        "3rdparty/",
        "social/signup/",
        "2fa/trust/",
        "login/code/",
    ],
)
def test_what_has_no_page_of_ours_is_not_there(client, cast, path):
    client.force_login(cast.alice.user)
    assert client.get(f"/accounts/{path}").status_code == 404


@pytest.mark.parametrize(("code", "word"), [("zh-hans", "登录"), ("en", "Sign in")])
def test_a_stranger_chooses_the_language(client, db, code, word):
    client.post("/language", {"language": code, "next": LOGIN})
    page = client.get(LOGIN)
    assert word in page.content.decode()
    assert page.headers["Content-Language"] == code
    assert client.post("/language", {"language": code, "next": "//evil.example"}).url == "/"


# Passwords


def test_a_new_password_ends_every_other_session(cast):
    here, there = Client(), Client()
    sign_in(here)
    sign_in(there)
    answer = here.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": "eight o'clock ferry"})
    assert answer.url == "/accounts/2fa/"
    assert here.get("/w/harbor/products").status_code == 200
    assert there.get("/w/harbor/products").status_code == 302


def test_what_is_said_is_said_in_the_readers_language(client, cast):
    cast.alice.user.language = "zh-hans"
    cast.alice.user.save()
    sign_in(client)
    client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": "eight o'clock ferry"})
    assert "密码已修改" in client.get("/accounts/2fa/").content.decode()


@pytest.mark.parametrize(
    ("old", "new"), [("wrong", "eight o'clock ferry"), (PASSWORD, "short"), (PASSWORD, "alice@example.com")]
)
def test_a_poor_new_password_is_refused(client, cast, old, new):
    client.force_login(cast.alice.user)
    client.post("/accounts/password/change/", {"oldpassword": old, "password1": new})
    cast.alice.user.refresh_from_db()
    assert cast.alice.user.check_password(PASSWORD)


def reset_link(client, email: str) -> str:
    answer = client.post("/accounts/password/reset/", {"email": email}, headers={"x-forwarded-host": "evil.example"})
    mail.flush()
    assert answer.url == "/accounts/password/reset/done/"
    return re.search(r"https?://\S+", outbox.outbox[-1].body).group() if outbox.outbox else ""


def test_a_lost_password_is_reset_once_by_mail(client, cast):
    link = reset_link(client, "bob@example.com")
    assert link.startswith("http://127.0.0.1:8000/accounts/password/reset/key/")
    path = link.removeprefix("http://127.0.0.1:8000")
    form = client.get(path).url
    assert client.post(form, {"password1": "eight o'clock ferry"}).url == "/accounts/password/reset/key/done/"
    cast.bob.user.refresh_from_db()
    assert cast.bob.user.check_password("eight o'clock ferry")
    again = Client().get(path)
    assert "no longer works" in again.content.decode()


def test_an_unknown_address_gets_the_same_answer_and_no_mail(client, cast):
    assert reset_link(client, "nobody@example.com") == ""


def test_an_old_reset_link_is_refused(client, cast, settings):
    path = reset_link(client, "bob@example.com").removeprefix("http://127.0.0.1:8000")
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert "no longer works" in client.get(path).content.decode()


def test_without_a_mail_server_the_page_says_whom_to_ask(client, db, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    page = client.get("/accounts/password/reset/").content.decode()
    assert "No mail server" in page
    assert 'name="email"' not in page
