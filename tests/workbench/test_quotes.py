"""Quotes: the exact characters and where they stand, also when passages overlap and when the text changes later."""

from __future__ import annotations

import pytest

from pilothouse.workbench.models import Event, Item
from pilothouse.workbench.thread.passages import passages, pieces
from pilothouse.workbench.writing import actions
from pilothouse.workbench.writing.cleaning import Invalid
from pilothouse.workbench.writing.quoting import quote
from pilothouse.workbench.writing.undo import undo

HX = {"HX-Request": "true"}
BODY = "The 🚢 card <b>never</b> connects, so I miss my boat. I miss my boat! 电梯里连不上。"


@pytest.fixture
def feedback(cast):
    return actions.create(
        cast.alice, cast.product, "feedback",
        {"title": "Lift", "body": BODY, "person": "Lin", "segment": "Commuters", "said_on": "2026-11-10"},
    )  # fmt: skip


def test_a_quote_keeps_the_exact_words_their_place_and_who_said_them(cast, feedback):
    made = quote(cast.alice, feedback, "I miss my boat", 50)
    assert made.body == "I miss my boat"
    assert BODY[made.fields["start"] : made.fields["end"]] == made.body
    assert made.fields["start"] == BODY.rindex("I miss my boat")
    assert (made.fields["speaker"], made.fields["segment"], made.fields["said_on"]) == (
        "Lin",
        "Commuters",
        "2026-11-10",
    )
    assert made.fields["body_version"] == 1
    assert quote(cast.bob, feedback, "I miss my boat", 50) == made
    assert quote(cast.bob, feedback, " I miss my boat", 49) == made  # a space too many


@pytest.mark.parametrize("words", ["", "   ", "never said", "i miss my boat", "x" * 20_000])
def test_words_that_do_not_stand_there_are_refused(cast, feedback, words):
    with pytest.raises(Invalid):
        quote(cast.alice, feedback, words)
    assert Item.objects.count() == 1


def test_overlapping_highlights_are_safe_and_lead_to_their_quotes(cast, client, feedback):
    outer = quote(cast.alice, feedback, "card <b>never</b> connects, so")
    inner = quote(cast.alice, feedback, "never</b> connects, so I miss")
    client.force_login(cast.alice.user)
    html = client.get(feedback.url).content.decode()
    assert "<b>never" not in html
    assert "&lt;b&gt;" in html
    assert f'href="{outer.url}"' in html
    assert f'href="{inner.url}"' in html
    assert 'data-over="2"' in html
    cut = pieces(BODY, passages(BODY, [outer, inner]))
    assert "".join(piece.text for piece in cut) == BODY
    assert max(len(piece.quotes) for piece in cut) == 2


def test_a_changed_text_leaves_the_quote_its_words(cast, client, feedback):
    kept, gone = quote(cast.alice, feedback, "连不上"), quote(cast.alice, feedback, "I miss my boat!")
    actions.change(cast.alice, feedback, {"body": "Before. 电梯里连不上。"})
    client.force_login(cast.alice.user)
    html = client.get(feedback.url).content.decode()
    assert "text has changed" in html
    gone.refresh_from_db()
    assert gone.body == "I miss my boat!"
    found = {passage.quote: passage.start for passage in passages("Before. 电梯里连不上。", [kept, gone])}
    assert found == {kept: 11, gone: None}


def test_marking_over_http_by_offset_and_by_typing(cast, client, feedback):
    client.force_login(cast.bob.user)
    answer = client.post(f"{feedback.url}/quotes", {"text": "I miss my boat", "start": "30", "end": "44"}, headers=HX)
    assert answer.status_code == 200
    assert 'class="quoted"' in answer.content.decode()
    assert Item.objects.get(kind="quote").fields["start"] == BODY.index("I miss my boat")
    refused = client.post(f"{feedback.url}/quotes", {"text": "I hit my boat"}, headers=HX)
    assert refused.status_code == 422
    assert "I hit my boat" in refused.content.decode()


def test_a_quote_can_be_taken_back(cast, feedback):
    made = quote(cast.alice, feedback, "I miss my boat")
    undo(cast.alice, Event.objects.get(item=made, verb="created").batch)
    made.refresh_from_db()
    assert made.trashed_at
    assert not feedback.links_out.exists()


def test_lifting_from_a_page_from_a_list_and_onto_an_existing_one(cast, client, feedback):
    first, second = quote(cast.alice, feedback, "I miss my boat"), quote(cast.alice, feedback, "连不上")
    client.force_login(cast.bob.user)
    form = client.get(f"{first.url}/lift/insight")
    assert "I miss my boat" in form.content.decode()
    chosen = {"ids": [first.pk, second.pk]}
    assert client.post("/w/harbor/TW/lift/insight", chosen).status_code == 200
    assert not Item.objects.filter(kind="insight").exists()
    client.post("/w/harbor/TW/lift/insight", {**chosen, "title": "No signal in the lift"})
    insight = Item.objects.get(kind="insight")
    assert {link.source for link in insight.links_in.all()} == {first, second}
    assert insight.fields["segment"] == "Commuters"
    first.refresh_from_db()
    assert first.state == "used"
    third = quote(cast.alice, feedback, "so I miss")
    assert client.post(f"{third.url}/lift/insight", {"existing": insight.ref}).status_code == 302
    assert insight.links_in.count() == 3
    assert client.post(f"{third.url}/lift/insight", {"existing": feedback.ref}).status_code == 422
    assert client.post(f"{third.url}/lift/insight", {"title": ""}).status_code == 422
    assert client.get(f"{third.url}/lift/task").status_code == 404


def test_a_requirement_is_broken_down_line_by_line_and_one_undo_takes_all_back(cast, client):
    made = actions.create(cast.alice, cast.product, "requirement", {"title": "Offline", "priority": "high"})
    client.force_login(cast.bob.user)
    client.post(f"{made.url}/lift/task", {"title": "Store\n\nShow\n"})
    tasks = Item.objects.filter(kind="task").order_by("number")
    assert [(task.title, task.fields["priority"]) for task in tasks] == [("Store", "high"), ("Show", "high")]
    undo(cast.bob, Event.objects.filter(item=tasks[0]).first().batch)
    assert not Item.objects.live().filter(kind="task").exists()


def test_ids_of_others_are_refused(cast, client, feedback):
    theirs = actions.create(cast.charlie, cast.foreign, "quote", {"title": "Theirs"})
    client.force_login(cast.bob.user)
    for ids in ([theirs.pk], ["x"], [], ["9" * 30]):
        assert client.post("/w/harbor/TW/lift/insight", {"ids": ids, "title": "x"}).status_code == 404
