"""The thread: both directions, many rows in one query, and only what one may see."""

from __future__ import annotations

import pytest

from pilothouse.kinds import STATIONS
from pilothouse.workbench.models import Item, Link
from pilothouse.workbench.thread.graph import walk
from pilothouse.workbench.thread.line import at_stations
from pilothouse.workbench.writing import actions
from tests.workbench.chain import make_chain


@pytest.fixture
def chain(cast):
    return make_chain(cast)


def stations_for(actor, items):
    """How many items each item's thread holds at each station, itself left out."""
    graph = walk(actor, [item.pk for item in items])
    return {item.pk: {slug: len(ids) for slug, ids in at_stations(graph, item.pk).items()} for item in items}


def test_every_station_sees_the_whole_chain(cast, chain):
    found = stations_for(cast.alice, list(chain.values()))
    for slug, item in chain.items():
        others = {name for name in STATIONS if found[item.pk][name]}
        assert others >= set(STATIONS) - {slug}, slug


def test_many_rows_cost_one_query(cast, chain, django_assert_num_queries):
    items = list(chain.values())
    assert cast.alice.product_ids
    for rows in (items[:1], items):
        with django_assert_num_queries(1):
            stations_for(cast.alice, rows)


def test_a_task_sees_its_release_but_not_the_tasks_of_its_neighbours(cast, chain):
    other = actions.create(cast.alice, cast.product, "requirement", {"title": "Group passes"})
    task = actions.create(cast.alice, cast.product, "task", {"title": "Passes page"})
    actions.link(cast.alice, other, "delivered_by", task)
    actions.link(cast.alice, other, "planned_in", chain["release"])
    found = stations_for(cast.alice, [chain["task"], chain["release"], task])
    assert found[chain["task"].pk]["release"] == 1
    assert found[chain["task"].pk]["task"] == 0
    assert found[chain["release"].pk]["task"] == 2
    assert found[task.pk]["feedback"] == 0


def test_a_circle_ends(cast, chain):
    Link.objects.create(source=chain["requirement"], target=chain["feedback"], relation="leads_to")
    found = stations_for(cast.alice, [chain["need"]])[chain["need"].pk]
    assert (found["quote"], found["need"]) == (1, 0)


def test_trash_secrets_and_strangers_are_left_out(cast, chain):
    hidden = actions.create(cast.alice, cast.private, "quote", {"title": "Secret words"})
    actions.link(cast.alice, hidden, "supports", chain["insight"])
    assert stations_for(cast.alice, [chain["need"]])[chain["need"].pk]["quote"] == 2
    assert stations_for(cast.bob, [chain["need"]])[chain["need"].pk]["quote"] == 1
    actions.trash(cast.alice, [chain["insight"]])
    after = stations_for(cast.bob, [chain["need"]])[chain["need"].pk]
    assert (after["insight"], after["quote"]) == (0, 0)
    assert stations_for(cast.charlie, [chain["need"]])[chain["need"].pk] == dict.fromkeys(STATIONS, 0)


def test_five_thousand_links_stay_bounded(cast, chain, django_assert_num_queries):
    template = chain["feedback"]
    many = [
        Item(product=cast.product, kind="quote", number=10_000 + n, title=f"q{n}", state="open", rank=f"z{n:05}")
        for n in range(5_000)
    ]
    Item.objects.bulk_create(many, batch_size=500)
    Link.objects.bulk_create(
        [Link(source=quote, target=chain["insight"], relation="supports") for quote in many], batch_size=500
    )
    assert cast.alice.product_ids
    with django_assert_num_queries(1):
        found = stations_for(cast.alice, [chain["requirement"], template])
    assert found[chain["requirement"].pk]["quote"] == 5_001


def test_pages_with_many_links_stay_small_and_open_on_demand(cast, client, chain):
    for n in range(30):
        quote = actions.create(cast.alice, cast.product, "quote", {"title": f"words {n}"})
        actions.link(cast.alice, quote, "supports", chain["insight"])
    client.force_login(cast.alice.user)
    url = chain["insight"].url
    assert "words 29" not in client.get(url).content.decode().split('id="links"')[1]
    assert "words 29" in client.get(f"{url}?links=all").content.decode().split('id="links"')[1]
    assert "words 29" not in client.get(f"{url}/thread").content.decode()
    assert "words 29" in client.get(f"{url}/thread?open=quote").content.decode()


def test_the_thread_page_costs_the_same_for_many(cast, client, chain, django_assert_max_num_queries):
    client.force_login(cast.alice.user)
    client.get(f"{chain['need'].url}/thread")
    with django_assert_max_num_queries(25) as few:
        client.get(f"{chain['need'].url}/thread")
    for n in range(10):
        quote = actions.create(cast.alice, cast.product, "quote", {"title": f"words {n}"})
        actions.link(cast.alice, quote, "supports", chain["insight"])
        task = actions.create(cast.alice, cast.product, "task", {"title": f"task {n}"})
        actions.link(cast.alice, chain["requirement"], "delivered_by", task)
    with django_assert_max_num_queries(len(few)):
        client.get(f"{chain['need'].url}/thread")
