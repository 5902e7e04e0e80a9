"""What goes out: every cell harmless to open, raw enough to come back in equal, in a constant number of queries."""

from __future__ import annotations

import csv
import io
from datetime import datetime

import openpyxl
import pytest

from pilothouse.exchange.writing.safe import sheet_name
from pilothouse.workbench.models import CustomField, Item
from pilothouse.workbench.writing import actions
from tests.exchange.helpers import again, receive, run

pytestmark = pytest.mark.usefixtures("media")

EVIL = ["=1+1", "+1", "-2+3", "@SUM(A1)", "＝1", "＋1", "－1", "＠x", "\t=1", "\u200b=1", " =1", "=HYPERLINK(\"http://evil\")", "a,\"b\"\n中文 😀"]  # fmt: skip


@pytest.fixture
def filled(cast, client):
    product = cast.product
    CustomField.objects.create(product=product, kind="feedback", slug="own_seats", name="=Seats", type="number")
    actor = again(cast.alice)
    product = actor.product("TW")
    rows = [
        {"title": "x" + text.strip(), "body": text, "category": text, "channel": "review", "own_seats": -3.5}
        for text in EVIL
    ]
    rows[0] |= {
        "title": "=cmd",
        "said_on": "2026-01-02",
        "owner": "bob@example.com",
        "tags": "=tag, b",
        "rating": 4,
        "due_on": "2026-03-01",
    }
    actions.create_many(actor, product, "feedback", rows)
    client.force_login(cast.alice.user)
    return product


def fetched(client, address: str) -> bytes:
    response = client.get(f"/w/harbor/TW/feedback/{address}")
    assert response.status_code == 200
    return response.getvalue()


def table(data: bytes) -> list[list[str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_csv_is_read_by_excel_and_never_calculates(filled, client):
    data = fetched(client, "export.csv")
    head, *rows = table(data)
    assert data.count(b"\r\n") == len(rows) + 1
    assert len(rows) == len(EVIL)
    numbers = {place for place, name in enumerate(head) if name in ("'=Seats", "Rating", "Score")}
    assert len(numbers) == 3
    for row in [head, *rows]:
        for place, cell in enumerate(row):
            if place not in numbers or row is head:
                assert not cell.lstrip(" \t\u200b").startswith(tuple("=+-@＝＋－＠")), cell
    assert rows[0][head.index("'=Seats")] == "-3.5"
    assert rows[0][head.index("Channel")] == "App review"


def test_raw_comes_back_in_without_a_change(cast, filled, client, tmp_path):
    cast.alice.user.language = "zh-hans"
    cast.alice.user.save()
    for address in ("export.csv?raw=1", "export.csv", "export.xlsx", "export.xlsx?raw=1"):
        path = tmp_path / address.partition("?")[0]
        path.write_bytes(fetched(client, address))
        source = receive(cast.alice, filled, path)
        targets = {column["name"]: column["target"] for column in source.plan["columns"]}
        assert targets.get("ref", targets.get("编号")) == "ref"
        if "raw" in address:
            assert all(target in ("", name) for name, target in targets.items()), targets
        assert run(cast.alice, source) == {"unchanged": len(EVIL)}
    assert Item.objects.count() == len(EVIL)


def test_raw_csv_is_exact(filled, client):
    head, *rows = table(fetched(client, "export.csv?raw=1"))
    assert [row[head.index("body")] for row in rows] == [
        Item.objects.get(number=n).body for n in range(1, len(EVIL) + 1)
    ]
    assert rows[0][head.index("owner")] == "bob@example.com"
    assert rows[0][head.index("channel")] == "review"


def test_a_spreadsheet_has_no_formulas_no_links_and_real_dates(filled, client):
    book = openpyxl.load_workbook(io.BytesIO(fetched(client, "export.xlsx")))
    sheet = book.active
    assert (sheet.title, sheet.freeze_panes, sheet.auto_filter.ref[:3]) == ("Feedback", "C2", "A1:")
    head = [cell.value for cell in sheet[1]]
    for line in sheet.iter_rows(min_row=1):
        for cell in line:
            assert cell.data_type != "f"
            assert cell.hyperlink is None
    first = dict(zip(head, sheet[2], strict=True))
    assert first["Said on"].value == datetime(2026, 1, 2)
    assert first["Due on"].value == datetime(2026, 3, 1)
    assert first["Rating"].value == 4
    assert first["=Seats"].value == -3.5
    assert first["Title"].value == "=cmd"


@pytest.mark.parametrize(
    ("text", "name"),
    [("需求/想法: [a]*?", "需求 想法 a"), ("'x'", "x"), ("History", ""), ("\x00\x07", ""), ("长" * 40, "长" * 31), ("😀" * 20, "😀" * 15)],
)  # fmt: skip
def test_names_of_sheets_are_such_as_spreadsheets_take(text, name):
    assert sheet_name(text) == name


def test_control_characters_and_huge_cells_do_not_break_a_spreadsheet(cast, client):
    actor = again(cast.alice)
    actions.create(actor, actor.product("TW"), "feedback", {"title": "a\x0bb", "body": "\x01" + "长" * 40_000})
    client.force_login(cast.alice.user)
    sheet = openpyxl.load_workbook(io.BytesIO(fetched(client, "export.xlsx"))).active
    assert len(sheet["C2"].value) == 32_767
    assert len(table(fetched(client, "export.csv"))[1][2]) >= 40_000


def test_the_view_decides_what_is_in_it_and_in_which_order(filled, client):
    assert len(table(fetched(client, "export.csv?rating.gte=4"))) == 2
    head, *rows = table(fetched(client, "export.csv?sort=-title&channel=review"))
    titles = [row[head.index("Title")].removeprefix("'") for row in rows]
    assert titles == sorted(titles, reverse=True)
    assert client.get("/w/harbor/TW/feedback/export.csv?nonsense=1").status_code == 400
    assert client.get("/w/harbor/TW/feedback/export.csv?sort=password").status_code == 400


def test_labels_are_in_the_readers_language(cast, filled, client):
    cast.alice.user.language = "zh-hans"
    cast.alice.user.save()
    head, *rows = table(fetched(client, "export.csv"))
    assert {"标题", "状态", "渠道"} <= set(head)
    assert rows[0][head.index("渠道")] == "应用评论"


def test_query_counts_do_not_grow(cast, client, django_assert_max_num_queries):
    actor = again(cast.alice)
    actions.create_many(actor, actor.product("TW"), "task", [{"title": f"T{n}", "tags": "a"} for n in range(300)])
    client.force_login(cast.alice.user)
    for kind in ("csv", "xlsx"):
        with django_assert_max_num_queries(20):
            client.get(f"/w/harbor/TW/task/export.{kind}").getvalue()


@pytest.mark.parametrize("address", ["TW/feedback/export.csv", "TW/feedback/export.xlsx", "TW/export"])
def test_who_may_export(cast, client, address):
    for person, status in ((cast.bob, 200), (cast.gwen, 200), (cast.charlie, 404)):
        client.force_login(person.user)
        assert client.get(f"/w/harbor/{address}").status_code == status
    client.force_login(cast.bob.user)
    assert client.get(f"/w/harbor/{address.replace('TW', 'SEC')}").status_code == 404


def test_the_whole_product_is_for_those_who_write(cast, client):
    for person, status in ((cast.bob, 200), (cast.gwen, 404), (cast.charlie, 404)):
        client.force_login(person.user)
        assert client.get("/w/harbor/TW/export.json").status_code == status
