"""Filters: what each operator of each type finds, numbers as numbers, groups as or, and nothing off the list."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone

from pilothouse.people.models import Product
from pilothouse.workbench.models import CustomField, Item
from pilothouse.workbench.viewing.filters import BadFilter
from pilothouse.workbench.viewing.state import read
from pilothouse.workbench.writing import actions
from pilothouse.workbench.writing.lifting import lift

ROWS = [
    {"title": "Alpha", "state": "idea", "priority": "high", "reach": 9, "suite": "Boarding, gates", "tags": "离线, app",
     "due_on": "2026-12-01", "planned_from": "2026-01-05", "owner": "me"},
    {"title": "Beta", "state": "approved", "priority": "low", "reach": 10, "suite": "50%_off", "tags": "app"},
    {"title": "Gamma 连接", "state": "shipped", "reach": 100, "effort": 2.5, "due_on": "2026-11-01", "planned_from": "2026-10-05"},
    {"title": "Delta", "state": "dropped", "suite": "boarding", "parent": "TW-1"},
]  # fmt: skip


@pytest.fixture
def found(cast):
    product = cast.product
    CustomField.objects.bulk_create(
        CustomField(product=product, kind="requirement", slug=slug, name=slug, type=type_, options=options)
        for slug, type_, options in (
            (
                "markets",
                "choices",
                [{"slug": "cn", "name": "中国"}, {"slug": "内地", "name": "内地"}, {"slug": "c", "name": "C"}],
            ),
            ("legal", "flag", []),
            ("contains", "number", []),
        )
    )
    product = Product.objects.get(pk=product.pk)
    product.workspace = cast.alice.workspace
    more = [{"markets": "cn", "legal": "yes", "contains": 3}, {"markets": "内地, c"}, {"legal": ""}, {}]
    for row, extra in zip(ROWS, more, strict=True):
        actions.create(cast.alice, product, "requirement", {**row, **extra})

    def names(query, actor=cast.alice):
        view = read(actor, product, "requirement", QueryDict(query))
        return "".join(view.rows().order_by("number").values_list("title", flat=True).distinct())

    return lambda query: "".join(letter for letter in names(query) if letter in "ABGD")


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("state=idea,approved", "AB"), ("state.not=idea", "BGD"), ("state=idea&state=dropped", "AD"),
        ("priority=high", "A"), ("priority.not=high", "BGD"), ("priority.empty=1", "GD"), ("priority.empty=0", "AB"),
        ("reach.gte=10", "BG"), ("reach.gt=9", "BG"), ("reach.lt=10", "A"), ("reach.lte=10", "AB"), ("reach=100", "G"),
        ("reach=9,100", "AG"), ("reach.not=9", "BGD"), ("reach.empty=1", "D"), ("effort.gt=2.4", "G"),
        ("suite=boarding", "AD"), ("suite.contains=gates", "A"), ("suite.eq=boarding", "D"), ("suite.eq=Boarding, gates", "A"),
        ("suite=%_", "B"), ("suite.not=boarding", "ABG"),
        ("tag=app", "AB"), ("tag=离线", "A"), ("tag.has=离线,app", "AB"), ("tag.not=离线", "BGD"), ("tag.empty=1", "GD"),
        ("owner=me", "A"), ("owner.not=me", "BGD"), ("owner.empty=1", "BGD"),
        ("due.gte=2026-11-02", "A"), ("due.lt=2026-11-02", "G"), ("due=2026-11-01", "G"), ("due.empty=1", "BD"),
        ("planned_from.gt=2026-02-01", "G"), ("planned_from.lte=2026-10-05", "AG"),
        ("parent=TW-1", "D"), ("parent=1", "D"), ("parent.empty=1", "ABG"),
        ("q=连接", "G"), ("q=alpha", "A"), ("title=alp", "A"), ("title.not=Alpha", "BGD"),
        ("markets=cn", "A"), ("markets=c", "B"), ("markets=内地", "B"), ("markets.not=cn", "BGD"), ("markets.empty=1", "GD"),
        ("legal=yes", "A"), ("legal=no", "BGD"), ("contains=3", "A"), ("contains.gte=2", "A"),
        ("created.gte=today", "ABGD"), ("created.lt=today", ""), ("updated=today", "ABGD"), ("created.gt=-3d", "ABGD"),
        ("state=idea&reach.gte=10", ""), ("state=idea&2.reach.gte=100", "AG"),
        ("state=idea,approved&reach.gte=10&2.tag=离线&2.owner=me", "AB"), ("linked=need", ""), ("evidence=no", "ABGD"),
    ],
)  # fmt: skip
def test_what_a_filter_finds(found, query, rows):
    assert found(query) == rows


def test_links_evidence_and_releases(cast):
    product = cast.product
    need = actions.create(cast.alice, product, "need", {"title": "Need"})
    [first] = lift(cast.alice, [need], "requirement", [{"title": "A"}])
    actions.create(cast.alice, product, "requirement", {"title": "B"})
    release = actions.create(cast.alice, product, "release", {"title": "2.4"})
    actions.link(cast.alice, first, "planned_in", release)

    def found(query):
        rows = read(cast.alice, product, "requirement", QueryDict(query)).rows()
        return "".join(rows.order_by("number").values_list("title", flat=True))

    assert (found("evidence=yes"), found("evidence=no")) == ("A", "B")
    assert (found("linked=need"), found("linked.not=need"), found("linked=task")) == ("A", "B", "")
    assert (found(f"release={release.number}"), found("release.empty=1"), found("release=999")) == ("A", "B", "")
    actions.trash(cast.alice, [need, release])
    assert (found("evidence=yes"), found("linked=need"), found("release.empty=1")) == ("", "", "AB")


def test_a_release_of_another_product_is_in_no_column_group_or_filter(cast, client):
    """Its number means another one here, and whoever looks may not even see its product."""
    away = actions.create(cast.alice, cast.private, "release", {"title": "Hidden 9.0"})
    row = actions.create(cast.alice, cast.product, "requirement", {"title": "A"})
    actions.link(cast.alice, row, "planned_in", away)
    client.force_login(cast.bob.user)
    pages = [
        b"".join(client.get(f"/w/harbor/TW/requirement/{query}")).decode()
        for query in ("?view=table&group=release&cols=release", "?view=list&group=release", "export.csv?cols=release")
    ]
    assert all(row.ref in page and "Hidden" not in page for page in pages)
    rows = read(cast.alice, cast.product, "requirement", QueryDict(f"release={away.number}")).rows()
    assert not rows.exists()
    assert read(cast.alice, cast.product, "requirement", QueryDict("release.empty=1")).rows().get() == row


@pytest.mark.parametrize(
    "query",
    ["password=x", "user__password=x", "owner__password__regex=a", "fields__reach=1", "reach__gte=1", "reach.regex=1",
     "title.isnull=1", "a[b]=1", "state=nowhere", "reach.gte=many", "reach.gte=nan", "reach.gte=1e999", "due.gt=yesterday",
     "due.gt=2026-13-01", "owner=alice", "owner=1 OR 1=1", "parent=x", "created.empty=1", "priority=1);select",
     "legal=perhaps", "0.state=idea", "999.state=idea", ".state=idea", "state.=idea", "sort=password", "sort=-owner__password",
     "sort=tags", "group=title", "group=owner__email", "view=password", "cols=title,password", "priority.empty=maybe",
     "created.gte=0001-01-01", "reach.gte=" + "9" * 501, "tag=" + "x" * 600, "due.gte=%2B99999999d", '"=1', "x" * 10_000 + "=1"],
)  # fmt: skip
def test_what_is_not_on_the_list_is_refused_by_name(client, cast, query):
    client.force_login(cast.alice.user)
    CustomField.objects.create(product=cast.product, kind="requirement", slug="legal", name="legal", type="flag")
    answer = client.get(f"/w/harbor/TW/requirement/?{query}")
    assert answer.status_code == 400
    assert "cannot be shown" in answer.content.decode()


def test_a_refusal_names_the_parameter(cast):
    with pytest.raises(BadFilter) as refused:
        read(cast.alice, cast.product, "requirement", QueryDict("owner__password=x"))
    assert refused.value.parameter == "owner__password"


def test_only_so_much_fits_into_one_address(cast):
    with pytest.raises(BadFilter):
        read(cast.alice, cast.product, "task", QueryDict("&".join(f"{n}.title=x" for n in range(2, 60))))


def test_nobody_filters_their_way_into_other_products(cast):
    actions.create(cast.alice, cast.private, "task", {"title": "Hidden"})
    view = read(cast.gwen, cast.product, "task", QueryDict("q=hidden&2.title=hidden&3.parent=1&4.release=1"))
    assert not view.rows().exists()


def test_the_address_of_a_view_is_all_of_it(cast):
    query = "view=table&group=priority&sort=-reach&cols=title,reach,owner&state=idea,approved&2.tag=离线&2.reach.gte=10"
    view = read(cast.alice, cast.product, "requirement", QueryDict(query))
    again = read(cast.alice, cast.product, "requirement", QueryDict(view.query))
    assert again == view
    assert again.url() == view.url()


def test_days_are_the_readers_own(cast):
    item = actions.create(cast.alice, cast.product, "task", {"title": "Late at night"})
    with timezone.override("Asia/Shanghai"):
        today = timezone.localdate()
        for days, rows in ((0, 1), (-1, 0)):
            query = QueryDict(f"created={(today + timedelta(days=days)).isoformat()}")
            assert read(cast.alice, cast.product, "task", query).rows().count() == rows
    assert Item.objects.get() == item


def test_the_editor_builds_the_address(client, cast):
    client.force_login(cast.alice.user)
    url = "/w/harbor/TW/requirement/filter"
    base = {"view": "list", "state": "idea", "apply": "1", "in": "1", "was": ""}
    added = client.get(url, {**base, "column": "priority", "operator": "not", "value": ["high", "low"]})
    assert added.url.endswith("?view=list&state=idea&priority.not=high%2Clow") or added.url.endswith(
        "priority.not=high,low"
    )
    replaced = client.get(url, {**base, "column": "state", "operator": "eq", "value": ["approved"], "was": "0"})
    assert replaced.url.endswith("?view=list&state=approved")
    grouped = client.get(url, {**base, "column": "due", "operator": "empty:1", "value": [""], "in": "2"})
    assert grouped.url.endswith("state=idea&2.due.empty=1")
    cleared = client.get(url, {**base, "column": "state", "operator": "eq", "was": "0"})
    assert cleared.url.endswith("?view=list")


@pytest.mark.parametrize(
    "column", ["state", "priority", "reach", "due", "owner", "tag", "release", "parent", "q", "evidence", "created"]
)
def test_every_column_has_an_editor(client, cast, column):
    client.force_login(cast.alice.user)
    url = f"/w/harbor/TW/requirement/filter?view=list&column={column}"
    fragment = client.get(url, headers={"HX-Request": "true"}).content.decode()
    assert f'name="column" value="{column}"' in fragment
    assert "<html" not in fragment
    assert 'name="apply"' in client.get(url).content.decode()


def test_display_settings_become_an_address(client, cast):
    client.force_login(cast.alice.user)
    url = "/w/harbor/TW/requirement/display"
    assert "Order by" in client.get(f"{url}?view=table", headers={"HX-Request": "true"}).content.decode()
    answer = client.get(f"{url}?apply=1&view=table&group=owner&sort=reach&down=1&cols=title&cols=reach&state=idea")
    assert answer.url.endswith("?view=table&group=owner&sort=-reach&cols=title,reach&state=idea")
