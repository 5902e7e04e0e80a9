"""What a file cannot bring along and is made anew here: secrets, and people who are only names."""

from __future__ import annotations

import hashlib
import secrets

from django.db import models

from pilothouse.people.models import User


def renew(row: models.Model, name: str) -> None:
    """What opens a door there opens none here."""
    field = row._meta.get_field(name)
    if not field.has_default() and not field.null:  # type: ignore[union-attr]
        setattr(row, name, secrets.token_hex(32))


def stranger(email: str, name: str) -> User:
    """Someone who is only a name here: nobody can sign in as them, and their address is not kept."""
    mark = hashlib.sha256(email.encode()).hexdigest()[:20]
    address = email if email.endswith("@not-here.invalid") else f"{mark}@not-here.invalid"
    user, new = User.objects.get_or_create(email=address, defaults={"name": name or email, "is_active": False})
    if new:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user
