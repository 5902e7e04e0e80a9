"""What comes in and what goes wrong: strict JSON at the door, and every refusal as problem+json (RFC 9457)."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.parser import Parser

from pilothouse.api.words import in_words
from pilothouse.people.access import Archived
from pilothouse.refusals import RETRY_AFTER, unavailable
from pilothouse.workbench.viewing.filters import BadFilter
from pilothouse.workbench.writing.changes import Conflict
from pilothouse.workbench.writing.cleaning import Invalid

log = logging.getLogger(__name__)
DEEPEST = 50


class Malformed(Exception):
    """A body that is not the JSON this API takes; the message names the reason."""


class StrictParser(Parser):
    """JSON that both databases and every client can keep: no NaN, no NUL, no half characters, not bottomless."""

    def parse_body(self, request: HttpRequest) -> Any:
        return strict(request.body)


def strict(body: bytes) -> Any:
    try:
        data = json.loads(body.decode("utf-8"), parse_constant=refuse_constant)
    except UnicodeDecodeError:
        raise Malformed(_("The body is not valid UTF-8.")) from None
    except RecursionError:
        raise Malformed(_("The JSON is nested too deeply.")) from None
    except ValueError as error:
        raise Malformed(_("The body is not valid JSON: %(reason)s") % {"reason": error}) from None
    refuse_unkeepable(data)
    return data


def refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is not a JSON number")


def refuse_unkeepable(value: Any, depth: int = 0) -> None:
    if depth > DEEPEST:
        raise Malformed(_("The JSON is nested too deeply."))
    if isinstance(value, dict):
        for name, part in value.items():
            refuse_unkeepable(name, depth + 1)
            refuse_unkeepable(part, depth + 1)
    elif isinstance(value, list):
        for part in value:
            refuse_unkeepable(part, depth + 1)
    elif isinstance(value, str):
        if "\x00" in value or any("\ud800" <= character <= "\udfff" for character in value):
            raise Malformed(_("This holds characters that cannot be kept (NUL or half a character)."))
    elif (isinstance(value, float) and value in (float("inf"), float("-inf"))) or (
        isinstance(value, int) and abs(value) >= 2**63
    ):
        raise Malformed(_("A number is too large."))


def problem(status: int, title: Any, **more: Any) -> HttpResponse:
    content = {"type": "about:blank", "status": status, "title": str(title), **more}
    return HttpResponse(json.dumps(content, ensure_ascii=False), status=status, content_type="application/problem+json")


def wrong_values(errors: dict[str, str]) -> HttpResponse:
    return problem(422, _("Some values cannot be kept."), errors=errors)


def answer_nothing(request: HttpRequest) -> HttpResponse:
    """It does not tell whether the thing exists, but what a token that only reads cannot do anywhere."""
    token = getattr(request, "token", None)
    if token is not None and token.scope == "read" and request.method not in ("GET", "HEAD"):
        return problem(404, _("There is nothing here that you may change: this token only reads."))
    return problem(404, _("There is nothing here that you may see."))


def answer_conflict(request: HttpRequest, error: Conflict) -> HttpResponse:
    return problem(
        409,
        _("Someone else changed the same fields since that version."),
        version=error.item.version,
        theirs=error.theirs,
        mine=error.mine,
    )


def answer_broken(request: HttpRequest, error: Exception) -> HttpResponse:
    log.exception("%s %s", request.method, request.path)
    if sentence := unavailable(error):
        refused = problem(503, sentence)
        refused.headers["Retry-After"] = RETRY_AFTER
        return refused
    return problem(500, _("Something broke on our side; the server's log has the details."))


ANSWERS: dict[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
    Archived: lambda request, error: problem(423, error),
    Http404: lambda request, error: answer_nothing(request),
    Malformed: lambda request, error: problem(400, error),
    HttpError: lambda request, error: problem(error.status_code, translation.gettext(error.message)),
    AuthenticationError: lambda request, error: problem(401, _("A live token is needed: Authorization: Bearer pht_…")),
    Invalid: lambda request, error: wrong_values(error.errors),
    ValidationError: lambda request, error: wrong_values(in_words(error.errors)),
    BadFilter: lambda request, error: wrong_values({error.parameter: str(error)}),
    Conflict: answer_conflict,
    RequestDataTooBig: lambda request, error: problem(413, _("The body is larger than 5 MB.")),
    SuspiciousOperation: lambda request, error: problem(400, _("The request cannot be read.")),
    MultiPartParserError: lambda request, error: problem(400, _("The request cannot be read.")),
    Exception: answer_broken,
}


def refuse_in_words(api: NinjaAPI) -> None:
    """Register how each exception is answered."""
    for error, answer in ANSWERS.items():
        api.exception_handler(error)(answer)


def worded(view: Any) -> Callable[..., HttpResponse]:
    """A method that an address does not know is refused like everything else."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code != 405:
            return response
        refused = problem(405, _("This address does not know that method."))
        refused.headers["Allow"] = response.headers["Allow"]
        return refused

    return answered


@csrf_exempt
def nowhere(request: HttpRequest) -> HttpResponse:
    return problem(404, _("There is nothing here that you may see."))
