"""The roadmap as its address describes it: which tab, how far the timeline is zoomed, and the filter of its rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import QueryDict

from pilothouse.people.access import Actor
from pilothouse.people.models import Product
from pilothouse.workbench.models import Item
from pilothouse.workbench.models.custom import kind_of
from pilothouse.workbench.viewing.columns import columns_of
from pilothouse.workbench.viewing.filters import parse
from pilothouse.workbench.viewing.paging import Order
from pilothouse.workbench.viewing.state import ViewState, one_of

KIND = "requirement"
HORIZON, TIMELINE, GOAL, RELEASE = TABS = ("horizon", "timeline", "goal", "release")
ZOOMS = ("week", "month", "quarter")
USUAL_ZOOM = "month"
# Words of the address that a list does not know.
OWN = ("zoom", "from")


@dataclass(frozen=True)
class RoadmapView(ViewState):
    """`layout` is the tab. What was dropped is on no roadmap, and what is done no longer now, next or later; a filter
    that names states shows them all the same."""

    zoom: str = USUAL_ZOOM

    @property
    def base(self) -> str:
        return f"{self.product.url}roadmap/"

    def rows(self) -> QuerySet[Item]:
        rows = super().rows()
        if any(condition.column.type == "state" for condition in self.filter.conditions):
            return rows
        gone = ("dropped", "done") if self.layout == HORIZON else ("dropped",)
        return rows.exclude(state__in=[state.slug for state in self.kind.states if state.category in gone])

    def pairs(self) -> list[tuple[str, str]]:
        pairs = [("view", self.layout)] if self.layout != HORIZON else []
        pairs += [("zoom", self.zoom)] if self.layout == TIMELINE and self.zoom != USUAL_ZOOM else []
        return pairs + self.filter.pairs()

    def list_url(self, *more: tuple[str, str]) -> str:
        """The same requirements as a list of their kind."""
        return f"{self.product.url}{KIND}/?{urlencode([('view', 'list'), *self.filter.pairs(), *more], safe=',')}"


def read(actor: Actor, product: Product, parameters: QueryDict | Mapping[str, Any]) -> RoadmapView:
    """The roadmap that an address asks for. Raises BadFilter for what no roadmap has."""
    kind = kind_of(product, KIND)
    columns = columns_of(kind)
    given = parameters.copy() if isinstance(parameters, QueryDict) else dict(parameters)
    zoom = one_of("zoom", given.get("zoom") or USUAL_ZOOM, ZOOMS)
    layout = one_of("view", given.get("view") or HORIZON, TABS)
    for name in OWN:
        given.pop(name, None)
    return RoadmapView(
        actor, product, kind, columns, layout, parse(given, columns), Order(), columns["horizon"], (), zoom=zoom
    )
