"""Requests that cannot be read: what was too much says so, and that nothing is lost."""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views import defaults

TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if not isinstance(exception, TOO_MUCH):
        return defaults.bad_request(request, exception)
    if "HX-Request" in request.headers:  # the page is still there, and says it in a line
        return HttpResponse(too_much(), status=413, content_type="text/plain; charset=utf-8")
    return HttpResponse(render_to_string("413.html", {"sentence": too_much()}), status=413)


def too_much() -> str:
    return _(
        "One form takes up to 5 MB of text in 5,000 fields. Nothing was saved; what was saved before is as it was."
    )
