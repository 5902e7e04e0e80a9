"""Tokens that only this installation can make."""

from __future__ import annotations

import base64

from django.utils.crypto import salted_hmac


def derived_token(salt: str, subject: object) -> str:
    """160 bits that follow from the installation's key, as 32 letters and digits: made again whenever a link is sent
    again, and stored nowhere but as a digest."""
    mac = salted_hmac(salt, str(subject), algorithm="sha256").digest()[:20]
    return base64.b32encode(mac).decode().lower()
