"""Surveys: drafts, versions, and the responses, in and out."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from ninja import Header, Query, Router
from ninja.errors import HttpError

from pilothouse.api.auth import caller
from pilothouse.api.idempotency import once
from pilothouse.api.items import MOST, find, visible
from pilothouse.api.survey_schemas import (
    PublishIn,
    ResponseIn,
    ResponseOut,
    ResponsePage,
    SurveyDetail,
    SurveyIn,
    SurveyOut,
    SurveyPatch,
    VersionDetail,
    VersionOut,
    response_out,
    survey_out,
    version_out,
)
from pilothouse.exchange.answers import making
from pilothouse.exchange.answers.views.exports import TYPES as FORMS
from pilothouse.exchange.answers.views.exports import attached
from pilothouse.exchange.answers.writing import as_csv
from pilothouse.people.access import Actor
from pilothouse.surveys import actions, pictures
from pilothouse.surveys.answering.door import shut
from pilothouse.surveys.definition import Questionnaire
from pilothouse.surveys.files import document
from pilothouse.surveys.files.table import Table, Wanted
from pilothouse.surveys.handing_in import Given, hand_in
from pilothouse.surveys.models import Response, Survey
from pilothouse.surveys.rows import KIND, survey_for
from pilothouse.workbench.writing.cleaning import Invalid

router = Router()
STATES = {"open": actions.reopen, "paused": actions.pause, "closed": actions.close}


@router.get("/products/{key}/surveys", response=list[SurveyOut], summary="The surveys of a product, newest first")
def surveys(request: HttpRequest, key: str) -> Any:
    actor = caller(request)
    items = visible(actor).live().filter(product=actor.product(key), kind=KIND).order_by("-number")
    rows = Survey.objects.filter(item__in=items).select_related("live").order_by("-item__number")
    known = {item.pk: item for item in items}
    counted = rows.annotate(complete=Count("responses", filter=Q(responses__status=Response.COMPLETE)))
    return [survey_out(at_hand(row, known[row.item_id]), row.complete) for row in counted[:1_000]]


def at_hand(survey: Survey, item: Any) -> Survey:
    survey.item = item
    return survey


@router.post("/products/{key}/surveys", response={201: SurveyDetail}, summary="Create a survey")
def create(request: HttpRequest, key: str, payload: SurveyIn, idempotency_key: str | None = Header(None)) -> Any:
    """Its questionnaire is a draft until a version is published."""
    actor = caller(request)
    product = actor.product(key, "write")

    def act() -> tuple[int, Any]:
        found = read(payload.questionnaire)
        data = {"title": payload.title} if payload.title else {}
        survey = actions.create_survey(actor, product, found.with_keys({}), data)
        if found.pictures:
            keys = pictures.keep_all(actor, survey, found.pictures)
            save(actor, survey, found.with_keys(keys), survey.draft_version)
        return 201, detail(survey_of(actor, survey.item.ref))

    return once(request, act)


@router.get("/items/{ref}/survey", response=SurveyDetail, summary="A survey with its questionnaire")
def survey(request: HttpRequest, ref: str) -> Any:
    return detail(survey_of(caller(request), ref))


@router.patch("/items/{ref}/survey", response=SurveyDetail, summary="Change a survey's draft, or pause and close it")
def change(request: HttpRequest, ref: str, payload: SurveyPatch) -> Any:
    """Places that others changed since `draft_version` stay theirs; a place that both changed is refused with 409."""
    actor = caller(request)
    found = survey_of(actor, ref, "write")
    if payload.questionnaire is not None:
        if payload.draft_version is None:
            raise Invalid({"draft_version": _("This is needed.")})
        given = read(payload.questionnaire)
        keys = pictures.keep_all(actor, found, given.pictures)
        known = {option.image: option.image for one in found.questionnaire.questions() for option in one.options}
        save(actor, found, given.with_keys({**known, **keys}), payload.draft_version)
    if payload.state is not None:
        if payload.state not in STATES:
            raise Invalid({"state": _("This is not one of the values that are known here.")})
        STATES[payload.state](actor, found)
    return detail(survey_of(actor, ref))


def save(actor: Actor, found: Survey, questionnaire: Questionnaire, version: int) -> None:
    try:
        actions.save_draft(actor, found, questionnaire.model_dump(mode="json"), version)
    except actions.Overlap:
        raise HttpError(409, _("Someone else changed the same places of the questionnaire since that draft.")) from None


def read(content: dict[str, Any]) -> document.Document:
    try:
        return document.document(content)
    except document.Wrong as wrong:
        raise Invalid(
            {".".join(filter(None, ("questionnaire", place))): text for place, text in wrong.problems}
        ) from None


def survey_of(actor: Actor, ref: str, verb: str = "read") -> Survey:
    item = find(actor, ref, verb)
    if item.kind != KIND or (verb == "write" and item.trashed_at):
        raise Http404
    return survey_for(item)


def detail(found: Survey) -> dict[str, Any]:
    complete = found.responses.filter(status=Response.COMPLETE).count()
    return {**survey_out(found, complete), "questionnaire": found.draft}


@router.get("/items/{ref}/survey/versions", response=list[VersionOut], summary="The versions of a survey, newest first")
def versions(request: HttpRequest, ref: str) -> Any:
    rows = survey_of(caller(request), ref).versions.annotate(n=Count("responses")).select_related("created_by")
    return [version_out(row, row.n) for row in rows.order_by("-number")]


@router.get("/items/{ref}/survey/versions/{number}", response=VersionDetail, summary="One version's questionnaire")
def version(request: HttpRequest, ref: str, number: int) -> Any:
    rows = survey_of(caller(request), ref).versions.annotate(n=Count("responses")).select_related("created_by")
    row = rows.filter(number=number).first() if 0 < number < 2**31 else None
    if row is None:
        raise Http404
    return {**version_out(row, row.n), "questionnaire": row.definition}


@router.post("/items/{ref}/survey/versions", response={201: VersionOut}, summary="Publish the draft")
def publish(request: HttpRequest, ref: str, payload: PublishIn, idempotency_key: str | None = Header(None)) -> Any:
    """It becomes the next version, and people can answer it. Earlier answers stay with the version they saw."""
    actor = caller(request)
    found = survey_of(actor, ref, "write")

    def act() -> tuple[int, Any]:
        try:
            return 201, version_out(actions.publish(actor, found, payload.note, version=payload.draft_version), 0)
        except actions.NotReady as error:
            raise Invalid({f"questionnaire.{one.path}": str(one.message) for one in error.problems}) from None
        except actions.Overlap:
            raise HttpError(409, _("The draft was changed since.")) from None

    return once(request, act)


@router.get("/items/{ref}/responses", response=ResponsePage, summary="Responses of a survey, newest first")
def responses(
    request: HttpRequest,
    ref: str,
    status: str = Query("", description="complete, started, screened_out or quota_full, several with commas"),
    source: str = Query("", description="link, invited, member, imported or api"),
    language: str = Query(""),
    version: int | None = Query(None, description="the number of the version it saw"),
    external_id: str = Query(""),
    flagged: bool | None = Query(None, description="only those that look odd, or only the others"),
    excluded: bool | None = Query(None, description="only those taken out by hand, or only the others"),
    cursor: str = Query("", description="`next` of the page before"),
    limit: int = Query(50, ge=1, le=MOST),
) -> Any:
    rows = Response.objects.filter(survey=survey_of(caller(request), ref, "inspect")).select_related("version")
    known = {"source": source, "language": language, "external_id": external_id, "version__number": version}
    rows = rows.filter(**{name: value for name, value in known.items() if value not in ("", None)})
    rows = rows.filter(status__in=status.split(",")) if status else rows
    if flagged is not None:
        rows = rows.exclude(flags=[]) if flagged else rows.filter(flags=[])
    if excluded is not None:
        rows = rows.filter(excluded=excluded)
    if cursor:
        rows = rows.filter(pk__lt=place_of(cursor))
    found = list(rows.order_by("-pk")[: limit + 1])
    following = str(found[limit - 1].pk) if len(found) > limit else None
    return {"items": [response_out(row) for row in found[:limit]], "next": following}


def place_of(cursor: str) -> int:
    if not cursor.isdecimal() or len(cursor) > 17:
        raise Invalid({"cursor": _("This place in the list cannot be read. Start again from the first page.")})
    return int(cursor)


@router.post("/items/{ref}/responses", response={201: ResponseOut}, summary="Hand in a response")
def respond(request: HttpRequest, ref: str, payload: ResponseIn, idempotency_key: str | None = Header(None)) -> Any:
    """Held to what a person's answers are held to: the questions that are asked of them, all that are required, and
    only answers that their types know. Each that cannot be kept is named."""
    actor = caller(request)
    found = survey_of(actor, ref, "write")
    if found.live is None:
        raise HttpError(409, _("Nothing is published yet: publish the questionnaire first."))
    if (closed := shut(found)) is not None:
        raise HttpError(409, _("The survey takes no answers now: %(reason)s.") % {"reason": closed.reason})
    return once(request, lambda: (201, response_out(hand_in(found, Given(**payload.dict())))))


@router.get("/responses/{response_id}", response=ResponseOut, summary="One response")
def response(request: HttpRequest, response_id: int) -> Any:
    rows = Response.objects.filter(survey__item__trashed_at=None).select_related("version")
    return response_out(caller(request).find(rows, "inspect", pk=response_id))


@router.get("/items/{ref}/responses/export", response={200: str}, summary="The answers of a survey as a file")
def export(
    request: HttpRequest,
    ref: str,
    form: str = Query("csv", description="csv, xlsx or sav (SPSS)"),
    values: str = Query("raw", description="raw codes, or labelled"),
    language: str = Query("", description="of labels"),
    unfinished: bool = Query(False, description="with answers that were not sent to the end"),
    flagged: bool = Query(True, description="with those that look odd or were taken out"),
) -> HttpResponseBase:
    found = survey_of(caller(request), ref, "inspect")
    if form not in FORMS:
        raise Invalid({"form": _("This is not one of the values that are known here.")})
    wanted = Wanted(labelled=values == "labelled", language=language[:20], unfinished=unfinished, flagged=flagged)
    table = Table(found, wanted)
    if form == "csv":
        return attached(StreamingHttpResponse(as_csv(table), content_type=FORMS[form]), making.named(found, form))
    with making.MAKERS[form](table, lambda done: None) as file, open(file.name, "rb") as opened:
        return attached(HttpResponse(opened.read(), content_type=FORMS[form]), making.named(found, form))
