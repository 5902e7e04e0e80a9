"""NPS, satisfaction, effort, SUS, agreement and weighting: real answers, through the wizard, give the published figures."""

from __future__ import annotations

import csv
import json
from collections import Counter, defaultdict
from statistics import median

import numpy as np
import pytest

from pilothouse.methods import cronbach_alpha_omega, csat_ces, nps, raking, sus
from pilothouse.surveys.analysis.frame import frame_of
from pilothouse.surveys.models import Response
from tests.surveys.wizard import Wizard

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]


def taken(client, cast, file, **steps):
    reading = steps.pop("reading", {})
    wizard = Wizard(client, cast.alice, cast.product).upload(file, **reading)
    wizard.questions(**steps).columns()
    wizard.run("check_job")
    counts = wizard.start()
    return wizard.survey, counts


def question_of(survey, slug, row=None):
    return next(
        one for one in survey.live.questionnaire.questions()
        if one.type == slug and (row is None or any(r.text.get("en") == row for r in one.rows))
    )  # fmt: skip


def points(frame, question, key=""):
    """The points of a scale as numbers, None where nothing was said."""
    labels = [int(code) for code in frame.labels(question.id, key)]
    return [labels[code] if code >= 0 else None for code in frame.column(question.id, key)]


@pytest.mark.parametrize("name", ["responses_labelled.csv", "responses_codes.csv"])
def test_nps_satisfaction_and_weeks_of_895_customers(client, cast, shared, name):
    survey, counts = taken(client, cast, shared / "data/nps_csat_ces_mobiles" / name)
    assert counts == {"created": 895}
    frame = frame_of(survey)
    scores = points(frame, question_of(survey, "nps"))
    result = nps.analyse(scores)
    assert (round(result.nps, 2), round(result.se, 2)) == (34.19, 2.49)
    assert round(100 * result.promoters / 895, 2) == 50.61
    assert round(100 * result.detractors / 895, 2) == 16.42
    satisfaction = question_of(survey, "matrix", "Q11_1")
    shares = [csat_ces.analyse(points(frame, satisfaction, row.id)).csat_pct for row in satisfaction.rows]
    assert [round(share, 2) for share in shares] == [79.89, 77.09, 76.87]
    weeks = defaultdict(list)
    started = Response.objects.filter(survey=survey).order_by("pk").values_list("started_at", flat=True)
    for at, score in zip(started, scores, strict=True):
        weeks["{}-W{:02}".format(*at.date().isocalendar()[:2])].append(score)
    assert {week: round(nps.analyse(given).nps, 2) for week, given in weeks.items()} == {
        "2019-W30": 38.68, "2019-W31": 24.44, "2019-W32": 41.38, "2019-W33": 35.24,
    }  # fmt: skip


def test_efforts_are_one_scale_with_its_gaps(client, cast, shared):
    survey, _counts = taken(client, cast, shared / "data/nps_csat_ces_mobiles/responses_labelled.csv")
    effort, frame = question_of(survey, "matrix", "Q12_1"), frame_of(survey)
    assert [row.text.get("en") for row in effort.rows] == [f"Q12_{n}" for n in range(1, 7)]
    assert Counter(points(frame, effort, effort.rows[0].id)) == {5: 392, 4: 303, 3: 117, 2: 41, 1: 18, None: 24}


def test_sus_words_give_the_study_score(client, cast, shared):
    survey, counts = taken(
        client, cast, shared / "data/sus_drawbridge/SUS-Drawbridge-Responses.csv", reading={"dates": "mdy"}
    )
    assert counts == {"created": 10}
    question, frame = question_of(survey, "matrix"), frame_of(survey)
    assert question.settings["instrument"] == "sus"
    columns = [points(frame, question, row.id) for row in question.rows]
    result = sus.analyse([list(person) for person in zip(*columns, strict=True)])
    assert (round(result.mean, 2), median(result.scores), round(result.sd, 2)) == (68.75, 70.0, 10.22)


def test_agreement_with_personality_items_has_the_published_alphas(client, cast, shared):
    survey, counts = taken(client, cast, shared / "data/likert_bfi/bfi.csv")
    assert counts == {"created": 2800}
    keys = {
        row["item"]: float(row["Keying"] or 1)
        for row in csv.DictReader((shared / "data/likert_bfi/bfi_dictionary.csv").open())
    }
    frame, found = frame_of(survey), {}
    for question in survey.live.questionnaire.questions():
        if question.type == "matrix":
            columns = {row.text.get("en"): points(frame, question, row.id) for row in question.rows}
            reverse = [place for place, name in enumerate(columns) if keys[name] < 0]
            rows = [list(person) for person in zip(*columns.values(), strict=True)]
            found[question.text.get("en")] = alpha(rows, reverse)
    assert found == {"A": 0.701, "C": 0.725, "E": 0.760, "N": 0.812, "O": 0.597}


def alpha(rows, reverse):
    """As scoreItems of R has it: gaps take the item's median."""
    table = np.array([[np.nan if cell is None else float(cell) for cell in row] for row in rows])
    table = np.where(np.isnan(table), np.nanmedian(table, axis=0), table)
    table[:, reverse] = 7 - table[:, reverse]
    return round(cronbach_alpha_omega.analyse(table.tolist()).raw, 3)


def test_raking_to_the_schools_of_california(client, cast, shared):
    folder = shared / "data/raking_api"
    survey, counts = taken(client, cast, folder / "apiclus1.csv")
    assert counts == {"created": 183}
    frame = frame_of(survey)
    by_code = {question.code: question for question in survey.live.questionnaire.questions()}
    margins = json.loads((folder / "population_margins.json").read_text())
    rows = [{} for _n in range(frame.n)]
    for name in margins:
        question = by_code[name]
        texts = [option.text.get("en") for option in question.options]
        for row, code in zip(rows, frame.column(question.id), strict=True):
            row[name] = texts[code]
    weights = np.array(raking.analyse(rows, margins=margins).weights)
    # R stops at a tolerance of one school; both reach the margins.
    assert (weights.min(), weights.max(), weights.sum()) == pytest.approx((29.87046, 67.12578, 6194), rel=1e-4)
    api00, enroll = (frame.column(by_code[name].id) for name in ("api00", "enroll"))
    assert round(float((weights * api00).sum() / weights.sum()), 2) == 641.23
    assert float((weights * enroll).sum()) == pytest.approx(3_647_300, rel=1e-4)
    assert round(float(api00.mean()), 2) == 644.17
