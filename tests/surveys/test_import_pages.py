"""Importing answers on its pages: who may, what is asked, what is told about wrong rows, and the way back."""

from __future__ import annotations

import gzip
import io
import zipfile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pilothouse.exchange.models import Import
from pilothouse.surveys.definition import Questionnaire
from pilothouse.surveys.models import Response
from pilothouse.workbench import jobs
from pilothouse.workbench.models import Event
from tests.surveys.taking import fresh, published, told, undo
from tests.surveys.test_files_answers import QUESTIONNAIRE
from tests.surveys.wizard import Wizard, fields

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]


@pytest.fixture
def survey(cast):
    return fresh(published(cast.alice, Questionnaire.model_validate(QUESTIONNAIRE), cast.product))


def wizard(client, cast, survey, text, name="answers.csv"):
    data = text if isinstance(text, bytes) else text.encode()
    return Wizard(client, cast.alice, cast.product).upload((name, data), survey)


def test_chinese_labels_in_gbk_with_semicolons_are_matched(client, cast, survey):
    text = "编号;哪艘渡轮？;为什么？;附加;推荐？;哪天？;年龄\nr1;北线;因为近;无线网|咖啡;10 - 非常可能;2026年11月22日;34\nr2;南线;;;0;;\n"
    done = wizard(client, cast, survey, text.encode("gb18030")).columns(separator="|")
    assert done.checked() == {"created": 2}
    assert done.start() == {"created": 2}
    first = Response.objects.get(survey=survey, external_id="r1").answers
    assert first == {
        "q1": {"id": "n"},
        "q2": "因为近",
        "q3": {"ids": ["w", "c"]},
        "q4": 10,
        "q5": "2026-11-22",
        "q6": 34,
    }
    assert Response.objects.get(survey=survey, external_id="r2").answers == {"q1": {"id": "s"}, "q4": 0}


def test_nearly_the_same_words_are_matched_and_unknown_values_are_asked_for(client, cast, survey):
    text = "Respondent ID,1. Which ferry ?,NPS,Age (years)\na,North,9,30\nb,the northern one,7,31\nc,the northern one,6,32\n"
    page = wizard(client, cast, survey, text)
    shown = client.get(page.url).content.decode()
    assert "1 value is not known yet." in shown
    form = fields(shown)
    assert (form["target-0"], form["target-1"], form["target-2"]) == ("external_id", "q:q1:", "q:q4:")
    assert form["value-1-0"] == "?"
    assert 'the northern one</span> <span class="muted num">2</span>' in shown
    done = page.columns(**{"value-1-0": "n", "target-3": "q:q6:"})
    assert done.checked() == {"created": 3}
    done.start()
    assert [row[0]["q1"] for row in told(survey)] == [{"id": "n"}] * 3


def test_wrong_rows_are_named_with_row_column_and_reason(client, cast, survey):
    text = (
        "external_id,ferry,nps,day,age\n1,n,11,2026-11-22,30\n2,n,9,soon,x\n,n,9,,\n4,n,9,,\n4,s,8,,\n5,n,9,,,,extra\n"
    )
    done = wizard(client, cast, survey, text).columns()
    assert done.checked() == {"created": 1, "failed": 4, "skipped": 1}
    problems = {
        row: [(reason["column"], reason["message"]) for reason in reasons]
        for row, reasons in done.source.problems.values_list("row", "reasons")
    }
    assert problems[2] == [("nps", "“11” is none of the answers.")]
    assert [column for column, _why in problems[3]] == ["day", "age"]
    assert problems[4] == [("external_id", "The id is missing.")]
    assert problems[6][0][1] == "The same as row 5 of this file."
    assert "7 cells" in problems[7][0][1]
    assert "“11” is none of the answers." in client.get(done.url).content.decode()
    assert done.start() == {"created": 1, "failed": 4, "skipped": 1}
    rows = b"".join(client.get(f"{survey.url}/import/{done.source.pk}/failed.csv").streaming_content).decode()
    assert "soon" in rows


def test_the_same_file_twice_makes_nothing_twice_and_two_alike_are_two_people(client, cast, survey):
    text = "ferry,nps\nn,9\nn,9\ns,3\n"
    assert wizard(client, cast, survey, text).columns().checked() == {"created": 3}
    first = wizard(client, cast, survey, text).columns()
    first.run("check_job")
    assert first.start() == {"created": 3}
    again = wizard(client, cast, survey, text).columns()
    assert again.checked() == {"unchanged": 3}


def test_a_later_file_fills_in_and_can_be_taken_back(client, cast, survey):
    first = wizard(client, cast, survey, "external_id,ferry,nps\n1,n,9\n2,s,3\n").columns()
    first.run("check_job")
    first.start()
    before = told(survey)
    later = wizard(client, cast, survey, "external_id,ferry,why\n1,,fast\n2,n,\n3,s,new\n").columns()
    assert later.checked() == {"created": 1, "updated": 2}
    later.start()
    answers = {row.external_id: row.answers for row in Response.objects.filter(survey=survey)}
    assert answers["1"] == {"q1": {"id": "n"}, "q2": "fast", "q4": 9}
    assert answers["2"]["q1"] == {"id": "n"}
    Response.objects.filter(external_id="2").update(changed=1)  # someone worked on it since
    result = undo(cast.alice, later.source)
    assert result["count"] == 2
    assert result["kept"] == [Response.objects.get(external_id="2").pk]
    assert told(survey)[0] == before[0]
    assert not Response.objects.filter(external_id="3").exists()
    assert list(Event.objects.filter(item=survey.item, verb__startswith="answers").values_list("verb", flat=True).order_by("pk")) == [
        "answers_imported", "answers_imported", "answers_taken_back",
    ]  # fmt: skip


def test_a_sheet_of_a_workbook_is_read(client, cast, survey):
    book = openpyxl.Workbook()
    book.active.append(["external_id", "ferry", "day", "why"])
    from datetime import date

    book.active.append(["1", "北线", date(2026, 11, 22), "=1+1"])
    book.active["D2"].data_type = "s"
    out = io.BytesIO()
    book.save(out)
    done = wizard(client, cast, survey, out.getvalue(), "answers.xlsx").columns()
    assert done.checked() == {"created": 1}
    done.start()
    assert told(survey)[0][0] == {"q1": {"id": "n"}, "q5": "2026-11-22", "q2": "=1+1"}


def test_doors(client, cast, survey):
    done = wizard(client, cast, survey, "ferry\nn\n")
    pk = done.source.pk
    reads = [
        f"{survey.url}/export",
        f"{survey.url}/export.csv",
        f"{survey.url}/export.xlsx",
        f"{survey.url}/export.sav",
        f"{survey.url}/export.json",
    ]
    wizards = [f"{survey.url}/import", *(f"{survey.url}/import/{pk}/{step}" for step in ("reading", "columns"))]
    wizards += [f"{cast.product.url}surveys/import"]
    for actor, read, write in (
        (cast.alice, 200, 200),
        (cast.bob, 200, 200),
        (cast.gwen, 200, 404),
        (cast.charlie, 404, 404),
    ):
        client.force_login(actor.user)
        answers = read if write == 200 else 404  # a guest takes the questionnaire out, and nobody's answers
        assert [client.get(path).status_code for path in reads] == [answers] * 4 + [read]
        assert [client.get(path).status_code for path in wizards] == [write] * len(wizards)
        if write == 404:
            assert client.post(f"{survey.url}/import/{pk}/start").status_code == 404
            assert client.post(f"{survey.url}/import/{pk}/discard").status_code == 404
    client.force_login(cast.alice.user)
    other = fresh(published(cast.alice, Questionnaire.model_validate(QUESTIONNAIRE), cast.product))
    assert client.get(f"{other.url}/import/{pk}/columns").status_code == 404
    assert client.get(f"{cast.product.url}imports/{pk}/columns").status_code == 404
    assert client.get(f"{cast.product.url}imports").status_code == 200


def test_a_questionnaire_file_becomes_a_survey_and_a_wrong_one_names_its_places(client, cast, survey):
    client.force_login(cast.alice.user)
    text = client.get(f"{survey.url}/export.json").content
    made = Wizard(client, cast.alice, cast.product)
    made.post(f"{cast.product.url}surveys/import", {"file": SimpleUploadedFile("q.json", text)})
    assert client.get(made.url).status_code == 200
    assert client.get(f"{made.url}/export.json").content == text
    bad = text.replace(b'"single"', b'"magic"')
    answer = client.post(f"{cast.product.url}surveys/import", {"file": SimpleUploadedFile("q.json", bad)})
    assert answer.status_code == 422
    assert "pages[1] (p1).questions[1] (ferry).type" in answer.content.decode()


def test_long_files_are_made_by_a_job(client, cast, survey, monkeypatch):
    monkeypatch.setattr("pilothouse.exchange.answers.making.AT_ONCE", 1)
    for n in range(3):
        Response.objects.create(survey=survey, version=survey.live, language="en", answers={"q4": n}, status="complete")
    client.force_login(cast.bob.user)
    for form in ("xlsx", "sav"):
        job = client.get(f"{survey.url}/export.{form}").headers["Location"].rsplit("/", 1)[-1]
        jobs.run.call(job)
        page = client.get(f"{survey.url}/export").content.decode()
        assert f"{survey.url}/exports/{job}" in page
        file = client.get(f"{survey.url}/exports/{job}")
        assert b"".join(file.streaming_content)[:2] in (b"PK", b"$F")
        client.force_login(cast.alice.user)
        assert client.get(f"{survey.url}/exports/{job}").status_code == 404
        client.force_login(cast.bob.user)


def bomb(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr(name, b"0" * 210_000_000)
    return out.getvalue()


def test_bombs_and_files_of_other_programs_are_refused_in_words(client, cast, survey):
    client.force_login(cast.alice.user)
    before = Response.objects.count()
    packed = bomb("xl/worksheets/sheet1.xml")
    for name, data, words in (
        ("answers.xlsx", packed, "unpacks"), ("answers.ods", packed, "unpacks"),
        ("answers.csv", packed, "unpacks"), ("answers.pdf", b"%PDF-1.7" + b"\0" * 5_000, "a file of PDF"),
        ("answers.csv", gzip.compress(b"0" * 9_000_000), "a file of gzip"), ("answers.xlsx", packed[:5_000], ""), ("answers.csv", b"", ""),
    ):  # fmt: skip
        for start in (f"{survey.url}/import", f"{cast.product.url}surveys/import")[: 2 if "PDF" in words else 1]:
            answer = client.post(start, {"file": SimpleUploadedFile(name, data)})
            while answer.status_code == 302:
                answer = client.get(answer.headers["Location"])
            page = answer.content.decode()
            assert answer.status_code in (200, 422), (name, answer.status_code)
            assert 'role="alert"' in page, (name, start)
            assert words in page, (name, start)
    assert Response.objects.count() == before


def test_an_abandoned_file_is_thrown_away(client, cast, survey):
    done = wizard(client, cast, survey, "ferry\nn\n")
    folder = done.source.folder
    assert folder.exists()
    client.post(f"{survey.url}/import/{done.source.pk}/discard")
    assert not Import.objects.exists()
    assert not folder.exists()


def test_exported_files_go_after_a_day(settings):
    import os
    import time

    from pilothouse.exchange.tidying import tidy

    folder = settings.MEDIA_ROOT / "exports"
    folder.mkdir(parents=True)
    for name, age in (("old", 25 * 3600), ("new", 60)):
        (folder / name).write_bytes(b"x")
        os.utime(folder / name, (time.time() - age,) * 2)
    assert tidy() == 1
    assert [file.name for file in folder.iterdir()] == ["new"]
