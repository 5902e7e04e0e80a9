"""How much one request may carry: refused by its own length, before any of it is read."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

MOST_BYTES = 210 * 1024 * 1024


def too_large(request: HttpRequest, text: str) -> HttpResponse:
    """As the API words its refusals where it is the API that was asked, else in a sentence."""
    if request.path.startswith("/api/"):
        problem = {"type": "about:blank", "status": 413, "title": text}
        return JsonResponse(problem, status=413, content_type="application/problem+json")
    return HttpResponse(text, status=413, content_type="text/plain; charset=utf-8")


def content_limit(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) <= MOST_BYTES:
            return get_response(request)
        text = _("The file is larger than 200 MB. Split it and import the parts one by one.")
        return too_large(request, text)

    return middleware
