"""The first letters of a name as one types them: 需求 by xq, new requirement by nr.

GB 2312 keeps its 3,755 everyday characters in the order of their sound, so the first letter follows from the place.
"""

from __future__ import annotations

import re
from bisect import bisect_right

# Where each letter begins in that order; i, u and v begin no syllable.
LETTERS = "abcdefghjklmnopqrstwxyz"
STARTS = (
    0xB0A1, 0xB0C5, 0xB2C1, 0xB4EE, 0xB6EA, 0xB7A2, 0xB8C1, 0xB9FE, 0xBBF7, 0xBFA6, 0xC0AC, 0xC2E8,
    0xC4C3, 0xC5B6, 0xC5BE, 0xC6DA, 0xC8BB, 0xC8F6, 0xCBFA, 0xCDDA, 0xCEF4, 0xD1B9, 0xD4D1,
)  # fmt: skip
END = 0xD7F9
PIECES = re.compile(r"[a-z0-9]+|[\u4e00-\u9fff]")


def initials(text: str) -> str:
    return "".join(letter(piece) for piece in PIECES.findall(text.casefold()))


def letter(piece: str) -> str:
    """The first letter of a Latin word or of a Chinese character's sound; nothing for a rare character."""
    if piece.isascii():
        return piece[0]
    try:
        place = int.from_bytes(piece.encode("gb2312"))
    except UnicodeEncodeError:
        return ""
    return LETTERS[bisect_right(STARTS, place) - 1] if STARTS[0] <= place <= END else ""


def answers_to(name: str, typed: str) -> bool:
    """Whether somebody who types this may mean the name: a part of it, or its first letters."""
    wanted, letters = typed.casefold().strip(), initials(name)
    return wanted in name.casefold() or letters.startswith(wanted) or (len(wanted) > 1 and letters.endswith(wanted))
