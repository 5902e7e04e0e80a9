"""Choices in long form: one row for each product of a task, however a program writes them."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pilothouse.exchange.answers.long import fold, roles_in, source_of
from pilothouse.exchange.reading.delimited import Unreadable
from tests.surveys.taking import told
from tests.surveys.wizard import Wizard, fields

SAWTOOTH = """sys_RespNum,Task,Concept,Brand,Price,Response,Age
1,1,1,Alpha,¥10,0,31
1,1,2,Beta,¥20,1,31
1,1,3,0,0,0,31
1,2,1,Beta,¥10,0,31
1,2,2,Alpha,¥30,0,31
1,2,3,0,0,1,31
2,1,1,Beta,¥10,1,44
2,1,2,Alpha,¥30,0,44
2,1,3,0,0,0,44
2,2,1,Alpha,¥10,0,44
2,2,2,Beta,¥20,0,44
2,2,3,0,0,0,44
"""
PLACES = """id,obs,alt,mode,cost,choice
a,1,1,train,3,2
a,1,2,car,5,2
b,1,2,car,5,1
b,1,1,train,3,1
"""


def folded(text):
    names, *rows = (line.split(",") for line in text.split())
    return fold(names, enumerate(rows, start=2), roles_in(names))


def test_products_of_one_task_become_one_answer():
    found = folded(SAWTOOTH)
    assert found.heads == ["sys_RespNum", "Age", "task_1", "task_2"]
    assert found.rows == [["1", "31", "2", "3"], ["2", "44", "", "1"]]
    assert found.begun == [2, 8]
    assert found.design[1] == [{"Brand": "Beta", "Price": "¥10"}, {"Brand": "Alpha", "Price": "¥30"}]
    assert (found.none, found.choices, found.left) == (True, 3, 1)  # one task without a choice
    by_place = folded(PLACES)  # every row names the place of what was chosen, and rows stand in any order
    assert by_place.rows == [["a", "2"], ["b", "1"]]
    assert by_place.design == [[{"mode": "train", "cost": "3"}, {"mode": "car", "cost": "5"}]]
    brands = folded("person,task,alt,chosen\n1,1,Alpha,1\n1,1,Beta,0\n")
    assert brands.design == [[{"alt": "Alpha"}, {"alt": "Beta"}]]


def test_what_makes_no_tasks_is_refused_in_words():
    many = "".join(f"1,{task},{place},{task},{place},{2 - place}\n" for task in range(201) for place in (1, 2))
    for text, words in (
        (f"id,task,alt,price,size,choice\n{many}", "more than 200 different tasks"),
        ("id,task,alt,choice\n1,1,1,1\n1,1,2,0\n", "nothing to compare"),
    ):
        with pytest.raises(Unreadable, match=words):
            folded(text)


@pytest.mark.django_db
@pytest.mark.usefixtures("media")
def test_long_form_makes_a_survey_and_later_answers_find_its_tasks(client, cast):
    wizard = Wizard(client, cast.alice, cast.product).upload(("cbc.csv", SAWTOOTH.encode()))
    form = fields(client.get(wizard.url).content.decode())
    assert (form["type-2"], form["reads-2-0"], form["reads-2-1"]) == ("conjoint", "levels", "price")
    wizard.questions().columns()
    assert wizard.checked() == wizard.start() == {"created": 2}
    question = next(one for one in wizard.survey.live.questionnaire.questions() if one.type == "conjoint")
    assert question.settings["none"] is True
    assert set(question.settings["amounts"].values()) == {10, 20, 30}
    first, second = [row[0][question.id] for row in told(wizard.survey)]
    assert (first, second) == ({"1": "1", "2": "none"}, {"2": "0"})
    # Another wave of the same design, its tasks in another order: they are known again by their products.
    turned = [line for line in SAWTOOTH.splitlines()[1:] if line.startswith("2,1")]
    later = "\n".join([SAWTOOTH.splitlines()[0], *turned, *SAWTOOTH.splitlines()[1:4]]).replace("\n1,", "\n9,")
    again = Wizard(client, cast.alice, cast.product).upload(("wave.csv", later.encode()), wizard.survey).columns()
    assert again.checked() == {"created": 1, "unchanged": 1}
    assert [number for number, _row in source_of(again.source).rows()] == [2, 5]  # as they stand in the file
    again.start()
    assert told(wizard.survey)[-1][0][question.id] == {"1": "1"}


@pytest.mark.django_db
@pytest.mark.usefixtures("media")
def test_a_person_says_what_a_row_is(client, cast):
    client.force_login(cast.alice.user)
    text = SAWTOOTH.replace("sys_RespNum,Task", "wer,was").replace("Response", "x")
    start = client.post(f"{cast.product.url}surveys/import", {"file": SimpleUploadedFile("c.csv", text.encode())})
    page = start.headers["Location"]
    assert fields(client.get(page).content.decode())["shape"] == ""
    answer = client.post(page, {"shape": "long", "next": "1"})
    assert answer.status_code == 422
    assert "Say which columns name the person" in answer.content.decode()
    assert client.get(page.replace("/reading", "/questions")).headers["Location"] == page
    roles = {"long-person": "wer", "long-task": "was", "long-place": "Concept", "long-chosen": "x\x00"}
    assert client.post(page, {"shape": "long", **roles}).status_code == 422
    shown = client.post(page, {"shape": "long", **roles, "long-chosen": "x"}).content.decode()
    assert "2 people, 3 choices among the products of 2 different tasks." in shown
    assert "1 task in which nothing or more than one product was chosen is left out." in shown
    assert client.post(page, {"shape": "", "next": "1"}).status_code == 302
