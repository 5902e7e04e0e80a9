"""Several people on one canvas: phases, private writing, dots, the timer, and what changed since."""

from __future__ import annotations

import tracemalloc
from datetime import timedelta

import pytest
from django.utils import timezone

from pilothouse.canvases import actions, together
from pilothouse.canvases.board import board_of
from pilothouse.canvases.models import Canvas, Vote
from pilothouse.workbench.models import Event
from pilothouse.workbench.writing import actions as workbench
from pilothouse.workbench.writing.cleaning import Invalid
from pilothouse.workbench.writing.undo import undo


def fresh(canvas):
    return Canvas.objects.select_related("item__product__workspace").get(pk=canvas.pk)


def test_while_people_write_alone_the_others_see_only_how_many(cast, swot, put, ask):
    put("strengths", "Before")
    assert ask(cast.alice, "post", "/phase", {"phase": "write"}).status_code == 204
    mine = put("strengths", "Alice's", actor=cast.alice)[0]
    put("strengths", "Bob's", actor=cast.bob)
    canvas = fresh(swot)
    assert [note.title for note in board_of(cast.alice, canvas).notes] == ["Before", "Alice's"]
    assert board_of(cast.alice, canvas).hidden == 1
    page = ask(cast.bob, "get").content.decode()
    assert "Alice&#39;s" not in page
    assert 'Notes by others so far: <span class="num">1</span>' in page.replace("</b>", "")
    news = ask(cast.bob, "get", "/changes?since=0").json()
    assert "Alice" not in str(news["notes"])
    assert news["hidden"] == 1
    for path in (f"/notes/{mine.number}", f"/notes/{mine.number}/evidence"):
        assert ask(cast.bob, "get", path).status_code == 404
    assert ask(cast.bob, "post", f"/notes/{mine.number}/place", {"cell": "threats"}).status_code == 404
    assert ask(cast.bob, "post", "/reveal").status_code == 204
    assert len(board_of(cast.bob, fresh(swot)).notes) == 3


def test_dots_are_limited_hidden_while_voting_and_shown_afterwards(cast, swot, put, ask):
    notes = put("strengths", "a", "b", "c", "d")
    assert ask(cast.bob, "post", f"/notes/{notes[0].number}/vote").status_code == 422  # nobody votes yet
    ask(cast.alice, "post", "/phase", {"phase": "vote"})
    for note in notes[:3]:
        assert ask(cast.bob, "post", f"/notes/{note.number}/vote").status_code == 200
    refused = ask(cast.bob, "post", f"/notes/{notes[3].number}/vote")
    assert refused.status_code == 422
    assert "take one away first" in refused.content.decode()
    assert ask(cast.bob, "post", f"/notes/{notes[0].number}/vote").status_code == 200  # taken away
    assert ask(cast.bob, "post", f"/notes/{notes[3].number}/vote").status_code == 200
    assert ask(cast.alice, "post", f"/notes/{notes[3].number}/vote").status_code == 200
    news = ask(cast.alice, "get", "/changes?since=0").json()
    assert news["votes"][str(notes[3].number)] == [None, True]
    assert news["dots"] == 1
    ask(cast.alice, "post", "/phase", {"phase": "decide"})
    assert ask(cast.alice, "get", "/changes?since=0").json()["votes"][str(notes[3].number)] == [2, True]
    assert ask(cast.alice, "post", "/votes").status_code == 204
    assert ask(cast.alice, "get", "/changes?since=0").json()["votes"] == {}
    cleared = Event.objects.get(verb="uncounted")
    undo(cast.alice, cleared.batch)
    assert ask(cast.alice, "get", "/changes?since=0").json()["votes"][str(notes[3].number)] == [2, True]
    batch = together.clear_votes(cast.alice, fresh(swot)).batch
    ask(cast.alice, "post", "/phase", {"phase": "vote"})
    ask(cast.bob, "post", f"/notes/{notes[1].number}/vote")
    assert undo(cast.alice, batch).kept  # a new round has begun
    assert Vote.objects.get(taken=None).note == notes[1]


def test_what_is_asked_every_two_seconds_leaves_long_texts_in_the_database(cast, swot, put, ask):
    """Forty notes of 100,000 characters, each rewritten: 12 MB of events and notes, of which next to nothing is read."""
    notes = put("strengths", *("long " * 20_000 for _ in range(40)))
    since = Event.objects.latest("pk").pk
    for note in notes:
        actions.rewrite(cast.alice, note, "longer " * 14_000)
    ask(cast.bob, "get", f"/changes?since={since}")
    tracemalloc.start()
    news = ask(cast.bob, "get", f"/changes?since={since}").json()
    assert len(news["notes"]) == 40
    assert tracemalloc.get_traced_memory()[1] < 3_000_000
    ask(cast.bob, "get")
    assert tracemalloc.get_traced_memory()[1] < 4_000_000
    tracemalloc.stop()


def test_the_timer_runs_by_the_servers_clock(cast, swot, ask):
    assert ask(cast.alice, "post", "/timer", {"minutes": "5"}).status_code == 204
    left = together.ends_at(fresh(swot)) - timezone.now()
    assert timedelta(minutes=4, seconds=50) < left <= timedelta(minutes=5)
    news = ask(cast.bob, "get", "/changes?since=0").json()
    assert news["ends"] > news["now"]
    ask(cast.alice, "post", "/timer", {"minutes": "0"})
    assert together.ends_at(fresh(swot)) is None
    for evil in ("-1", "x", "9" * 40, "241"):
        assert ask(cast.alice, "post", "/timer", {"minutes": evil}).status_code == 422
    with pytest.raises(Invalid):
        together.set_phase(cast.alice, swot, "nothing")
    began = together.set_phase(cast.alice, fresh(swot), "write")
    undo(cast.alice, began.batch)
    assert together.phase_of(fresh(swot)) is None


def test_changes_name_what_is_new_what_moved_away_and_what_is_gone(cast, swot, put, ask):
    old, going, leaving = put("strengths", "old", "going", "leaving")
    Event.objects.update(at=timezone.now() - timedelta(minutes=1))
    since = Event.objects.latest("pk").pk
    assert ask(cast.bob, "get", f"/changes?since={since}").json()["notes"] == []
    new = put("threats", "new")[0]
    workbench.trash(cast.alice, [going])
    workbench.change(cast.alice, leaving, {"parent": ""})
    workbench.comment(cast.alice, old, "Is that so?")
    news = ask(cast.bob, "get", f"/changes?since={since}").json()
    assert {row["number"] for row in news["notes"]} == {old.number, new.number}
    assert set(news["gone"]) == {going.number, leaving.number}
    assert news["count"] == 2
    assert news["since"] == since  # the newest are told twice: an earlier event may still be on its way
    assert not news["again"]
    ask(cast.alice, "post", "/phase", {"phase": "discuss"})
    assert ask(cast.bob, "get", f"/changes?since={since}").json()["again"]
    for evil in ("", "x", "-1", "9" * 60):
        assert ask(cast.bob, "get", f"/changes?since={evil}").status_code == 200


def test_500_notes_cost_as_many_queries_as_five(cast, swot, put, ask, django_assert_max_num_queries):
    put("strengths", *(f"note {n}" for n in range(5)))
    ask(cast.alice, "get")
    with django_assert_max_num_queries(24) as few:
        assert ask(cast.alice, "get").status_code == 200
    for cell in ("weaknesses", "opportunities", "threats"):
        put(cell, *(f"{cell} {n}" for n in range(165)))
    with django_assert_max_num_queries(len(few)):
        assert ask(cast.alice, "get").content.decode().count('class="slip"') == 500
    with django_assert_max_num_queries(18):
        ask(cast.alice, "get", f"/changes?since={Event.objects.latest('pk').pk}")
    with pytest.raises(Invalid):
        put("threats", *("x" for _ in range(201)))
    assert actions.notes_of(swot).count() == 500
