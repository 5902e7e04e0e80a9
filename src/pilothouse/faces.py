"""What stands for a name where there is little room: one or two letters, and one of eight hues."""

from __future__ import annotations

import unicodedata
from zlib import crc32

HUES = 8
JOINERS = "\u200d\ufe0f"


def hue(text: object) -> int:
    """The same text always has the same hue."""
    return crc32(str(text).encode()) % HUES


def initials(name: object, short: bool = False) -> str:
    """The given name of 欧阳娜娜 is 娜娜, or 娜 where it must be short; Ada King Lovelace is AL; an emoji is itself."""
    words = str(name).split()
    if not words:
        return "?"
    if is_han(words[-1]):
        return words[-1][-1 if short else -2 :]
    if len(words) == 1 or not (words[0][0].isalpha() and words[-1][0].isalpha()):
        return first_letter(words[0]).upper()
    return (first_letter(words[0]) + first_letter(words[-1])).upper()


def is_han(word: str) -> bool:
    return all("CJK UNIFIED" in unicodedata.name(letter, "") for letter in word)


def first_letter(word: str) -> str:
    """The first character with whatever belongs to it: accents, skin tones, joined emoji."""
    end = 1
    while end < len(word) and belongs(word[end], word[end - 1]):
        end += 1
    return word[:end]


def belongs(letter: str, before: str) -> bool:
    return letter in JOINERS or before == "\u200d" or unicodedata.category(letter) in ("Mn", "Sk")
