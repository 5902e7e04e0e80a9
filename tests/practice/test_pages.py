"""The page of exercises: who sees it, what it remembers, and that nothing of it is anywhere but in practice."""

from __future__ import annotations

import pytest
from django.test import Client

from pilothouse.people.models import Membership, Role, User
from pilothouse.practice.exercises import EXERCISES
from pilothouse.practice.models import Attempt
from pilothouse.workbench.models import Item
from pilothouse.workbench.writing import actions

pytestmark = pytest.mark.django_db
PAGE = "/w/tidewater/TW/practice"


@pytest.fixture
def ada(practice) -> Client:
    return signed_in(practice[0].user)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_every_exercise_stands_on_the_page_in_both_languages_in_few_queries(practice, django_assert_max_num_queries):
    for actor, key, word in zip(practice, ("TW", "CX"), ("Check my work", "批改"), strict=True):
        client = signed_in(actor.user)
        with django_assert_max_num_queries(60):
            text = client.get(f"/w/tidewater/{key}/practice").content.decode()
        assert all(f'id="{slug}"' in text for slug in EXERCISES)
        assert text.count(word) >= len(EXERCISES)


def test_work_is_marked_kept_and_stays_passed(ada, practice):
    told = ada.post(f"{PAGE}/price", {"difference": "1", "sure": "yes"}, headers={"HX-Request": "true"})
    assert "data-missed" in told.content.decode()
    assert "data-right" in told.content.decode()
    assert ada.post(f"{PAGE}/price", {"difference": "-6.2", "sure": "yes"}).headers["Location"] == f"{PAGE}#price"
    row = Attempt.objects.get(user=practice[0].user, exercise="price")
    assert (row.missed, row.answers["difference"]) == ([], "-6.2")
    assert row.passed_at
    ada.post(f"{PAGE}/price", {})
    row.refresh_from_db()
    assert row.missed
    assert row.passed_at
    assert 'value="1" aria-label' in ada.get(PAGE).content.decode()


def test_the_key_is_shown_to_whoever_asks(ada, practice):
    words = EXERCISES["law"].title[0]
    assert "A number of heads" not in ada.get(f"{PAGE}?key=law").content.decode()
    shown = ada.post(f"{PAGE}/law/key", headers={"HX-Request": "true"}).content.decode()
    assert words in shown
    assert "A number of heads" in shown
    assert "A number of heads" in ada.get(f"{PAGE}?key=law").content.decode()
    assert Attempt.objects.get(user=practice[0].user, exercise="law").passed_at is None


def test_only_members_of_a_practice_workspace_practise(ada, practice, cast):
    assert signed_in(cast.charlie.user).get(PAGE).status_code == 404
    assert signed_in(cast.alice.user).get(f"/w/{cast.alice.workspace.slug}/TW/practice").status_code == 404
    assert ada.post(f"{PAGE}/nothing", {}).status_code == 404
    guest = User.objects.create_user("guest@x.example", "a password for a guest")
    Membership.objects.create(workspace=practice[0].workspace, user=guest, role=Role.GUEST)
    assert signed_in(guest).get(PAGE).status_code == 404


def test_starting_over_and_removing_are_the_owners(ada, practice, cast):
    wei = signed_in(practice[1].user)
    text = wei.get(PAGE).content.decode()
    assert "practice/removal" not in text
    assert "practice/removal" in ada.get(PAGE).content.decode()
    for path in ("over", "removal"):
        assert wei.post(f"/w/tidewater/practice/{path}").status_code == 404
        base = cast.alice.workspace.url
        assert signed_in(cast.alice.user).post(f"{base}practice/{path}").status_code == 404


def test_every_page_and_every_file_is_marked_here_and_nowhere_else(ada, cast):
    for path in ("", "TW/", "TW/feedback/", "TW/task/?view=board", "products", "settings", "guide"):
        assert "practice-mark" in ada.get(f"/w/tidewater/{path}").content.decode(), path
    item = Item.objects.filter(product__key="TW", product__workspace__practice=True, kind="release").first()
    assert "practice-mark" in ada.get(f"/w/tidewater/TW-{item.number}").content.decode()
    for path in ("feedback/export.csv", "feedback/export.xlsx", "export.json"):
        answer = ada.get(f"/w/tidewater/TW/{path}")
        if answer.status_code == 200:
            assert 'filename="practice-' in answer.headers["Content-Disposition"], path
    alice = signed_in(cast.alice.user)
    assert "practice-mark" not in alice.get(cast.alice.workspace.url).content.decode()
    actions.create(cast.alice, cast.product, "task", {"title": "x"})
    assert "practice-" not in alice.get(f"{cast.product.url}task/export.csv").headers["Content-Disposition"]
