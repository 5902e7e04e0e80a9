"""What comes in and what goes wrong: strict JSON at the door, and every refusal as problem+json (RFC 9457)."""

from __future__ import annotations

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.parser import Parser

from pilothouse.workbench.changes import Conflict, Invalid

DEEPEST = 50


class Malformed(Exception):
    """A body that is not the JSON this API takes; the message names the reason."""


class StrictParser(Parser):
    """JSON that both databases and every client can keep: no NaN, no NUL, no half characters, not bottomless."""

    def parse_body(self, request: HttpRequest) -> Any:
        try:
            data = json.loads(request.body.decode("utf-8"), parse_constant=refuse_constant)
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


def refuse_in_words(api: NinjaAPI) -> None:
    """Register how each exception is answered."""
    api.exception_handler(Http404)(lambda request, error: problem(404, _("There is nothing here that you may see.")))
    api.exception_handler(Malformed)(lambda request, error: problem(400, error))
    api.exception_handler(HttpError)(lambda request, error: problem(error.status_code, error.message))
    api.exception_handler(AuthenticationError)(
        lambda request, error: problem(401, _("A live token is needed: Authorization: Bearer pht_…"))
    )
    api.exception_handler(Invalid)(
        lambda request, error: problem(422, _("Some values cannot be kept."), errors=error.errors)
    )
    api.exception_handler(ValidationError)(
        lambda request, error: problem(422, _("Some values cannot be kept."), errors=places(error.errors))
    )
    api.exception_handler(Conflict)(answer_conflict)


def answer_conflict(request: HttpRequest, error: Conflict) -> HttpResponse:
    return problem(
        409,
        _("Someone else changed the same fields since that version."),
        version=error.item.version,
        theirs=error.theirs,
        mine=error.mine,
    )


def places(errors: list[dict[str, Any]]) -> dict[str, str]:
    """Pydantic's errors as {"payload.title": message}."""
    return {".".join(str(part) for part in error["loc"][1:]): error["msg"] for error in errors}
