"""Files that leave a practice workspace say so in their name."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

MARK = "practice-"
NAMED = 'filename="'


def files_marked(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    def marked(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        actor, named = getattr(request, "actor", None), response.headers.get("Content-Disposition", "")
        if actor and actor.workspace.practice and NAMED in named and f"{NAMED}{MARK}" not in named:
            response.headers["Content-Disposition"] = named.replace(NAMED, f"{NAMED}{MARK}", 1)
        return response

    return marked
