"""What each method's result says first, as a sentence that needs no statistics."""

from __future__ import annotations

from pilothouse.guide.library.headlines import asking, market, money, numbers, people, trials
from pilothouse.guide.library.headlines.declare import Headlines, Result

HEADLINES: Headlines = {
    **asking.HEADLINES, **people.HEADLINES, **market.HEADLINES, **numbers.HEADLINES, **trials.HEADLINES,
    **money.HEADLINES,
}  # fmt: skip


def headline(id: str, result: Result) -> str:
    """The first sentence for which the result has all it needs; "" where there is none."""
    return next(filter(None, (one.told(result) for one in HEADLINES.get(id, ()))), "")
