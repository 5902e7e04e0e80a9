"""From an address to a survey, and whether it lets anybody in. What is not published does not exist for outsiders."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils import timezone

from pilothouse.people.access import Actor, actor_for
from pilothouse.people.models import digest
from pilothouse.surveys.models import Invitation, QuotaCount, Response, Survey
from pilothouse.workbench.models import Item

CODE = re.compile(r"^[a-z0-9]{1,20}\Z")
PARTS = ("item__product__workspace",)
UNUSED = ("draft", "item__body", "item__fields")


@dataclass(frozen=True)
class Shut:
    """Why the survey cannot be answered now. `reason` is one of paused, not_yet, closed, full, personal, members, used,
    revoked, answered, crowd; `at` is when it opens or closed."""

    reason: str
    at: datetime | None = None

    @property
    def status(self) -> int:
        gone, fine = ("closed", "full", "used", "revoked"), {"answered": 200, "crowd": 429}
        return 410 if self.reason in gone else fine.get(self.reason, 403)


def survey_at(code: str) -> Survey:
    """A published survey by its code, else 404: drafts, the trash and made-up codes look alike."""
    rows = Survey.objects.filter(live__isnull=False, item__trashed_at=None).select_related(*PARTS, "live")
    survey = rows.defer(*UNUSED, "live__definition").filter(code=code).first() if CODE.match(code) else None
    if survey is None or standing(survey.item) == "draft":
        raise Http404
    return survey


def response_at(code: str, key: UUID) -> Response:
    """One respondent's own response, with the version it saw."""
    rows = Response.objects.select_related(*(f"survey__{part}" for part in PARTS), "version", "invitation")
    unused = [*(f"survey__{name}" for name in UNUSED), "version__definition"]
    there = rows.defer(*unused).filter(key=key, survey__code=code, survey__item__trashed_at=None)
    found = there.first() if CODE.match(code) else None
    if found is None or standing(found.survey.item) == "draft":
        raise Http404
    return found


def invitation_at(survey: Survey, token: str) -> Invitation:
    found = Invitation.objects.select_related("response").filter(survey=survey, token_digest=digest(token)).first()
    if found is None:
        raise Http404
    return found


def standing(item: Item) -> str:
    """draft, open, paused or closed; a product's own state is taken for what its category says."""
    if item.product.archived_at:
        return "closed"
    if item.state in ("draft", "open", "paused", "closed"):
        return item.state
    state = item.state_declared
    return "closed" if state.closed else "draft" if state.category == "new" else "open"


def shut(survey: Survey) -> Shut | None:
    """Whether the survey takes answers now."""
    rules, now = survey.rules, timezone.now()
    opens, closes = aware(rules.opens_at), aware(rules.closes_at)
    if standing(survey.item) == "paused":
        return Shut("paused")
    if standing(survey.item) == "closed" or (closes and closes <= now):
        return Shut("closed", closes if closes and closes <= now else None)
    if opens and opens > now:
        return Shut("not_yet", opens)
    return Shut("full") if is_full(survey) else None


def is_full(survey: Survey) -> bool:
    most = survey.rules.most_responses
    return most is not None and QuotaCount.objects.filter(survey=survey, quota="", count__gte=most).exists()


def aware(moment: datetime | None) -> datetime | None:
    return timezone.make_aware(moment) if moment and timezone.is_naive(moment) else moment


def member(survey: Survey, user: Any) -> Actor | None:
    """The signed-in person, where they may read the survey's product."""
    try:
        actor = actor_for(user, survey.item.product.workspace.slug)
        actor.product(survey.item.product.key)
    except Http404:
        return None
    return actor
