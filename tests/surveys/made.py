"""A survey with answers, made straight through the models: for tests and measurements of what reads them."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any

from pilothouse.people.access import Actor
from pilothouse.surveys import order
from pilothouse.surveys.definition import Hidden, Option, Page, Question, Questionnaire, Row
from pilothouse.surveys.models import Response, Survey, Version
from pilothouse.surveys.rows import survey_for
from pilothouse.workbench.writing import actions

BEGUN = datetime(2026, 9, 1, 8, tzinfo=UTC)


def survey_with(actor: Actor, product: Any, questions: list[Question], title: str = "Ferry survey 渡轮问卷") -> Survey:
    """A survey with one published version."""
    survey = survey_for(actions.create(actor, product, "survey", {"title": title}))
    publish(survey, questions)
    return survey


def publish(survey: Survey, questions: list[Question]) -> Version:
    document = Questionnaire(
        languages=["en", "zh-hans"], pages=[Page(id="p1", questions=questions)], hidden=[Hidden(code="channel")]
    ).model_dump(mode="json")
    number = survey.versions.count() + 1
    version = Version.objects.create(survey=survey, number=number, definition=document)
    Survey.objects.filter(pk=survey.pk).update(draft=document, live=version)
    survey.refresh_from_db()
    return version


def answer(survey: Survey, rows: list[dict[str, Any]], **common: Any) -> list[Response]:
    """Finished responses with these answers, an hour apart; `common` sets other fields (lists are taken in turn)."""
    first = order.stamp()
    made = []
    for place, answers in enumerate(rows):
        at = BEGUN + timedelta(hours=place)
        fields = {
            name: value[place % len(value)] if isinstance(value, list) and name != "flags" else value
            for name, value in common.items()
        }
        made.append(Response(**{
            "survey": survey, "version": survey.live, "language": "en", "status": Response.COMPLETE, "answers": answers,
            "changed": first + place, "finished_at": at, "seconds": 120.0, **fields,
        }))  # fmt: skip
    Response.objects.bulk_create(made, batch_size=1_000)
    for row in made:
        row.started_at = row.finished_at or BEGUN
    Response.objects.bulk_update(made, ["started_at"], batch_size=1_000)
    return list(Response.objects.filter(survey=survey, changed__gte=first).order_by("changed"))


def texts(english: str, chinese: str) -> dict[str, str]:
    return {"en": english, "zh-hans": chinese}


def ferry() -> list[Question]:
    """One question of most sorts."""
    agree = [("1", "Strongly disagree", "很不同意"), ("2", "Disagree", "不同意"), ("3", "Neither", "一般"),
             ("4", "Agree", "同意"), ("5", "Strongly agree", "很同意")]  # fmt: skip
    points = [Option(id=id, text=texts(en, zh)) for id, en, zh in agree]
    kinds = [("c", "Commute", "上下班"), ("l", "Leisure", "休闲"), ("t", "Tourism", "旅游")]
    why = [("late", "Departure moved", "临时改点"), ("queue", "Queue at the machine", "售票机排队"),
           ("pier", "Wrong pier", "走错码头"), ("none", "None of these", "都没有")]  # fmt: skip
    rows = [("time", "Punctuality", "准点"), ("seat", "Seats", "座位"), ("app", "Notices in the app", "应用里的通知")]
    return [
        Question(id="q1", type="single", code="Q1", text=texts("Why do you take the ferry?", "你为什么坐渡轮？"),
                 options=[Option(id=id, text=texts(en, zh)) for id, en, zh in kinds]),
        Question(id="q2", type="multiple", code="Q2", text=texts("What made you miss it?", "什么让你没赶上？"),
                 options=[Option(id=id, text=texts(en, zh), exclusive=id == "none") for id, en, zh in why]),
        Question(id="q3", type="matrix", code="Q3", text=texts("I am satisfied with …", "我满意的是……"), options=points,
                 rows=[Row(id=id, text=texts(en, zh)) for id, en, zh in rows]),
        Question(id="q4", type="nps", code="Q4", text=texts("Would you recommend us?", "你会推荐我们吗？")),
        Question(id="q5", type="number", code="Q5", text=texts("How many minutes to the pier?", "到码头要几分钟？")),
        Question(id="q6", type="long", code="Q6", text=texts("What should be better?", "哪里可以更好？")),
        Question(id="q7", type="ranking", code="Q7", text=texts("What matters most?", "什么最重要？"),
                 options=[Option(id=id, text=texts(en, zh)) for id, en, zh in rows]),
    ]  # fmt: skip


SAID = (
    "The app is slow on the pier, no signal", "No signal at the pier, the ticket would not open", "Queue is too long",
    "希望离线也能打开船票", "离线打开船票太慢", "晚点提醒不准", "要有晚点提醒", "Please add delay alerts", "More seats in the morning",
    "早高峰座位太少", "",
)  # fmt: skip


def ferry_answers(n: int, seed: int = 7) -> list[dict[str, Any]]:
    draw = random.Random(seed)
    found = []
    for _place in range(n):
        kind = draw.choices("clt", (5, 3, 2))[0]
        late = 0.55 if kind == "c" else 0.25
        ticks = [one for one, share in (("late", late), ("queue", 0.3), ("pier", 0.15)) if draw.random() < share]
        grade = {"c": -0.8, "l": 0.4, "t": 0.6}[kind]
        point = lambda shift: min(5, max(1, round(draw.gauss(3.2 + shift, 1.1))))  # noqa: E731
        answers: dict[str, Any] = {
            "q1": {"id": kind}, "q2": {"ids": ticks or ["none"]},
            "q3": {"time": point(grade), "seat": point(0.5), "app": point(-0.5)},
            "q4": min(10, max(0, round(draw.gauss(7.2 + grade, 2.2)))), "q5": max(1, round(draw.gauss(14, 6))),
            "q7": draw.sample(["time", "seat", "app"], 3),
        }  # fmt: skip
        if text := draw.choice(SAID):
            answers["q6"] = text
        if draw.random() < 0.1:
            answers.pop("q5")
        found.append(answers)
    return found
