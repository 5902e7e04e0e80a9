"""The verbs: they write what was given, leave events, respect rights, and can be taken back."""

from __future__ import annotations

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pilothouse.workbench import search
from pilothouse.workbench.models import Event, Item, Link, Notice
from pilothouse.workbench.writing import actions
from pilothouse.workbench.writing.changes import Conflict
from pilothouse.workbench.writing.cleaning import Invalid
from pilothouse.workbench.writing.lifting import lift
from pilothouse.workbench.writing.undo import undo


@pytest.fixture
def need(cast):
    return actions.create(cast.alice, cast.product, "need", {"title": "Open the ticket without a signal", "who": "Lin"})


def test_create_numbers_items_and_leaves_an_event(cast, need):
    second = actions.create(
        cast.alice, cast.product, "task", {"title": "Store the ticket", "state": "Doing", "tags": "app, 离线"}
    )
    assert (need.ref, second.ref, second.state) == ("TW-1", "TW-2", "doing")
    assert sorted(tag.name for tag in second.tags.all()) == ["app", "离线"]
    assert Event.objects.get(item=second).verb == "created"


def test_unknown_and_wrong_values_are_named(cast, need):
    with pytest.raises(Invalid) as refused:
        actions.change(cast.alice, need, {"frequency": "hourly", "nonsense": 1, "due_on": "tomorrow"})
    assert set(refused.value.errors) == {"frequency", "nonsense", "due_on"}


@pytest.mark.parametrize("title", ["", " \n\t", "x" * 100_000, "a\x00b", "\ud800"])
def test_hostile_titles_are_refused(cast, title):
    with pytest.raises(Invalid):
        actions.create(cast.alice, cast.product, "need", {"title": title})
    assert not Item.objects.exists()


def test_different_fields_merge_and_the_same_field_conflicts(cast, need):
    actions.change(cast.bob, need, {"title": "Open the ticket offline"}, version=1)
    actions.change(cast.alice, need, {"situation": "In the lift"}, version=1)
    with pytest.raises(Conflict) as both:
        actions.change(cast.alice, need, {"title": "Show the ticket offline"}, version=1)
    assert both.value.theirs == {"title": "Open the ticket offline"}
    need.refresh_from_db()
    assert (need.title, need.fields["situation"], need.version) == ("Open the ticket offline", "In the lift", 3)


def test_a_guest_may_comment_but_not_write(cast, need):
    actions.comment(cast.gwen, need, "We see this daily. @bob@example.com")
    assert Notice.objects.get().user == cast.bob.user
    for verb in (lambda: actions.change(cast.gwen, need, {"title": "x"}), lambda: actions.trash(cast.gwen, [need])):
        with pytest.raises(Http404):
            verb()


def test_a_stranger_finds_nothing(cast, need):
    mine = actions.create(cast.charlie, cast.foreign, "need", {"title": "Mine"})
    for attempt in (
        lambda: actions.change(cast.charlie, need, {"title": "x"}),
        lambda: actions.link(cast.charlie, mine, "relates", need),
        lambda: cast.charlie.find(Item, pk=need.pk),
        lambda: cast.bob.find(Item, product=cast.private),
    ):
        with pytest.raises(Http404):
            attempt()
    assert not Link.objects.exists()


def test_parents_never_form_a_circle(cast, need):
    child = actions.create(cast.alice, cast.product, "need", {"title": "Child", "parent": "TW-1"})
    with pytest.raises(Invalid):
        actions.change(cast.alice, need, {"parent": child.ref})


def test_undo_takes_back_a_bulk_change_but_not_later_work(cast):
    items = actions.create_many(cast.alice, cast.product, "task", [{"title": f"Task {n}"} for n in range(5)])
    events = actions.change_many(cast.alice, items, {"state": "done"})
    actions.change(cast.bob, items[0], {"state": "review"})
    outcome = undo(cast.alice, events[0].batch)
    assert outcome.count == 4
    assert [item.ref for item in outcome.kept] == ["TW-1"]
    assert sorted(Item.objects.values_list("state", flat=True)) == ["review", "todo", "todo", "todo", "todo"]
    with pytest.raises(Http404):
        undo(cast.alice, events[0].batch)


def test_links_and_trash_can_be_taken_back(cast, need):
    [made] = lift(cast.alice, [need], "requirement", [{"title": "Offline tickets"}])
    link = Link.objects.get(source=need, target=made, relation="addressed_by")
    actions.unlink(cast.alice, link)
    undo(cast.alice, Event.objects.filter(verb="unlinked").first().batch)
    assert Link.objects.filter(source=need, target=made).exists()
    undo(cast.alice, actions.trash(cast.alice, [need])[0].batch)
    assert Item.objects.live().filter(pk=need.pk).exists()


def test_move_orders_items(cast):
    a, b, c = actions.create_many(cast.alice, cast.product, "task", [{"title": name} for name in "abc"])
    actions.move(cast.alice, c, after=a, before=b, state="doing")
    assert list(Item.objects.order_by("rank").values_list("title", flat=True)) == ["a", "c", "b"]


@pytest.mark.parametrize(
    ("query", "hit"),
    [("连接", True), ("设备连", True), ("connecting", True), ("the elevator", True), ("not the elevator", True), ("t", False), ("nf", True), ("接连", False), ("ＮＦＣ", True),
     ("elev", True), ("boat", False), ('"; drop', False), ("*", False), ("", False)],
)  # fmt: skip
def test_search_hits_english_stems_and_two_character_words(cast, query, hit):
    actions.create(
        cast.alice,
        cast.product,
        "feedback",
        {"title": "手机与设备连接失败", "body": "It never connects by NFC in an elevator"},
    )
    found = search.matching(Item.objects.live(), query, cast.alice.product_ids)
    assert found.exists() is hit
    assert not search.matching(Item.objects.live(), query, cast.charlie.product_ids).exists()


@pytest.mark.parametrize(
    ("given", "again"),
    [
        ({"state": "confirmed", "due_on": "2027-01-01", "owner": "", "tags": "app"}, False),
        ({"title": "Open it in the lift"}, True),
        ({"who": "Chen"}, True),
        ({"who": ""}, True),
    ],
)
def test_only_new_words_are_indexed_again(cast, need, given, again):
    with CaptureQueriesContext(connection) as asked:
        assert actions.change(cast.alice, need, given)
    assert any("workbench_search" in query["sql"] for query in asked.captured_queries) == again
    assert search.matching(Item.objects.live(), "Lin", cast.alice.product_ids).exists() == ("who" not in given)


def test_a_state_keeps_the_day_on_which_it_was_reached(cast):
    release = actions.create(cast.alice, cast.product, "release", {"title": "2.4"})
    event = actions.change(cast.alice, release, {"state": "released"})
    release.refresh_from_db()
    assert release.fields["released_on"] == timezone.localdate().isoformat()
    undo(cast.alice, event.batch)
    release.refresh_from_db()
    assert "released_on" not in release.fields
    actions.change(cast.alice, release, {"state": "released", "released_on": "2026-10-01"})
    release.refresh_from_db()
    assert release.fields["released_on"] == "2026-10-01"
