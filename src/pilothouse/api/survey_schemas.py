"""Surveys and their responses, as the API says and takes them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ninja import Schema
from pydantic import Field

from pilothouse.api.schemas import Given
from pilothouse.surveys.models import Response, Survey, Version


class SurveyIn(Given):
    questionnaire: dict[str, Any] = Field(description="the document that GET /items/{ref}/survey answers")
    title: str = Field("", description="of the survey's item; without it, the questionnaire's")


class SurveyPatch(Given):
    """What may change; names that are absent stay as they are."""

    questionnaire: dict[str, Any] | None = None
    draft_version: int | None = Field(None, ge=1, description="the draft that the change was made from; needed with it")
    state: str | None = Field(None, description="open, paused or closed")


class PublishIn(Given):
    note: str = Field("", max_length=500)
    draft_version: int | None = Field(None, ge=1, description="publish only if the draft is still this one")


class ResponseIn(Given):
    answers: dict[str, Any] = Field(description="a question's code, or its id, to its answer")
    language: str = Field("", max_length=20)
    hidden: dict[str, str] = Field(default_factory=dict)
    external_id: str = Field("", max_length=200, description="its id elsewhere; it is taken once a survey")
    started_at: datetime | None = None
    seconds: float | None = Field(None, ge=0, le=1e9)


class SurveyOut(Schema):
    ref: str
    title: str
    state: str
    url: str
    answer_url: str = Field(description="where people answer it")
    languages: list[str]
    version: int | None = Field(description="the number of the version that people answer")
    draft_version: int
    ahead: bool = Field(description="the draft says something else than what people answer")
    complete: int = Field(description="how many have answered to the end")


class SurveyDetail(SurveyOut):
    questionnaire: dict[str, Any] = Field(description="the draft")


class VersionOut(Schema):
    number: int
    note: str
    published_at: datetime
    published_by: str | None
    responses: int


class VersionDetail(VersionOut):
    questionnaire: dict[str, Any]


class ResponseOut(Schema):
    id: int
    external_id: str | None
    status: str
    source: str
    version: int
    language: str
    started_at: datetime
    finished_at: datetime | None
    seconds: float | None
    end: str
    flags: list[Any]
    excluded: bool
    weight: float | None
    hidden: dict[str, Any]
    answers: dict[str, Any] = Field(description="by the ids of questions")


class ResponsePage(Schema):
    items: list[ResponseOut]
    next: str | None = Field(None, description="pass as `cursor` to read on; null at the end")


def survey_out(survey: Survey, complete: int) -> dict[str, Any]:
    item = survey.item
    return {
        "ref": item.ref,
        "title": item.title,
        "state": item.state,
        "url": survey.url,
        "answer_url": survey.path,
        "languages": survey.draft.get("languages", []),
        "version": survey.live.number if survey.live else None,
        "draft_version": survey.draft_version,
        "ahead": survey.live is None or survey.live.definition != survey.draft,
        "complete": complete,
    }


def version_out(version: Version, responses: int) -> dict[str, Any]:
    return {
        "number": version.number,
        "note": version.note,
        "published_at": version.created_at,
        "published_by": version.created_by.email if version.created_by else None,
        "responses": responses,
    }


SAME = (
    "id", "status", "source", "language", "started_at", "finished_at", "seconds", "end", "flags", "excluded", "weight",
    "hidden", "answers",
)  # fmt: skip


def response_out(response: Response) -> dict[str, Any]:
    own = response.external_id or ""
    return {
        **{name: getattr(response, name) for name in SAME},
        "external_id": None if own.startswith("file:") else own or None,
        "version": response.version.number,
    }
