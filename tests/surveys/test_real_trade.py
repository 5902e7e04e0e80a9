"""Best-worst and choice answers of real studies, through the wizard with their designs, give the published figures."""

from __future__ import annotations

import csv
import io
from collections import defaultdict

import pytest

from pilothouse.methods import choice_based_conjoint, maxdiff
from pilothouse.surveys.analysis.frame import frame_of
from tests.surveys.wizard import Wizard

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


def wide(folder):
    """The long file as survey platforms export it: a row a person with the place chosen in each task, and a design.
    Whoever saw the same task twice has two tasks."""
    tasks, chosen = defaultdict(list), {}
    for row in csv.DictReader((folder / "electricity_long.csv").open()):
        key = (row["id"], row["chid"])
        tasks[key].append(tuple(row[name] for name in ATTRIBUTES))
        if row["choice"] == "True":
            chosen[key] = len(tasks[key])
    numbers, people = {}, defaultdict(dict)
    for (person, task), place in chosen.items():
        times = sum(1 for other in people[person].values() if other[0] == tuple(tasks[person, task]))
        number = numbers.setdefault((tuple(tasks[person, task]), times), len(numbers) + 1)
        people[person][f"task_{number}"] = (tuple(tasks[person, task]), place)
    heads = ["respondent", *(f"task_{number}" for number in numbers.values())]
    answers = [[person, *(row.get(head, ("", ""))[1] for head in heads[1:])] for person, row in people.items()]
    design = [[n, place, *product] for (shown, _t), n in numbers.items() for place, product in enumerate(shown, 1)]
    return text(heads, answers), text(["task", "alternative", *ATTRIBUTES], design), len(chosen)


ATTRIBUTES = ("pf", "cl", "loc", "wk", "tod", "seas")


def text(heads, rows):
    out = io.StringIO()
    csv.writer(out).writerows([heads, *rows])
    return out.getvalue().encode()


def test_choices_of_electricity_suppliers_give_the_published_coefficients(client, cast, shared):
    answers, design, count = wide(shared / "data/cbc_electricity")
    wizard = Wizard(client, cast.alice, cast.product).upload(("electricity.csv", answers))
    wizard.questions(designs={"task_1": design})
    assert wizard.columns().checked() == {"created": 361}
    assert wizard.start() == {"created": 361}
    survey = wizard.survey
    question = next(one for one in survey.live.questionnaire.questions() if one.type == "conjoint")
    names = {row.id: row.text.get("en") for row in question.rows}
    levels = {(row.id, level): float(words.get("en")) for row in question.rows for level, words in row.more.items()}
    frame, rows = frame_of(survey), []
    for number, task in enumerate(question.settings["tasks"], 1):
        column = frame.column(question.id, str(number))
        codes = list(frame.labels(question.id, str(number)))
        for person in range(frame.n):
            if column[person] >= 0:
                rows += [
                    {"respondent": person, "task": number, "choice": int(codes[int(column[person])] == str(place)),
                     **{names[attribute]: levels[attribute, level] for attribute, level in product.items()}}
                    for place, product in enumerate(task)
                ]  # fmt: skip
    assert len(rows) == 4 * count
    result = choice_based_conjoint.analyse(rows, numeric=ATTRIBUTES)
    published = {"pf": -0.6252, "cl": -0.1083, "loc": 1.4422, "wk": 0.9955, "tod": -5.4628, "seas": -5.8400}
    assert count == 4308
    assert result.loglik == pytest.approx(-4958.65, abs=0.01)
    assert {name: round(result.coef[name], 4) for name in published} == published
