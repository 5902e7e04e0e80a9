"""The first start: a link, printed once, makes whoever opens it the owner. Only the digest of its token is kept."""

from __future__ import annotations

import hmac
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from pilothouse.people.models import User, Workspace, digest
from pilothouse.people.workspaces import open_workspace

PERSON = ("email", "password", "name", "language", "time_zone")


def setup_url() -> str | None:
    """A new link (earlier ones die) while nobody but the practice people exists; None afterwards."""
    if claimed():
        file().unlink(missing_ok=True)
        return None
    token = secrets.token_urlsafe(24)
    keep(digest(token))
    return f"{settings.PUBLIC_URL}/setup/{token}"


def claimed() -> bool:
    others = User.objects.exclude(memberships__workspace__practice=True)
    return Workspace.objects.filter(practice=False).exists() or others.exists()


def file() -> Path:
    return settings.DATA / "setup-token"


def waiting() -> bool:
    """Nobody has opened the link yet; no question to the database, for the sign-in page asks this each time."""
    return file().exists()


def keep(kept: str) -> None:
    descriptor = os.open(file(), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as handle:
        handle.write(kept)


def is_setup_token(token: str) -> bool:
    try:
        return hmac.compare_digest(file().read_text(), digest(token)) and not claimed()
    except FileNotFoundError:
        return False


def claim(token: str, data: Mapping[str, Any]) -> tuple[User, Workspace] | None:
    """Make the owner and their workspace; None when someone else was quicker. Removing the file decides who was."""
    try:
        file().unlink()
    except FileNotFoundError:
        return None
    try:
        with transaction.atomic():
            user = User.objects.create_user(**{name: data[name] for name in PERSON})
            return user, open_workspace(user, data["workspace"])
    except BaseException:
        keep(digest(token))
        raise
