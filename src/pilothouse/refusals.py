"""Requests that cannot be answered: what was too much, and a database that takes nothing in, say so, and that nothing
is lost."""

from __future__ import annotations

import errno
import sys

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views import defaults

TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
FULL = ("is full", "No space left")  # as SQLite and PostgreSQL say it
RETRY_AFTER = "10"
AGAIN = ("/w/", "/s/")  # where no form asks for a password


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


def server_error(request: HttpRequest) -> HttpResponse:
    sentence = unavailable(sys.exception())
    if not sentence:
        return defaults.server_error(request)
    if "HX-Request" in request.headers:
        response = HttpResponse(sentence, status=503, content_type="text/plain; charset=utf-8")
    else:
        context = {"sentence": sentence, "address": request.get_full_path(), "typed": typed(request)}
        page = render_to_string("503.html", {**context, "reading": request.method == "GET"})
        response = HttpResponse(page, status=503)
    response.headers["Retry-After"] = RETRY_AFTER
    return response


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """All that a form carried, to be sent again as it is; not what holds a password, and no file."""
    if request.FILES or not request.path.startswith(AGAIN):
        return []
    return [(name, value) for name, values in request.POST.lists() for value in values]


def unavailable(error: BaseException | None) -> str:
    """Why nothing can be written just now; empty where something else went wrong."""
    disk = isinstance(error, OSError) and error.errno == errno.ENOSPC
    if disk or (isinstance(error, OperationalError) and any(words in str(error) for words in FULL)):
        return _("The server's disk is full. Nothing was saved; what was saved before is as it was.")
    if isinstance(error, OperationalError):
        return _("The database is busy with something larger. Nothing was saved; send it again in a moment.")
    return ""
