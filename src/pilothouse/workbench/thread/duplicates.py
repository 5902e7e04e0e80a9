"""Near-duplicates: a few candidates from the search index, compared by the shingles they share.

The cost is bounded whatever the size of the product: at most twelve pairs of words are looked up, and at most 300
candidates compared by the first 600 characters of each.
"""

from __future__ import annotations

from itertools import pairwise

from django.db.models.expressions import RawSQL

from pilothouse.people.access import Actor
from pilothouse.workbench import search
from pilothouse.workbench.models import Item, ItemQuerySet

MOST_PAIRS, MOST_CANDIDATES, MOST_SHOWN = 12, 300, 5
COMPARED = 600
ALIKE = 0.5
SHINGLE, FEWEST = 3, 4
Shingles = tuple[frozenset[str], frozenset[str]]


def near_duplicates(actor: Actor, item: Item) -> list[Item]:
    """Open items of the same kind that say much the same, the most alike first."""
    found = list(candidates(actor, item)[:MOST_CANDIDATES])
    mine = shingles(item)
    scored = [(likeness(mine, shingles(other)), other) for other in found]
    alike = sorted((pair for pair in scored if pair[0] >= ALIKE), key=lambda pair: (-pair[0], pair[1].pk))
    for _likeness, other in alike[:MOST_SHOWN]:
        other.product = item.product
    return [other for _likeness, other in alike[:MOST_SHOWN]]


def candidates(actor: Actor, item: Item) -> ItemQuerySet:
    rows = Item.objects.visible_to(actor).live().filter(product=item.product_id, kind=item.kind).exclude(pk=item.pk)
    rows = rows.exclude(links_out__relation="duplicates").order_by("-id")
    pairs = word_pairs(item.title)
    alike = search.alike(pairs, item.product_id, item.kind, MOST_CANDIDATES)
    return rows.filter(pk__in=RawSQL(*alike)) if pairs else rows.none()  # noqa: S611


def word_pairs(title: str) -> list[str]:
    """Two words that stand side by side say more than one, and cost the index less."""
    words = search.spaced(title).split()
    telling = [f"{a} {b}" for a, b in pairwise(words) if not {a, b} <= search.STOP_WORDS]
    return telling[:MOST_PAIRS] or words[:1]


def shingles(item: Item) -> Shingles:
    """Those of the title, and those of the title with what follows: alike are items that share of both."""
    return runs(item.title), runs(f"{item.title} {item.body[:COMPARED]}"[:COMPARED])


def runs(text: str) -> frozenset[str]:
    """Every run of three characters, with width, case, spaces and marks levelled out. Chinese characters stand apart
    there, so that a run holds two of them; one alone says nothing."""
    text = search.spaced(text)
    found = (text[place : place + SHINGLE] for place in range(max(1, len(text) - SHINGLE + 1)))
    return frozenset(run for run in found if not run[:1] == run[-1:] == " ")


def likeness(mine: Shingles, theirs: Shingles) -> float:
    return sum(shared(*pair) for pair in zip(mine, theirs, strict=True)) / 2


def shared(mine: frozenset[str], theirs: frozenset[str]) -> float:
    """The share of the smaller set that both hold: a short wording may lie within a long one, but not one word."""
    return 1.0 if mine == theirs else len(mine & theirs) / max(min(len(mine), len(theirs)), FEWEST)
