"""The words that were looked for, marked where they stand: in a title, and in the piece of text that says most."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markupsafe import Markup

from pilothouse.workbench import search

AROUND = 70
MOST_PLACES = 50
LETTER = rf"[^\W_{search.CJK}]"
GAP = r"[\W_]*"
Words = re.Pattern[str]


def marking(typed: str) -> Words | None:
    """What to mark: the words that were typed, longest first; an English word also by its stem's beginning."""
    words = sorted({spelled(term) for term in search.terms(typed)}, key=len, reverse=True)
    return re.compile("|".join(words), re.IGNORECASE) if words else None


def spelled(term: search.Term) -> str:
    """A pattern for a word or phrase as it may be written: with whatever stands between its parts."""
    *before, last = search.TOKEN.findall(term.said)
    signs = re.escape(term.said[len(term.said.rstrip("+#")) :])
    end = f"(?!{LETTER})" if len(last) == 1 and last.isascii() else ""
    parts = [*(f"{stem(token)}{LETTER}*" if len(token) > 1 else token for token in before), stem(last)]
    begin = f"(?<!{LETTER})" if re.match(LETTER, parts[0]) else ""
    return begin + GAP.join(parts) + (signs or end)


def stem(word: str) -> str:
    """connecting is marked in connects too."""
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def snippet(texts: Sequence[str], words: Words | None) -> str:
    """The piece that says most: of the first text in which a word stands, the place with most different ones; how the
    first begins where there is none."""
    for text in texts:
        if words and (place := telling(search.levelled(text), words)):
            return around(text, *place)
    return around(texts[0], 0, 2 * AROUND)


def telling(text: str, words: Words) -> tuple[int, int] | None:
    """From where to where the text tells most of what was looked for."""
    hits = [hit for hit, _n in zip(words.finditer(text), range(MOST_PLACES), strict=False)]
    if not hits:
        return None
    best = max(hits, key=lambda hit: (variety(hits, hit.start()), -hit.start()))
    return max(0, best.start() - AROUND), best.end() + AROUND


def variety(hits: list[re.Match[str]], start: int) -> int:
    return len({hit[0].casefold() for hit in hits if start <= hit.start() <= start + AROUND})


def around(text: str, start: int, end: int) -> str:
    cut = " ".join(text[start:end].split())
    return ("…" if start else "") + cut + ("…" if end < len(text) else "")


def marked(text: str, words: Words | None) -> Markup:
    if words is None:
        return Markup.escape(text)
    parts, last = [], 0
    for hit in words.finditer(search.levelled(text)):
        start, end = hit.span()
        parts += [Markup.escape(text[last:start]), Markup("<mark>{}</mark>").format(text[start:end])]
        last = end
    return Markup("").join([*parts, Markup.escape(text[last:])])
