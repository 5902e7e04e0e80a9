"""Using a survey as priority: what it says is written to the items it asks about, as runs and fields, and kept so.

Each item that changes leaves one event a day at most; figures that move without moving the category or the order are
written without one. All of it can be taken back in one step.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pilothouse.people.access import Actor
from pilothouse.surveys.analysis.frame import Frame, frame_of
from pilothouse.surveys.instruments.ranking import FIELDS, PLACE, Said, readings, said
from pilothouse.surveys.models import Response, Survey
from pilothouse.surveys.scored import Priority, Score
from pilothouse.workbench.models import Event, Item, Link, Run
from pilothouse.workbench.writing.changes import apply_each, event
from pilothouse.workbench.writing.cleaning import Invalid
from pilothouse.workbench.writing.notices import notify

VERSION = "1"
USED, SURVEYED, KEPT = "prioritised", "surveyed", "kept_live"
TELLING = ("kano", PLACE)  # what has to change for an event
OPTIONS = {
    "table": ("classic", "pouliot"), "rule": ("mode", "irq", "significant"), "scoring": ("top_box", "mean"),
    "flagged": ("in", "out"),
}  # fmt: skip


def clean_options(given: Mapping[str, Any]) -> dict[str, str]:
    """What was chosen; the first of each where it was not, or is not known."""
    return {name: str(given.get(name)) if given.get(name) in known else known[0] for name, known in OPTIONS.items()}


def answers(survey: Survey, options: Mapping[str, str]) -> Frame:
    return frame_of(survey, flagged=options.get("flagged") != "out")


def proposal(survey: Survey, options: Mapping[str, str]) -> dict[int, Said]:
    """What using it now would write, by the item's number."""
    return said(readings(survey, answers(survey, options), options))


def items_of(actor: Actor, survey: Survey, numbers: Mapping[int, Any], *, lock: bool = False) -> dict[int, Item]:
    """The items of the survey's own product that it ranks, as far as they are still there, by number."""
    rows = Item.objects.visible_to(actor).live().filter(product=survey.item.product_id, number__in=list(numbers))
    found = (rows.select_for_update(of=("self",)) if lock else rows).select_related("product__workspace")
    for item in found:
        item.product = survey.item.product  # shared, so that the product's own fields are read once
    return {item.number: item for item in found if set(FIELDS) & set(item.declared.field_by_slug)}


@transaction.atomic
def use(actor: Actor, survey: Survey, options: Mapping[str, Any]) -> uuid.UUID:
    """Score the items by this survey from now on. Raises Invalid while there is nothing to score by."""
    actor.require("write", survey.item.product)
    chosen = clean_options(options)
    found = proposal(survey, chosen)
    items = items_of(actor, survey, found, lock=True)
    if not items:
        raise Invalid({"survey": _("There are no answers about requirements yet, so there is nothing to use.")})
    batch = uuid.uuid4()
    before = Priority.objects.filter(survey=survey).values("options", "live").first()
    n = max(one.n for one in found.values())
    values = {"options": chosen, "live": True, "started_by": actor.user, "scored_at": timezone.now(), "n": n}
    Priority.objects.update_or_create(survey=survey, defaults=values)
    lead(survey, items)
    keep_scores(survey, found, items)
    count(survey)
    link(actor, survey, items, batch)
    tell(actor, survey, found, items, batch)
    entry = event(actor, survey.item, USED, {"n": n, "items": len(items), "before": before}, batch)
    entry.save()
    notify([entry])
    return batch


def lead(survey: Survey, items: Mapping[int, Item]) -> None:
    """The survey used last decides: others go on scoring, but no longer write these items' fields."""
    Score.objects.filter(item__in=items.values()).exclude(survey=survey).update(leads=False)
    Score.objects.filter(item__in=items.values(), survey=survey).update(leads=True)


def keep_scores(survey: Survey, found: Mapping[int, Said], items: Mapping[int, Item]) -> None:
    now = timezone.now()
    rows = [
        Score(
            survey=survey, item=item, values=found[number].values, detail=found[number].details,
            place=found[number].values[PLACE], n=found[number].n, at=now,
        )
        for number, item in items.items()
    ]  # fmt: skip
    Score.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["survey", "item"],
        update_fields=["values", "detail", "place", "n", "at"],
    )  # fmt: skip


def count(survey: Survey) -> None:
    """The survey's item says how many answered and when the last did: the thread counts them as evidence."""
    rows = survey.responses.filter(status=Response.COMPLETE)
    newest = rows.order_by("-finished_at").values_list("finished_at", flat=True).first()
    item = Item.objects.select_for_update(no_key=True).only("id", "fields").get(pk=survey.item_id)
    answered = {"answered_on": timezone.localtime(newest).date().isoformat()} if newest else {}
    Item.objects.filter(pk=item.pk).update(fields={**item.fields, "responses": rows.count(), **answered})


def link(actor: Actor, survey: Survey, items: Mapping[int, Item], batch: uuid.UUID) -> None:
    """From the survey to each item, so that the thread counts it as evidence."""
    there = set(Link.objects.filter(source=survey.item, relation="scores").values_list("target_id", flat=True))
    new = [item for item in items.values() if item.pk not in there]
    Link.objects.bulk_create(
        [Link(source=survey.item, target=item, relation="scores", created_by=actor.user) for item in new],
        ignore_conflicts=True,
    )
    pairs = [(item, {"source": survey.item.pk, "target": item.pk, "relation": "scores"}) for item in new]
    events = [event(actor, survey.item, "linked", {"link": {**pair, "end": "source"}}, batch) for _item, pair in pairs]
    events += [event(actor, item, "linked", {"link": {**pair, "end": "target"}}, batch) for item, pair in pairs]
    Event.objects.bulk_create(events)


def tell(
    actor: Actor, survey: Survey, found: Mapping[int, Said], items: Mapping[int, Item], batch: uuid.UUID
) -> list[Event]:
    """Write the fields with an event for each item that changes, and keep the runs that say why."""
    pairs = [(item, as_fields(item, found[number])) for number, item in items.items()]
    events = apply_each(actor, pairs, verb=SURVEYED, batch=batch)
    changed = {entry.item_id for entry in events}
    for entry in events:
        entry.changes["survey"] = survey.item.ref
    Event.objects.bulk_update(events, ["changes"])
    numbers = {number: item for number, item in items.items() if item.pk in changed}
    Run.objects.bulk_create(run for number, item in numbers.items() for run in runs(actor, survey, item, found[number]))
    return events


def as_fields(item: Item, one: Said) -> dict[str, Any]:
    """What this kind of item keeps of it; a figure that this survey does not give stays as it is."""
    return {name: value for name, value in one.values.items() if name in item.declared.field_by_slug}


def runs(actor: Actor, survey: Survey, item: Item, one: Said) -> list[Run]:
    return [
        Run(
            product=item.product, item=item, method=method, version=VERSION, actor=actor.user,
            inputs={"survey": survey.item.ref, "n": one.n, **inputs}, result={**one.values, **one.details},
        )
        for method, inputs in one.methods.items()
    ]  # fmt: skip


@transaction.atomic
def keep_live(actor: Actor, survey: Survey, live: bool) -> None:
    """Take in each new answer, or leave things as they are now."""
    actor.require("write", survey.item.product)
    priority = actor.find(Priority.objects.select_for_update(of=("self",)), "write", survey=survey)
    if priority.live != live:
        priority.live = live
        priority.save(update_fields=["live"])
        event(actor, survey.item, KEPT, {"live": [not live, live]}, uuid.uuid4()).save()


@transaction.atomic
def rescore(actor: Actor, survey: Survey) -> int:
    """Take in what was answered since: how many items changed in a way that is told."""
    priority = Priority.objects.select_for_update().get(survey=survey)
    found = proposal(survey, priority.options)
    items = items_of(actor, survey, found, lock=True)
    keep_scores(survey, found, items)
    priority.scored_at, priority.n = timezone.now(), max((one.n for one in found.values()), default=0)
    priority.save(update_fields=["scored_at", "n"])
    count(survey)
    leading = set(Score.objects.filter(survey=survey, leads=True).values_list("item_id", flat=True))
    mine = {number: item for number, item in items.items() if item.pk in leading}
    telling = {number: item for number, item in mine.items() if moved(item, found[number])}
    quiet(found, {number: item for number, item in mine.items() if number not in telling})
    if not telling:
        return 0
    same_day = {entry.item_id or 0: entry for entry in today(survey, telling)}
    amend(found, {number: item for number, item in telling.items() if item.pk in same_day}, same_day)
    tell(actor, survey, found, {n: item for n, item in telling.items() if item.pk not in same_day}, uuid.uuid4())
    return len(telling)


def moved(item: Item, one: Said) -> bool:
    values = as_fields(item, one)
    return any(item.fields.get(name) != values.get(name) for name in TELLING if name in values)


def quiet(found: Mapping[int, Said], items: Mapping[int, Item]) -> None:
    """Figures that only grew surer: no event, no new version of the item."""
    changed = []
    for number, item in items.items():
        values = as_fields(item, found[number])
        if any(item.fields.get(name) != value for name, value in values.items()):
            item.fields = {**item.fields, **values}
            changed.append(item)
    Item.objects.bulk_update(changed, ["fields"])


def today(survey: Survey, items: Mapping[int, Item]) -> list[Event]:
    """What this survey already told about these items since midnight, and nobody took back."""
    start = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    rows = Event.objects.filter(item__in=items.values(), verb=SURVEYED, at__gte=start, undone_at=None)
    return [entry for entry in rows if entry.changes.get("survey") == survey.item.ref]


def amend(found: Mapping[int, Said], items: Mapping[int, Item], told: Mapping[int, Event]) -> None:
    """The day's event says where the day led; what it began with stays."""
    for number, item in items.items():
        entry = told[item.pk]
        for name, value in as_fields(item, found[number]).items():
            first = entry.changes[name][0] if name in entry.changes else item.fields.get(name)
            entry.changes[name] = [first, value]
        entry.save(update_fields=["changes"])
    quiet(found, items)
