"""What a text and a question are made of: words, phrases, the number of an item."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

CJK = (
    "\u2e80-\u2fdf\u3040-\u30ff\u3100-\u312f\u31a0-\u31bf\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
TOKEN = re.compile(rf"(?=\w)[{CJK}]|[^\W_{CJK}]+")
# What makes C++ and C# other words than C.
SIGNS = re.compile(r"(?<=\w)[+#]+(?!\w)")
SIGN_WORDS = {"+": " plus", "#": " sharp"}
ACCENTS = re.compile("[\u0300-\u036f]")
QUOTED = re.compile(r'["“”„«»](.+?)["“”«»]|[「『](.+?)[」』]|(\S+)')
LISTED = re.compile(rf"(?<=[{CJK}])[,、;。]|[,、;。](?=[{CJK}])")
REFERENCE = re.compile(r"(?:([A-Z][A-Z0-9]{1,9})[- ]|#)?([1-9]\d{0,8})\Z")
MOST_TERMS, LONGEST_QUERY = 12, 1_000
SHORTEST_BEGINNING = 2
# What PostgreSQL's English configuration leaves out of its index; on either database they exclude nothing.
STOP_WORDS = frozenset(
    """
    i me my myself we our ours ourselves you your yours yourself yourselves he him his himself she her hers
    herself it its itself they them their theirs themselves what which who whom this that these those am is are
    was were be been being have has had having do does did doing a an the and but if or because as until while
    of at by for with about against between into through during before after above below to from up down in out
    on off over under again further then once here there when where why how all any both each few more most
    other some such no nor not only own same so than too very s t can will just don should now
    """.split()  # noqa: SIM905 a list would take two screens
)


@dataclass(frozen=True)
class Term:
    """Tokens that must stand side by side; `said` is how they were typed, `begins` whether the last of them may be the
    beginning of a longer word: one of two letters or more that nobody has put an end to."""

    tokens: tuple[str, ...]
    said: str
    begins: bool


def spaced(text: str) -> str:
    """Text as it is indexed: width, case and accents levelled, a space round each CJK character."""
    return " ".join(tokens(folded(text)))


def folded(text: str) -> str:
    if text.isascii():
        return text.casefold()
    bare = ACCENTS.sub("", unicodedata.normalize("NFKD", text))
    return unicodedata.normalize("NFKC", bare).casefold()


def tokens(text: str) -> list[str]:
    return TOKEN.findall(SIGNS.sub(signed, text))


def signed(signs: re.Match[str]) -> str:
    return "".join(SIGN_WORDS[sign] for sign in signs[0])


class Levels(dict[int, str]):
    """What each character is levelled to where that is one character too, as str.translate asks for it."""

    def __missing__(self, code: int) -> str:
        other = folded(chr(code))
        self[code] = other if len(other) == 1 else chr(code)
        return self[code]


LEVELS = Levels()


def levelled(text: str) -> str:
    """The same for what is looked through to be marked: every character stays in its place."""
    return text if text.isascii() else text.translate(LEVELS)


@lru_cache(maxsize=256)
def terms(query: str) -> tuple[Term, ...]:
    """The query's words and phrases, without what excludes nothing."""
    said = [term for text, quoted in parts(folded(query[:LONGEST_QUERY])) if (term := term_of(text, quoted)).tokens]
    telling = [term for term in said if len(term.tokens) > 1 or term.tokens[0] not in STOP_WORDS]
    return tuple((telling or said)[:MOST_TERMS])


def parts(query: str) -> Iterator[tuple[str, bool]]:
    """Texts, and whether they stood in quotation marks; words in a Chinese list are words of their own."""
    for latin, chinese, bare in QUOTED.findall(query):
        if bare:
            yield from ((text, False) for text in LISTED.split(bare))
        else:
            yield latin or chinese, True


def term_of(text: str, quoted: bool) -> Term:
    found = tokens(text)
    open_end = bool(found) and not quoted and text.endswith(found[-1]) and len(found[-1]) >= SHORTEST_BEGINNING
    return Term(tuple(found), text, open_end)


def reference(query: str) -> tuple[str, int] | None:
    """The product's key ("" where it is left out) and the number in PH-12, ph 12, #12 and 12."""
    match = REFERENCE.match(unicodedata.normalize("NFKC", query).strip().upper())
    return (match[1] or "", int(match[2])) if match else None
