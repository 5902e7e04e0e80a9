"""Four quarters of the same two questions, and how satisfied riders were after 2.4: drawn by a fixed seed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from pilothouse.people.access import Actor
from pilothouse.people.models import Product
from pilothouse.surveys import order
from pilothouse.surveys.actions import create_survey, publish
from pilothouse.surveys.answering import recording
from pilothouse.surveys.definition import Hidden
from pilothouse.surveys.instruments import READY
from pilothouse.surveys.models import Response, Survey, Version
from pilothouse.surveys.questions.wording import both
from pilothouse.workbench.models import Item
from pilothouse.workbench.writing.insert import insert

SEED = 2230  # the last boat
LANGUAGES = (["en", "zh-hans"], ["zh-hans", "en"])
MADE_UP = (
    "(A practice survey: the ferry, its riders and their answers are made up.)",
    "（这是练习问卷：轮渡、乘客和回答都是虚构的。）",
)
TITLES = {
    "nps": ("Would you recommend Tidewater? (each quarter)", "你会推荐潮汐吗？（每季度）"),
    "csat": ("How satisfied are you since 2.4?", "2.4 之后你满意吗？"),
}
BODIES = {
    "nps": (
        "The same two questions each quarter; we act on what the reasons say.",
        "每季度同样两个问题，按理由采取行动。",
    ),
    "csat": ("Asked within a week of the update, about the ticket alone.", "更新后一周内问，只问船票。"),
}
# wave: (first and last day, in days before today; who answered; what they drew their marks from)
WAVES: Any = {
    "Q1": (330, 318, 112, (10, 9, 9, 8, 8, 8, 7, 7, 7, 6, 6, 5, 4, 3)),
    "Q2": (214, 202, 127, (9, 8, 7, 7, 6, 6, 5, 5, 4, 3, 2, 1, 0)),
    "Q3": (124, 112, 108, (10, 9, 8, 8, 7, 7, 6, 6, 5, 4, 3, 2)),
    "Q4": (21, 9, 121, (10, 10, 9, 9, 9, 8, 8, 8, 7, 7, 6, 5, 3)),
}
WHY: Any = {
    "Q1": (
        ("It works when there is a network.", "有网的时候挺好。"),
        ("The holiday boats were wrong.", "节假日的班次不对。"),
        ("Quick to buy.", "买票很快。"),
    ),
    "Q2": (
        ("That Monday.", "那个周一。"),
        ("No word for two hours.", "两个小时没有一句话。"),
        ("Fine on other days.", "别的日子都还行。"),
    ),
    "Q3": (
        ("Six more for the same boat.", "同一班船贵了六块。"),
        ("I cannot open it at East pier.", "在东码头打不开。"),
        ("Receipts with one tap.", "收据一点就有。"),
    ),
    "Q4": (
        ("It opens in the lift.", "电梯里也能打开。"),
        ("The queue moves.", "队伍走得动了。"),
        ("The last boat still disappears without a word.", "末班船还是说停就停。"),
    ),
}
CSAT_WAVE = ("", 26, 4, 96, (5, 5, 5, 5, 4, 4, 4, 4, 4, 3, 3, 2, 1))


def ask(actor: Actor, product: Product, language: int, today: date) -> dict[str, tuple[Item, int]]:
    """Both surveys with their answers: {key: (item, made so many days ago)}."""
    draw = Random(SEED)  # noqa: S311  a story, not a secret
    nps = [row for name, wave in WAVES.items() for row in answers(draw, language, today, "nps", name, wave)]
    csat = list(answers(draw, language, today, "csat", *unnamed(CSAT_WAVE)))
    return {
        "nps": (made(actor, product, language, "nps", nps), WAVES["Q1"][0] + 3),
        "csat": (made(actor, product, language, "csat", csat), CSAT_WAVE[1] + 1),
    }


def unnamed(wave: Any) -> tuple[str, Any]:
    return wave[0], wave[1:]


def answers(draw: Random, language: int, today: date, question: str, name: str, wave: Any) -> Iterator[dict[str, Any]]:
    first, last, count, marks = wave
    for _person in range(count):
        seconds, moment = round(draw.lognormvariate(3.6, 0.4), 1), draw.uniform(last, first)
        mark, reason, says, own = draw.choice(marks), draw.random(), draw.random() < 0.45, draw.random() < 0.9
        kept: dict[str, Any] = {question: mark}
        if question == "nps" and says:
            kept["nps_why"] = WHY[name][int(reason * len(WHY[name]))][language]
        noon = timezone.make_aware(datetime.combine(today, time(12)))
        yield {"answers": kept, "seconds": seconds, "at": noon - timedelta(days=moment), "wave": name, "own": own}


def made(actor: Actor, product: Product, language: int, key: str, rows: list[dict[str, Any]]) -> Item:
    questionnaire = READY[key].make(product, (), LANGUAGES[language])
    questionnaire.title, questionnaire.intro = both(*TITLES[key]), both(*MADE_UP)
    if key == "nps":
        questionnaire.hidden = [Hidden(code="wave")]
    data = {"title": TITLES[key][language], "body": BODIES[key][language]}
    survey = create_survey(actor, product, questionnaire, data)
    survey.live = publish(actor, survey)
    keep(survey, [response(survey, language, row) for row in rows])
    return survey.item


def response(survey: Survey, language: int, row: dict[str, Any]) -> Response:
    spoken = LANGUAGES[language][0 if row["own"] else 1]
    return Response(
        survey=survey, version=survey.live, language=spoken, status=Response.COMPLETE, source=Response.LINK,
        answers=row["answers"], seen=["p1"], end="thanks", seconds=row["seconds"], save_count=1,
        hidden={"wave": row["wave"]} if row["wave"] else {}, changed=order.stamp(),
        started_at=row["at"] - timedelta(seconds=row["seconds"]), finished_at=row["at"],
    )  # fmt: skip


def keep(survey: Survey, responses: list[Response]) -> None:
    insert(responses, as_they_are=True)
    began = min(row.started_at for row in responses)
    Version.objects.filter(survey=survey).update(created_at=began - timedelta(hours=2))
    recording.add(survey.pk, [recording.TOTAL], {}, len(responses))
    recording.show_number(survey.item_id, len(responses))
