"""An item of kind "survey" and its Survey row: however the item was made, its row is there once it is asked for."""

from __future__ import annotations

from collections.abc import Sequence

from pilothouse.surveys.definition import Questionnaire, Text
from pilothouse.surveys.models import Survey
from pilothouse.workbench.models import Item

KIND = "survey"


def survey_for(item: Item) -> Survey:
    """The item's survey with the item on it. One made by quick add, import or the API starts empty, under its title."""
    survey = Survey.objects.select_related("live").filter(item=item).first()
    if survey is None:
        survey, _new = Survey.objects.get_or_create(item=item, defaults={"draft": empty(item).model_dump(mode="json")})
    survey.item = item
    return survey


def empty(item: Item, languages: Sequence[str] = ()) -> Questionnaire:
    written = list(languages) or [item.created_by.language if item.created_by else "en"]
    return Questionnaire(languages=written, title=Text(words={written[0]: item.title}))
