"""Cards on a board: carried to a place, past a limit, by whom, and what another column shows next."""

from __future__ import annotations

import re

import pytest

from pilothouse.workbench.models import Item
from pilothouse.workbench.writing import actions

URL = "/w/harbor/TW/task/"


@pytest.fixture
def cards(client, cast):
    client.force_login(cast.bob.user)
    return actions.create_many(cast.alice, cast.product, "task", [{"title": name} for name in "abcd"])


def place(client, item, column, before=None, after=None, query=""):
    data = {"column": column, "before": before.pk if before else "", "after": after.pk if after else ""}
    return client.post(f"{URL}{item.pk}/place?view=board{query}", data)


def order():
    return "".join(Item.objects.filter(kind="task").order_by("rank", "pk").values_list("title", flat=True))


def test_a_card_is_carried_between_two_others(client, cards):
    a, b, c, d = cards
    assert place(client, d, "todo", before=a, after=b).status_code == 200
    assert order() == "adbc"
    assert place(client, c, "doing").status_code == 200
    assert Item.objects.get(pk=c.pk).state == "doing"


def test_a_move_says_what_every_column_now_holds(client, cast, cards):
    actions.change(cast.alice, cards[0], {"state": "review"})
    answer = place(client, cards[1], "doing")
    assert {name: n for name, n in answer.json()["counts"].items() if n} == {"todo": 2, "doing": 1, "review": 1}
    filtered = place(client, cards[2], "doing", query="&state=todo")
    assert {name: n for name, n in filtered.json()["counts"].items() if n} == {"todo": 1}


def test_to_the_top_and_to_the_end(client, cards):
    a, _b, c, d = cards
    place(client, d, "todo", after=a)
    assert order() == "dabc"
    place(client, d, "todo", before=c)
    assert order() == "abcd"


def test_the_last_card_shown_is_not_the_last_of_the_column(client, cards):
    """A card dropped below the last one that was loaded comes before those that were not."""
    a, _b, _c, d = cards
    place(client, d, "todo", before=a)
    assert order() == "adbc"


def test_a_neighbour_that_went_away_does_not_matter(client, cast, cards):
    a, b, c, d = cards
    actions.trash(cast.alice, [a])
    assert place(client, d, "todo", before=a, after=b).status_code == 200
    assert place(client, c, "review", before=a).status_code == 200


def test_a_full_column_warns_and_takes_the_card(client, cast, cards):
    actions.create_many(cast.alice, cast.product, "task", [{"title": "x", "state": "doing"}] * 5)
    answer = place(client, cards[0], "doing")
    assert answer.status_code == 200
    assert '"warn"' in answer.headers["HX-Trigger"]
    assert Item.objects.filter(state="doing").count() == 6


def test_columns_of_people_and_of_a_choice(client, cast, cards):
    place(client, cards[0], str(cast.alice.user.pk), query="&group=owner")
    place(client, cards[1], "urgent", query="&group=priority")
    place(client, cards[1], "", query="&group=priority")
    kept = Item.objects.get(pk=cards[0].pk), Item.objects.get(pk=cards[1].pk)
    assert kept[0].owner == cast.alice.user
    assert kept[1].fields == {}


@pytest.mark.parametrize(
    ("column", "query", "status"), [("nowhere", "", 422), ("todo", "&group=tag", 400), ("todo", "&x=1", 400)]
)
def test_a_place_that_is_none_is_refused(client, cards, column, query, status):
    assert place(client, cards[0], column, query=query).status_code == status


def test_sorted_boards_change_the_column_only(client, cards):
    a, b, _c, d = cards
    place(client, d, "doing", query="&sort=title", before=a, after=b)
    assert order() == "abcd"


def test_strangers_and_guests_carry_nothing(client, cast, cards):
    for actor in (cast.charlie, cast.gwen):
        client.force_login(actor.user)
        assert place(client, cards[0], "done").status_code == 404
    assert Item.objects.filter(state="done").count() == 0


def test_a_column_asks_for_its_next_cards(client, cast):
    client.force_login(cast.bob.user)
    actions.create_many(cast.alice, cast.product, "task", [{"title": f"Card {n:03}"} for n in range(230)])
    html = client.get(f"{URL}?view=board").content.decode()
    assert html.count("data-card=") == 200
    url = re.search(r'hx-get="([^"]*column=todo[^"]*)"', html)[1].replace("&amp;", "&")
    more = client.get(url, headers={"HX-Request": "true"}).content.decode()
    assert more.count("data-card=") == 30
    assert "Card 200" in more
    assert "<html" not in more


def test_limits_and_every_column_are_shown(client, cards):
    html = client.get(f"{URL}?view=board").content.decode()
    assert html.count("data-column=") == 5
    assert 'data-limit="5"' in html
