"""A file that a respondent sent, for those who may see single answers."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from pilothouse.people.access import Actor
from pilothouse.surveys.analysis.views.responses import response_of
from pilothouse.surveys.answering import uploads
from pilothouse.surveys.questions.upload import clean_name
from pilothouse.workbench.pages import page
from pilothouse.workbench.views.common import Ref


@page
@require_safe
def file(request: HttpRequest, actor: Actor, ref: Ref, number: int, question: str) -> HttpResponse:
    """Always to be kept, never shown in place: a stranger chose what is in it."""
    survey, row = response_of(request, actor, ref, number)
    answer = row.answers.get(question) or row.off_path.get(question)
    stream = uploads.opened(survey.pk, answer)
    if stream is None:
        raise Http404
    response = FileResponse(
        stream, as_attachment=True, filename=clean_name(answer["name"]), content_type="application/octet-stream"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response  # type: ignore[return-value]
