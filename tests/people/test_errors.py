"""When a page cannot be shown, what is shown instead is ours, in the reader's language."""

from __future__ import annotations

import pytest
from django.template.loader import get_template
from django.test import Client
from django.utils import translation


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
