"""Search that works alike on SQLite and PostgreSQL, in English and in Chinese.

Each CJK character is a word of its own and a run of several is a phrase, so that two-character words hit exactly and no
dictionary is needed. `words` says what a text and a question are made of, `index` writes the one table, `match` asks
it, `order` puts what was found in its order and counts it.
"""

from pilothouse.workbench.search.index import INDEXED_LENGTH, forget, index, rebuild, unindexed
from pilothouse.workbench.search.match import Asked, alike, hits, matching
from pilothouse.workbench.search.order import Hit, Tally, best, by_number, tally
from pilothouse.workbench.search.words import CJK, STOP_WORDS, TOKEN, Term, levelled, reference, spaced, terms

__all__ = [
    "CJK",
    "INDEXED_LENGTH",
    "STOP_WORDS",
    "TOKEN",
    "Asked",
    "Hit",
    "Tally",
    "Term",
    "alike",
    "best",
    "by_number",
    "forget",
    "hits",
    "index",
    "levelled",
    "matching",
    "rebuild",
    "reference",
    "spaced",
    "tally",
    "terms",
    "unindexed",
]  # fmt: skip
