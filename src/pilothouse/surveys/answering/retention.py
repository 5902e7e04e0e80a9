"""What is kept only for a while: answers past the date that their consent promised, spent proofs, counts of visits."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from pilothouse.surveys import order
from pilothouse.surveys.answering import proof, uploads, visits
from pilothouse.surveys.models import Coding, Invitation, Response, Version

log = logging.getLogger(__name__)
ERASED = "erased"
EMPTY: dict[str, Any] = {
    "answers": {},
    "off_path": {},
    "hidden": {},
    "external_id": None,
    "member": None,
    "weight": None,
}


def nightly() -> None:
    erased = erase_old()
    proof.forget_old()
    visits.forget_old()
    if erased:
        log.warning("answers past their retention were erased: %s", erased)


def erase_old() -> int:
    """By the consent that each respondent saw. The row stays, empty and out of every analysis, so that what was
    counted stays true."""
    erased = 0
    for version in Version.objects.filter(definition__consent__retention_days__gt=0):
        days = version.questionnaire.consent.retention_days if version.questionnaire.consent else None
        old = timezone.now() - timedelta(days=days or 36_500)
        rows = Response.objects.filter(version=version, started_at__lt=old)
        for response in rows.only("id", "survey_id", "answers", "off_path", "flags", "invitation_id").iterator(
            chunk_size=500
        ):
            if ERASED not in response.flags:
                empty(response)
                erased += 1
    return erased


@transaction.atomic
def empty(response: Response) -> None:
    files = uploads.keys_of(response)
    Coding.objects.filter(response=response).delete()
    if response.invitation_id is not None:
        Invitation.objects.filter(pk=response.invitation_id).update(name="", email="", hidden={})
    Response.objects.filter(pk=response.pk).update(**EMPTY, flags=[ERASED], excluded=True, changed=order.stamp())
    transaction.on_commit(lambda: uploads.remove_all(files))
