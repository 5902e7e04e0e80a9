"""Tokens that only this installation can make, and what is stored of them."""

from __future__ import annotations

import base64
import hashlib

from django.utils.crypto import salted_hmac

SALT = "pilothouse.surveys"


def digest(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def made_token(purpose: str, subject: object) -> str:
    """160 bits that follow from the installation's key: made again when a link is sent again, and stored nowhere."""
    mac = salted_hmac(f"{SALT}.{purpose}", str(subject), algorithm="sha256").digest()[:20]
    return base64.b32encode(mac).decode().lower()
