"""A product's own fields and states: nothing that items hold is lost, and only who runs the product shapes it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pilothouse.people.models import Change, Product
from pilothouse.workbench.models import CustomField, CustomState, Event, Item
from pilothouse.workbench.models.custom import forget_kinds, kind_of
from pilothouse.workbench.writing import actions

FIELDS, STATES = "/w/harbor/TW/settings/fields/task", "/w/harbor/TW/settings/states/task"


@pytest.fixture
def alice(cast) -> Client:
    return signed_in(cast.alice)


def signed_in(actor) -> Client:
    client = Client()
    client.force_login(actor.user)
    return client


def add(client, **data):
    return client.post(FIELDS, {"name": "Budget", "type": "number", **data})


def task(cast, **data) -> Item:
    forget_kinds(cast.product)
    return actions.create(cast.alice, cast.product, "task", {"title": "Paint the hull", **data})


def states(cast) -> list[str]:
    forget_kinds(cast.product)
    return [str(state.name) for state in kind_of(cast.product, "task").states]


def test_a_field_is_there_for_every_task(cast, alice):
    assert add(alice).url == FIELDS
    field = CustomField.objects.get()
    assert (field.slug, field.type) == ("x_budget", "number")
    assert task(cast, x_budget="1,200").fields == {"x_budget": 1200}
    assert "Budget" in alice.get(FIELDS).content.decode()
    assert Change.objects.get(verb="shape_changed").details == {"kind": "task"}


@pytest.mark.parametrize(
    ("name", "slug"),
    [("预算", "x_yu_suan"), ("State", "x_state"), ("title", "x_title"), ("🚢", "x"), ("a" * 60, "x_" + "a" * 38)],
)
def test_a_field_never_meets_a_declared_one(cast, alice, name, slug):
    add(alice, name=name)
    assert CustomField.objects.get().slug == slug
    assert task(cast, **{slug: "7"}).fields == {slug: 7}


@pytest.mark.parametrize(
    "data",
    [
        {"name": ""},
        {"type": "sql"},
        {"type": "person"},
        {"type": "choice"},
        {"type": "choice", "new_options": " \n "},
        {"name": "x" * 61},
        {"name": "a\x00b"},
    ],
)
def test_poor_fields_are_refused(cast, alice, data):
    assert add(alice, **data).status_code == 422
    assert not CustomField.objects.exists()


def test_two_fields_of_one_name_are_refused(cast, alice):
    add(alice)
    assert add(alice, name="BUDGET").status_code == 422


def test_options_are_renamed_added_and_only_unused_ones_go(cast, alice):
    add(alice, name="Dock", type="choices", new_options="North\nSouth 南\nnorth\n")
    field = CustomField.objects.get()
    assert [option["name"] for option in field.options] == ["North", "South 南"]
    slugs = [option["slug"] for option in field.options]
    item = task(cast, x_dock=["North"])
    url = f"{FIELDS}/{field.pk}"
    assert alice.get(url).status_code == 200
    refused = alice.post(url, {"name": "Dock", f"option-{slugs[0]}": ""})
    assert (refused.status_code, "in use" in refused.content.decode()) == (422, True)
    alice.post(url, {"name": "Pier", f"option-{slugs[0]}": "Nord", f"option-{slugs[1]}": "", "new_options": "East"})
    field.refresh_from_db()
    assert (field.name, [option["name"] for option in field.options]) == ("Pier", ["Nord", "East"])
    item.refresh_from_db()
    assert item.fields == {"x_dock": [slugs[0]]}


def test_a_removed_field_keeps_what_items_hold(cast, alice):
    add(alice)
    field = CustomField.objects.get()
    item = task(cast, x_budget=5)
    alice.post(f"{FIELDS}/{field.pk}/removal")
    forget_kinds(cast.product)
    assert "x_budget" not in kind_of(cast.product, "task").field_by_slug
    item.refresh_from_db()
    assert item.fields == {"x_budget": 5}
    alice.post(f"{FIELDS}/{field.pk}/return")
    forget_kinds(cast.product)
    assert "x_budget" in kind_of(cast.product, "task").field_by_slug


def test_fields_change_places(cast, alice):
    for name in ("A", "B", "C"):
        add(alice, name=name)
    alice.post(f"{FIELDS}/{CustomField.objects.get(name='C').pk}/up")
    alice.post(f"{FIELDS}/{CustomField.objects.get(name='A').pk}/down")
    alice.post(f"{FIELDS}/{CustomField.objects.get(name='C').pk}/up")
    assert list(CustomField.objects.values_list("name", flat=True)) == ["C", "A", "B"]


# States


def test_a_state_is_added_and_the_others_stay_translated(cast, alice):
    before = states(cast)
    assert alice.post(STATES, {"name": "Waiting for parts", "category": "active", "limit": "3"}).url == STATES
    assert states(cast) == [*before, "Waiting for parts"]
    cast.alice.user.language = "zh-hans"
    cast.alice.user.save()
    page = alice.get(STATES).content.decode()
    assert "Waiting for parts" in page
    assert "To do" not in page
    assert task(cast, state="Waiting for parts").state == "waiting_for_parts"


def test_a_renamed_state_keeps_its_items(cast, alice):
    item = task(cast, state="doing")
    alice.post(f"{STATES}/doing", {"name": "On the slip", "category": "active", "limit": ""})
    assert "On the slip" in states(cast)
    item.refresh_from_db()
    assert item.state == "doing"


def test_a_state_that_now_means_done_closes_its_items(cast, alice):
    item = task(cast, state="review")
    alice.post(f"{STATES}/review", {"name": "Handed over", "category": "done"})
    item.refresh_from_db()
    assert item.closed_at
    alice.post(f"{STATES}/review", {"name": "Handed over", "category": "active"})
    item.refresh_from_db()
    assert item.closed_at is None


def test_a_state_in_use_goes_only_with_a_place_for_its_items(cast, alice):
    item = task(cast, state="review")
    url = f"{STATES}/review/removal"
    assert "Where does its 1 item go?" in alice.get(url).content.decode()
    for target in ("", "review", "nonsense"):
        assert alice.post(url, {"target": target}).status_code == 422
    assert alice.post(url, {"target": "doing"}).url == STATES
    item.refresh_from_db()
    assert item.state == "doing"
    assert Event.objects.filter(item=item, verb="changed").get().changes["state"] == ["review", "doing"]
    assert "In review" not in states(cast)


def test_the_last_state_stays(cast, alice):
    for slug in ("review", "done", "cancelled", "doing"):
        alice.post(f"{STATES}/{slug}/removal")
    assert states(cast) == ["To do"]
    assert alice.post(f"{STATES}/todo/removal").status_code == 422
    assert states(cast) == ["To do"]


def test_states_change_places(cast, alice):
    first, second = states(cast)[:2]
    alice.post(f"{STATES}/doing/up")
    assert states(cast)[:2] == [second, first]
    assert task(cast).state == "doing"


@pytest.mark.parametrize(
    "data",
    [
        {"name": "", "category": "new"},
        {"name": "X", "category": "lost"},
        {"name": "X", "category": "new", "limit": "0"},
        {"name": "Doing", "category": "new"},
    ],
)
def test_poor_states_are_refused(cast, alice, data):
    before = states(cast)
    assert alice.post(STATES, data).status_code == 422
    assert states(cast) == before


# Rights


@pytest.mark.parametrize("who", ["bob", "gwen", "charlie"])
def test_only_who_runs_the_product_shapes_it(cast, alice, who):
    add(alice)
    field = CustomField.objects.get()
    client = signed_in(getattr(cast, who))
    for workspace in ("harbor", "elsewhere"):
        for path in (FIELDS, f"{FIELDS}/{field.pk}", STATES, f"{STATES}/todo", f"{STATES}/todo/removal"):
            path = path.replace("harbor", workspace)
            assert client.get(path).status_code == 404
            assert (
                client.post(path, {"name": "Mine", "type": "text", "category": "new", "target": "doing"}).status_code
                == 404
            )
        for what in ("up", "removal", "return"):
            assert client.post(f"{FIELDS}/{field.pk}/{what}".replace("harbor", workspace)).status_code == 404
    assert (CustomField.objects.count(), CustomState.objects.count()) == (1, 0)


def test_a_field_of_another_product_is_not_found(cast, alice):
    other = Product.objects.create(workspace=cast.alice.workspace, key="OT", name="Other")
    row = CustomField.objects.create(product=other, kind="task", slug="x_a", name="A", type="text")
    foreign = CustomField.objects.create(product=cast.foreign, kind="task", slug="x_a", name="A", type="text")
    need = CustomField.objects.create(product=cast.product, kind="need", slug="x_a", name="A", type="text")
    for field in (row, foreign, need):
        assert alice.get(f"{FIELDS}/{field.pk}").status_code == 404
        assert alice.post(f"{FIELDS}/{field.pk}/removal").status_code == 404
    assert CustomField.objects.filter(removed_at=None).count() == 3


@pytest.mark.parametrize("url", [FIELDS, STATES])
def test_more_of_them_cost_no_more_queries(cast, alice, url):
    def queries() -> int:
        alice.get(url)
        with CaptureQueriesContext(connection) as seen:
            alice.get(url)
        return len(seen)

    add(alice)
    few = queries()
    for n in range(9):
        add(alice, name=f"F{n}", type="choice", new_options="a\nb")
        alice.post(STATES, {"name": f"S{n}", "category": "active"})
        task(cast)
    assert queries() == few
