"""The API keeps the pages' rules: one gate, strict input, nothing twice, nothing overwritten in silence."""

from __future__ import annotations

import pytest

from pilothouse.people.models import Membership
from pilothouse.workbench.models import Event, Item, Link
from pilothouse.workbench.writing import actions
from tests.api.calls import Api


@pytest.fixture
def alice(client, cast):
    return Api(client, cast.alice)


@pytest.fixture
def need(cast):
    return actions.create(cast.alice, cast.product, "need", {"title": "Offline 离线", "who": "Lin"})


def test_an_item_is_created_read_changed_trashed_and_restored(alice, cast):
    made = alice(
        "POST",
        "/products/TW/items",
        {"kind": "task", "title": "Store it", "owner": "bob@example.com", "tags": ["app"], "fields": {"points": 3}},
    )
    assert made.status_code == 201, made.data
    assert (made.data["ref"], made.data["owner"], made.data["fields"]) == ("TW-1", "bob@example.com", {"points": 3})
    changed = alice("PATCH", "/items/TW-1", {"state": "doing", "fields": {"points": None}})
    assert (changed.data["state"], changed.data["category"], changed.data["fields"]) == ("doing", "active", {})
    assert alice("DELETE", "/items/TW-1").status_code == 204
    assert alice("GET", "/products/TW/items").data["items"] == []
    assert alice("POST", "/items/TW-1/restoration").data["trashed"] is False
    assert [event["verb"] for event in alice("GET", "/items/TW-1/events").data] == [
        "restored",
        "trashed",
        "changed",
        "created",
    ]


def test_what_the_product_writes_itself_is_refused_by_name(alice, cast):
    made = actions.create(cast.alice, cast.product, "requirement", {"title": "Passes"})
    Item.objects.filter(pk=made.pk).update(fields={"kano": "M", "survey_place": 2})
    for wrong in ({"kano": "A"}, {"survey_place": 1, "reach": 3}, {"kano": None}, {"opportunity": 9}):
        answer = alice("PATCH", f"/items/{made.ref}", {"fields": wrong})
        assert answer.status_code == 422, wrong
        assert next(iter({*wrong} - {"reach"})) in str(answer.data)
    answer = alice("POST", "/products/TW/items", {"kind": "note", "title": "x", "fields": {"cell": "strengths"}})
    assert answer.status_code == 422
    same = {"fields": {"kano": "M", "survey_place": 2, "reach": 3}}  # sent back as it was read
    assert alice("PATCH", f"/items/{made.ref}", same).data["fields"]["reach"] == 3
    assert Item.objects.get(pk=made.pk).fields["kano"] == "M"


def test_events_name_no_item_that_the_reader_may_not_see(client, cast, need):
    away = actions.create(cast.alice, cast.private, "need", {"title": "Hidden"})
    actions.link(cast.alice, need, "relates", away)
    for actor, told in ((cast.alice, away.pk), (cast.bob, None)):
        newest = Api(client, actor)("GET", f"/items/{need.ref}/events").data[0]
        assert (newest["verb"], newest["changes"]["link"]["target"]) == ("linked", told)
        assert newest["changes"]["link"]["source"] == need.pk


def test_everyone_sees_their_own_workspace_and_nothing_else(client, cast, need):
    other = actions.create(cast.charlie, cast.foreign, "need", {"title": "Mine"})
    charlie, gwen = Api(client, cast.charlie), Api(client, cast.gwen)
    for method, path, data in (
        ("GET", "/items/TW-1", None),
        ("GET", "/products/TW/items", None),
        ("GET", "/products/TW/kinds", None),
        ("GET", "/products/TW", None),
        ("GET", "/items/TW-1/comments", None),
        ("POST", "/products/TW/items", {"kind": "need", "title": "x"}),
        ("PATCH", "/items/TW-1", {"title": "x"}),
        ("DELETE", "/items/TW-1", None),
        ("POST", "/items/TW-1/comments", {"body": "x"}),
        ("POST", f"/items/{other.ref}/links", {"relation": "relates", "target": "TW-1"}),
        ("POST", f"/items/{other.ref}/merges", {"others": ["TW-1"]}),
        ("POST", "/items/TW-1/merges", {"others": [other.ref]}),
        ("POST", f"/undo/{Event.objects.filter(item=need).get().batch}", None),
    ):
        assert charlie(method, path, data).status_code == 404, path
    assert charlie("GET", "/search?q=Offline").data["items"] == []
    assert [row["key"] for row in gwen("GET", "/products").data] == ["TW"]
    assert gwen("PATCH", "/items/TW-1", {"title": "x"}).status_code == 404
    assert gwen("POST", "/items/TW-1/merges", {"others": ["TW-1"]}).status_code == 404
    assert gwen("POST", "/items/TW-1/comments", {"body": "I see this daily"}).status_code == 201
    assert [row["author"] for row in gwen("GET", "/items/TW-1/comments").data] == ["gwen@example.com"]
    assert gwen("GET", "/products/TW").data["key"] == "TW"
    assert not Link.objects.exists()


def test_links_to_what_the_caller_may_not_see_stay_hidden(client, cast, need):
    secret = actions.create(cast.alice, cast.private, "need", {"title": "Secret"})
    row = actions.link(cast.alice, need, "relates", secret)
    bob = Api(client, cast.bob)
    assert bob("GET", "/items/TW-1/links").data == []
    assert bob("DELETE", f"/links/{row.pk}").status_code == 404


def test_a_token_must_live_and_hold_the_scope(client, cast, need):
    reader = Api(client, cast.alice, scope="read")
    assert reader("GET", "/items/TW-1").status_code == 200
    refused = reader("PATCH", "/items/TW-1", {"title": "x"})
    assert (refused.status_code, "only reads" in refused.data["title"]) == (404, True)
    Membership.objects.filter(user=cast.alice.user).delete()
    assert reader("GET", "/items/TW-1").status_code == 401
    client.force_login(cast.bob.user)
    assert client.get("/api/v1/items/TW-1").status_code == 401
    assert client.get(f"/api/v1/items/TW-1?token={reader.secret}").status_code == 401


def test_a_stale_version_conflicts_and_says_both(alice, need):
    etag = alice("GET", "/items/TW-1").headers["ETag"]
    alice("PATCH", "/items/TW-1", {"title": "Theirs"})
    refused = alice("PATCH", "/items/TW-1", {"title": "Mine"}, If_Match=etag)
    assert (refused.status_code, refused.data["theirs"], refused.data["mine"]) == (
        409,
        {"title": "Theirs"},
        {"title": "Mine"},
    )
    assert alice("PATCH", "/items/TW-1", {"body": "merged"}, If_Match=etag).data["title"] == "Theirs"


def test_a_retried_create_makes_one_item(alice):
    first, again = (
        alice("POST", "/products/TW/items", {"kind": "task", "title": "Once"}, Idempotency_Key="k1") for _ in range(2)
    )
    assert first.data == again.data
    assert Item.objects.count() == 1
    other = alice("POST", "/products/TW/items", {"kind": "task", "title": "Else"}, Idempotency_Key="k1")
    assert (other.status_code, Item.objects.count()) == (422, 1)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"\xff", 400), ("{", 400), ('{"kind":"task","title":NaN}', 400), ('{"kind":"task","title":"a\\u0000b"}', 400),
        ('{"kind":"task","title":"\\ud800"}', 400), ("[" * 10_000, 400), ('{"kind":"task","title":"x","score":9}', 422),
        ('{"kind":"task","title":"x","fields":{"points":1e400}}', 400), ('{"kind":"task","title":"x","fields":{"points":' + "9" * 5_000 + "}}", 400),
        ('{"kind":"task","title":"' + "x" * 100_000 + '"}', 422), ('{"kind":"nothing","title":"x"}', 422), ('{"kind":"task","title":"x","parent":"FX-1"}', 422),
        ('{"kind":"task","title":"x","owner":"charlie@example.com"}', 422), ('{"kind":"task","title":"x","product_id":1}', 422), ('[]', 422), ('"x"', 422), ("", 422),
    ],
)  # fmt: skip
def test_hostile_bodies_are_refused_in_words(alice, body, status):
    refused = alice("POST", "/products/TW/items", body)
    assert refused.status_code == status, refused.content
    assert refused.data["title"]
    assert not Item.objects.exists()


@pytest.mark.parametrize(
    "path",
    [
        "/items/TW-0",
        "/items/TW-99999999999",
        "/items/x",
        "/items/TW-１",
        "/links/99999999999999999999",
        "/products/TW%00/items",
        "/products/TW/items?cursor=x",
        "/products/TW/items?limit=100000",
    ],
)
def test_odd_addresses_are_refused(alice, path):
    assert alice("GET", path).status_code in (404, 405, 422), path


def test_search_and_paging_read_everything_once(alice, cast, django_assert_max_num_queries):
    actions.create_many(
        cast.alice, cast.product, "feedback", [{"title": f"连接失败 {n}", "tags": ["a"]} for n in range(25)]
    )
    seen, cursor = [], ""
    while cursor is not None:
        with django_assert_max_num_queries(11):
            page = alice("GET", f"/search?q=连接&limit=10&cursor={cursor}".removesuffix("&cursor=")).data
        seen += [row["ref"] for row in page["items"]]
        cursor = page["next"]
    assert len(seen) == len(set(seen)) == 25
    actions.create(cast.alice, cast.private, "task", {"title": "TW-1, TW-2"})
    first = alice("GET", "/search?q=1&limit=1").data
    then = alice("GET", f"/search?q=1&cursor={first['next']}").data
    assert [row["ref"] for row in (first["items"] + then["items"])[:2]] == ["SEC-1", "TW-1"]
    assert alice("GET", "/search?q=1&cursor=x1").status_code == 422


def test_the_description_explains_every_parameter_by_the_name_that_is_sent(client):
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    asked = [one for methods in paths.values() for told in methods.values() for one in told.get("parameters", [])]
    assert {one["name"] for one in asked if one["in"] == "header"} == {"Idempotency-Key", "If-Match", "If-None-Match"}
    assert {one["name"] for one in asked if not one.get("description")} == set()


def test_the_list_takes_the_filters_orders_and_cursors_of_the_pages(alice, cast, django_assert_max_num_queries):
    actions.create_many(
        cast.alice,
        cast.product,
        "requirement",
        [{"title": f"R{n}", "reach": n, "tags": ["a"], "owner": "me" if n % 2 else ""} for n in range(12)],
    )
    actions.create(cast.alice, cast.product, "task", {"title": "Timetable"})
    seen, cursor = [], ""
    while cursor is not None:
        with django_assert_max_num_queries(11):
            page = alice("GET", f"/products/TW/items?kind=requirement&reach.gte=2&sort=-reach&limit=4&cursor={cursor}")
        seen += [row["title"] for row in page.data["items"]]
        cursor = page.data["next"]
    assert seen == [f"R{n}" for n in range(11, 1, -1)]
    assert alice("GET", "/products/TW/items?state=todo").data["items"][0]["title"] == "Timetable"
    assert len(alice("GET", "/products/TW/items?owner=me&2.q=timetable&limit=200").data["items"]) == 7


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("reach.gte=2", "reach.gte"), ("kind=requirement&reach.gte=x", "reach.gte"), ("sort=secret", "sort"), ("cursor=eyJ", "cursor"),
        ("state=%00", "state"), ("kind=virus", "kind"), ("view=board", "view"), ("product=2", "product"), ("kind=requirement&sort=-reach&cursor=WyIiLGZhbHNlLG51bGwsMV0", "cursor"),
    ],
)  # fmt: skip
def test_what_no_list_knows_is_refused_by_its_name(alice, query, named):
    refused = alice("GET", f"/products/TW/items?{query}")
    assert (refused.status_code, list(refused.data["errors"])) == (422, [named])


def test_versions_travel_as_etags(alice, need):
    etag = alice("GET", "/items/TW-1").headers["ETag"]
    same = alice("GET", "/items/TW-1", If_None_Match=f'"x", W/{etag}')
    assert (same.status_code, same.content, same.headers["ETag"]) == (304, b"", etag)
    changed = alice("PATCH", "/items/TW-1", {"title": "New"}, If_Match=etag)
    assert changed.headers["ETag"] == alice("GET", "/items/TW-1", If_None_Match=etag).headers["ETag"] != etag
    assert alice("PATCH", "/items/TW-1", {"title": "Newer"}, If_Match='"abc"').data["errors"].keys() == {"If-Match"}
    alice("DELETE", "/items/TW-1")
    assert alice("GET", "/items/TW-1", If_None_Match=changed.headers["ETag"]).data["trashed"] is True


def test_products_are_made_by_members_and_changed_by_who_manages_them(client, alice, cast):
    bob, gwen, charlie = (Api(client, actor) for actor in (cast.bob, cast.gwen, cast.charlie))
    made = bob("POST", "/products", {"key": "NEW", "name": "新产品"}, Idempotency_Key="p")
    assert (made.status_code, made.data["url"]) == (201, "/w/harbor/NEW/")
    assert bob("POST", "/products", {"key": "NEW", "name": "新产品"}, Idempotency_Key="p").data == made.data
    assert gwen("POST", "/products", {"key": "GW", "name": "x"}).status_code == 404
    for data, named in (
        ({"key": "NEW", "name": "x"}, "key"),
        ({"key": "new", "name": "x"}, "key"),
        ({"key": "OK", "name": " "}, "name"),
    ):
        refused = alice("POST", "/products", data)
        assert (refused.status_code, list(refused.data["errors"])) == (422, [named])
    assert bob("PATCH", "/products/NEW", {"purpose": "To test"}).data["purpose"] == "To test"
    for stranger in (gwen, charlie):
        assert stranger("PATCH", "/products/NEW", {"name": "x"}).status_code == 404
    assert bob("PATCH", "/products/TW", {"name": "x"}).status_code == 404
    assert alice("PATCH", "/products/TW", {"name": "Tide"}).data["name"] == "Tide"
    assert alice("PATCH", "/products/TW", {"key": "T2"}).status_code == 422


def test_every_refusal_is_a_problem_in_the_owners_language(alice, cast, need):
    cast.alice.user.language = "zh-hans"
    cast.alice.user.save()
    for method, path, data, status in (
        ("GET", "/nothing", None, 404),
        ("POST", "/nothing", {}, 404),
        ("PUT", "/products", {}, 405),
        ("GET", "/items/TW-99", None, 404),
        ("PATCH", "/items/TW-1", {"tags": 5, "odd": 1}, 422),
        ("POST", "/products/TW/items", "{", 400),
        ("PATCH", "/items/TW-1", '{"body": "' + "x" * 6_000_000 + '"}', 413),
    ):
        refused = alice(method, path, data)
        assert (refused.status_code, refused.headers["Content-Type"]) == (status, "application/problem+json"), path
        assert refused.data["status"] == status
    assert alice("GET", "/items/TW-99").headers["Content-Language"] == "zh-hans"
    assert alice("GET", "/items/TW-99", Accept_Language="en").headers["Content-Language"] == "en"
    assert alice("GET", "/items/TW-99", Accept_Language="en").data["title"] == "There is nothing here that you may see."
    assert alice("GET", "/items/TW-99").data["title"] != "There is nothing here that you may see."
