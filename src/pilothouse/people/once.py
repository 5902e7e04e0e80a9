"""A form that is sent twice within a moment, by a second press or an impatient browser, makes one thing."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from pilothouse.people.access import Actor
from pilothouse.people.pages import go, is_fragment, tell
from pilothouse.people.passing import in_passing

View = Callable[..., HttpResponseBase]
MOMENT, AT_WORK = 2, 10  # seconds
PENDING = "at work"


def once(view: View) -> View:
    """Below `page`: the second sending waits for the first, makes nothing, and leads where that one led."""

    @wraps(view)
    def guarded(request: HttpRequest, actor: Actor, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST":
            return view(request, actor, **kwargs)
        key = mark(request, actor)
        if not first(key) and (place := first_answer(key)) is not None:
            return alike(request, place)
        kept = False
        try:
            answer = view(request, actor, **kwargs)
            kept = repeatable(request, answer)
        finally:
            with in_passing(key):
                note(key, led(answer) if kept else None)
        return answer

    return guarded


def mark(request: HttpRequest, actor: Actor) -> str:
    """Who sent what where; the number of the form that the browser made up for itself aside."""
    sent = sorted((name, values) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken")
    files = sorted((name, file.name, file.size) for name, group in request.FILES.lists() for file in group)
    told = repr((actor.user.pk, request.get_full_path(), sent, files)).encode("utf-8", "replace")
    return f"once:{hashlib.sha256(told).hexdigest()}"


def first(key: str) -> bool:
    """Whether nobody has sent this yet. Raises OperationalError where the database takes nothing in: the cache would
    say no, wait once more, and let the view wait again."""
    with transaction.atomic():
        return cache.add(key, PENDING, AT_WORK)


def note(key: str, place: str | None) -> None:
    if place is None:
        cache.delete(key)
    else:
        cache.set(key, [place], MOMENT)


def first_answer(key: str) -> str | None:
    """Where the first sending led, once it is done; None where it came to nothing."""
    until = time.monotonic() + AT_WORK
    while (made := cache.get(key)) == PENDING and time.monotonic() < until:
        time.sleep(0.05)
    return made[0] if isinstance(made, list) else None


def repeatable(request: HttpRequest, answer: HttpResponseBase) -> bool:
    """Something was made: a refusal may be sent again at once, and a page that came for a form is no making."""
    return answer.status_code < 400 and (answer.status_code != 200 or is_fragment(request))


def led(answer: HttpResponseBase) -> str:
    """The page that it leads to; empty where it stays on the one that sent the form."""
    return answer.headers.get("Location") or answer.headers.get("HX-Redirect", "")


def alike(request: HttpRequest, place: str) -> HttpResponse:
    return go(request, place) if place else tell(HttpResponse(status=204), _("Sent twice, kept once."))
