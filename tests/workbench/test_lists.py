"""Every kind in every layout: what it shows, to whom, how many queries it takes, and how it pages."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pilothouse.kinds import KINDS, VIEWS
from pilothouse.people.models import Product
from pilothouse.workbench.models import CustomField, Item
from pilothouse.workbench.writing import actions

URL = "/w/harbor/TW"


@pytest.fixture
def at(client, cast):
    client.force_login(cast.alice.user)
    return client


def fill(cast, kind, n, **more):
    titles = [
        {"title": f"Row {place:03} 离线", "tags": f"t{place % 3}", "due_on": "2026-12-01", **more} for place in range(n)
    ]
    return actions.create_many(cast.alice, cast.product, kind, titles)


@pytest.mark.parametrize("layout", VIEWS)
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_shows_in_every_layout(at, cast, kind, layout):
    fill(cast, kind, 2)
    page = at.get(f"{URL}/{kind}/?view={layout}")
    assert page.status_code == 200
    assert page.content.decode().count("Row 00") >= 2
    fragment = at.get(f"{URL}/{kind}/?view={layout}", headers={"HX-Request": "true"})
    assert fragment.content.decode().strip() in page.content.decode()


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_kind_says_what_to_do(at, cast, kind):
    page = at.get(f"{URL}/{kind}/?view=list").content.decode()
    assert f"{URL}/{kind}/new" in page
    filtered = at.get(f"{URL}/{kind}/?view=list&q=nothing").content.decode()
    assert "matches this filter" in filtered


@pytest.mark.parametrize("layout", VIEWS)
@pytest.mark.parametrize("kind", ["feedback", "requirement", "task", "customer"])
def test_rows_cost_no_queries(at, cast, kind, layout):
    counts = []
    for more in (5, 45):
        fill(cast, kind, more, owner="me")
        at.get(f"{URL}/{kind}/?view={layout}")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            at.get(f"{URL}/{kind}/?view={layout}")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 16, [query["sql"][:120] for query in queries]


@pytest.mark.parametrize("who", ["gwen", "bob"])
def test_a_guest_reads_and_a_member_writes(client, cast, who):
    fill(cast, "task", 1)
    client.force_login(getattr(cast, who).user)
    page = client.get(f"{URL}/task/?view=list").content.decode()
    assert "Row 000" in page
    assert ("quick-add" in page) is (who == "bob")


def test_a_stranger_and_a_private_product_are_not_found(client, cast):
    fill(cast, "task", 1)
    client.force_login(cast.charlie.user)
    for path in ("/task/", "/task/filter", "/task/display"):
        assert client.get(URL + path).status_code == 404
    client.force_login(cast.bob.user)
    assert client.get("/w/harbor/SEC/task/").status_code == 404
    client.logout()
    assert client.get(f"{URL}/task/").status_code == 302


@pytest.mark.parametrize(
    "query",
    ["sort=-title", "sort=score", "sort=-due", "sort=state", "sort=-priority&view=table", "sort=points", "sort=created",
     "sort=owner&group=none", "group=tag", "group=owner", "group=priority", "group=release", "sort=-estimate&group=none"],
)  # fmt: skip
def test_pages_lead_on_and_back_to_the_same_rows(at, cast, query):
    items = fill(cast, "task", 120)
    for place, item in enumerate(items):
        values = {"points": place % 7, "priority": "high"} if place % 2 else {"owner": "me", "state": "doing"}
        actions.change(cast.alice, item, values)
    seen, url, urls = [], f"{URL}/task/?{query}" + ("" if "view" in query else "&view=list"), []
    while url:
        context = pages(at, url)
        seen += context["rows"]
        urls.append((url, context["rows"]))
        url = context["next"]
    assert sorted(seen) == sorted(item.pk for item in items)
    assert len(urls) == 3
    back = pages(at, pages(at, urls[2][0])["previous"])
    assert back["rows"] == urls[1][1]
    assert pages(at, back["previous"])["rows"] == urls[0][1]
    assert pages(at, pages(at, back["previous"])["next"])["rows"] == urls[1][1]


def pages(client, url):
    html = unescape(client.get(url).content.decode())
    links = {name: link for link, name in re.findall(r'href="([^"]*[?&](after|before)=[^"]*)"', html)}
    rows = [int(pk) for pk in re.findall(r'data-row="(\d+)"', html)]
    return {"rows": rows, "next": links.get("after"), "previous": links.get("before")}


def test_a_page_stays_in_place_when_rows_come_and_go(at, cast):
    items = fill(cast, "task", 60)
    first = pages(at, f"{URL}/task/?view=list&group=none")
    actions.trash(cast.alice, items[:10])
    assert pages(at, first["next"])["rows"] == [item.pk for item in items[50:]]


@pytest.mark.parametrize(
    "parameter", ["after=x", "before=!!", "after=W10", "after=WyIiLGZhbHNlLHt9LDFd", "after=" + "a" * 9000]
)
def test_a_place_that_cannot_be_read_is_refused(at, cast, parameter):
    fill(cast, "task", 2)
    assert at.get(f"{URL}/task/?{parameter}").status_code == 400


def test_a_products_own_fields_are_columns_and_groups(at, cast):
    CustomField.objects.create(
        product=cast.product,
        kind="task",
        slug="area",
        name="区域",
        type="choice",
        options=[{"slug": "hall", "name": "大厅"}],
    )
    product = Product.objects.get(pk=cast.product.pk)
    actions.create_many(cast.alice, product, "task", [{"title": "One", "area": "hall"}, {"title": "Two"}])
    table = at.get(f"{URL}/task/?view=table&cols=title,area&area=hall").content.decode()
    assert "区域" in table
    assert "One" in table
    assert "Two" not in table
    assert "大厅" in at.get(f"{URL}/task/?view=board&group=area").content.decode()


def test_hostile_text_is_only_text(at, cast):
    actions.create(cast.alice, cast.product, "task", {"title": "<script>alert(1)</script>", "tags": '"><img src=x>'})
    for layout in VIEWS:
        html = at.get(f"{URL}/task/?view={layout}&q=alert").content.decode()
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert "&lt;script&gt;" in html


def test_an_edited_cell_keeps_the_value_and_answers_with_itself(at, cast):
    item = fill(cast, "requirement", 1)[0]
    url = f"/w/harbor/{item.ref}/cell?version=1&column="
    answer = at.post(url + "reach", {"reach": "1,200"})
    assert answer.status_code == 200
    assert "1,200" in answer.content.decode()
    item.refresh_from_db()
    assert item.fields["reach"] == 1200
    assert item.version == 2
    assert at.post(url + "reach", {"reach": "many"}).status_code == 422
    assert at.post(url + "score", {"score": "3"}).status_code == 404
    assert at.post(url + "title", {"reach": "3"}).status_code == 404


def test_what_a_column_offers_is_said_once_for_all_rows(at, cast):
    fill(cast, "requirement", 9)
    page = at.get(f"{URL}/requirement/?view=table").content.decode()
    assert page.count("Nobody yet") <= 2
    assert 'data-type="select"' in page
    client_of_gwen = type(at)()
    client_of_gwen.force_login(cast.gwen.user)
    assert "data-options" not in client_of_gwen.get(f"{URL}/requirement/?view=table").content.decode()


def test_an_older_cell_does_not_overwrite_a_newer_value(at, cast):
    item = fill(cast, "requirement", 1)[0]
    actions.change(cast.bob, item, {"reach": 7})
    refused = at.post(f"/w/harbor/{item.ref}/cell?version=1&column=reach", {"reach": "9"})
    assert refused.status_code == 409
    assert "“7”" in refused.content.decode()
    assert at.post(f"/w/harbor/{item.ref}/cell?version=1&column=effort", {"effort": "2"}).status_code == 200
    item.refresh_from_db()
    assert item.fields == {"reach": 7, "effort": 2}


def test_quick_add_takes_over_the_filter(at, cast):
    answer = at.post(
        f"{URL}/task/quick?state=doing&tag=app&view=list", {"title": "Third"}, headers={"HX-Request": "true"}
    )
    made = Item.objects.get(title="Third")
    assert (made.state, [tag.name for tag in made.tags.all()]) == ("doing", ["app"])
    assert "Third" in answer.content.decode()
    assert "undo" in answer.headers["HX-Trigger"]
    assert at.post(f"{URL}/task/quick", {"title": " "}).status_code == 400
