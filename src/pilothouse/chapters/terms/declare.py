"""What a term is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Term:
    """A word of the field: its name in both languages, what it means, and the kind, method or chapter it belongs to."""

    slug: str
    en: str
    zh: str
    meaning: Any
    chapter: int = 0
    kind: str = ""
    method: str = ""

    def name(self, language: str) -> str:
        return self.zh if language.startswith("zh") else self.en

    def other(self, language: str) -> str:
        return self.en if language.startswith("zh") else self.zh
