"""Every page of this floor: for whom, in both languages, in as many queries with many rows as with few."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pilothouse.people.invitations import invite
from pilothouse.people.models import Change, Product, Role, Token
from pilothouse.people.tokens import create_token
from tests.cast import member

IN_WORKSPACE = {
    "settings": "gbao", "tokens": "gbao", "members": "bao", "invitations/new": "ao", "workspace": "ao", "log": "ao", "products": "gbao",
    "products/new": "bao", "TW/settings": "ao",
}  # fmt: skip
OWN = ("/workspaces", "/accounts/2fa/", "/accounts/sessions/", "/accounts/password/change/")
OUTSIDE = ("/accounts/login/", "/accounts/password/reset/", "/accounts/password/reset/done/", "/accounts/inactive/",
           "/accounts/password/reset/key/1-x/", "/accounts/password/reset/key/done/")  # fmt: skip


@pytest.fixture
def everyone(cast):
    return {
        "g": cast.gwen,
        "b": cast.bob,
        "a": member(cast.alice.workspace, "dana", Role.ADMIN),
        "o": cast.alice,
        "x": cast.charlie,
    }


@pytest.mark.parametrize("path", IN_WORKSPACE)
def test_each_page_opens_for_whom_it_is(everyone, browser, path):
    for letter, actor in everyone.items():
        answer = browser(actor).get(f"/w/harbor/{path}")
        assert answer.status_code == (200 if letter in IN_WORKSPACE[path] else 404), (path, letter)
    assert Client().get(f"/w/harbor/{path}").status_code == 302


@pytest.mark.parametrize("path", [f"/w/harbor/{path}" for path in IN_WORKSPACE] + list(OWN))
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_each_page_speaks_both_languages(cast, browser, path, language):
    cast.alice.user.language = language
    cast.alice.user.save()
    page = browser(cast.alice).get(path)
    assert page.status_code == 200
    assert f'<html lang="{"en" if language == "en" else "zh-Hans"}"' in page.content.decode()


@pytest.mark.parametrize("path", OUTSIDE)
def test_the_pages_outside_are_ours(client, db, path):
    page = client.get(path).content.decode()
    assert 'class="alone"' in page
    assert "<script>" not in page
    assert "style=" not in page


@pytest.mark.parametrize("path", OWN)
def test_own_pages_need_a_person_but_no_workspace(cast, browser, path):
    assert Client().get(path).status_code == 302
    cast.gwen.user.memberships.all().delete()
    assert browser(cast.gwen).get(path).status_code == 200


@pytest.mark.parametrize("path", IN_WORKSPACE)
def test_more_rows_cost_no_more_queries(cast, browser, path):
    client = browser(cast.alice)
    few = count(client, path)
    for n in range(12):
        someone = member(cast.alice.workspace, f"p{n}", Role.GUEST)
        product = Product.objects.create(workspace=cast.alice.workspace, key=f"P{n}X", name=f"Product {n}")
        product.members.add(someone.user)
        cast.product.members.add(someone.user)
        invite(cast.alice, f"i{n}@example.com", "guest", [product, cast.product])
        create_token(cast.alice, f"t{n}", Token.READ, None)
    assert Change.objects.count() > 20
    assert count(client, path) <= few + 1  # the products of the invitations are one query, when there are any


def count(client: Client, path: str) -> int:
    client.get(f"/w/harbor/{path}")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(f"/w/harbor/{path}").status_code == 200
    return len(queries)


def test_hostile_text_stays_text(cast, browser):
    evil = "<img src=x onerror=alert(1)>{{7*7}}"
    cast.bob.user.name = evil
    cast.bob.user.save()
    cast.alice.workspace.name = evil
    cast.alice.workspace.save()
    Product.objects.filter(pk=cast.product.pk).update(name=evil, purpose=evil)
    create_token(cast.alice, evil, Token.READ, None)
    invite(cast.alice, "i@example.com", "guest", [cast.product])
    for path in [f"/w/harbor/{path}" for path in IN_WORKSPACE] + list(OWN):
        page = browser(cast.alice).get(path).content.decode()
        assert "<img src=x" not in page
        assert "onerror=alert(1)>49" not in page
