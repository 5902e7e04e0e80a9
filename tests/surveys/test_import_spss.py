"""Answers that come as a file of SPSS: labels, missing values and days are read, and a broken file is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas
import pyreadstat
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pilothouse.exchange.answers.sav import as_sav
from pilothouse.exchange.models import Import
from pilothouse.surveys.definition import Questionnaire
from pilothouse.surveys.files.table import Table, Wanted
from pilothouse.surveys.models import Response
from tests.surveys.taking import fresh, published, take, told
from tests.surveys.test_files_answers import QUESTIONNAIRE
from tests.surveys.wizard import Wizard, fields

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]


def written(path: Path) -> bytes:
    """A study as another program keeps it: a missing value of its own, a scale with words at its ends only."""
    frame = pandas.DataFrame(
        {"id": [1, 2, 3, 4] * 3, "v1": [1, 2, 99, 2] * 3, "v2": [0, 7, 10, None] * 3,
         "v3": [date(2026, 1, 2), None, None, date(2025, 12, 31)] * 3, "v4": ["因为近", "", "x" * 300, "=1+1"] * 3}
    )  # fmt: skip
    frame["id"] = range(1, 13)
    pyreadstat.write_sav(
        frame, path, column_labels=["", "哪艘渡轮？", "推荐？ (NPS)", "哪天？", "为什么？"],
        variable_value_labels={
            "v1": {1: "南线", 2: "北线", 99: "不知道"}, "v2": {0: "Not at all likely", 10: "Extremely likely"},
        },
        missing_ranges={"v1": [99]}, variable_format={"v3": "DATE11"},
    )  # fmt: skip
    return path.read_bytes()


def test_what_goes_out_comes_in_equal(cast, tmp_path):
    first = published(cast.alice, Questionnaire.model_validate(QUESTIONNAIRE), cast.product)
    for number, given in enumerate(
        (
            {"q1": {"id": "n"}, "q2": "因为近", "q3": {"ids": ["w", "c"]}, "q4": 10, "q5": "2026-11-22", "q6": 34.5},
            {"q4": 0},
        )
    ):
        Response.objects.create(
            survey=first, version=first.live, language="en", answers=given, status="complete", external_id=f"r{number}"
        )
    for labelled in (True, False):
        with as_sav(Table(fresh(first), Wanted(labelled=labelled))) as file:
            (tmp_path / "a.sav").write_bytes(Path(file.name).read_bytes())
        again = published(cast.alice, Questionnaire.model_validate(QUESTIONNAIRE), cast.product)
        assert take(cast.alice, again, tmp_path / "a.sav") == {"created": 2}
        assert told(again) == told(first)


def test_a_study_becomes_a_survey_by_its_labels_or_its_codes(client, cast, tmp_path):
    data = written(tmp_path / "study.sav")
    wizard = Wizard(client, cast.alice, cast.product).upload(("study.sav", data))
    form = fields(client.get(wizard.url).content.decode())
    assert [form[f"type-{n}"] for n in range(5)] == ["fact:external_id", "single", "nps", "date", "long"]
    assert (form["label-1"], form["label-4"]) == ("哪艘渡轮？", "为什么？")
    wizard.questions().columns()
    assert wizard.checked() == wizard.start() == {"created": 12}
    asked = {question.code: question for question in wizard.survey.live.questionnaire.questions()}
    assert [option.text.get("en") for option in asked["v1"].options] == ["南线", "北线"]
    first, _second, third, fourth = [row[0] for row in told(wizard.survey)][:4]
    assert first == {"q1": {"id": asked["v1"].options[0].id}, "q2": 0, "q3": "2026-01-02", "q4": "因为近"}
    assert "q1" not in third  # the study's own missing value
    assert third["q2"] == 10
    assert fourth["q4"] == "=1+1"
    coded = Wizard(client, cast.alice, cast.product).upload(("study.sav", data), sheet="1")
    page = client.get(coded.url).content.decode()
    assert 'truncate">2</span>' in page
    assert 'truncate">99</span>' not in page


def test_an_existing_questionnaire_is_matched_by_the_labels_of_variables(client, cast, tmp_path):
    survey = fresh(published(cast.alice, Questionnaire.model_validate(QUESTIONNAIRE), cast.product))
    wizard = Wizard(client, cast.alice, cast.product).upload(("s.sav", written(tmp_path / "s.sav")), survey)
    form = fields(client.get(wizard.url).content.decode())
    assert [form[f"target-{n}"] for n in range(5)] == ["external_id", "q:q1:", "", "q:q5:", "q:q2:"]


def test_broken_files_are_refused_in_words_and_nothing_is_kept(client, cast, tmp_path, monkeypatch):
    data = written(tmp_path / "study.sav")
    client.force_login(cast.alice.user)
    starts = (
        f"{cast.product.url}surveys/import",
        f"{fresh(published(cast.alice, Questionnaire(), cast.product)).url}/import",
    )
    claims = data[:64] + (2).to_bytes(4, "little") + (2**31 - 1).to_bytes(4, "little") * 4 + b"\0" * 5_000
    for broken in (data[:200], data[: len(data) // 2], claims, data[:176] + bytes(range(256)) * 40):
        answer = client.post(starts[0], {"file": SimpleUploadedFile("study.sav", broken)})
        assert answer.status_code == 422
        assert "This SPSS file is damaged" in answer.content.decode()
    monkeypatch.setattr("pilothouse.exchange.reading.child.WALL_SECONDS", 0.001)
    answer = client.post(starts[1], {"file": SimpleUploadedFile("study.sav", data)})
    assert (answer.status_code, "too much memory or time" in answer.content.decode()) == (422, True)
    assert not Import.objects.exists()
