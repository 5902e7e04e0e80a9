"""The first start: one link, one owner, once."""

from __future__ import annotations

import re

import pytest

from pilothouse.people.models import Membership, Role, User, Workspace
from pilothouse.people.setup import file, setup_url

OWNER = {
    "name": "林海", "email": "Lin@Example.com", "password": "seven forty boat", "workspace": "潮汐 航运",
    "language": "zh-hans", "time_zone": "Asia/Shanghai",
}  # fmt: skip


@pytest.fixture
def link(db):
    yield setup_url().removeprefix("http://127.0.0.1:8000")
    file().unlink(missing_ok=True)


def test_the_link_makes_an_owner_once(client, link):
    assert client.get(link).status_code == 200
    answer = client.post(link, OWNER)
    assert (answer.status_code, answer.url) == (302, "/w/chao-xi-hang-yun/products/new")
    membership = Membership.objects.select_related("user", "workspace").get()
    assert (membership.user.email, membership.user.language, membership.role) == ("lin@example.com", "zh-hans", "owner")
    assert membership.workspace.name == "潮汐 航运"
    assert "新建产品" in client.get(answer.url).content.decode()
    assert client.post(link, {**OWNER, "email": "b@example.com"}).status_code == 404
    assert client.get(link).status_code == 404
    assert setup_url() is None


def test_only_the_digest_is_kept_and_a_new_link_ends_the_old(client, link):
    token = link.rpartition("/")[2]
    assert token not in file().read_text()
    assert file().stat().st_mode & 0o077 == 0
    fresh = setup_url().removeprefix("http://127.0.0.1:8000")
    assert (client.get(link).status_code, client.get(fresh).status_code) == (404, 200)
    for wrong in ("", "x", token[:-1], token + "x", "../setup-token"):
        assert client.get(f"/setup/{wrong}").status_code == 404


def test_two_at_once_make_one_owner(client, link, monkeypatch):
    """Whoever removes the file first is the owner; the other finds nothing, whatever the check said before."""
    monkeypatch.setattr("pilothouse.people.views.doors.is_setup_token", lambda token: True)
    client.post(link, OWNER)
    assert client.post(link, {**OWNER, "email": "b@example.com"}).status_code == 404
    assert User.objects.count() == 1


def test_practice_people_do_not_claim_the_installation(link):
    practice = Workspace.objects.create(slug="practice", name="Practice", practice=True)
    user = User.objects.create_user("demo@example.com", "the 7:40 boat")
    Membership.objects.create(workspace=practice, user=user, role=Role.OWNER)
    assert setup_url() is not None
    User.objects.create_user("real@example.com", "the 7:40 boat")
    assert setup_url() is None
    assert not file().exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [("password", "short"), ("password", "password123"), ("password", "lin@example.com"), ("email", "nonsense"),
     ("time_zone", "Mars/Olympus"), ("language", "tlh"), ("name", ""), ("name", "a\x00b"), 
     ("workspace", " "), ("name", "x" * 101)],
)  # fmt: skip
def test_wrong_values_are_named_and_nothing_is_made(client, link, field, value):
    answer = client.post(link, {**OWNER, field: value}, headers={"Accept-Language": "zh-CN"})
    assert answer.status_code == 422
    problem = re.search(rf'id="f-{field}-error".*?</p>', answer.content.decode(), re.DOTALL)
    assert re.search(r"[\u4e00-\u9fff]", problem[0])
    assert not User.objects.exists()
    assert client.get(link).status_code == 200


def test_nobody_makes_themselves_more_than_the_form_offers(client, link):
    client.post(link, {**OWNER, "is_active": "", "id": 99, "theme": "dark", "practice": "1", "slug": "mine"})
    user, workspace = User.objects.get(), Workspace.objects.get()
    assert (user.is_active, user.theme, workspace.practice, workspace.slug) == (
        True,
        "system",
        False,
        "chao-xi-hang-yun",
    )


def test_the_sign_in_page_says_where_the_link_stands_until_it_was_opened(client, db, settings, tmp_path):
    settings.DATA = tmp_path
    words = "in the terminal in which the server was started"
    assert words not in client.get("/accounts/login/").text
    setup_url()
    assert words in client.get("/accounts/login/").text
