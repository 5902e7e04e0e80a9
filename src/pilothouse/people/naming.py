"""What may be a name; and short names from long ones: a product's key and a workspace's part of the address, for Han
and Latin alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

KEY_LENGTH = 10
SLUG_LENGTH = 39


def seen(text: str) -> bool:
    """Whether anything of a text can be seen: spaces, joiners and direction marks alone cannot."""
    return any(unicodedata.category(character)[0] not in "ZC" for character in text)


def can_be_seen(name: str) -> None:
    """For a field's validators: what cannot be seen cannot be clicked on or called by."""
    if not seen(name):
        raise ValidationError(_("A name needs at least one character that can be seen."))


def words(name: str) -> list[str]:
    """Tidewater 潮汐 as [tidewater, chao, xi]."""
    from pypinyin import lazy_pinyin  # a quarter of a second, which not every start needs

    spelled = " ".join(lazy_pinyin(name))
    plain = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode().lower()
    return re.findall(r"[a-z0-9]+", plain)


def suggest_key(name: str, taken: Collection[str] = ()) -> str:
    """Initials (智能家居 → ZNJJ, Harbour Lines → HL), or the start of a single word (Tidewater → TID)."""
    parts = words(name)
    letters = parts[0][:3] if len(parts) == 1 else "".join(part[0] for part in parts)[:4]
    key = letters.lstrip("0123456789").upper()
    return unused(key if len(key) > 1 else f"{key}P"[:2].rjust(2, "P"), taken, KEY_LENGTH)


def suggest_slug(name: str, taken: Collection[str] = ()) -> str:
    return unused("-".join(words(name))[:SLUG_LENGTH].strip("-") or "workspace", taken, SLUG_LENGTH)


def unused(name: str, taken: Collection[str], length: int) -> str:
    """The name itself, or with the first number that makes it new."""
    candidate, number = name, 2
    while candidate in taken:
        candidate = f"{name[: length - len(str(number))]}{number}"
        number += 1
    return candidate
