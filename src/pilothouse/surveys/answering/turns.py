"""Which version of a design a respondent meets: by turns, so that each is met equally often."""

from __future__ import annotations

import secrets

from pilothouse.surveys.definition import Questionnaire
from pilothouse.surveys.models import Response, Survey, seed

EVERY_TURN = 2_520  # divided by any number of versions up to ten
MOST = 2**31 // EVERY_TURN - 1


def seed_in_turn(survey: Survey, questionnaire: Questionnaire) -> int:
    """The seed for a new response. Where a question has a design with several versions (MaxDiff, conjoint), its
    remainder modulo 2,520 is the number of responses so far, so that versions are met in turn; the rest of it is
    random."""
    if all(question.settings.get("drawn", 1) == 1 for question in questionnaire.questions()):
        return seed()
    return secrets.randbelow(MOST) * EVERY_TURN + Response.objects.filter(survey=survey).count() % EVERY_TURN
