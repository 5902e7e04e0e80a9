"""Best-worst and choice answers of real studies, through the wizard with their designs, give the published figures."""

from __future__ import annotations

import pytest

from pilothouse.methods import maxdiff
from pilothouse.surveys.analysis.frame import frame_of
from pilothouse.surveys.instruments import instrument_of
from tests.surveys.wizard import Wizard, fields

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]
RICE = ["Place_of_origin", "Variety", "Price", "Taste", "Safety", "Washfree_rice", "Milling_date"]
SCORES = dict(zip(RICE, (-36, -33, 121, 93, 131, -218, -58), strict=True))


def test_maxdiff_positions_with_a_design_give_the_published_scores(client, cast, shared):
    folder = shared / "data/maxdiff_rice"
    wizard = Wizard(client, cast.alice, cast.product).upload(folder / "ricebws1.csv")
    wizard.questions(parts={"b1": RICE}, designs={"b1": (folder / "design_recovered.csv").read_bytes()})
    assert wizard.columns().checked() == {"created": 90}
    assert wizard.start() == {"created": 90}
    survey = wizard.survey
    question = next(one for one in survey.live.questionnaire.questions() if one.type == "maxdiff")
    names, frame = {row.id: row.text.get("en") for row in question.rows}, frame_of(survey)
    answers = []
    for number in range(1, len(question.settings["sets"]) + 1):
        codes = {part: frame.labels(question.id, f"{number}.{part}") for part in ("best", "worst")}
        for person in range(frame.n):
            best, worst = (int(frame.column(question.id, f"{number}.{part}")[person]) for part in ("best", "worst"))
            answers.append(
                {"respondent": person, "question": number, "best": names[list(codes["best"])[best]],
                 "worst": names[list(codes["worst"])[worst]]}
            )  # fmt: skip
    sets = [tuple(names[row] for row in shown) for shown in question.settings["sets"]]
    counts = maxdiff.analyse(answers, sets=sets).counts
    assert {name: count.bw for name, count in counts.items()} == SCORES


def test_choices_in_long_form_give_the_published_coefficients_on_the_page(client, cast, shared):
    """As the study is published: one row for each of the four products of a task, and a flag for what was chosen."""
    wizard = Wizard(client, cast.alice, cast.product).upload(shared / "data/cbc_electricity/electricity_long.csv")
    page = client.get(wizard.url).content.decode()
    assert fields(page)["reads-1-0"] == fields(page)["reads-1-1"] == "number"
    wizard.questions(more={"reads-1-0": "price"})
    assert wizard.columns().checked() == wizard.start() == {"created": 361}
    survey = wizard.survey
    question = next(one for one in survey.live.questionnaire.questions() if one.type == "conjoint")
    reading = instrument_of(question).read(question, frame_of(survey))
    names = {row.id: row.text.get("en") for row in question.rows}
    coef = {name: reading.inputs["coef"].get(id, reading.inputs["coef"].get(f"{id}l-1")) for id, name in names.items()}
    published = {"pf": -0.6252, "cl": -0.1083, "loc": 1.4422, "wk": 0.9955, "tod": -5.4628, "seas": -5.8400}
    assert {name: round(value, 4) for name, value in coef.items()} == published
    assert (reading.n, reading.inputs["tasks"]) == (361, 4308)
    shown = client.get(f"{survey.url}/results/{question.id}").content.decode()
    assert [words for words in ("−4,958.65", "pf: 1 more", "−0.625", "2.31") if words not in shown] == []
