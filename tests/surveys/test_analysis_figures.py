"""The figures on the pages are those that pandas-like counting, scipy and R find."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime

import numpy as np
import pytest
from scipy import stats

from pilothouse.surveys.analysis import figures, keeping, waves
from pilothouse.surveys.analysis.crossing import cross
from pilothouse.surveys.analysis.frame import frame_of
from pilothouse.surveys.analysis.picking import Selection
from pilothouse.surveys.analysis.weighting import read, weigh
from pilothouse.surveys.analysis.words import phrases
from pilothouse.surveys.definition import Option, Question
from pilothouse.workbench.writing.cleaning import Invalid
from pilothouse.workbench.writing.undo import undo
from tests.surveys.made import answer, ferry, ferry_answers, survey_with


@pytest.fixture
def ferried(cast):
    survey = survey_with(cast.alice, cast.product, ferry())
    rows = ferry_answers(400)
    answer(survey, rows, hidden=[{"channel": "mail"}, {"channel": "app"}])
    yield survey, rows
    keeping.forget(survey)


def single(id: str, *codes: str) -> Question:
    return Question(id=id, type="single", code=id.upper(), options=[Option(id=code) for code in codes])


def test_shares_have_the_interval_of_wilson(ferried):
    survey, rows = ferried
    frame = frame_of(survey)
    for found in figures.shares(frame.column("q1"), frame.labels("q1"), frame.weights):
        count = sum(row["q1"]["id"] == found.code for row in rows)
        interval = stats.binomtest(count, len(rows)).proportion_ci(method="wilson")
        assert (found.count, found.n) == (count, 400)
        assert (found.low, found.high) == pytest.approx((interval.low, interval.high), abs=1e-12)


def test_means_have_the_interval_of_t(ferried):
    survey, rows = ferried
    values = [row["q5"] for row in rows if "q5" in row]
    found = figures.mean(frame_of(survey).column("q5"), np.ones(400))
    wanted = stats.t.interval(0.95, len(values) - 1, np.mean(values), stats.sem(values))
    assert (found.low, found.high) == pytest.approx(wanted)
    assert (found.n, found.median) == (len(values), np.median(values))


def test_weighted_means_use_the_effective_number():
    values, weights = np.array([1.0, 2, 3, 4]), np.array([1.0, 1, 1, 3])
    found = figures.mean(values, weights)
    assert found.mean == pytest.approx(3.0)
    assert found.effective == pytest.approx(36 / 12)


def test_cross_tabs_are_those_of_scipy(ferried):
    survey, _rows = ferried
    found = cross(frame_of(survey), "q.q1", "h.channel")
    table = np.array([line.counts for line in found.lines])
    chi2 = stats.chi2_contingency(table, correction=False)
    assert found.p == pytest.approx(chi2.pvalue)
    residual = (table - chi2.expected_freq) / np.sqrt(
        chi2.expected_freq * (1 - table.sum(0) / 400) * (1 - table.sum(1) / 400)[:, None]
    )
    assert np.array([line.residuals for line in found.lines]) == pytest.approx(residual)


def test_ticks_are_tested_one_by_one_with_holms_correction(ferried):
    survey, _rows = ferried
    found = cross(frame_of(survey), "q.q2", "q.q1")
    plain = []
    for line in found.lines:
        yes = np.array(line.counts)
        plain.append(stats.chi2_contingency([yes, np.array(found.bases) - yes], correction=False).pvalue)
    assert [line.p for line in found.lines] == pytest.approx(holm(plain))
    late = next(line for line in found.lines if line.name == "q.q2.late")
    assert late.marks[0] == 1


def holm(ps):
    order, adjusted, most = np.argsort(ps), np.empty(len(ps)), 0.0
    for place, row in enumerate(order):
        most = max(most, min(1.0, ps[row] * (len(ps) - place)))
        adjusted[row] = most
    return adjusted


def test_the_score_of_each_group_stands_under_its_answers(ferried):
    survey, rows = ferried
    found = cross(frame_of(survey), "q.q4", "q.q1")
    for (code, _label), score in zip(found.groups, found.scores, strict=True):
        given = [row["q4"] for row in rows if row["q1"]["id"] == code]
        wanted = 100 * (sum(one >= 9 for one in given) - sum(one <= 6 for one in given)) / len(given)
        assert score[0] == pytest.approx(wanted)


def test_a_small_two_by_two_is_fishers(cast):
    survey = survey_with(cast.alice, cast.product, [single("a", "x", "y"), single("b", "x", "y")])
    pairs = [("x", "x")] * 3 + [("x", "y")] + [("y", "x")] + [("y", "y")] * 4
    answer(survey, [{"a": {"id": a}, "b": {"id": b}} for a, b in pairs])
    found = cross(frame_of(survey), "q.a", "q.b")
    assert found.test == "fisher"
    assert found.p == pytest.approx(stats.fisher_exact([[3, 1], [1, 4]]).pvalue)


def test_margins_are_met_kept_and_taken_back(cast, ferried):
    survey, _rows = ferried
    event = weigh(cast.alice, survey, {"q.q1": {"c": 20.0, "l": 30.0, "t": 50.0}})
    frame, weights = read(survey, Selection())
    found = figures.shares(frame.column("q1"), frame.labels("q1"), frame.weights)
    assert [one.share for one in found] == pytest.approx([0.2, 0.3, 0.5])
    assert weights.ess == pytest.approx(400 / weights.deff)
    assert cross(frame, "q.q2", "h.channel").n == 400
    undo(cast.alice, event.batch)
    survey.refresh_from_db()
    assert read(survey, Selection())[1] is None


@pytest.mark.parametrize("margins", [{"q.q1": {"c": 50.0}}, {"q.q1": {"c": -10.0, "l": 110.0}}])
def test_margins_that_cannot_be_are_refused(cast, ferried, margins):
    with pytest.raises(Invalid):
        weigh(cast.alice, ferried[0], margins)


def test_weights_that_cannot_be_found_leave_answers_alike(cast, ferried):
    survey, _rows = ferried
    weigh(cast.alice, survey, {"q.q1": {"c": 100.0}})
    frame, weights = read(survey, Selection())
    assert weights.refused == "unknown_category"
    assert not frame.weighted


def school_survey(cast, rows, weight=None):
    number = Question(id="api", type="number", code="API")
    survey = survey_with(
        cast.alice, cast.product, [single("stype", "E", "H", "M"), single("wide", "No", "Yes"), number]
    )
    answers = [
        {"stype": {"id": row["stype"]}, "wide": {"id": row["sch.wide"]}, "api": float(row["api00"])} for row in rows
    ]
    answer(survey, answers, **({"weight": [float(row[weight]) for row in rows]} if weight else {}))
    return survey


@pytest.mark.parametrize(
    ("file", "weight", "least", "most", "mean"),
    [("apiclus1", None, 29.87046, 67.12578, 641.23), ("apistrat", "pw", 15.04102, 44.54129, 662.21)],
)
def test_raking_is_that_of_r(cast, shared, file, weight, least, most, mean):
    folder = shared / "data/raking_api"
    rows = list(csv.DictReader((folder / f"{file}.csv").open()))
    known = json.loads((folder / "population_margins.json").read_text())
    survey = school_survey(cast, rows, weight)
    shares = {name: {code: 100 * n / 6194 for code, n in known[name].items()} for name in known}
    weigh(cast.alice, survey, {"q.stype": shares["stype"], "q.wide": shares["sch.wide"]})
    frame, weights = read(survey, Selection())
    scaled = weights.values * 6194 / len(rows)
    assert (scaled.min(), scaled.max()) == pytest.approx((least, most), rel=1e-4)  # R stops a little earlier
    assert figures.mean(frame.column("api"), frame.weights).mean == pytest.approx(mean, abs=0.01)
    if weight:
        assert weights.deff == pytest.approx(1.186366, abs=1e-4)


def test_nps_week_by_week_is_that_of_the_mobiles_survey(cast, shared):
    rows = list(csv.DictReader((shared / "data/nps_csat_ces_mobiles/responses_codes.csv").open()))
    survey = survey_with(cast.alice, cast.product, [Question(id="q8", type="nps", code="Q8")])
    days = [datetime.fromisoformat(row["StartDate"]).replace(hour=12, tzinfo=UTC) for row in rows]
    answer(survey, [{"q8": int(float(row["Q8"]))} for row in rows], finished_at=days)
    frame = frame_of(survey)
    found = waves.series(frame, "week", waves.measured(frame, "q.q8")[1], "q8")
    assert {point.wave: round(point.value, 2) for point in found} == {
        "2019-W30": 38.68, "2019-W31": 24.44, "2019-W32": 41.38, "2019-W33": 35.24
    }  # fmt: skip
    assert waves.nps_of(frame, "q8")[0] == pytest.approx(34.19, abs=0.005)


def test_likert_items_with_gaps_have_the_means_of_the_file(cast, shared):
    rows = list(csv.DictReader((shared / "data/likert_bfi/bfi.csv").open()))
    items = ["A1", "C3", "E5", "N2", "O4"]
    questions = [Question(id=item, type="scale", code=item, settings={"low": 1, "high": 6}) for item in items]
    survey = survey_with(cast.alice, cast.product, questions)
    answer(survey, [{item: int(float(row[item])) for item in items if row[item]} for row in rows])
    frame = frame_of(survey)
    for item in items:
        values = [float(row[item]) for row in rows if row[item]]
        found = figures.mean(figures.points(frame, item, ""), frame.weights)
        assert (found.n, found.mean, found.sd) == pytest.approx((len(values), np.mean(values), np.std(values, ddof=1)))


def test_words_are_counted_by_people_in_both_languages():
    found = {one.text: one.people for one in phrases([
        "希望离线也能打开船票", "离线太慢，离线就打不开", "晚点提醒不准", "要有晚点提醒", "No signal on the pier", "The pier: no signal!",
        "signal signal signal",
    ])}  # fmt: skip
    assert found["离线"] == 2
    assert found["晚点提醒"] == 2
    assert "点提" not in found
    assert found["signal"] == 3
    assert found["pier"] == 2
    assert "the" not in found


@pytest.mark.parametrize(("first", "second", "people", "ahead"), [
    (0.52, 0.48, 100, False), (0.52, 0.48, 5_000, True), (1.0, 0.0, 10, True), (0.5, 0.5, 1_000, False), (0.6, 0.4, 0, False),
])  # fmt: skip
def test_an_answer_leads_only_where_chance_would_not(first, second, people, ahead):
    share = lambda part: figures.Share("", 0, 0, part, 0.0, 1.0)  # noqa: E731
    assert figures.is_ahead(share(first), share(second), people) is ahead
