"""What open answers talk about: words and short phrases, counted by people, in English and Chinese alike.

English is cut at spaces. Chinese has none, and a dictionary would weigh more than the rest of the product, so runs of
Han are cut into all pieces of two to six signs; of pieces that nearly always stand inside a longer one only the longer
is kept. That finds the words people share (离线, 晚点提醒) and no others, which is what a count is for.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

LATIN = re.compile(r"[a-z][a-z'’-]+|\d+(?:\.\d+)?[a-z%]*")
HAN = re.compile(r"[\u3400-\u9fff]+")
SENTENCE = re.compile(r"[\n.,;:!?()\"“”，。；：！？、（）]")
LONGEST_PIECE, LONGEST_PHRASE, LONGEST_ANSWER = 6, 3, 400
INSIDE = 0.8  # of a piece's people say it within one longer piece: it is no word of its own
LEAST = 2
COMMON = """
a about after again all also am an and any are as at be because been before being but by can cannot could did do
    does doing don't down during each even few for from further get had has have having he her here hers him his how i
    i'd i'll i'm i've if in into is isn't it it's its itself just let's me more most much my myself no nor not of off on
    once only or other our ours out over own really s same she should so some such than that that's the their them then
    there these they they're this those through to too under until up us very was we we're were what when where which
    while who whom why will with would you you're your yours"""
ENGLISH = frozenset(COMMON.split())
# Signs that hold sentences together: a piece that begins or ends with one is no word.
CHINESE = frozenset(
    "的了是在和与及或也都就还又很太更最我你他她它们这那哪有没不要会能可以把被让给对从到向为因所而但如果一个些种次么吗呢吧啊呀哦嗯着过得地之其"
)


@dataclass(frozen=True)
class Phrase:
    """A word or phrase and how many people used it."""

    text: str
    people: int


def phrases(answers: Iterable[str], most: int = 30) -> list[Phrase]:
    """Those that at least two people used, most used first; longer ones take their parts with them."""
    counted: Counter[str] = Counter()
    for answer in answers:
        counted.update(pieces(answer[:LONGEST_ANSWER]))
    common = {text: people for text, people in counted.items() if people >= LEAST}
    gone = swallowed(common)
    kept = [Phrase(text, people) for text, people in common.items() if text not in gone]
    return sorted(kept, key=lambda one: (-one.people, -len(one.text), one.text))[:most]


def pieces(answer: str) -> set[str]:
    """Everything in one answer that could be a word or a phrase."""
    text = answer.lower().replace("’", "'")
    found: set[str] = set()
    for sentence in SENTENCE.split(text):
        found |= english(LATIN.findall(sentence))
    for run in HAN.findall(text):
        found |= chinese(run)
    return found


def english(words: list[str]) -> set[str]:
    """Words that mean something, and phrases of two or three that begin and end with one."""
    found = set()
    for start in range(len(words)):
        for size in range(1, LONGEST_PHRASE + 1):
            part = words[start : start + size]
            if len(part) == size and part[0] not in ENGLISH and part[-1] not in ENGLISH and len(part[0]) > 1:
                found.add(" ".join(part))
    return found


def chinese(run: str) -> set[str]:
    return {
        run[start : start + size]
        for size in range(2, LONGEST_PIECE + 1)
        for start in range(len(run) - size + 1)
        if run[start] not in CHINESE and run[start + size - 1] not in CHINESE
    }


def swallowed(common: dict[str, int]) -> set[str]:
    """Pieces that nearly always stand inside one and the same longer piece."""
    return {
        part for text, people in common.items() for part in parts(text)
        if part in common and people >= INSIDE * common[part]
    }  # fmt: skip


def parts(text: str) -> set[str]:
    """The shorter pieces that a piece holds."""
    if HAN.match(text):
        return {text[a : a + n] for n in range(2, len(text)) for a in range(len(text) - n + 1)}
    words = text.split()
    return {" ".join(words[a : a + n]) for n in range(1, len(words)) for a in range(len(words) - n + 1)}
