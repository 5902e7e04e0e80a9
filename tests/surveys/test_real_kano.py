"""Kano answers of 182 people in two wordings, through the import wizard, give the published reading."""

from __future__ import annotations

import csv
import json

import pytest

from pilothouse.methods import kano
from pilothouse.surveys.analysis.frame import frame_of
from pilothouse.surveys.models import Response
from tests.surveys.wizard import Wizard

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]
FILES = ["storage_cohort1.csv", "storage_cohort2.csv"]


def readings(survey, table="pouliot"):
    """Each feature read by the method out of the columns that analyses see."""
    question = next(one for one in survey.live.questionnaire.questions() if one.type == "kano")
    frame = frame_of(survey)
    answers = []
    for row in question.rows:
        f, d = frame.column(question.id, f"{row.id}.f"), frame.column(question.id, f"{row.id}.d")
        answers += [
            {"feature": row.id, "functional": int(a) + 1, "dysfunctional": int(b) + 1}
            for a, b in zip(f, d, strict=True) if a >= 0 and b >= 0
        ]  # fmt: skip
    return kano.analyse(answers, table=table).features


@pytest.mark.parametrize("name", FILES)
def test_a_file_becomes_a_survey_with_the_published_categories(client, cast, shared, name):
    folder = shared / "data/kano_storage"
    wizard = Wizard(client, cast.alice, cast.product).upload(folder / name).questions()
    rows = list(csv.DictReader((folder / name).open(encoding="utf-8-sig")))
    assert wizard.columns().checked() == {"created": len(rows)}
    assert wizard.start() == {"created": len(rows)}
    survey = wizard.survey
    assert survey.item.state == "closed"
    assert survey.responses.filter(status=Response.COMPLETE).count() == len(rows)
    assert set(survey.responses.values_list("external_id", flat=True)) == {row["ID"] for row in rows}
    expected = json.loads((folder / "expected_kano.json").read_text())[name]
    for table in ("traditional", "pouliot"):
        found = readings(survey, "classic" if table == "traditional" else table)
        for feature, wanted in expected.items():
            reading = found[feature]
            assert {key: reading.counts[key] for key in "AOMIRQ"} == {
                key: wanted[table]["counts"].get(key, 0) for key in "AOMIRQ"
            }
            assert round(reading.better, 4) == pytest.approx(wanted[table]["CS_plus"], abs=1e-4)


def test_both_wordings_come_into_one_survey(client, cast, shared):
    folder = shared / "data/kano_storage"
    wizard = Wizard(client, cast.alice, cast.product).upload(folder / FILES[0]).questions().columns()
    wizard.run("check_job")
    first = wizard.start()
    second = Wizard(client, cast.alice, cast.product).upload(folder / FILES[1], wizard.survey)
    assert "not known yet." in client.get(second.url).content.decode()
    assert second.columns(unknown_empty="1").checked() == {"created": 97}
    assert second.start() == {"created": 97}
    again = Wizard(client, cast.alice, cast.product).upload(folder / FILES[1], wizard.survey).columns()
    assert again.checked() == {"unchanged": 97}
    assert first == {"created": 91}
    assert wizard.survey.responses.count() == 188
