"""Personal keys to the API: made, listed, ended."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from pilothouse.people.access import Actor
from pilothouse.people.log import record
from pilothouse.people.models import Token


@transaction.atomic
def create_token(actor: Actor, name: str, scope: str, days: int | None) -> tuple[Token, str]:
    expires = timezone.now() + timedelta(days=days) if days else None
    token, secret = Token.issue(user=actor.user, workspace=actor.workspace, name=name, scope=scope, expires_at=expires)
    record(actor, "token_created", name, scope=scope)
    return token, secret


def own_tokens(actor: Actor) -> list[Token]:
    rows = Token.objects.filter(user=actor.user, workspace=actor.workspace, revoked_at=None)
    return list(rows.select_related("user").order_by("-id"))


@transaction.atomic
def revoke_token(actor: Actor, token: Token) -> None:
    token.revoked_at = timezone.now()
    token.save(update_fields=["revoked_at"])
    record(actor, "token_revoked", token.name)
