"""The questionnaires that people answer, read once: a version never changes."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from pilothouse.surveys.definition import Questionnaire
from pilothouse.surveys.models import Version


def questionnaire_of(version: Version) -> Questionnaire:
    """Takes a version whose definition may be deferred."""
    return read(version.pk, version.created_at)


@lru_cache(maxsize=64)
def read(pk: int, _made: datetime) -> Questionnaire:
    return Questionnaire.model_validate(Version.objects.values_list("definition", flat=True).get(pk=pk))
