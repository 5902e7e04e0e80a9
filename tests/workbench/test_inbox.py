"""The pages of a day: home, a product's first page, my work, the inbox, activity."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pilothouse.workbench.models import Notice
from pilothouse.workbench.writing import actions
from pilothouse.workbench.writing.lifting import lift

BASE = "/w/harbor/"


@pytest.fixture
def at(client, cast):
    client.force_login(cast.bob.user)
    return client


def text(client, path):
    answer = client.get(BASE + path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_empty_product_says_what_to_do_first(at, cast):
    html = text(at, "TW/")
    assert "Write down one thing that somebody said" in html
    assert f"{BASE}TW/feedback/new" in html
    assert f"{BASE}TW/import" in html


def test_a_product_shows_its_thread_its_gaps_and_what_changed(at, cast):
    need = actions.create(cast.alice, cast.product, "need", {"title": "Open without a signal"})
    [grounded] = lift(cast.alice, [need], "requirement", [{"title": "Grounded"}])
    bare = actions.create(cast.alice, cast.product, "requirement", {"title": "Resting on nothing"})
    actions.change_many(cast.alice, [grounded, bare], {"state": "approved"})
    html = text(at, "TW/")
    gaps = html.split("Requirements without evidence")[1]
    assert bare.ref in gaps
    assert grounded.ref not in gaps.split("All requirements")[0]
    assert "Alice" in html


def test_my_work_stands_by_due_date_and_by_kind(at, cast):
    actions.create(
        cast.alice, cast.product, "task", {"title": "Long ago", "owner": cast.bob.user, "due_on": "2020-01-01"}
    )
    actions.create(cast.alice, cast.product, "need", {"title": "Some day", "owner": cast.bob.user})
    actions.create(cast.alice, cast.product, "task", {"title": "Done", "owner": cast.bob.user, "state": "done"})
    html = text(at, "mine")
    assert html.index("Overdue") < html.index("Long ago") < html.index("No due date") < html.index("Some day")
    assert "Done</a>" not in html
    assert "Needs" in text(at, "mine?by=kind")
    assert "Long ago" in text(at, "TW/")


def test_notices_are_read_and_read_again(at, cast):
    item = actions.create(cast.alice, cast.product, "task", {"title": "Look here"})
    actions.comment(cast.alice, item, "What do you think, @bob@example.com?")
    actions.change(cast.alice, item, {"owner": cast.bob.user})
    html = text(at, "inbox")
    assert html.count("data-unread") == 2
    assert "mentioned you" in html
    assert "What do you think" in html
    first = Notice.objects.filter(user=cast.bob.user).first()
    assert at.post(f"{BASE}inbox/{first.pk}/read", {"open": "1"}).url == item.url
    assert text(at, "inbox").count("data-unread") == 1
    at.post(f"{BASE}inbox/{first.pk}/read", {"unread": "1"})
    at.post(f"{BASE}inbox/read")
    assert "You have read everything" in text(at, "inbox")
    assert text(at, "inbox?show=all").count("data-row=") == 2


def test_nobody_reads_anothers_notice(client, cast):
    item = actions.create(cast.alice, cast.product, "task", {"title": "Look", "owner": cast.bob.user})
    notice = Notice.objects.get()
    for actor in (cast.alice, cast.gwen, cast.charlie):
        client.force_login(actor.user)
        assert client.post(f"{BASE}inbox/{notice.pk}/read").status_code == 404
    notice.refresh_from_db()
    assert notice.read_at is None
    assert item.pk


def test_activity_tells_what_happened_page_by_page(at, cast):
    items = actions.create_many(cast.alice, cast.product, "task", [{"title": f"Task {n}"} for n in range(60)])
    actions.change(cast.alice, items[0], {"state": "doing"})
    html = text(at, "TW/activity")
    assert "moved this to Doing" in html
    assert "before=" in html


@pytest.mark.parametrize("path", ["", "TW/", "mine", "inbox", "inbox?show=all", "TW/activity"])
def test_rows_cost_no_queries(at, cast, path):
    counts = []
    for n in (4, 30):
        rows = [
            {"title": f"Task {n} {place}", "owner": cast.bob.user, "tags": "a", "due_on": "2026-01-01"}
            for place in range(n)
        ]
        actions.create_many(cast.alice, cast.product, "task", rows)
        actions.create_many(cast.alice, cast.product, "need", rows)
        text(at, path)
        with CaptureQueriesContext(connection) as queries:
            text(at, path)
        counts.append(len(queries))
    assert counts[1] <= counts[0] <= 20, [query["sql"][:150] for query in queries]


@pytest.mark.parametrize("path", ["", "TW/", "TW/activity", "mine", "inbox", "search", "palette.json"])
def test_strangers_are_not_let_in(client, cast, path):
    client.force_login(cast.charlie.user)
    assert client.get(BASE + path).status_code == 404


def test_a_guest_sees_only_what_was_opened_to_them(client, cast):
    actions.create(cast.alice, cast.private, "task", {"title": "Hidden plan"})
    actions.create(cast.alice, cast.product, "task", {"title": "Open plan"})
    client.force_login(cast.gwen.user)
    html = text(client, "")
    assert "Open plan" in html
    assert "Hidden plan" not in html
    assert client.get(f"{BASE}SEC/").status_code == 404
