"""The roadmap by what it is for: requirements under the releases they go into, or the metrics they should move.

Which stands where is read of all of them by their keys alone; whole rows are read of those that are shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from pilothouse.jinja import decimal
from pilothouse.outcomes.models import Prediction
from pilothouse.people.access import Actor
from pilothouse.planning.roadmap.rows import AT_METRIC, AT_RELEASE, Row, gather, predictions_of
from pilothouse.planning.roadmap.view import GOAL, RoadmapView
from pilothouse.workbench.models import Item, Link
from pilothouse.workbench.models.custom import kind_of

MOST_READ = 100_000
AT_ONCE = 500


@dataclass(frozen=True)
class Group:
    """`head` is the release or the metric; without one, what has none. `keys` are all its requirements by rank, `rows`
    the first of them."""

    head: Item | None
    keys: list[int]
    predictions: list[Prediction]
    rows: list[Row] = field(default_factory=list)

    @property
    def title(self) -> str:
        return self.head.title if self.head else ""

    @property
    def change(self) -> str:
        """From where to where a metric is meant to go."""
        fields: dict[str, Any] = self.head.fields if self.head else {}
        if fields.get("baseline") is None or fields.get("target") is None:
            return ""
        unit = fields.get("unit") or ""
        figures = {"before": decimal(fields["baseline"], 4), "after": decimal(fields["target"], 4), "unit": unit}
        return (_("from %(before)s to %(after)s %(unit)s") % figures).strip()


def grouped(view: RoadmapView, most: int | None = None) -> list[Group]:
    """The groups: releases to come by when they are due, what is in none, then those that are over, the latest first.
    A row with several heads stands under each.
    `most` is how many rows of each are read, all of them without it."""
    found = heads(view)
    shown = rows_of(view, dict.fromkeys(key for group in found for key in group.keys[:most]))
    for group in found:
        group.rows.extend(shown[key] for key in group.keys[:most] if key in shown)
    return found


def heads(view: RoadmapView) -> list[Group]:
    rows = view.rows()
    keys = list(rows.order_by("rank", "pk").values_list("pk", flat=True)[:MOST_READ])
    releases = pairs(view.actor, rows, AT_RELEASE)
    predictions = predictions_of(view.actor, {one for found in releases.values() for one in found})
    of = goals(view, rows, releases, predictions) if view.layout == GOAL else releases
    under: dict[int | None, list[int]] = {}
    for key in keys:
        for head in of.get(key) or (None,):
            under.setdefault(head, []).append(key)
    items = read(view.actor, [head for head in under if head])
    said = by_metric(predictions) if view.layout == GOAL else predictions
    groups = [
        Group(items.get(head or 0), found, list(said.get(head or 0, ())))
        for head, found in under.items()
        if head is None or head in items
    ]
    return sorted(groups, key=lambda group: place(group.head, len(group.keys), view.layout))


def pairs(actor: Actor, sources: Any, relation: str) -> dict[int, list[int]]:
    """Which live items these lead to, as far as the actor may see them; the earliest due first."""
    links = Link.objects.unveiled(actor).filter(
        source__in=sources, relation=relation, target__trashed_at=None, target__product__in=actor.product_ids
    )
    found: dict[int, list[int]] = {}
    for source, target in links.order_by("target__due_on", "target_id").values_list("source_id", "target_id"):
        found.setdefault(source, []).append(target)
    return found


def goals(
    view: RoadmapView, rows: QuerySet[Item], releases: Mapping[int, list[int]],
    predictions: Mapping[int, list[Prediction]],
) -> dict[int, list[int]]:  # fmt: skip
    """The metrics of each: its own, else those of its releases and of what was predicted of them."""
    own = pairs(view.actor, rows, AT_METRIC)
    through = pairs(view.actor, {one for found in releases.values() for one in found}, AT_METRIC)
    found = {}
    for key in {*own, *releases}:
        more = [metric for release in releases.get(key, ()) for metric in through.get(release, ())]
        more += [one.metric_id for release in releases.get(key, ()) for one in predictions.get(release, ())]
        found[key] = list(dict.fromkeys(own.get(key) or more))
    return found


def by_metric(predictions: Mapping[int, list[Prediction]]) -> dict[int, list[Prediction]]:
    found: dict[int, list[Prediction]] = {}
    for one in {one.pk: one for several in predictions.values() for one in several}.values():
        found.setdefault(one.metric_id, []).append(one)
    return found


def read(actor: Actor, keys: Sequence[int]) -> dict[int, Item]:
    products = {product.pk: product for product in actor.products}
    items: dict[int, Item] = Item.objects.in_bulk(keys)
    for item in items.values():
        item.product = products[item.product_id]
        item.__dict__["declared"] = kind_of(item.product, item.kind)
    return items


def rows_of(view: RoadmapView, keys: Iterable[int]) -> dict[int, Row]:
    """Whole rows, some hundred at a time."""
    wanted, found = list(keys), {}
    for start in range(0, len(wanted), AT_ONCE):
        items = Item.objects.select_related("owner").in_bulk(wanted[start : start + AT_ONCE])
        found.update({row.item.pk: row for row in gather(view, list(items.values()))})
    return found


def place(head: Item | None, size: int, by: str) -> tuple[Any, ...]:
    if head is None:
        return (2, "", 0)
    if by == GOAL:
        return (0, "", -size, head.pk)
    if head.state_declared.closed:
        return (3, "", -head.due_on.toordinal() if head.due_on else 0, head.pk)
    return (0 if head.due_on else 1, str(head.due_on or ""), head.pk)
