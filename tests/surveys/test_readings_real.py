"""Published figures come out of answers as the product keeps them: cells to answers, answers to columns, to a reading."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from pilothouse.surveys.analysis.frame import frame_of
from pilothouse.surveys.definition import Option, Question, Row
from pilothouse.surveys.instruments import instrument_of
from pilothouse.surveys.instruments.kano import analysed, pairs
from pilothouse.surveys.questions import TYPES
from pilothouse.surveys.questions.wording import both
from tests.cast import Cast
from tests.datasets import DATA, rows_of
from tests.surveys.asked import answered, by_cells, published
from tests.surveys.questions import asked

pytestmark = pytest.mark.django_db
BIPOLAR = {
    "Strongly Disagree": "1", "Disagree": "2", "Neutral": "3", "Agree": "4", "Strongly Agree": "5"
}  # fmt: skip


def point(words: str) -> str | None:
    """A wording of Berger's answer sets as its place."""
    text = words.casefold().replace("’", "'")
    if not text:
        return None
    if "live with" in text:
        return "4"
    if "dislike" in text:
        return "5"
    if "neutral" in text:
        return "3"
    return "1" if "like" in text or "enjoy" in text else "2"  # expected, a basic necessity


@pytest.mark.parametrize("cohort", ["storage_cohort1.csv", "storage_cohort2.csv"])
@pytest.mark.parametrize("reading", ["traditional", "pouliot"])
def test_kano_of_storing_funds(cast: Cast, cohort: str, reading: str) -> None:
    rows = rows_of("kano_storage", cohort)
    expected = json.loads((DATA / "kano_storage" / "expected_kano.json").read_text())[cohort]
    features = [Row(id=f"F{n}", text=both(f"F{n}", f"F{n}"), item=n) for n in range(1, 6)]
    question = asked("kano", rows=features)
    cells = [
        {f"F{n}.{half[0]}": point(row[f"F{n}_{half}"]) for n in range(1, 6) for half in ("functional", "dysfunctional")}
        for row in rows
    ]
    survey = published(cast.alice, cast.product, [question])
    answered(survey, by_cells(question, cells))
    kind = instrument_of(question)
    assert kind is not None
    frame, table_ = frame_of(survey), "classic" if reading == "traditional" else "pouliot"
    result = analysed(question, frame, {"table": table_, "rule": "irq"})
    suffix = "" if table_ == "classic" else ".p"
    for name, feature in result.features.items():
        known = expected[name][reading]
        assert {code: feature.counts[code] for code in "AOMIRQ"} == known["counts"]
        assert feature.category == known["category_berger_rule"]
        assert (feature.better, feature.worse) == pytest.approx((known["CS_plus"], known["CS_minus"]), abs=5e-5)
        for code, count in known["counts"].items():  # every number leads to as many rows
            assert kind.mask(question, frame, f"{name}.{code}{suffix}").sum() == count
    shown = kind.read(question, frame, {"table": table_, "rule": "irq"})
    assert shown.n == len(rows)
    assert shown.scores[2]["kano"] == expected["F2"][reading]["category_berger_rule"]
    assert sum(pairs(question, frame)["F1"].values()) == expected["F1"][reading]["n"]


def test_maxdiff_of_rice(cast: Cast) -> None:
    design = rows_of("maxdiff_rice", "design_recovered.csv")
    names = [row["item"] for row in rows_of("maxdiff_rice", "expected_counts.csv")]
    ids = [f"x{n}" for n in range(1, 8)]
    sets = [
        [f"x{row[f'item{n}']}" for n in range(1, 5)] for row in sorted(design, key=lambda row: int(row["question"]))
    ]
    rows = [
        Row(id=id, text=both(name, name), item=place)
        for place, (id, name) in enumerate(zip(ids, names, strict=True), 1)
    ]
    question = asked("maxdiff", rows=rows, settings={"sets": sets})
    assert question.settings["sets"] == sets  # a design of one's own is kept
    people = [
        {
            f"{n}.{side}": sets[n - 1][int(row[f"{side[0]}{n}"]) - 1] if row[f"{side[0]}{n}"] else None
            for n in range(1, 8)
            for side in ("best", "worst")
        }
        for row in rows_of("maxdiff_rice", "ricebws1.csv")
    ]
    survey = published(cast.alice, cast.product, [question])
    answered(survey, by_cells(question, people))
    kind, frame = instrument_of(question), frame_of(survey)
    assert kind is not None
    reading = kind.read(question, frame)
    for row, expected in zip(rows, rows_of("maxdiff_rice", "expected_counts.csv"), strict=True):
        assert reading.inputs["counts"][row.id][:2] == [int(expected["best"]), int(expected["worst"])]
    assert reading.n == 90
    assert sum(score["maxdiff"] for score in reading.scores.values()) == pytest.approx(100, abs=0.1)
    assert max(reading.scores, key=lambda item: reading.scores[item]["maxdiff"]) == names.index("Safety") + 1


def test_nps_and_csat_of_mobile_phones(cast: Cast) -> None:
    rows = rows_of("nps_csat_ces_mobiles", "responses_codes.csv")
    score, happy = asked("nps"), asked("scale", id="y", code="Q2", settings={"instrument": "csat"})
    survey = published(cast.alice, cast.product, [score, happy])
    people = [
        {
            "x": TYPES["nps"].answer(score, {"": number(row["Q8"])}),
            "y": TYPES["scale"].answer(happy, {"": number(row["Q11_1"])}),
        }
        for row in rows
    ]
    answered(survey, [{id: value for id, value in person.items() if value is not None} for person in people])
    frame = frame_of(survey)
    kind = instrument_of(score)
    assert kind is not None
    reading = kind.read(score, frame)
    counts = reading.inputs
    n = sum(counts.values())
    assert n == reading.n == 895
    assert round(100 * counts["promoters"] / n, 2) == 50.61
    assert round(100 * counts["detractors"] / n, 2) == 16.42
    assert reading.sentence == "NPS 34: 51 % recommend us, 16 % warn against us."
    assert [int(kind.mask(score, frame, part).sum()) for part in counts] == list(counts.values())
    other = instrument_of(happy)
    assert other is not None
    assert other.read(happy, frame).sentence == "80 % are satisfied (answers 4 to 5)."


def number(text: str) -> float | None:
    return float(text) if text else None


def test_sus_of_drawbridge(cast: Cast) -> None:
    rows = rows_of("sus_drawbridge", "SUS-Drawbridge-Responses.csv")
    lines = [Row(id=f"s{n}", text=both(str(n), str(n))) for n in range(1, 11)]
    question = asked("matrix", rows=lines, settings={"instrument": "sus"})
    people = [
        {f"s{n}": BIPOLAR[words] for n, words in enumerate(list(row.values())[1:], start=1)} for row in rows
    ]  # fmt: skip
    survey = published(cast.alice, cast.product, [question])
    answered(survey, by_cells(question, people))
    kind = instrument_of(question)
    assert kind is not None
    reading = kind.read(question, frame_of(survey))
    assert reading.inputs == {"n": 10, "mean": 68.75}
    assert "grade C" in reading.sentence


def test_choices_of_electricity_keep_their_sense(cast: Cast) -> None:
    """Made by a known preference: the cheaper and the greener, seven to one."""
    settings = {
        "price": "price", "amounts": {"l1": 5, "l2": 8}, "currency": "€", "alternatives": 2, "n_tasks": 4, "none": False,
        "tasks": [
            [{"price": "l1", "green": "l1"}, {"price": "l2", "green": "l2"}],
            [{"price": "l2", "green": "l1"}, {"price": "l1", "green": "l2"}],
            [{"price": "l1", "green": "l2"}, {"price": "l2", "green": "l1"}],
            [{"price": "l2", "green": "l2"}, {"price": "l1", "green": "l1"}],
        ],
    }  # fmt: skip
    attributes = [
        Row(id="price", text=both("Price", "价格"), more={"l1": both("5", "5"), "l2": both("8", "8")}),
        Row(id="green", text=both("Green", "绿电"), more={"l1": both("no", "否"), "l2": both("yes", "是")}),
    ]
    question = asked("conjoint", rows=attributes, settings=settings)
    assert question.settings["tasks"] == settings["tasks"]
    rng = np.random.default_rng(1)
    worth = {("price", "l1"): 0.0, ("price", "l2"): -1.5, ("green", "l1"): 0.0, ("green", "l2"): 1.0}
    people = []
    for _person in range(400):
        answer = {}
        for place, task in enumerate(settings["tasks"], start=1):  # type: ignore[call-overload]
            value = [sum(worth[pair] for pair in product.items()) for product in task]
            answer[str(place)] = str(int(rng.random() < 1 / (1 + np.exp(value[0] - value[1]))))
        people.append({"x": answer})
    survey = published(cast.alice, cast.product, [question])
    answered(survey, people)
    kind = instrument_of(question)
    assert kind is not None
    reading = kind.read(question, frame_of(survey))
    coef = reading.inputs["coef"]
    assert coef["greenl2"] == pytest.approx(1.0, abs=0.2)
    assert coef["price"] == pytest.approx(-0.5, abs=0.07)
    cells = {row[0]: row[3] for row in reading.tables[0].rows}
    assert cells["Green: yes"]["text"].startswith(("€1.", "€2."))  # two euros, by the worths above
    assert cells["Green: yes"]["note"]


PRICES: dict[str, Any] = {"too_cheap": 5, "cheap": 8, "expensive": 12, "too_expensive": 18}


def test_prices(cast: Cast) -> None:
    psm, ladder = asked("psm"), asked("ladder", id="y", code="Q2", settings={"prices": [5, 10, 15, 20]})
    survey = published(cast.alice, cast.product, [psm, ladder])
    stops = [0, 5, 5, 10, 10, 10, 15, 15, 20, 20]  # the worked example of the method
    people = [
        {"x": {**PRICES, "cheap": 8 + place % 3}, "y": {str(price): price <= stop for price in (5, 10, 15, 20)}}
        for place, stop in enumerate(stops)
    ]
    answered(survey, [*people, {"x": {**PRICES, "expensive": 3}}])
    frame = frame_of(survey)
    first, second = instrument_of(psm), instrument_of(ladder)
    assert first is not None
    assert second is not None
    assert first.read(psm, frame).inputs == {"valid": 10, "invalid": 1, "missing": 0}
    assert first.mask(psm, frame, "invalid").sum() == 1
    reading = second.read(ladder, frame)
    assert reading.inputs["demand"] == [0.9, 0.7, 0.4, 0.2]
    assert reading.sentence == "At 10 revenue is highest: 70 % say they would buy."
    assert second.mask(ladder, frame, "10").sum() == 7


def test_opportunity_and_fit(cast: Cast) -> None:
    needs = asked("opportunity", rows=[Row(id="a", text=both("Boarding", "上船"), item=7)])
    fit = Question(
        id="y", type="single", code="Q2", text=both("Without it?", "没有它？"), settings={"instrument": "pmf"},
        options=[Option(id=id, text=both(id, id)) for id in ("very", "somewhat", "not", "gone")],
    )  # fmt: skip
    survey = published(cast.alice, cast.product, [needs, fit])
    people = [{"x": {"a": {"importance": 5, "satisfaction": 2}}, "y": {"id": "very"}}] * 45
    people += [{"x": {"a": {"importance": 2, "satisfaction": 5}}, "y": {"id": "not"}}] * 5
    people += [{"x": {"a": {"importance": 4}}, "y": {"id": "gone"}}] * 5
    answered(survey, people)
    frame = frame_of(survey)
    first, second = instrument_of(needs), instrument_of(fit)
    assert first is not None
    assert second is not None
    reading = first.read(needs, frame)
    assert reading.scores == {7: {"opportunity": pytest.approx(10 * 50 / 55 + 10 * 50 / 55 - 1, abs=0.01)}}
    assert second.read(fit, frame).inputs["counts"] == {"very": 45, "somewhat": 0, "not": 5, "gone": 5}
    assert second.read(fit, frame).sentence.startswith("90 % would be very disappointed without it: above")
