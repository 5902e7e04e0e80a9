"""One respondent's data: found by their own address, given out whole, and taken out of what is counted."""

from __future__ import annotations

import json
import re
from uuid import UUID

from pilothouse.surveys import flow
from pilothouse.surveys.answering import recording
from pilothouse.surveys.answering.published import questionnaire_of
from pilothouse.surveys.models import Invitation, Response, Survey

KEY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
PUBLIC = (Response.LINK, Response.INVITED, Response.MEMBER)


def named(survey: Survey, address: str) -> Response | None:
    """The response whose own address, or the key in it, somebody gives; None where there is none in this survey."""
    key = KEY.search(address[:2_000].lower())
    rows = Response.objects.filter(survey=survey).select_related("version", "invitation", "survey__item")
    return rows.filter(key=UUID(key[0])).first() if key else None


def as_json(response: Response) -> str:
    """Everything that is kept about one response as JSON text, each answer with the question that was asked."""
    questions = {question.id: question for question in questionnaire_of(response.version).questions()}
    given = {**response.answers, **response.off_path}
    invitation = response.invitation
    found = {
        "key": str(response.key), "status": response.status, "language": response.language,
        "started_at": response.started_at, "finished_at": response.finished_at, "seconds": response.seconds,
        "consent_version": response.consent_version, "flags": response.flags, "hidden": response.hidden,
        "invited_as": {"name": invitation.name, "email": invitation.email} if invitation else None,
        "answers": [
            {"question": questions[id].text.get(response.language) if id in questions else id, "answer": value}
            for id, value in given.items()
        ],
    }  # fmt: skip
    return json.dumps(found, ensure_ascii=False, indent=2, default=str)


def let_go(response: Response) -> None:
    """Before a response is deleted: quotas count one less, and its invitation names nobody any more. Call inside a
    transaction."""
    Survey.objects.select_for_update(no_key=True).only("id").get(pk=response.survey_id)
    uncount(response)
    if response.invitation_id is not None:
        Invitation.objects.filter(pk=response.invitation_id).update(name="", email="", hidden={})


def uncount(response: Response) -> None:
    """Take a complete response that came in by a public link out of the survey's counts and quotas."""
    if response.status != Response.COMPLETE or response.source not in PUBLIC or "erased" in response.flags:
        return
    filled = flow.met(questionnaire_of(response.version), recording.state_of(response))
    counts = {name: count for name, count in recording.counted(response.survey_id).items() if count > 0}
    recording.add(response.survey_id, [recording.TOTAL, *(quota.id for quota in filled)], counts, step=-1)
    recording.show_number(response.survey.item_id, max(counts.get(recording.TOTAL, 1) - 1, 0))
