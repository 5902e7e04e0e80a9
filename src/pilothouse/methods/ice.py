"""ICE: a quick first order of many ideas.

Question: which of these ideas is worth a closer look first?
Not for: a final decision (the three guesses hide what RICE asks for), or comparing boards that score differently.
Sample: none; two or more people scoring apart show how far the guesses differ.

    >>> result = analyse({"A": {"impact": 10, "confidence": 10, "ease": 1}, "B": (5, 5, 5)})
    >>> result.product, result.mean, result.variants_agree
    ({'A': 100.0, 'B': 125.0}, {'A': 7.0, 'B': 5.0}, False)

Source: Sean Ellis, GrowthHackers (impact, confidence and ease from 1 to 10). Product and mean are both in use and can
rank differently: fix one for each board.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pilothouse.methods.shared.checks import one_of
from pilothouse.methods.shared.items import cells, gaps, keyed, ranked, span

FIELDS = ("impact", "confidence", "ease")


@dataclass(frozen=True)
class Result:
    """Both variants by item; `order` follows the variant chosen; `missing` items lack a cell and have no score."""

    product: dict[Any, float]
    mean: dict[Any, float]
    order: tuple[Any, ...]
    variant: str
    variants_agree: bool
    missing: tuple[Any, ...]
    n: int


def analyse(
    items: Mapping[Any, Any] | Sequence[Any],
    *,
    variant: Literal["product", "mean"] = "product",
    scale: tuple[float, float] = (1, 10),
) -> Result:
    """Score items of {impact, confidence, ease} or (impact, confidence, ease), each within the scale."""
    one_of(variant, ("product", "mean"), field="variant")
    rows, (low, high) = keyed(items, FIELDS), span(scale, "scale")
    scored = {key: cells(row, FIELDS, key, least=low, most=high) for key, row in rows.items() if not gaps(row, FIELDS)}
    products = {key: product(*three) for key, three in scored.items()}
    means = {key: mean(*three) for key, three in scored.items()}
    return Result(
        product=products,
        mean=means,
        order=ranked(products if variant == "product" else means),
        variant=variant,
        variants_agree=ranked(products) == ranked(means),
        missing=tuple(key for key in rows if key not in scored),
        n=len(rows),
    )


def product(i: float, c: float, e: float) -> float:
    """Impact x confidence x ease, at most 1000."""
    return i * c * e


def mean(i: float, c: float, e: float) -> float:
    """The plain mean of the three."""
    return (i + c + e) / 3
