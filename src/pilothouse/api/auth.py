"""Who calls: a live personal token, in the Authorization header and nowhere else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone, translation
from ninja.security import HttpBearer

from pilothouse.people.access import Actor, actor_for_token
from pilothouse.people.middleware import zone
from pilothouse.people.models import Token, User, digest
from pilothouse.people.passing import in_passing


class Bearer(HttpBearer):
    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        row = Token.objects.select_related("user", "workspace").filter(digest=digest(token)).first()
        if row is None or not row.live:
            return None
        try:
            actor = actor_for_token(row)
        except Http404:
            return None
        remember_use(row)
        request.actor, request.token = actor, row  # type: ignore[attr-defined]
        speak_to(request, row.user)
        return actor


def speak_to(request: HttpRequest, user: User) -> None:
    """In the language the request asks for, else the token's owner's, and in their zone; the middleware that runs
    round every request puts both back."""
    if "Accept-Language" not in request.headers:
        translation.activate(user.language)
    timezone.activate(zone(user))


def remember_use(token: Token) -> None:
    """Once a minute is exact enough, and keeps reading free of writes."""
    now = timezone.now()
    if token.last_used_at is None or now - token.last_used_at > timedelta(minutes=1):
        with in_passing(token.name):
            Token.objects.filter(pk=token.pk).update(last_used_at=now)


def caller(request: Any) -> Actor:
    return request.actor
