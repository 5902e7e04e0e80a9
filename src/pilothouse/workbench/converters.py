"""Parts of addresses: a product's key (PH), an item's reference (PH-123), a kind's name (requirement)."""

from __future__ import annotations

import re

from pilothouse.kinds import KINDS


class ProductKey:
    regex = "[A-Z][A-Z0-9]{1,9}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class ItemRef:
    """PH-123 as (key, number)."""

    regex = "[A-Z][A-Z0-9]{1,9}-[1-9][0-9]{0,8}"

    @classmethod
    def fits(cls, text: str) -> bool:
        return re.fullmatch(cls.regex, text, re.ASCII) is not None

    def to_python(self, value: str) -> tuple[str, int]:
        key, number = value.split("-")
        return key, int(number)

    def to_url(self, value: tuple[str, int] | str) -> str:
        return value if isinstance(value, str) else f"{value[0]}-{value[1]}"


class KindSlug:
    regex = "|".join(KINDS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
