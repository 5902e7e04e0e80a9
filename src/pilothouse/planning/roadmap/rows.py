"""What the roadmap says of each requirement, read for all of them in a constant number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from pilothouse.jinja import decimal
from pilothouse.outcomes.models import Prediction
from pilothouse.people.access import Actor
from pilothouse.planning.roadmap.view import RoadmapView
from pilothouse.workbench.models import Item, Link
from pilothouse.workbench.models.custom import kind_of
from pilothouse.workbench.thread import line
from pilothouse.workbench.thread.evidence import Evidence, evidence_for
from pilothouse.workbench.thread.graph import walk
from pilothouse.workbench.viewing.rows import prepared, surveyed

AT_RELEASE, AT_METRIC = "planned_in", "measured_by"


@dataclass(frozen=True)
class Row:
    """A requirement with its releases, the metrics it should move, and what was predicted of them."""

    item: Item
    dots: Any
    evidence: Evidence | None
    way: str
    releases: tuple[Item, ...]
    metrics: tuple[Item, ...]
    predictions: tuple[Prediction, ...]

    @property
    def starts(self) -> date | None:
        return as_date(self.item.fields.get("planned_from"))

    @property
    def ends(self) -> date | None:
        return as_date(self.item.fields.get("planned_to"))

    @property
    def surveyed(self) -> tuple[str, str, int | None] | None:
        return surveyed(self.item)

    @property
    def horizon(self) -> str:
        return self.item.fields.get("horizon") or ""

    @property
    def late(self) -> Item | None:
        """The release that is due before this is meant to be ready."""
        end = self.ends or self.starts
        return next((one for one in self.releases if one.due_on and end and one.due_on < end), None)

    @property
    def predicted(self) -> str:
        return "; ".join(in_words(one) for one in self.predictions)


@dataclass(frozen=True)
class Ties:
    """What requirements lead to: releases and metrics, and what was predicted of each release."""

    releases: Mapping[int, list[Item]] = field(default_factory=dict)
    metrics: Mapping[int, list[Item]] = field(default_factory=dict)
    predictions: Mapping[int, list[Prediction]] = field(default_factory=dict)


def gather(view: RoadmapView, items: Sequence[Item]) -> list[Row]:
    return list(grounded(view, tied(view, items)).values())


def tied(view: RoadmapView, items: Sequence[Item]) -> list[Row]:
    """Requirements with what they lead to."""
    prepared(view, items)
    ties = ties_of(view.actor, items) if items else Ties()
    return [row(view, item, ties) for item in items]


def grounded(view: RoadmapView, rows: Iterable[Row]) -> dict[int, Row]:
    """The same rows with what they rest on: their thread and its evidence."""
    found = {row.item.pk: row for row in rows}
    if not found:
        return {}
    graph = walk(view.actor, list(found))
    dots, evidence = line.dots(graph), evidence_for(view.actor, [row.item for row in found.values()], graph)
    return {pk: replace(row, dots=dots.get(pk), evidence=evidence.get(pk)) for pk, row in found.items()}


def row(view: RoadmapView, item: Item, ties: Ties) -> Row:
    releases = ties.releases.get(item.pk, [])
    predictions = [one for release in releases for one in ties.predictions.get(release.pk, [])]
    through = [metric for release in releases for metric in ties.metrics.get(release.pk, [])]
    metrics = ties.metrics.get(item.pk) or through + [one.metric for one in predictions]
    unique = {metric.pk: metric for metric in metrics}.values()
    way = item.fields.get("score_way")
    named = view.columns["score_way"].option_name(way) if way else ""
    return Row(item, None, None, named, tuple(releases), tuple(unique), tuple(predictions))


def plain_row(item: Item) -> Row:
    """A requirement by itself, where only its dates are wanted."""
    return Row(item, None, None, "", (), (), ())


def ties_of(actor: Actor, items: Iterable[Item]) -> Ties:
    """Three queries: the releases, the metrics of items and releases, the predictions."""
    releases = ends(actor, [item.pk for item in items], AT_RELEASE)
    numbers = {release.pk for found in releases.values() for release in found}
    metrics = ends(actor, [*(item.pk for item in items), *numbers], AT_METRIC)
    return Ties(releases, metrics, predictions_of(actor, numbers))


def ends(actor: Actor, sources: Sequence[int], relation: str) -> dict[int, list[Item]]:
    """The live items that links of one relation lead to, as far as the actor may see them; the earliest due first."""
    links = Link.objects.unveiled(actor).filter(
        source__in=sources, relation=relation, target__trashed_at=None, target__product__in=actor.product_ids
    )
    products = {product.pk: product for product in actor.products}
    found: dict[int, list[Item]] = {}
    seen: dict[int, Item] = {}
    for link in links.select_related("target").order_by("target__due_on", "target_id"):
        if (target := seen.setdefault(link.target_id, link.target)) is link.target:
            target.product = products[target.product_id]
            target.__dict__["declared"] = kind_of(target.product, target.kind)
        found.setdefault(link.source_id, []).append(target)
    return found


def predictions_of(actor: Actor, releases: Iterable[int]) -> dict[int, list[Prediction]]:
    rows = Prediction.objects.visible_to(actor).filter(
        release__in=list(releases), removed_at=None, metric__trashed_at=None, metric__product__in=actor.product_ids
    )
    products = {product.pk: product for product in actor.products}
    found: dict[int, list[Prediction]] = {}
    for one in rows.select_related("metric").order_by("id"):
        one.metric.product = products[one.metric.product_id]
        found.setdefault(one.release_id, []).append(one)
    return found


def in_words(prediction: Prediction) -> str:
    figures = {
        "metric": prediction.metric.title, "before": decimal(prediction.baseline, 4),
        "after": decimal(prediction.expected, 4), "sure": decimal(prediction.probability, 0),
    }  # fmt: skip
    return _("%(metric)s from %(before)s to %(after)s, %(sure)s %% sure") % figures


def as_date(value: Any) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except (TypeError, ValueError):
        return None
