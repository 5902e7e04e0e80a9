"""When a page cannot be shown, what is shown instead is ours, in the reader's language."""

from __future__ import annotations

import pytest
from django.db import OperationalError, connection
from django.template.loader import get_template
from django.test import Client
from django.utils import translation

from pilothouse.people.models import Token
from pilothouse.people.passing import PATIENCE, hurry
from pilothouse.refusals import unavailable
from pilothouse.settings import database

HOLD = {"sqlite": "BEGIN IMMEDIATE", "postgresql": "BEGIN; LOCK TABLE workbench_item IN EXCLUSIVE MODE"}
HURRY = {"sqlite": "PRAGMA busy_timeout=50", "postgresql": "SET lock_timeout = '50ms'"}


@pytest.mark.parametrize("code", ["400", "403", "403_csrf", "404", "429", "500"])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_error_page_needs_no_request(code, language):
    with translation.override(language):
        page = get_template(f"{code}.html").render()
    assert f'<html lang="{"en" if language == "en" else "zh-Hans"}"' in page
    assert 'class="alone"' in page


def test_what_is_not_there(cast, client):
    assert "There is nothing here" in client.get("/nowhere").content.decode()
    client.force_login(cast.bob.user)
    page = client.get("/w/elsewhere/products")
    assert (page.status_code, "There is nothing here" in page.content.decode()) == (404, True)


def test_a_form_without_its_token(db):
    page = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "a@example.com", "password": "x"})
    assert (page.status_code, "The form could not be sent" in page.content.decode()) == (403, True)


def test_too_many_requests(client, db):
    for _ in range(31):
        page = client.post("/accounts/login/", {"login": "", "password": ""})
    assert (page.status_code, "Too many attempts" in page.content.decode()) == (429, True)


def test_a_database_that_takes_nothing_in_is_still_read(transactional_db, cast, client, monkeypatch):
    """As while a whole product is brought in: pages open, and what cannot be saved says so at every door."""
    if connection.vendor == "sqlite":  # what a note made in passing puts back
        monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.05)
    client.raise_request_exception = False
    client.force_login(cast.bob.user)
    page, new, quick = (f"/w/harbor/TW/need/{name}" for name in ("", "new", "quick"))
    client.get(page)
    _, secret = Token.issue(user=cast.bob.user, workspace=cast.bob.workspace, name="t", scope="write")
    other = connection.copy()
    with other.cursor() as held, connection.cursor() as cursor:
        held.execute(HOLD[connection.vendor])
        cursor.execute(HURRY[connection.vendor])
        assert client.get(page).status_code == client.get("/w/harbor/TW/task/").status_code == 200
        assert client.get("/api/v1/items/TW-1", headers={"Authorization": f"Bearer {secret}"}).status_code == 404
        typed = {"title": "Kept <by> the page", "body": "two\nlines"}
        answers = [
            client.post(new, typed),
            client.post(new, typed, headers={"HX-Request": "true"}),
            client.post(quick, typed),
            client.post("/api/v1/products/TW/items", {"kind": "need", **typed}, content_type="application/json", headers={"Authorization": f"Bearer {secret}"}),
        ]  # fmt: skip
        held.execute("ROLLBACK")
    other.close()
    connection.close()
    told = [(one.status_code, one.headers["Retry-After"], "send it again" in one.content.decode()) for one in answers]
    assert told == [(503, "10", True)] * 4
    page = answers[0].content.decode()
    assert f'action="{new}"' in page
    assert 'name="title" value="Kept &lt;by&gt; the page"' in page
    assert 'name="body" value="two\nlines"' in page
    assert client.post(new, typed).status_code == client.post(quick, typed).status_code == 302


def test_a_full_disk_is_named(db):
    for error in (OperationalError("database or disk is full"), OSError(28, "No space left on device")):
        assert "disk is full" in unavailable(error)
    assert unavailable(OSError(2, "No such file")) == unavailable(None) == ""


def test_a_form_in_another_encoding_is_refused_in_words(client, db):
    kind = "application/x-www-form-urlencoded; charset="
    for path in ("/accounts/login/", "/nowhere", "/healthz"):
        assert client.generic("POST", path, b"\xff", content_type=kind + "utf-7").status_code == 400
    assert client.generic("POST", "/nowhere", b"a=1", content_type=kind + "UTF8").status_code == 404


def test_a_request_waits_less_than_a_job():
    for url, option in (("", "timeout"), ("postgresql:///x", "options")):
        kept = database(url)
        before = kept["OPTIONS"][option]
        hurry(kept)
        hurried = kept["OPTIONS"][option]
        assert hurried == PATIENCE < before if option == "timeout" else "lock_timeout=5s" in hurried
