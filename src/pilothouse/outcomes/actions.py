"""The verbs of outcomes. Each checks the right, writes in one transaction, leaves its Event, and can be taken back."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pilothouse.kinds import FieldError
from pilothouse.kinds.declare import Field
from pilothouse.outcomes.models import Prediction, Reading
from pilothouse.people.access import Actor
from pilothouse.workbench.models import Event, Item, json_ready
from pilothouse.workbench.writing.changes import event
from pilothouse.workbench.writing.cleaning import Invalid, refuse_unstorable
from pilothouse.workbench.writing.notices import notify

NUMBER = Field(slug="number", name="", type="number")
COUNT = Field(slug="count", name="", type="number", minimum=0, maximum=2**53)
SHARE = Field(slug="share", name="", type="number", minimum=0, maximum=100)
DATE = Field(slug="date", name="", type="date")
READING = {"on": DATE, "value": NUMBER, "low": NUMBER, "high": NUMBER, "n": COUNT}
PREDICTION = {"baseline": NUMBER, "expected": NUMBER, "probability": SHARE, "review_on": DATE}
NEEDED = {"on", "value", "baseline", "expected", "probability", "review_on"}
LONGEST = {"source": 200, "note": 500}


def clean(declared: Mapping[str, Field], data: Mapping[str, Any]) -> dict[str, Any]:
    """Values for what was typed. Raises Invalid, naming every field that is wrong."""
    values: dict[str, Any] = {}
    errors: dict[str, Any] = {}
    for name, field in declared.items():
        try:
            values[name] = clean_one(name, field, data.get(name))
        except FieldError as error:
            errors[name] = error
    if errors:
        raise Invalid(errors)
    return values


def clean_one(name: str, field: Field, raw: Any) -> Any:
    refuse_unstorable(raw)
    value = field.clean(raw)
    if value is None and name in NEEDED:
        raise FieldError(_("This is needed."))
    if field.type == "date" and value:
        return date.fromisoformat(value)
    return value


def clean_words(data: Mapping[str, Any]) -> dict[str, str]:
    found = {name: " ".join(str(data.get(name) or "").split()) for name in LONGEST}
    for name, text in found.items():
        if "\x00" in text or len(text) > LONGEST[name]:
            raise Invalid(
                {name: _("This is too long: at most %(most)s characters fit here.") % {"most": LONGEST[name]}}
            )
    return found


def clean_reading(data: Mapping[str, Any]) -> dict[str, Any]:
    values = {**clean(READING, data), **clean_words(data)}
    low, high, value = values["low"], values["high"], values["value"]
    if (low is None) != (high is None):
        raise Invalid({"high" if high is None else "low": _("An interval has two ends: give both or none.")})
    if low is not None and not low <= value <= high:
        raise Invalid({"low": _("The value must lie within its interval.")})
    if values["n"] is not None:
        values["n"] = int(values["n"])
    return values


@transaction.atomic
def record(actor: Actor, metric: Item, rows: Sequence[Mapping[str, Any]]) -> Event | None:
    """Keep readings of a metric, all or none; the same reading twice is kept once. None when nothing was new."""
    actor.require_in("write", [metric.product_id])
    cleaned = [clean_reading(row) for row in rows]
    there = {(row.on, row.value, row.source) for row in metric.readings.filter(removed_at=None)}
    new = {(row["on"], row["value"], row["source"]): row for row in cleaned}
    made = [Reading(metric=metric, recorded_by=actor.user, **row) for key, row in new.items() if key not in there]
    if not made:
        return None
    Reading.objects.bulk_create(made, batch_size=500)
    newest = max(made, key=lambda row: row.on)
    changes = {"readings": [row.pk for row in made], "figure": newest.value, "on": newest.on.isoformat()}
    return log(actor, metric, "read", changes)


@transaction.atomic
def remove_reading(actor: Actor, row: Reading) -> Event:
    actor.require_in("write", [row.metric.product_id])
    Reading.objects.filter(pk=row.pk).update(removed_at=timezone.now())
    return log(actor, row.metric, "unread", {"readings": [row.pk], "figure": row.value, "on": row.on.isoformat()})


@transaction.atomic
def predict(actor: Actor, release: Item, metric: Item, data: Mapping[str, Any]) -> Event:
    """Say what a release will do to a metric. Made after the approval, it is marked as late."""
    actor.require_in("write", [release.product_id])
    values = clean_prediction(data)
    late = release.state_declared.category != "new"
    row = Prediction.objects.create(release=release, metric=metric, created_by=actor.user, late=late, **values)
    figures = {"baseline": row.baseline, "expected": row.expected, "probability": row.probability}
    return log(actor, release, "predicted", {"prediction": row.pk, "metric": metric.pk, **figures})


def clean_prediction(data: Mapping[str, Any]) -> dict[str, Any]:
    values = {**clean(PREDICTION, data), "note": clean_words({"note": data.get("note")})["note"]}
    if values["baseline"] == values["expected"]:
        raise Invalid({"expected": _("A prediction names a change: this is what it is now.")})
    return values


@transaction.atomic
def withdraw(actor: Actor, row: Prediction) -> Event:
    """Take a prediction away while nothing was approved on it. Raises Invalid once it is frozen."""
    actor.require_in("write", [row.release.product_id])
    if frozen(row):
        raise Invalid({"prediction": _("The release was approved on this prediction, so it stays as it was.")})
    Prediction.objects.filter(pk=row.pk).update(removed_at=timezone.now())
    return log(actor, row.release, "unpredicted", {"prediction": row.pk, "metric": row.metric_id})


@transaction.atomic
def amend(actor: Actor, row: Prediction, data: Mapping[str, Any]) -> Event | None:
    """Change a prediction before the approval; the event keeps the numbers before. Raises Invalid once it is frozen."""
    actor.require_in("write", [row.release.product_id])
    if frozen(row):
        raise Invalid({"prediction": _("The release was approved on this prediction, so it stays as it was.")})
    values = clean_prediction(data)
    before = {name: getattr(row, name) for name in values}
    if before == values:
        return None
    Prediction.objects.filter(pk=row.pk).update(**values)
    pairs = {
        name: [json_ready(before[name]), json_ready(values[name])] for name in values if before[name] != values[name]
    }
    return log(actor, row.release, "amended", {"prediction": row.pk, "metric": row.metric_id, "amended": pairs})


def frozen(row: Prediction) -> bool:
    """Frozen as soon as its release left its first steps after the prediction was made, even if it went back there."""
    if row.release.state_declared.category != "new":
        return True
    states = row.release.declared.state_by_slug
    since = Event.objects.filter(item=row.release_id, at__gt=row.created_at, changes__has_key="state")
    pairs = since.values_list("changes__state", flat=True)
    return any(pair[1] in states and states[pair[1]].category in ("active", "done") for pair in pairs)


def log(actor: Actor, item: Item, verb: str, changes: dict[str, Any], batch: uuid.UUID | None = None) -> Event:
    entry = event(actor, item, verb, changes, batch or uuid.uuid4())
    entry.save()
    notify([entry])
    return entry


# How each is taken back; True when it was.
def undo_reading(entry: Event) -> bool:
    gone = timezone.now() if entry.verb == "read" else None
    return bool(Reading.objects.filter(pk__in=entry.changes["readings"]).update(removed_at=gone))


def undo_prediction(entry: Event) -> bool:
    row = Prediction.objects.filter(pk=entry.changes["prediction"]).first()
    if row is None or frozen(row):
        return False
    gone = timezone.now() if entry.verb == "predicted" else None
    return bool(Prediction.objects.filter(pk=row.pk).update(removed_at=gone))


def undo_amendment(entry: Event) -> bool:
    row = Prediction.objects.filter(pk=entry.changes["prediction"]).first()
    if row is None or frozen(row):
        return False
    before = {
        name: date.fromisoformat(pair[0]) if name == "review_on" else pair[0]
        for name, pair in entry.changes["amended"].items()
        if name in PREDICTION or name == "note"
    }
    return bool(Prediction.objects.filter(pk=row.pk).update(**before))
