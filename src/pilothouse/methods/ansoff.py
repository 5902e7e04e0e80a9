"""Ansoff matrix: is growth sought with old or new products, in old or new markets?

Question: how far does each growth idea lead us away from what we know?
Not for: ranking ideas: the cell says how much is new, not how good it is.
Sample: none.

    >>> result = analyse({"app for schools": ["existing", "new"], "loyalty card": ["existing", "existing"]})
    >>> result.cells, result.empty
    (('market_development', 'market_penetration'), ('product_development', 'diversification'))

Source: Igor Ansoff, "Strategies for diversification", Harvard Business Review 35(5), 1957.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pilothouse.methods.shared.checks import one_of
from pilothouse.methods.shared.items import keyed

Cell = Literal["market_penetration", "market_development", "product_development", "diversification"]
CELLS: dict[tuple[str, str], Cell] = {
    ("existing", "existing"): "market_penetration",
    ("existing", "new"): "market_development",
    ("new", "existing"): "product_development",
    ("new", "new"): "diversification",
}
ORDERS = ("product, market", "market, product")


@dataclass(frozen=True)
class Result:
    """`cells` in the order given; `counts` by cell, `empty` ones named."""

    cells: tuple[Cell, ...]
    by_item: dict[Any, Cell]
    counts: dict[str, int]
    empty: tuple[str, ...]
    n: int


def analyse(
    items: Sequence[Sequence[str]] | Mapping[str, Any],
    *,
    order: Literal["product, market", "market, product"] = "product, market",
) -> Result:
    """Items as (product, market) or {product, market}, each "existing" or "new".

    Raises MethodError "no_items", "not_a_row" or "not_one_of", naming field and row.
    """
    names = tuple(one_of(order, ORDERS, field="order").split(", "))
    rows = keyed(items, names)
    by_item = {key: _cell(key, row) for key, row in rows.items()}
    counts: dict[str, int] = {cell: sum(found == cell for found in by_item.values()) for cell in CELLS.values()}
    return Result(
        tuple(by_item.values()), by_item, counts, tuple(cell for cell, n in counts.items() if not n), len(by_item)
    )


def _cell(key: Any, row: Mapping[str, Any]) -> Cell:
    product, market = (
        one_of(row.get(field), ("existing", "new"), field=field, row=key) for field in ("product", "market")
    )
    return CELLS[product, market]
