"""Answers go out as CSV, XLSX and .sav, and come in again equal, whatever the questionnaire and whatever was said."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import openpyxl
import pyreadstat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pilothouse.exchange.answers.sav import as_sav
from pilothouse.exchange.answers.writing import as_csv, as_xlsx
from pilothouse.surveys.definition import Questionnaire
from pilothouse.surveys.files.table import Table, Wanted
from pilothouse.surveys.models import Response
from tests.surveys.answers import answers, questionnaires
from tests.surveys.taking import fresh, published, receive, run, take, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]
RAW = Wanted(unfinished=True)


def add(survey, given, **more):
    return Response.objects.create(survey=survey, version=survey.live, language="en", answers=given, **more)


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_answers_to_any_questionnaire_come_in_equal(cast, tmp_path, data):
    questionnaire = data.draw(questionnaires())
    first = published(cast.alice, questionnaire, cast.product)
    for number in range(data.draw(st.integers(1, 4))):
        hidden = {"campaign": data.draw(st.sampled_from(["", "=cmd", "邮件"]))} if questionnaire.hidden else {}
        status = data.draw(st.sampled_from(["complete", "started", "screened_out"]))
        given = data.draw(answers(questionnaire))
        add(first, given, status=status, external_id=f"r{number}", hidden={k: v for k, v in hidden.items() if v})
    table = Table(fresh(first), RAW)
    path = tmp_path / "answers.csv"
    path.write_bytes(b"".join(as_csv(table)))
    if not table.variables or not any(row.answers for row, _found in table.read()):
        return
    second = published(cast.alice, questionnaire, cast.product)
    counts = take(cast.alice, second, path)
    assert counts == {"created": len(told(first))}
    assert told(second) == told(first)
    with as_xlsx(table) as file:
        (tmp_path / "answers.xlsx").write_bytes(Path(file.name).read_bytes())
    third = published(cast.alice, questionnaire, cast.product)
    assert take(cast.alice, third, tmp_path / "answers.xlsx") == counts
    assert told(third) == told(first)
    with as_sav(Table(fresh(first), RAW)) as file:
        frame, meta = pyreadstat.read_sav(file.name, user_missing=True)
    assert len(frame) == len(told(first))
    assert len(meta.column_names) == len(set(map(str.casefold, meta.column_names))) == len(table.heads())


QUESTIONNAIRE = {
    "languages": ["en", "zh-hans"],
    "title": {"en": "Boats", "zh-hans": "船"},
    "hidden": [{"code": "campaign"}],
    "pages": [
        {"id": "p1", "questions": [
            {"id": "q1", "type": "single", "code": "ferry", "text": {"en": "Which ferry?", "zh-hans": "哪艘渡轮？"},
             "options": [{"id": "n", "text": {"en": "North", "zh-hans": "北线"}}, {"id": "s", "text": {"en": "South", "zh-hans": "南线"}}]},
            {"id": "q2", "type": "long", "code": "why", "text": {"en": "Why?", "zh-hans": "为什么？"}},
        ]},
        {"id": "p2", "questions": [
            {"id": "q3", "type": "multiple", "code": "extras", "text": {"en": "Extras", "zh-hans": "附加"},
             "options": [{"id": "w", "text": {"en": "Wi-Fi", "zh-hans": "无线网"}}, {"id": "c", "text": {"en": "Coffee", "zh-hans": "咖啡"}}]},
            {"id": "q4", "type": "nps", "code": "nps", "text": {"en": "Recommend?", "zh-hans": "推荐？"}},
            {"id": "q5", "type": "date", "code": "day", "text": {"en": "When?", "zh-hans": "哪天？"}},
            {"id": "q6", "type": "number", "code": "age", "text": {"en": "Age", "zh-hans": "年龄"}},
        ]},
    ],
}  # fmt: skip


@pytest.fixture
def survey(cast):
    made = published(cast.alice, Questionnaire.model_validate(QUESTIONNAIRE), cast.product)
    at = datetime(2026, 11, 20, 8, tzinfo=UTC)
    add(
        made, {"q1": {"id": "n"}, "q2": '=HYPERLINK("http://x")', "q3": {"ids": ["c"]}, "q4": 10, "q5": "2026-11-22", "q6": 34.5},
        status="complete", seen=["p1", "p2"], finished_at=at, hidden={"campaign": "+mail"},
    )  # fmt: skip
    add(made, {"q1": {"id": "s"}, "q2": "北风 '=x"}, status="complete", seen=["p1"], finished_at=at + timedelta(days=1))
    add(made, {"q1": {"id": "s"}}, status="complete", flags=["speeder"], finished_at=at)
    add(made, {"q1": {"id": "n"}}, status="started")
    return fresh(made)


def lines(table: Table) -> list[str]:
    text = b"".join(as_csv(table)).decode("utf-8")
    assert text.startswith("\ufeff")
    return text.removeprefix("\ufeff").splitlines()


def test_raw_has_codes_and_labelled_has_words_of_the_language(survey):
    raw = lines(Table(survey, Wanted()))
    assert "ferry,why,extras_w,extras_c,nps,day,age" in raw[0]
    assert ',n,"\'=HYPERLINK(""http://x"")",0,1,10,2026-11-22,34.5' in raw[1]
    assert len(raw) == 4
    chinese = lines(Table(survey, Wanted(labelled=True, language="zh-hans")))
    assert "哪艘渡轮？,为什么？,无线网,咖啡,推荐？,哪天？,年龄" in chinese[0]
    assert ",北线," in chinese[1]
    assert ",否,是," in chinese[1]
    assert "完成" in chinese[1]


def test_unfinished_and_flagged_ones_are_in_or_out(survey):
    count = {
        (unfinished, flagged): len(lines(Table(survey, Wanted(unfinished=unfinished, flagged=flagged)))) - 1
        for unfinished in (False, True)
        for flagged in (False, True)
    }
    assert count == {(False, False): 2, (False, True): 3, (True, False): 3, (True, True): 4}


def test_the_secret_address_of_a_respondent_is_in_no_file(survey):
    keys = [str(key) for key in survey.responses.values_list("key", flat=True)]
    text = "\n".join(lines(Table(survey, RAW)) + lines(Table(survey, Wanted(labelled=True))))
    assert not any(key in text or key.replace("-", "") in text for key in keys)


def test_a_workbook_has_the_answers_and_what_they_mean_and_no_formula(survey):
    with as_xlsx(Table(survey, Wanted())) as file:
        book = openpyxl.load_workbook(io.BytesIO(Path(file.name).read_bytes()))
    sheet, codes = book.worksheets
    head = [cell.value for cell in sheet[1]]
    row = dict(zip(head, sheet[2], strict=True))
    assert (row["ferry"].value, row["nps"].value, row["age"].value) == ("n", 10, 34.5)
    assert (row["why"].data_type, row["hidden.campaign"].data_type) == ("s", "s")
    assert row["day"].value == datetime(2026, 11, 22)
    meant = [[cell.value for cell in line][:7] for line in codes.iter_rows(min_row=2)]
    assert ["ferry", "ferry", None, None, "n", 1, "North"] in meant
    assert ["ferry", "ferry", "Which ferry?", "one of several", None, None, None] in meant


def test_an_spss_file_has_labels_missings_and_measures(survey):
    with as_sav(Table(survey, Wanted(language="zh-hans"))) as file:
        frame, meta = pyreadstat.read_sav(file.name, user_missing=True)
    labels = dict(zip(meta.column_names, meta.column_labels, strict=True))
    assert labels["ferry"] == "哪艘渡轮？"
    assert meta.variable_value_labels["ferry"] == {1.0: "北线", 2.0: "南线", -8.0: "未显示", -9.0: "未答"}
    assert meta.variable_value_labels["extras_c"][1.0] == "是"
    assert meta.variable_measure["ferry"] == "nominal"
    assert meta.variable_measure["nps"] == "ordinal"
    assert meta.variable_measure["age"] == "scale"
    assert {value["lo"] for value in meta.missing_ranges["nps"]} == {-8.0, -9.0}
    assert list(frame["ferry"]) == [1, 2, 2]
    assert list(frame["nps"]) == [10, -8, -9]
    assert frame["day"][0].isoformat()[:10] == "2026-11-22"
    assert frame["why"][1] == "北风 '=x"
    assert frame["age"][0] == 34.5


def test_no_label_becomes_a_formula(cast):
    evil = ['=HYPERLINK("http://x")', "+1+1", "-2+3", "@SUM(A1)", "\t=1", "＝1"]
    options = [{"id": f"o{n}", "text": {"en": word}} for n, word in enumerate(evil)]
    asked = {"id": "q1", "type": "single", "code": "a", "text": {"en": evil[0]}, "options": options}
    form = {"languages": ["en"], "title": {"en": evil[1]}, "pages": [{"id": "p1", "questions": [asked]}]}
    made = published(cast.alice, Questionnaire.model_validate(form), cast.product)
    for n in range(len(evil)):
        add(made, {"q1": {"id": f"o{n}"}}, status="complete", hidden={}, external_id=evil[n])
    table = Table(fresh(made), Wanted(labelled=True, language="en"))
    rows = list(csv.reader(lines(table)))
    assert not [cell for row in rows for cell in row if cell.strip()[:1] in ("=", "+", "@", "-") and cell.strip("-")]
    with as_xlsx(Table(fresh(made), Wanted(labelled=True))) as file:
        book = openpyxl.load_workbook(io.BytesIO(Path(file.name).read_bytes()))
    cells = [cell for sheet in book.worksheets for line in sheet.iter_rows() for cell in line]
    assert any(str(cell.value).startswith("=HYPERLINK") for cell in cells)
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    with as_sav(Table(fresh(made), Wanted(language="en"))) as file:
        _frame, meta = pyreadstat.read_sav(file.name)
    assert meta.column_names_to_labels["a"] == evil[0]


def test_what_was_escaped_for_spreadsheets_comes_back_as_it_was(cast, survey, tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"".join(as_csv(Table(survey, RAW))))
    other = published(cast.alice, Questionnaire.model_validate(QUESTIONNAIRE), cast.product)
    assert run(cast.alice, receive(cast.alice, other, path)) == {"created": 4}
    assert told(other) == told(survey)


def test_labelled_files_come_in_too(cast, survey, tmp_path):
    for language in ("en", "zh-hans"):
        path = tmp_path / f"{language}.csv"
        path.write_bytes(b"".join(as_csv(Table(survey, Wanted(labelled=True, language=language, unfinished=True)))))
        other = published(cast.alice, Questionnaire.model_validate(QUESTIONNAIRE), cast.product)
        assert take(cast.alice, other, path) == {"created": 4}
        assert [row[0] for row in told(other)] == [row[0] for row in told(survey)]
