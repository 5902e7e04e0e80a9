"""Pictures that a published questionnaire shows: public like its words, and no others of the product's files."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from pilothouse.surveys import pictures
from pilothouse.surveys.answering import door, shell
from pilothouse.surveys.answering.published import questionnaire_of
from pilothouse.surveys.models import Survey

TYPES = {"png": "image/png", "jpg": "image/jpeg", "gif": "image/gif", "webp": "image/webp"}


@shell.public
@require_safe
def picture(request: HttpRequest, code: str, name: str) -> HttpResponse:
    survey = door.survey_at(code)
    data = pictures.read(survey, name) if name in shown(survey) else None
    if data is None:
        raise Http404
    answer = HttpResponse(data, content_type=TYPES.get(name.rpartition(".")[2], "application/octet-stream"))
    answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def shown(survey: Survey) -> set[str]:
    """What any published version shows: an interview goes on in the version that it began with."""
    versions = survey.versions.defer("definition")
    questions = (one for version in versions for one in questionnaire_of(version).questions())
    return {option.image for question in questions for option in question.options if option.image}
