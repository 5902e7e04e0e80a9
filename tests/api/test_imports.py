"""Imports over the API: the wizard's own steps, its refusals, its undo; and the whole product as a file."""

from __future__ import annotations

import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pilothouse.exchange.models import Import
from pilothouse.workbench import jobs
from pilothouse.workbench.models import CustomField, Item
from pilothouse.workbench.writing import actions
from tests.api.calls import Api

ROWS = "Id,Title,Text,Stars,Shop\n1,Lift,卡片连不上,1,A\n2,Gate,Slow,nine,B\n3,Boat,Missed,3,A\n"
MAPPING = {"columns": {"Id": "external_id", "Title": "title", "Text": "body", "Stars": "rating", "Shop": "new:text"}}


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT


@pytest.fixture
def alice(client, cast):
    return Api(client, cast.alice)


def send(api, text=ROWS, mapping=None, **form):
    data = text if isinstance(text, bytes) else text.encode()
    form = {"file": SimpleUploadedFile("reviews.csv", data), "kind": "feedback", **form}
    if mapping is not None:
        form["mapping"] = mapping if isinstance(mapping, str) else json.dumps(mapping)
    return api.upload("/products/TW/imports", **form)


def finished(api, answer):
    assert answer.status_code == 202, answer.data
    jobs.run.call(answer.data["job"]["id"])
    return api("GET", f"/imports/{answer.data['id']}").data


def test_a_file_is_checked_imported_and_taken_back(alice):
    checked = finished(alice, send(alice, mapping=MAPPING, dry_run="true"))
    assert (checked["step"], checked["job"]["status"], checked["counts"]) == (
        "check",
        "done",
        {"created": 2, "failed": 1},
    )
    assert checked["columns"]["Shop"] == "new:text"
    assert [(row["row"], row["reasons"][0]["column"]) for row in checked["problems"]] == [(3, "Stars")]
    assert not Item.objects.exists()
    done = finished(alice, alice("POST", f"/imports/{checked['id']}/start"))
    assert (done["step"], done["counts"]["created"], done["counts"]["failed"]) == ("import", 2, 1)
    assert [row["row"] for row in done["problems"]] == [3]
    assert {item["fields"]["own_shop"] for item in alice("GET", "/products/TW/items").data["items"]} == {"A"}
    again = finished(alice, send(alice, mapping=MAPPING))
    assert (again["counts"]["created"], again["counts"]["unchanged"]) == (0, 2)
    back = finished(alice, alice("POST", f"/imports/{done['id']}/undo"))
    assert (back["step"], back["job"]["status"]) == ("undo", "done")
    assert not Item.objects.live().exists()
    assert alice("POST", f"/imports/{done['id']}/undo").status_code == 409
    assert alice("POST", f"/imports/{done['id']}/start").status_code == 409


def test_without_a_mapping_it_is_guessed_and_problems_come_in_pages(alice):
    rows = "id,title,rating\n" + "".join(f"{n},Title {n},{'x' if n > 7 else 3}\n" for n in range(1, 300))
    done = finished(alice, send(alice, rows, mapping={"columns": {"rating": "rating"}}))
    assert (done["columns"]["title"], done["counts"]["created"], done["counts"]["failed"]) == ("title", 7, 292)
    assert len(done["problems"]) == 200
    rest = alice("GET", f"/imports/{done['id']}?cursor={done['next']}").data
    assert (len(rest["problems"]), rest["next"], rest["problems"][-1]["row"]) == (92, None, 300)
    assert alice("GET", f"/imports/{done['id']}?cursor=x").status_code == 422


@pytest.mark.parametrize(
    ("mapping", "named"),
    [
        ("{", None), ("[]", "mapping"), ({"odd": 1}, "mapping.odd"), ({"columns": {"Nope": "title"}}, "mapping.columns"), ({"columns": {"Title": "nope"}}, "mapping.columns"),
        ({"columns": {"Shop": "new:virus"}}, "mapping.columns"), ({"key": ["Nope"]}, "mapping.key"), ({"policy": "burn"}, "mapping.policy"), ({"sheet": 10**6}, "mapping.sheet"),
        ({"columns": {"Title": "\x00"}}, None), ({"encoding": "rot13"}, "mapping.encoding"), ({"columns": {"Title": 5}}, "mapping.columns.Title"),
    ],
)  # fmt: skip
def test_a_mapping_that_makes_no_sense_is_refused_and_nothing_is_kept(alice, media, mapping, named):
    refused = send(alice, mapping=mapping)
    assert refused.status_code == (422 if named else 400), refused.data
    assert named is None or list(refused.data["errors"]) == [named]
    assert not Import.objects.exists()
    assert not [path for path in media.rglob("*") if path.is_file()]


def test_files_that_are_none_and_kinds_that_are_none_are_refused(alice):
    assert send(alice, b"").data["errors"].keys() == {"file"}
    assert send(alice, b"PK\x03\x04nonsense").status_code in (202, 422)
    assert send(alice, kind="virus").data["errors"].keys() == {"kind"}
    assert alice("POST", "/products/TW/imports", {"kind": "feedback"}).status_code == 422
    broken = alice.client.post(
        "/api/v1/products/TW/imports",
        b"--x\r\n",
        content_type="multipart/form-data; boundary=",
        headers=alice.headers({}),
    )
    assert (broken.status_code, broken.headers["Content-Type"]) == (400, "application/problem+json")


def test_an_upload_with_a_key_is_done_once(client, alice, cast):
    def upload(text=ROWS):
        form = {"file": SimpleUploadedFile("reviews.csv", text.encode()), "kind": "feedback"}
        return Api.read(
            client.post("/api/v1/products/TW/imports", form, headers=alice.headers({"Idempotency-Key": "k"}))
        )

    first, second = upload(), upload()
    assert (first.status_code, second.status_code, second.data) == (202, 202, first.data)
    assert upload(ROWS.replace("Lift", "Left")).status_code == 422
    assert Import.objects.count() == 1
    assert Import.objects.get().file.read_bytes() == ROWS.encode()


def test_a_file_far_too_large_is_refused_unread_in_the_apis_words(client, alice, cast):
    headers = alice.headers({"Content-Length": "230000000"})
    answer = Api.read(client.post("/api/v1/products/TW/imports", b"", "text/plain", headers=headers))
    assert (answer.status_code, answer.headers["Content-Type"]) == (413, "application/problem+json")
    assert (answer.data["status"], "200 MB" in answer.data["title"]) == (413, True)


def test_the_gate_holds_for_imports(client, cast, alice):
    bob, gwen, charlie = (Api(client, actor) for actor in (cast.bob, cast.gwen, cast.charlie))
    reader = Api(client, cast.alice, scope="read")
    begun = send(alice)
    path = f"/imports/{begun.data['id']}"
    for who in (gwen, charlie, reader):
        assert send(who).status_code == 404
        assert [who("POST", path + rest).status_code for rest in ("/undo", "/start")] == [404] * 2
    assert Import.objects.count() == 1
    done = finished(alice, begun)
    assert (done["job"]["status"], len(done["problems"])) == ("done", 1)
    assert reader("GET", path).data == done
    assert gwen("GET", path).data == {**done, "problems": []}
    assert charlie("GET", path).status_code == 404
    assert [who("GET", "/products/TW/export").status_code for who in (reader, gwen, charlie)] == [200, 404, 404]
    assert bob("GET", path).status_code == 200
    assert bob("POST", path + "/undo").status_code == 409
    assert send(bob, mapping=MAPPING).data["errors"].keys() == {"mapping.columns"}
    assert not CustomField.objects.exists()


def test_a_product_goes_out_as_its_file(alice, cast):
    from pilothouse.exchange.whole.incoming import bring_in
    from tests.exchange.helpers import again

    actions.create(cast.alice, cast.product, "need", {"title": "离线"})
    answer = alice("GET", "/products/TW/export")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="TW-')
    file = b"".join(answer.streaming_content)
    assert json.loads(file)["format"] == "pilothouse-product"
    assert bring_in(again(cast.alice), io.BytesIO(file), "COPY").items.get().title == "离线"
