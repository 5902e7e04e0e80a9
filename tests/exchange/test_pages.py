"""The wizard as people use it: each step as a form, for those who may, in both languages, with hostile posts."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pilothouse.exchange.models import Import, Template
from pilothouse.people.models import Product
from pilothouse.workbench.models import Item, Job
from tests.exchange.helpers import ROWS, uploaded

pytestmark = pytest.mark.usefixtures("media")


@pytest.fixture
def source(cast, client):
    client.force_login(cast.alice.user)
    assert uploaded(client).status_code == 302
    return Import.objects.get()


def test_from_a_file_to_a_report_and_back(cast, client, source, work):
    assert "很好用" in client.get(f"{source.url}/reading").text
    assert client.post(f"{source.url}/reading", {"next": "1"}).url == f"{source.url}/columns"
    page = client.get(f"{source.url}/columns").text
    assert 'name="target-1"' in page
    form = {
        "target-0": "said_on",
        "target-1": "rating",
        "target-2": "title",
        "target-3": "body",
        "target-4": "",
        "key": ["0", "2"],
    }
    assert (
        client.post(f"{source.url}/columns", {**form, "policy": "changed", "title_from_body": "1", "next": "1"}).url
        == f"{source.url}/check"
    )
    assert 'hx-get="/w/harbor/jobs/' in client.get(f"{source.url}/check").text
    work()
    checked = client.get(f"{source.url}/check").text
    assert "Import 1 row" in checked
    assert "<script>alert" not in checked
    assert "“许多” is not a number." in checked
    assert not Item.objects.exists()
    assert client.post(f"{source.url}/start").url == source.url
    work()
    assert client.post(f"{source.url}/start").status_code == 302
    assert Item.objects.count() == 1
    report = client.get(source.url).text
    assert "“许多” is not a number." in report
    rows = list(csv.reader(io.StringIO(client.get(f"{source.url}/failed.csv").getvalue().decode("utf-8-sig"))))
    assert [row[2] for row in rows[1:]] == ["连不上", "<script>alert(1)</script>"]
    assert rows[2][3] == "'=cmd"
    client.post(f"{source.url}/template", {"name": "应用商店"})
    assert Template.objects.get().plan == Import.objects.get().plan
    client.post(f"{source.url}/undo")
    work()
    assert "Taken back" in client.get(source.url).text
    assert not Item.objects.live().exists()
    assert "Taken back" in client.get("/w/harbor/TW/imports").text


def test_a_column_with_a_fields_name_is_taken_at_its_word_and_says_what_does_not_fit(cast, client):
    client.force_login(cast.alice.user)
    uploaded(client, "负责人,评分,Title,Text\n王五,许多,a,b\n李四,5,c,d\n赵六,很好,e,f\n", kind="feedback")
    source = Import.objects.get()
    assert [column["target"] for column in source.plan["columns"]] == ["owner", "rating", "title", "body"]
    page = client.get(f"{source.url}/columns").text
    assert "3 of the first 3 cells do not fit: 王五" in page
    assert "2 of the first 3 cells do not fit: 许多" in page
    assert "2 of" not in client.post(f"{source.url}/columns", {"target-0": "", "target-1": ""}).text


def test_the_failed_rows_can_be_mended_and_imported(cast, client, source, work):
    client.post(f"{source.url}/columns", {"target-1": "rating", "key": ["0", "2"], "next": "1"})
    work()
    client.post(f"{source.url}/start")
    work()
    mended = client.get(f"{source.url}/failed.csv").getvalue().decode("utf-8-sig").replace("许多", "2")
    uploaded(client, mended, "mended.csv")
    second = Import.objects.exclude(pk=source.pk).get()
    client.post(f"{second.url}/start")
    work()
    assert sorted(Item.objects.values_list("fields__rating", flat=True)) == [2, 2, 5]
    assert Item.objects.get(number=3).body == "=cmd"


def test_a_job_is_followed_cancelled_and_sends_the_page_on(cast, client, source):
    client.post(f"{source.url}/columns", {"next": "1", "key": "2"})
    job = Job.objects.get()
    fragment = client.get(job.url, headers={"HX-Request": "true"})
    assert 'hx-trigger="every 1s"' in fragment.text
    client.post(f"{job.url}/cancel", headers={"HX-Request": "true"})
    over = client.get(job.url, headers={"HX-Request": "true"})
    assert over.headers["HX-Redirect"] == f"{source.url}/check"
    assert "Stopped" in client.get(f"{source.url}/check").text
    client.force_login(cast.bob.user)
    assert client.post(f"{job.url}/cancel").status_code == 404
    client.force_login(cast.charlie.user)
    assert client.get(job.url).status_code == client.get(job.url.replace("harbor", "elsewhere")).status_code == 404


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_page_speaks_both_languages_and_reads_as_a_fragment(cast, client, source, language):
    cast.alice.user.language = language
    cast.alice.user.save()
    for address in ("/w/harbor/TW/import", "/w/harbor/TW/task/import", "/w/harbor/TW/imports", "/w/harbor/TW/export", "/w/harbor/products/import",
                    f"{source.url}/reading", f"{source.url}/columns"):  # fmt: skip
        page = client.get(address)
        assert page.status_code == 200
        assert ("导" in page.text) == (language == "zh-hans") or "导" in source.name
    fragment = client.post(
        f"{source.url}/columns", {"target-1": "new", "type-1": "number"}, headers={"HX-Request": "true"}
    )
    assert fragment.text.lstrip().startswith("<form")
    assert 'name="type-1"' in fragment.text


def test_guests_and_strangers_find_no_import(cast, client, source):
    addresses = ["TW/import", "TW/imports", "TW/feedback/import", f"TW/imports/{source.pk}", f"TW/imports/{source.pk}/reading", f"TW/imports/{source.pk}/columns",
                 f"TW/imports/{source.pk}/check", f"TW/imports/{source.pk}/failed.csv"]  # fmt: skip
    for person in (cast.gwen, cast.charlie):
        client.force_login(person.user)
        for address in addresses:
            assert client.get(f"/w/harbor/{address}").status_code == 404
        for verb in ("start", "undo", "discard", "template"):
            assert client.post(f"{source.url}/{verb}").status_code == 404
    assert Import.objects.count() == 1
    client.force_login(cast.charlie.user)
    assert client.get(f"/w/elsewhere/FX/imports/{source.pk}").status_code == 404


def test_a_member_follows_but_does_not_take_back_what_another_imported(cast, client, source, work):
    client.post(f"{source.url}/columns", {"next": "1", "key": "2"})
    work()
    client.post(f"{source.url}/start")
    work()
    client.force_login(cast.bob.user)
    assert "Undo this import" not in client.get(source.url).text
    client.post(f"{source.url}/undo")
    work()
    assert Item.objects.live().exists()


@pytest.mark.parametrize(
    "post",
    [
        {"target-0": "password"}, {"target-0": "product_id"}, {"type-0": "virus", "target-0": "new"}, {"key": ["99", "-1", "x"]}, {"policy": "drop"},
        {"constant-channel": "x" * 5_000}, {"constant-product": "2"}, {"template": "999"}, {"template": "x"}, {"value-1-0": "nonsense"},
        {"target-0": "title", "target-1": "title"}, {"target-999": "title"},
    ],
)  # fmt: skip
def test_hostile_mappings_do_no_harm(cast, client, source, post):
    assert client.post(f"{source.url}/columns", post).status_code == 200
    assert client.post(f"{source.url}/columns", {**post, "next": "1"}).status_code in (302, 422)
    assert client.get(f"{source.url}/columns").status_code == 200


@pytest.mark.parametrize(
    "post", [{"encoding": "rot13"}, {"encoding": "utf-16"}, {"encoding": "utf-32"}, {"header": "-1"}, {"header": "99"}, {"header": "9" * 50}, {"delimiter": "xx"}, {"sheet": "7"}, {"dates": "ymd"}],
)  # fmt: skip
def test_hostile_readings_do_no_harm(cast, client, source, post):
    assert client.post(f"{source.url}/reading", post).status_code in (200, 422)
    assert client.get(f"{source.url}/reading").status_code == 200
    assert client.get(f"{source.url}/columns").status_code == 200


def test_the_check_says_what_cells_become_and_that_a_header_alone_holds_nothing(cast, client, work):
    client.force_login(cast.alice.user)
    for text in ("标题,优先级,影响用户数,信心\nA,P0,1.2万,0.8\nB,#N/A,300,0.5\n", "标题\n"):
        uploaded(client, text, kind="requirement")
        source = Import.objects.order_by("created_at").last()
        page = client.get(f"{source.url}/columns").text
        assert ("has another name here" in page) == ("P0" in text)
        client.post(f"{source.url}/columns", {"next": "1", "key": "0"})
        work()
        page = client.get(f"{source.url}/check").text
        assert ("There is no row below" in page) == ("A" not in text)
        shown = re.findall("→ ([^<]+)<", page)
        assert shown == (["Urgent", "12,000", "80", "left empty", "50"] if "A" in text else [])


def test_bytes_that_are_no_text_are_shown_as_such_and_their_rows_are_named(cast, client, work):
    client.force_login(cast.alice.user)
    data = (
        "标题,\x00类\udcff型,内容\n好,a\x00\udcff,b\n好\udcff,c,d\n".encode("utf-8", "surrogateescape")
        + b"\xe5\xa5\xbd,\xff\xfe,ok\n"
    )
    uploaded(client, data)
    source = Import.objects.get()
    client.post(f"{source.url}/reading", {"encoding": "utf-8-sig"})
    for step in ("reading", "columns"):
        assert "\ufffd" in client.get(f"{source.url}/{step}").text
    client.post(
        f"{source.url}/columns",
        {"target-0": "title", "target-1": "new", "type-1": "choice", "target-2": "body", "key": "0", "next": "1"},
    )
    work()
    assert "no text in the chosen encoding" in client.get(f"{source.url}/check").text
    client.post(f"{source.url}/start")
    work()
    source.refresh_from_db()
    assert (source.failed, source.skipped, source.created) == (2, 1, 0)
    assert client.get(f"{source.url}/failed.csv").getvalue()


@pytest.mark.parametrize(
    ("data", "name"),
    [(b"", "empty.csv"), (b"PK\x03\x04no", "x.xlsx"), (b'a,b\n"' + b"x" * 2_200_000, "quote.csv")],
)
def test_files_that_cannot_be_read_are_refused_with_a_reason(cast, client, data, name, settings):
    client.force_login(cast.alice.user)
    answer = uploaded(client, data, name)
    assert answer.status_code == 422
    assert 'data-tone="error"' in answer.text
    assert not Import.objects.exists()
    assert not list(settings.MEDIA_ROOT.rglob("upload"))


def test_names_of_files_are_only_names(cast, client):
    client.force_login(cast.alice.user)
    uploaded(client, name="..\\..\\etc\\<b>pass\u202ewd.csv")
    assert Import.objects.get().name == "<b>passwd.csv"
    assert "<b>pass" not in client.get(f"{Import.objects.get().url}/reading").text


def test_a_product_comes_in_by_its_page(cast, client, work):
    client.force_login(cast.alice.user)
    text = client.get("/w/harbor/TW/export.json").getvalue()
    answer = client.post(
        "/w/harbor/products/import", {"file": SimpleUploadedFile("p.json", text), "key": "new", "name": "Copy"}
    )
    work()
    assert Product.objects.get(key="NEW").name == "Copy"
    assert client.get(answer.url, headers={"HX-Request": "true"}).headers["HX-Redirect"] == "/w/harbor/NEW/"
    wrong = client.post("/w/harbor/products/import", {"file": SimpleUploadedFile("p.json", b"{}"), "key": "BAD"})
    work()
    assert "not a product" in client.get(wrong.url).text
    assert client.post("/w/harbor/products/import", {"key": "1"}).status_code == 422
    client.force_login(cast.gwen.user)
    assert client.get("/w/harbor/products/import").status_code == 404


def test_query_counts_of_the_pages_do_not_grow(cast, client, source, django_assert_max_num_queries):
    for _copy in range(12):
        uploaded(client)
    for address in ("/w/harbor/TW/imports", "/w/harbor/TW/import", f"{source.url}/columns", f"{source.url}/reading"):
        with django_assert_max_num_queries(22):
            client.get(address)


def test_the_command_line_does_the_same(cast, tmp_path, capsys):
    from pilothouse.cli import main

    Path(os.environ["PILOTHOUSE_DATA"], "pilothouse.sqlite3").touch()  # the tests' own database lies elsewhere
    path = tmp_path / "reviews.csv"
    path.write_text(ROWS)
    common = ["--workspace", "harbor", "--product", "TW", "--kind", "feedback"]
    assert main(["import", str(path), *common, "--map", "rating=", "title=标题", "--dry-run", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["counts"] == {"created": 3}
    assert not Import.objects.exists()
    assert main(["import", str(path), *common, "--map", "rating="]) == 0
    assert main(["import", str(path), *common]) == 0
    assert "3 unchanged" in capsys.readouterr().out
    assert main(["import", str(path), *common, "--map", "title=nope"]) == 2
    assert "nope" in capsys.readouterr().err
    out = tmp_path / "out.json"
    assert main(["export", str(out), "--workspace", "harbor", "--product", "TW"]) == 0
    assert main(["import", str(out), "--workspace", "elsewhere", "--product", "TW"]) == 0
    assert Item.objects.filter(product__workspace__slug="elsewhere").count() == 3
    assert main(["export", str(tmp_path / "o.csv"), *common, "--filter", "nope=1"]) == 2


@pytest.mark.parametrize("length", ["230000000", "9" * 40, "-1", "x"])
def test_a_request_that_is_too_large_is_refused_unread(cast, client, length):
    client.force_login(cast.alice.user)
    answer = client.post("/w/harbor/TW/feedback/import", b"", content_type="text/plain", CONTENT_LENGTH=length)
    assert answer.status_code == 413
    assert "200 MB" in answer.text
