"""Surveys to answer, and a respondent who does what a browser without JavaScript does: read forms, fill, send."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from typing import Any

from django.test import Client

from pilothouse.surveys import actions
from pilothouse.surveys.collection import Collection
from pilothouse.surveys.definition import Option, Page, Question, Questionnaire, Text
from pilothouse.surveys.models import Response, Survey
from pilothouse.surveys.questions import TYPES
from tests.cast import Cast

LANGUAGES = ["en", "zh-hans", "ar"]


def text(words: str) -> Text:
    return Text(words={"en": words, "zh-hans": f"{words}（中文）", "ar": f"{words} عربي"})


def question(id: str, type: str = "single", **more: Any) -> Question:
    """A question of a type as the builder makes it, with whatever is given on top."""
    made = TYPES[type].new(Question(id=id, type=type, code=id.upper(), text=text(f"About {id}?")))
    given = made.model_copy(update={"text": text(f"About {id}?"), **more})
    return Question.model_validate(given.model_dump())


def choices(*ids: str, **more: Any) -> list[Option]:
    return [Option(id=id, text=text(f"Option {id}"), **more) for id in ids]


def questionnaire(*pages: list[Question], **more: Any) -> Questionnaire:
    made = [Page(id=f"p{at}", questions=list(asked)) for at, asked in enumerate(pages, start=1)]
    return Questionnaire(**{"languages": LANGUAGES, "title": text("Riders"), "pages": made, **more})


def opened(cast: Cast, document: Questionnaire, **rules: Any) -> Survey:
    """A published survey. Proof of work is off unless it is asked for: these respondents run no script."""
    survey = actions.create_survey(cast.alice, cast.product, document, {"title": "Riders"})
    Survey.objects.filter(pk=survey.pk).update(
        collection=Collection(**{"proof_of_work": False, **rules}).model_dump(mode="json")
    )
    survey = Survey.objects.get(pk=survey.pk)
    actions.publish(cast.alice, survey)
    return Survey.objects.get(pk=survey.pk)


class Forms(HTMLParser):
    """Every successful control of the main form, as a browser would send it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.fields: dict[str, list[str]] = {}
        self.boxes: set[str] = set()
        self.inside = False
        self.area = self.select = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        given = dict(attrs)
        if tag == "form":
            self.inside = True
        name = given.get("name")
        if tag == "option" and self.select and "selected" in given:
            self.fields[self.select] = [given.get("value", "")]
        if not self.inside or not name:
            return
        self.boxes.add(name)
        if tag == "textarea":
            self.area = name
            self.fields[name] = [""]
        elif tag == "select":
            self.select = name
        elif tag == "input" and (given.get("type") not in ("radio", "checkbox", "file") or "checked" in given):
            self.fields.setdefault(name, []).append(given.get("value") or "")

    def handle_data(self, data: str) -> None:
        if self.area:
            self.fields[self.area][0] += data.removeprefix("\n") if not self.fields[self.area][0] else data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        self.area = "" if tag == "textarea" else self.area
        self.select = "" if tag == "select" else self.select


class Respondent:
    """Follows redirects, keeps the last page, and forgets cookies unless told otherwise."""

    def __init__(self, survey: Survey, client: Client | None = None, **headers: str) -> None:
        self.survey, self.headers = survey, headers
        self.client = client or Client()
        self.path = survey.path
        self.answer: Any = None

    @property
    def html(self) -> str:
        return self.answer.content.decode()

    @property
    def text(self) -> str:
        return unescape(re.sub(r"<[^>]+>", " ", self.html))

    @property
    def status(self) -> int:
        return self.answer.status_code

    @property
    def form(self) -> dict[str, list[str]]:
        return Forms(self.html).fields

    @property
    def response(self) -> Response:
        return Response.objects.get(key=self.path.split("/r/")[1].split("?")[0])

    def get(self, path: str = "") -> Respondent:
        self.path = path or self.path
        return self.followed(self.client.get(self.path, headers=self.headers))

    def followed(self, answer: Any) -> Respondent:
        while answer.status_code in (302, 303) and answer.headers["Location"].startswith("/"):
            self.path = answer.headers["Location"]
            answer = self.client.get(self.path, headers=self.headers)
        self.answer = answer
        return self

    def begin(self, path: str = "", **fields: Any) -> Respondent:
        self.get(path)
        if self.status != 200 or "ticket" not in self.form:
            return self
        consent = re.search(r'name="consent" value="(\w+)"', self.html)
        return self.send(**({"consent": consent[1]} if consent else {}), **fields)

    def send(self, **fields: Any) -> Respondent:
        """The form as it stands, with these on top; "q1" stands for its box "q1:", "q1-r2" for the part "q1:-r2"."""
        form = self.form
        given = {(name if name in form else boxed(name)): value for name, value in fields.items()}
        return self.followed(self.client.post(self.path, {**form, **given}, headers=self.headers))

    def fill(self, answers: dict[str, Any]) -> Respondent:
        return self.send(**answers)


def boxed(name: str) -> str:
    if name in ("back", "language", "consent", "website", "proof"):
        return name
    id, dash, part = name.partition("-")
    return f"{id}:{dash}{part}"
