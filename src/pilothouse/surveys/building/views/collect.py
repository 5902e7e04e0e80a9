"""How answers come in: who may answer, until when, how many, and the ways to reach people."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from pydantic import ValidationError

from pilothouse.people.access import Actor
from pilothouse.surveys import actions
from pilothouse.surveys.answering import collecting
from pilothouse.surveys.building.naming import language_names
from pilothouse.surveys.building.pages import head, survey_of
from pilothouse.surveys.collection import Collection
from pilothouse.surveys.models import QuotaCount, Survey
from pilothouse.surveys.rows import survey_for
from pilothouse.workbench.pages import go, page, show
from pilothouse.workbench.views.common import Errors, Ref, undo_url
from pilothouse.workbench.writing.cleaning import Invalid

FLAGS = ("once_per_browser", "save_and_return", "proof_of_work")
HOSTS = ("embed_hosts", "redirect_hosts")
DATES = ("opens_at", "closes_at")


@page
@require_http_methods(["GET", "POST"])
def collect(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    survey = survey_of(request, actor, ref, "write")
    if request.method == "GET":
        return show(request, "surveys/build/collect.html", context(actor, survey))
    try:
        event = actions.set_rules(actor, survey, rules(request.POST))
    except Invalid as invalid:
        there = {**context(actor, survey), "errors": Errors(invalid.errors), "typed": request.POST.dict()}
        return show(request, "surveys/build/collect.html", there, status=422)
    undo = undo_url(actor, event.batch if event else None)
    return go(request, f"{survey.url}/collect", _("Saved") if event else _("Nothing was changed."), undo=undo)


def rules(posted: QueryDict) -> Collection:
    """Raises Invalid, naming the field that cannot be kept."""
    given: dict[str, Any] = {name: name in posted for name in FLAGS}
    given |= {name: posted.get(name, "").split() for name in HOSTS}
    given |= {name: moment(name, posted.get(name, "")) for name in DATES}
    given["access"] = posted.get("access", "open")
    given["most_responses"] = posted.get("most_responses", "").strip() or None
    given["minimum_seconds"] = posted.get("minimum_seconds", "").strip() or 0
    try:
        found = Collection.model_validate(given)
    except ValidationError as error:
        raise Invalid({str(one["loc"][0]): _("This value cannot be used here.") for one in error.errors()}) from None
    if found.opens_at and found.closes_at and found.opens_at >= found.closes_at:
        raise Invalid({"closes_at": _("It would close before it opens.")})
    return found


def moment(name: str, typed: str) -> datetime | None:
    """A day and time as the browser's field writes it, in this installation's time zone."""
    if not typed.strip():
        return None
    try:
        found = datetime.fromisoformat(typed.strip())
    except ValueError:
        raise Invalid({name: _("A day and time are needed here, like 2026-11-22 18:00.")}) from None
    return found if timezone.is_aware(found) else timezone.make_aware(found)


def context(actor: Actor, survey: Survey) -> dict[str, Any]:
    survey = survey_for(survey.item)
    address = collecting.address(survey)
    return {
        **head(actor, survey, "collect"),
        "rules": survey.rules,
        "address": address,
        "links": [(code, name, f"{address}?language={code}") for code, name in language_names(survey.questionnaire)],
        "embed": collecting.snippet(survey, survey.item.title),
        "quotas": quotas(survey),
        "zone": timezone.get_current_timezone_name(),
        "typed": {},
        "qr": collecting.qr(address),
        **collecting.context(actor, survey),
    }


def quotas(survey: Survey) -> list[dict[str, Any]]:
    """How far each quota of what people answer now is filled."""
    if survey.live is None:
        return []
    counts = dict(QuotaCount.objects.filter(survey=survey).values_list("quota", "count"))
    return [
        {"name": one.name or one.id, "limit": one.limit, "count": counts.get(one.id, 0)}
        for one in survey.live.questionnaire.quotas
    ]
