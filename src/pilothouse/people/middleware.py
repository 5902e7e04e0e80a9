"""What every request gets: a strict content policy, and the signed-in person's language and time zone."""

from __future__ import annotations

import logging
from collections.abc import Callable
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from allauth.usersessions.models import UserSession
from django.core.cache import caches
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

log = logging.getLogger(__name__)
Handler = Callable[[HttpRequest], HttpResponse]
PASSING_MS = 200

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
            note_device(request)
        return get_response(request)

    return middleware


def note_device(request: HttpRequest) -> None:
    """In passing: while something larger is written to SQLite, pages are read all the same, and without waiting."""
    sqlite = connection.connection if connection.vendor == "sqlite" else None
    try:
        if sqlite:
            sqlite.execute(f"PRAGMA busy_timeout={PASSING_MS}")
        UserSession.objects.create_from_request(request)
    except OperationalError:
        log.info("%s was seen, which is not noted: the database is busy", request.user)
    finally:
        if sqlite:
            sqlite.execute(f"PRAGMA busy_timeout={connection.settings_dict['OPTIONS']['timeout'] * 1000}")


def zone(user: object) -> ZoneInfo:
    try:
        return ZoneInfo(getattr(user, "time_zone", "UTC"))
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
