"""Where outcomes show on the workbench's pages: at metrics and releases, along the thread, in history and undo."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pilothouse.jinja import day, decimal
from pilothouse.outcomes import actions, closing
from pilothouse.outcomes.chart import chart
from pilothouse.outcomes.models import Prediction, Reading
from pilothouse.people.access import Actor
from pilothouse.workbench.models import Event, Item
from pilothouse.workbench.sections import Gap, Offer, add_gaps, add_remarks, add_section, tool
from pilothouse.workbench.showing import words
from pilothouse.workbench.writing import undo

SHOWN_READINGS = 12
SETTLED = timedelta(days=30)


def register() -> None:
    add_section("metric", metric_section)
    tool("measure", Offer(name=gettext_lazy("Calibration"), icon="crosshair", path="calibration"))
    add_section("release", release_section)
    add_remarks("metric", metric_remarks)
    add_remarks("release", release_remarks)
    add_gaps("metric", metric_gaps)
    add_gaps("release", release_gaps)
    undo.BY_VERB.update(
        read=actions.undo_reading, unread=actions.undo_reading, predicted=actions.undo_prediction,
        unpredicted=actions.undo_prediction, amended=actions.undo_amendment, closed=lambda entry: True,
    )  # fmt: skip
    words.TOLD.update(
        read=told_reading, unread=told_unread, predicted=told_prediction, closed=told_verdict,
        unpredicted=lambda e: _("withdrew a prediction"),
        amended=lambda e: _("changed a prediction before the approval"),
    )  # fmt: skip


def verdict_words(slug: str) -> str:
    return {
        "moved": _("Moved as predicted"), "not_moved": _("Did not move"), "cannot_tell": _("Cannot tell")
    }.get(slug, slug)  # fmt: skip


def told_reading(entry: Event) -> str:
    count = len(entry.changes["readings"])
    figures = {"value": decimal(entry.changes["figure"], 4), "day": day(date.fromisoformat(entry.changes["on"]))}
    if count == 1:
        return _("recorded %(value)s on %(day)s") % figures
    return _("recorded %(n)s readings, the newest %(value)s on %(day)s") % {"n": count, **figures}


def told_unread(entry: Event) -> str:
    figures = {"value": decimal(entry.changes["figure"], 4), "day": day(date.fromisoformat(entry.changes["on"]))}
    return _("removed the reading %(value)s on %(day)s") % figures


def told_prediction(entry: Event) -> str:
    figures = {name: decimal(entry.changes[name], 4) for name in ("baseline", "expected", "probability")}
    return _("predicted from %(baseline)s to %(expected)s, %(probability)s %% sure") % figures


def told_verdict(entry: Event) -> str:
    return _("closed this: %(verdict)s") % {"verdict": verdict_words(entry.changes["verdict"])}


def metric_section(actor: Actor, item: Item) -> dict[str, Any]:
    return {"template": "outcomes/readings.html", "context": readings_context(actor, item)}


def readings_context(actor: Actor, item: Item, *, everything: bool = False) -> dict[str, Any]:
    rows = list(Reading.objects.filter(metric=item, removed_at=None).select_related("recorded_by").order_by("on", "id"))
    newest = list(reversed(rows))
    return {
        "count": len(rows),
        "chart": chart(rows, releases_of(actor, item)),
        "rows": newest if everything else newest[:SHOWN_READINGS],
        "latest": newest[0] if newest else None,
        "unit": item.fields.get("unit") or "",
        "today": timezone.localdate().isoformat(),
    }


def releases_of(actor: Actor, metric: Item) -> list[tuple[date, str]]:
    """Dates of the releases that a metric measures or that were predicted to move it."""
    rows = (
        Item.objects.visible_to(actor)
        .live()
        .filter(
            Q(links_out__target=metric, links_out__relation="measured_by")
            | Q(predictions__metric=metric, predictions__removed_at=None)
        )
    )
    found = {row.pk: row for row in rows.filter(fields__has_key="released_on")}
    return sorted((when, row.title) for row in found.values() if (when := closing.released_on(row)))


def release_section(actor: Actor, item: Item) -> dict[str, Any]:
    return {"template": "outcomes/release.html", "context": release_context(actor, item)}


def release_context(actor: Actor, item: Item) -> dict[str, Any]:
    last = closing.last_verdict(item) if item.closed_at else None
    return {
        "judged": closing.judged(actor, item),
        "verdict": verdict_words(last.changes["verdict"]) if last else None,
        "verdict_by": last,
        "approved": item.state_declared.category not in ("new", "dropped"),
        "closed": item.state_declared.closed,
        "metrics": metrics_for(actor, item),
        "released_on": closing.released_on(item),
        "review_on": review_day(item),
    }


def review_day(release: Item) -> date:
    """When to look: a month after the release, which may be out, planned or not dated yet; never a day gone by."""
    today = timezone.localdate()
    day = (closing.released_on(release) or release.due_on or today) + SETTLED
    return day if day > today else today + SETTLED


def metrics_for(actor: Actor, item: Item) -> list[tuple[int, str]]:
    """Metrics to predict: those that measure the release first."""
    rows = Item.objects.live().filter(product=item.product, kind="metric").order_by("-id")[:200]
    linked = set(item.links_out.filter(relation="measured_by").values_list("target_id", flat=True))
    found = sorted(rows, key=lambda row: row.pk not in linked)
    return [(row.pk, f"{item.product.key}-{row.number} {row.title}") for row in found]


def metric_remarks(actor: Actor, items: Sequence[Item]) -> dict[int, str]:
    """The newest reading and the one before it; one query for all."""
    found: dict[int, list[Reading]] = {}
    for row in Reading.objects.filter(metric__in=items, removed_at=None).order_by("on", "id"):
        found.setdefault(row.metric_id, []).append(row)
    return {pk: newest_words(rows) for pk, rows in found.items()}


def newest_words(rows: list[Reading]) -> str:
    text = _("%(value)s on %(day)s") % {"value": decimal(rows[-1].value, 4), "day": day(rows[-1].on)}
    if len(rows) == 1:
        return text
    return _("%(now)s, at first %(then)s") % {"now": text, "then": decimal(rows[0].value, 4)}


def release_remarks(actor: Actor, items: Sequence[Item]) -> dict[int, str]:
    rows = Event.objects.filter(item__in=[item for item in items if item.closed_at], verb="closed", undone_at=None)
    return {row.item_id: verdict_words(row.changes["verdict"]) for row in rows.order_by("id") if row.item_id}


def metric_gaps(actor: Actor, items: Sequence[Item]) -> list[Gap]:
    read = set(Reading.objects.filter(metric__in=items, removed_at=None).values_list("metric_id", flat=True).distinct())
    text = _("No reading of %(metric)s yet: without one nobody can tell whether it moved.")
    return [
        Gap("metric", text % {"metric": item.title[:80]}, _("Record a reading"), f"{item.url}#readings")
        for item in items
        if item.pk not in read and not item.state_declared.closed
    ]


def release_gaps(actor: Actor, items: Sequence[Item]) -> list[Gap]:
    predicted: dict[int, date] = {}
    for row in Prediction.objects.filter(release__in=items, removed_at=None).order_by("review_on"):
        predicted.setdefault(row.release_id, row.review_on)
    return [gap for item in items if (gap := release_gap(item, predicted.get(item.pk)))]


def release_gap(item: Item, review_on: date | None) -> Gap | None:
    if item.state_declared.closed:
        return None
    if review_on is None:
        text = _("%(release)s has no prediction: what should change, by how much, and how sure are we?")
        return Gap("release", text % {"release": item.title[:80]}, _("Predict"), f"{item.url}#outcome")
    if closing.released_on(item) and review_on <= timezone.localdate():
        text = _("%(release)s is due for its verdict since %(day)s.") % {
            "release": item.title[:80],
            "day": day(review_on),
        }
        return Gap("release", text, _("Close with a verdict"), f"{item.url}/verdict")
    return None
