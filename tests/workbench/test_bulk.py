"""One change to many rows: at once, all that match, as a job; undone, refused in part, and never another product's."""

from __future__ import annotations

import pytest

from pilothouse.workbench import jobs
from pilothouse.workbench.models import Event, Item, Job, Link
from pilothouse.workbench.views import bulk as view
from pilothouse.workbench.writing import actions, bulk
from pilothouse.workbench.writing.undo import undo

URL = "/w/harbor/TW/task/bulk"


@pytest.fixture
def at(client, cast):
    client.force_login(cast.bob.user)
    return client


def tasks(cast, n=6):
    return actions.create_many(cast.alice, cast.product, "task", [{"title": f"Task {place}"} for place in range(n)])


def post(client, items, query="", **data):
    return client.post(f"{URL}?view=list{query}", {"ids": [item.pk for item in items], **data})


def kept(name):
    return [getattr(item, name) for item in Item.objects.filter(kind="task").order_by("number")]


def test_a_value_is_set_and_taken_back(at, cast):
    items = tasks(cast)
    assert post(at, items[:4], set="state=doing").status_code == 302
    assert kept("state") == ["doing"] * 4 + ["todo"] * 2
    undo(cast.bob, Event.objects.latest("id").batch)
    assert kept("state") == ["todo"] * 6


def test_all_that_match_are_more_than_those_on_the_page(at, cast):
    tasks(cast, 70)
    actions.change_many(cast.alice, list(Item.objects.filter(number__lte=60)), {"priority": "high"})
    post(at, [], "&priority=high", all="1", set="owner=me")
    assert Item.objects.filter(owner=cast.bob.user).count() == 60


def test_tags_are_added_and_removed_without_touching_others(at, cast):
    items = tasks(cast, 3)
    actions.change(cast.alice, items[0], {"tags": "app"})
    post(at, items, set="typed", add_tags="离线, web")
    actions.change(cast.alice, items[2], {"tags": "web"})
    post(at, items, set="typed", remove_tags="web")
    tags = [sorted(tag.name for tag in item.tags.all()) for item in Item.objects.order_by("number")]
    assert tags == [["app", "离线"], ["离线"], []]


def test_several_typed_values_are_one_change(at, cast):
    items = tasks(cast, 2)
    answer = post(at, items, set="typed", due_on="2026-12-24", parent="TW-1")
    assert answer.status_code == 302
    assert [str(day) for day in kept("due_on")] == ["2026-12-24"] * 2
    assert kept("parent_id") == [None, items[0].pk]
    assert Event.objects.exclude(verb="created").values("batch").distinct().count() == 1


def test_rows_that_cannot_take_a_parent_are_named(cast):
    items = tasks(cast, 2)
    outcome = bulk.apply(
        cast.bob, cast.product, [item.pk for item in items], "parent", "TW-1", items[0].events.first().batch
    )
    assert outcome.changed == 1
    assert list(outcome.refused) == ["TW-1"]
    assert "TW-1" in outcome.text()


def test_items_are_planned_into_a_release_and_taken_out_again(at, cast):
    items = tasks(cast, 3)
    release = actions.create(cast.alice, cast.product, "release", {"title": "2.4"})
    post(at, items, set="typed", release=str(release.number))
    assert Link.objects.filter(target=release, relation="planned_in").count() == 3
    undo(cast.bob, Event.objects.latest("id").batch)
    assert not Link.objects.exists()
    assert post(at, items, set="typed", release="99").status_code == 422


def test_planning_moves_from_the_earlier_release_and_undo_moves_back(at, cast):
    items = tasks(cast, 3)
    old, shipped, new = actions.create_many(
        cast.alice,
        cast.product,
        "release",
        [{"title": "2.3"}, {"title": "2.2", "released_on": "2026-11-01"}, {"title": "2.4"}],
    )
    actions.link_many(cast.alice, items[:2], "planned_in", old)
    actions.link_many(cast.alice, items[:1], "planned_in", shipped)
    assert planned() == {"TW-1": {"2.3", "2.2"}, "TW-2": {"2.3"}}
    post(at, items, set="typed", release=str(new.number))
    assert planned() == {"TW-1": {"2.2", "2.4"}, "TW-2": {"2.4"}, "TW-3": {"2.4"}}
    undo(cast.bob, Event.objects.latest("id").batch)
    assert planned() == {"TW-1": {"2.3", "2.2"}, "TW-2": {"2.3"}}


def planned() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for link in Link.objects.filter(relation="planned_in").select_related("source__product", "target"):
        found.setdefault(link.source.ref, set()).add(link.target.title)
    return found


def test_rows_go_to_the_trash_and_come_back(at, cast):
    items = tasks(cast, 3)
    post(at, items, set="trash=1")
    assert not Item.objects.live().exists()
    undo(cast.bob, Event.objects.latest("id").batch)
    assert Item.objects.live().count() == 3


@pytest.mark.parametrize(
    "change", ["state=nowhere", "title=Same", "password=x", "rank=a0", "owner=999999", "external_id=1"]
)
def test_a_change_that_no_row_can_take_is_refused_before_any(at, cast, change):
    items = tasks(cast, 2)
    assert post(at, items, set=change).status_code == 422
    assert Event.objects.exclude(verb="created").count() == 0


def test_many_rows_become_a_job(at, cast, monkeypatch):
    monkeypatch.setattr(view, "JOB_FROM", 5)
    tasks(cast, 8)
    answer = at.post(f"{URL}?view=list", {"all": "1", "set": "state=done"})
    job = Job.objects.get()
    assert answer.url == job.url
    jobs.run.call(str(job.pk))
    job.refresh_from_db()
    assert (job.status, job.done, job.total) == (Job.DONE, 8, 8)
    assert kept("state") == ["done"] * 8


def test_nothing_chosen_changes_nothing(at, cast):
    tasks(cast, 2)
    assert at.post(URL, {"set": "state=done"}).status_code == 302
    assert kept("state") == ["todo"] * 2


def test_others_rows_stay_out_of_reach(client, cast):
    items = tasks(cast, 2)
    foreign = actions.create(cast.charlie, cast.foreign, "task", {"title": "Mine"})
    for actor, status in ((cast.charlie, 404), (cast.gwen, 404)):
        client.force_login(actor.user)
        assert client.post(URL, {"ids": [items[0].pk], "set": "state=done"}).status_code == status
    client.force_login(cast.bob.user)
    client.post(URL, {"ids": [foreign.pk], "set": "state=done"})
    assert client.post(URL, {"ids": ["1 OR 1=1"], "set": "state=done"}).status_code == 404
    assert set(Item.objects.values_list("state", flat=True)) == {"todo"}


def test_the_bar_offers_people_tags_and_releases(at, cast):
    actions.create(cast.alice, cast.product, "release", {"title": "2.4 Offline"})
    html = at.get(URL).content.decode()
    assert "2.4 Offline" in html
    assert f'value="owner={cast.alice.user.pk}"' in html
    assert f'value="owner={cast.charlie.user.pk}"' not in html
