"""The fonts of files that the server makes, how wide texts are in them, and where lines break."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import groupby, islice, repeat
from pathlib import Path
from typing import Any
from unicodedata import bidirectional

FONTS = Path(__file__).parent.parent / "static/dist"
# By what they hold: Han, kana, Latin, Greek and Cyrillic letters; the accented letters of more languages; emoji; and a
# script each. What none has (Devanagari and others) is shown as a box.
MAIN, LATIN, EMOJI = "NotoSansSC-Regular.ttf", "SourceSans3-Regular.ttf", "NotoEmoji-Regular.ttf"
HANGUL, HEBREW = "NanumGothic-Regular.ttf", "NotoSansHebrew-Regular.ttf"
ARABIC, THAI = "NotoSansArabic-Regular.ttf", "NotoSansThai-Regular.ttf"
FILES = (MAIN, LATIN, EMOJI, HANGUL, HEBREW, ARABIC, THAI)  # a character is set in the first that holds it
LEFTWARD = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")  # Hebrew and Arabic
HAN = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]")
SHARED = frozenset("…—")  # as wide as a Han character beside such, narrow among Latin letters
NARROW = frozenset("·“”‘’")  # as wide as a Han character they leave a hole beside a comma or a colon
# Control characters, halves of characters, and marks that change the direction or the look of others.
UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\uffff\ud800-\udfff\U000e0000-\U000e01ef]"
)
# A line may break after a space and beside any Han character, but not before what closes nor after what opens.
OPENS, CLOSES = "“‘（《【「", "，。、；：？！）】》」”’…%"
PER_CENT = re.compile(r"(?<=\d) %")
OTHER = HAN.pattern.replace("[", f"[^ {OPENS}")
PIECE = re.compile(f"[ ]|[{OPENS}]*(?![{OPENS}]){HAN.pattern}[{CLOSES}]*|[{OPENS}]*{OTHER}+[{CLOSES}]*|[{OPENS}]+")


@cache
def font(file: str = MAIN) -> str:
    """Registered once a process."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    if not (FONTS / file).exists():
        raise FileNotFoundError(f"{file} is not built: run npm ci and npm run build in web/")
    mend_emoji()
    pdfmetrics.registerFont(TTFont(file.removesuffix(".ttf"), str(FONTS / file)))
    return file.removesuffix(".ttf")


@cache
def mend_emoji() -> None:
    """ReportLab tells readers of a PDF the number of a character, where they expect UTF-16: of emoji that differs."""
    from reportlab.pdfbase import ttfonts

    made = ttfonts.makeToUnicodeCMap
    ttfonts.makeToUnicodeCMap = lambda *given: re.sub(r"<([0-9A-F]{5,6})>", utf16, made(*given))


def utf16(found: re.Match[str]) -> str:
    return f"<{chr(int(found[1], 16)).encode('utf-16-be').hex().upper()}>"


@cache
def font_of(character: str, han: bool) -> str:
    """The font that holds a character; the main one, for its box, where none does."""
    if character in NARROW or (not han and character in SHARED):
        return font(LATIN)
    return font(next((file for file in FILES if ord(character) in characters(file)), MAIN))


@cache
def characters(file: str) -> frozenset[int]:
    from reportlab.pdfbase.pdfmetrics import getFont

    return frozenset(getFont(font(file)).face.charToGlyph)


@cache
def advance(character: str, han: bool) -> float:
    """How far a character leads, of a font one point high."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return float(stringWidth(character, font_of(character, han), 1))


def is_han(text: str) -> bool:
    """Whether it is set as Chinese: one character is enough."""
    return HAN.search(text) is not None


def width_of(text: str, size: float, han: bool | None = None) -> float:
    return sum(map(advance, text, repeat(is_han(text) if han is None else han))) * size


def as_seen(line: str) -> str:
    """A line with its characters from left to right, as paper takes them: Arabic joined, and what is read from right
    to left turned round."""
    if LEFTWARD.search(line) is None:
        return line
    from bidi.algorithm import get_display

    known = "".join(letter if bidirectional(letter) else "□" for letter in line)  # what is no letter has no direction
    return str(get_display(joiner().reshape(known)))


@cache
def joiner() -> Any:
    from arabic_reshaper import ArabicReshaper

    return ArabicReshaper(configuration={"delete_harakat": False})


def runs(text: str) -> Iterator[tuple[str, str]]:
    """A line in pieces of one font each: (font, text)."""
    han = is_han(text)
    for name, run in groupby(text, lambda character: font_of(character, han)):
        yield name, "".join(run)


def plain(text: Any) -> str:
    """In one line, without what no paper can show; a number keeps its per cent sign."""
    return PER_CENT.sub("\N{NO-BREAK SPACE}%", " ".join(UNPRINTABLE.sub(" ", str(text)).split()))


def cut(text: str, size: float, room: float, ellipsis: str = "…") -> str:
    """As much of a text as fits, with an ellipsis where something is missing."""
    han = is_han(text)
    if width_of(text, size, han) <= room:
        return text
    left = room - width_of(ellipsis, size, han)
    for place, character in enumerate(text):
        left -= advance(character, han) * size
        if left < 0:
            return text[:place].rstrip() + ellipsis if place else ""
    return text


def wrapped(text: Any, size: float, room: float, most: int = 50) -> list[str]:
    """At most so many lines; the last is cut where more would follow."""
    lines = list(islice(broken(plain(text), size, room), most + 1))
    return lines if len(lines) <= most else [*lines[: most - 1], cut(" ".join(lines[most - 1 :]), size, room)]


def broken(text: str, size: float, room: float) -> Iterator[str]:
    line, width, han = "", 0.0, is_han(text)
    for piece in PIECE.findall(text):
        more = width_of(piece, size, han)
        if line and width + more > room:
            yield line.rstrip()
            line, width, piece = "", 0.0, piece.lstrip()
        line, width = line + piece, width + (more if piece else 0)
        while width > room and len(line) > 1:  # a word longer than the line
            head = cut(line, size, room, "") or line[0]
            yield head
            line = line[len(head) :]
            width = width_of(line, size, han)
    if line.strip():
        yield line.rstrip()
