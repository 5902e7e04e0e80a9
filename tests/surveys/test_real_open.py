"""The product survey of Jupyter, 2015: sessions, unfinished ones, and the themes that its team gave to open answers."""

from __future__ import annotations

import csv
import io

import pytest

from pilothouse.surveys.models import Coding, Response
from tests.surveys.taking import fresh, undo
from tests.surveys.wizard import Wizard

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]
THEMES = {
    "hinderances": {"development": 425, "setup": 148, "disseminate": 146, "reuse": 136, "version": 116, "collab": 63},
    "difficult_aspects": {"ux": 145, "development": 111, "editor": 104, "hosting": 85, "version_control": 70, "content_management": 53},
    "features_changes": {"ux": 212, "editor": 110, "integration": 109, "dissemination": 102, "version_control": 99, "ide": 91},
}  # fmt: skip


@pytest.fixture
def imported(client, cast, shared):
    folder = shared / "data/user_survey_jupyter2015"
    wizard = Wizard(client, cast.alice, cast.product).upload(folder / "survey_short_columns.csv")
    wizard.questions({"A": "fact:external_id"}).columns()
    wizard.run("check_job")
    assert wizard.start() == {"created": 1706}
    return folder, wizard.survey


def coded(client, cast, folder, survey, name):
    """The themes come as a second file, told apart by the respondent's id."""
    wizard = Wizard(client, cast.alice, cast.product).upload(folder / f"codes_{name}.csv", survey)
    questions = {question.code: question.id for question in survey.live.questionnaire.questions()}
    target = f"codes:{questions.get(name) or questions[f'{name}_1']}:"
    wizard.columns(**{"target-0": "external_id", "target-1": target, "target-2": ""})
    wizard.run("check_job")
    return wizard, wizard.start()


def test_sessions_are_complete_or_not(imported):
    _folder, survey = imported
    rows = Response.objects.filter(survey=survey)
    assert (rows.filter(status="complete").count(), rows.filter(status="started").count()) == (779, 927)
    by_code = {question.code: question.type for question in survey.live.questionnaire.questions()}
    assert (by_code["how_often"], by_code["years_in_role"], by_code["keywords"]) == ("single", "single", "multiple")
    assert by_code["role"] in ("text", "long")
    first = rows.get(external_id="1")
    assert first.started_at.isoformat()[:10] == "2015-12-22"


def test_themes_of_open_answers_are_counted_as_published(client, cast, imported):
    folder, survey = imported
    for name, published in THEMES.items():
        wizard, counts = coded(client, cast, folder, survey, name)
        themes = Coding.objects.filter(
            response__survey=survey, question=wizard.source.plan["columns"][1]["target"].split(":")[1]
        )
        rows = [row for row in csv.DictReader((folder / f"codes_{name}.csv").open()) if row[f"{name}_themes"]]
        assert counts["updated"] == len(rows)
        found = {code: themes.filter(code__name=code).count() for code in published}
        assert found == published, name


def test_codes_can_be_taken_back(client, cast, imported):
    folder, survey = imported
    wizard, counts = coded(client, cast, folder, survey, "hinderances")
    assert Coding.objects.filter(response__survey=survey).count() > 1_000
    assert undo(cast.alice, wizard.source)["count"] == counts["updated"]
    assert not Coding.objects.filter(response__survey=survey).exists()
    assert fresh(survey).responses.count() == 1706


def test_the_raw_export_of_the_tool_is_read_as_well(client, cast, shared):
    """Its headers are whole questions, some of them the same but for what stands in front."""
    file = shared / "data/user_survey_jupyter2015/SurveyExport.csv"
    wizard = Wizard(client, cast.alice, cast.product).upload(file).questions().columns()
    assert wizard.checked() == {"created": 1706}
    heads = next(csv.reader(io.StringIO(file.read_text("utf-8"))))
    asked = list(fresh(wizard.survey).questionnaire.questions())
    assert heads[3] in [question.text.get("en") for question in asked]
    assert len({question.code for question in asked}) == len(asked)
