"""What every request gets: a strict content policy, and the signed-in person's language and time zone."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from allauth.usersessions.models import UserSession
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from pilothouse.people.passing import in_passing

Handler = Callable[[HttpRequest], HttpResponse]
FORM = "application/x-www-form-urlencoded"

POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


def content_security_policy(get_response: Handler) -> Handler:
    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store, private")
        return response

    return middleware


def forms_in_utf8(get_response: Handler) -> Handler:
    """A form in another encoding is refused before anybody reads it: each page that says so would read it again."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.content_type == FORM and request.encoding and codecs.lookup(request.encoding).name != "utf-8":
            return HttpResponse(_("A form is sent in UTF-8."), status=400, content_type="text/plain; charset=utf-8")
        return get_response(request)

    return middleware


class Sessions(SessionMiddleware):
    """In a workspace a session remembers only where one was last, which no page waits for."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if not request.path.startswith("/w/"):
            return super().process_response(request, response)
        with in_passing(request.path):
            super().process_response(request, response)
        return response


def preferences(get_response: Handler) -> Handler:
    """A signed-in person's own language and zone; a stranger's from the browser."""

    def middleware(request: HttpRequest) -> HttpResponse:
        user = request.user
        language = user.language if user.is_authenticated else translation.get_language_from_request(request)
        with translation.override(language), timezone.override(zone(user)):
            request.LANGUAGE_CODE = translation.get_language()
            response = get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or "en")
            return response

    return middleware


def devices_seen(get_response: Handler) -> Handler:
    """Where and when a person was last active, for the list of their devices; noted every five minutes, because a
    write at every request would cost more than the page."""

    def middleware(request: HttpRequest) -> HttpResponse:
        key = request.session.session_key
        if key and request.user.is_authenticated and caches["process"].add(f"seen:{key}", True, 300):
            with in_passing(request.user):
                UserSession.objects.create_from_request(request)
        return get_response(request)

    return middleware


def zone(user: object) -> ZoneInfo:
    try:
        return ZoneInfo(getattr(user, "time_zone", "UTC"))
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
