"""What is done with responses: taken out of the analysis and back in, lifted into the thread, erased."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pilothouse.kinds import FieldError
from pilothouse.people.access import Actor
from pilothouse.surveys import order
from pilothouse.surveys.analysis.keeping import forget
from pilothouse.surveys.answering import respondents, uploads
from pilothouse.surveys.instruments.live import due
from pilothouse.surveys.models import Response, Survey
from pilothouse.workbench.models import Event, Item
from pilothouse.workbench.writing.actions import create, link
from pilothouse.workbench.writing.changes import Invalid, event, refuse_unstorable

MOST_AT_ONCE, LONGEST_REASON, TITLE = 500, 500, 160
RELATION = {"quote": "quoted_as", "feedback": "relates"}


@transaction.atomic
def exclude(actor: Actor, survey: Survey, ids: Sequence[int], reason: str) -> Event | None:
    """Take responses out of every analysis; why is kept in the survey's history."""
    told = " ".join(reason.split())
    try:
        refuse_unstorable(told)
    except FieldError as error:
        raise Invalid({"reason": error}) from None
    if not told or len(told) > LONGEST_REASON:
        raise Invalid({"reason": _("Say in a few words why these answers do not count.")})
    return set_excluded(actor, survey, ids, True, told)


@transaction.atomic
def include(actor: Actor, survey: Survey, ids: Sequence[int]) -> Event | None:
    return set_excluded(actor, survey, ids, False, "")


def set_excluded(actor: Actor, survey: Survey, ids: Sequence[int], out: bool, reason: str) -> Event | None:
    actor.require("write")
    rows = Response.objects.filter(survey=survey, pk__in=list(ids)[:MOST_AT_ONCE], excluded=not out)
    changed = list(rows.values_list("pk", flat=True))
    if not changed:
        return None
    Response.objects.filter(pk__in=changed).update(excluded=out, changed=order.stamp())
    due(survey.pk)
    return log(actor, survey, "excluded" if out else "included", {"responses": changed, "reason": reason})


def undo_exclusion(entry: Event) -> bool:
    out = entry.verb == "excluded"
    rows = Response.objects.filter(survey__item=entry.item_id, pk__in=entry.changes["responses"], excluded=out)
    back = rows.update(excluded=not out, changed=order.stamp())
    for survey in Survey.objects.filter(item=entry.item_id).values_list("pk", flat=True):
        due(survey)
    return bool(back)


def reason_for(response: Response) -> tuple[Event, str] | None:
    """Why a response was taken out last, and by whom."""
    rows = Event.objects.filter(item=response.survey.item_id, verb="excluded", undone_at=None).select_related("actor")
    found = next((row for row in rows.order_by("-id")[:500] if response.pk in row.changes["responses"]), None)
    return (found, found.changes["reason"]) if found else None


@transaction.atomic
def lift_words(actor: Actor, survey: Survey, response: Response, words: str, kind: str) -> Item:
    """An answer's words as a quote or feedback that leads back to its survey; an insight stands on such a quote."""
    actor.require("write")
    if kind not in (*RELATION, "insight"):
        raise Invalid({"kind": _("Answers become feedback, quotes or insights.")})
    batch = uuid.uuid4()
    source = lifted(actor, survey, response, words, "quote" if kind == "insight" else kind, batch)
    if kind != "insight":
        return source
    insight = create(actor, survey.item.product, "insight", {"title": title_of(words)}, batch=batch)
    link(actor, source, "supports", insight, batch=batch)
    return insight


def lifted(actor: Actor, survey: Survey, response: Response, words: str, kind: str, batch: uuid.UUID) -> Item:
    """The same words of the same response are lifted once."""
    external = f"survey-{survey.code}-{response.pk}-{uuid.uuid5(response.key, words).hex[:12]}"
    there = Item.objects.live().filter(product=survey.item.product, kind=kind, external_id=external).first()
    if there:
        there.product = survey.item.product
        return there
    said_on = (response.finished_at or response.started_at).date().isoformat()
    data: dict[str, Any] = {"title": title_of(words), "body": words, "said_on": said_on, "external_id": external}
    if kind == "feedback":
        data["channel"] = "survey"
    made = create(actor, survey.item.product, kind, data, batch=batch)
    link(actor, survey.item, RELATION[kind], made, batch=batch)
    return made


def title_of(words: str) -> str:
    text = " ".join(words.split())
    return text if len(text) <= TITLE else text[: TITLE - 1] + "…"


@transaction.atomic
def erase(actor: Actor, survey: Survey, response: Response) -> Event:
    """Delete one person's answers for good; nothing of them stays, not even in what analyses keep."""
    actor.require("write")
    told = {"response": response.pk, "finished": response.finished_at is not None}
    files = uploads.keys_of(response)
    respondents.let_go(response)
    response.delete()
    due(survey.pk)
    transaction.on_commit(lambda: leave_nothing(survey, files))
    return log(actor, survey, "erased", told)


def leave_nothing(survey: Survey, files: Sequence[str]) -> None:
    forget(survey)
    uploads.remove_all(files)


def log(actor: Actor, survey: Survey, verb: str, changes: dict[str, Any]) -> Event:
    entry = event(actor, survey.item, verb, changes, uuid.uuid4())
    entry.save()
    return entry
