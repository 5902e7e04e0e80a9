"""What surveys say of the same items, as orders that stand beside scorecards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy

from pilothouse.people.access import Actor
from pilothouse.people.models import Product
from pilothouse.planning.scorecards.way import Ranking
from pilothouse.workbench.models import Item

MOST = 1_000
# Must-be first, then what pleases the more the better, then what delights. Within the first two by what lacking it
# costs, within the others by what having it gains.
KANO = {"M": 5, "O": 4, "A": 3, "I": 2, "R": 1}


@dataclass(frozen=True)
class Measure:
    slug: str
    name: Any
    score: Callable[[dict[str, Any]], float | None]


def kano(fields: dict[str, Any]) -> float | None:
    place = KANO.get(fields.get("kano") or "")
    by = -(number(fields, "kano_worse") or 0.0) if place and place > 3 else number(fields, "kano_better") or 0.0
    return None if place is None else place + by / 10


def number(fields: dict[str, Any], name: str) -> float | None:
    value = fields.get(name)
    return float(value) if isinstance(value, int | float) else None


MEASURES = (
    Measure("kano", gettext_lazy("Kano, by survey"), kano),
    Measure("maxdiff", gettext_lazy("MaxDiff, by survey"), lambda fields: number(fields, "maxdiff")),
    Measure("opportunity", gettext_lazy("Opportunity, by survey"), lambda fields: number(fields, "opportunity")),
)


def surveyed(actor: Actor, product: Product) -> dict[str, tuple[Measure, Ranking, list[Item]]]:
    """The measures that any open item of the product has, in one query."""
    rows = Item.objects.live().visible_to(actor).filter(product=product, closed_at=None)
    rows = rows.filter(fields__has_any_keys=[one.slug for one in MEASURES]).order_by("number")
    items = list(rows[:MOST])
    for item in items:
        item.product = product
    found = {one.slug: (one, ranking(one, items), items) for one in MEASURES}
    return {slug: row for slug, row in found.items() if row[1].order}


def ranking(measure: Measure, items: Sequence[Item]) -> Ranking:
    scores = {item.pk: score for item in items if (score := measure.score(item.fields)) is not None}
    return Ranking(scores, tuple(sorted(scores, key=lambda key: -scores[key])), {}, {})
