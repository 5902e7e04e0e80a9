"""The verbs of scorecards. What people put into cells is their own; finishing, revealing and adopting leave Events."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pilothouse.kinds import Field, FieldError
from pilothouse.people.access import Actor
from pilothouse.people.models import Product, User
from pilothouse.planning.models import Entry, Judgement, Scorecard, ScorecardRow, Seat
from pilothouse.planning.scorecards.criteria import Criterion
from pilothouse.planning.scorecards.table import Sheet, sheet
from pilothouse.planning.scorecards.ways import WAYS
from pilothouse.workbench.models import Event, Item, Run
from pilothouse.workbench.writing import actions
from pilothouse.workbench.writing.changes import apply_each, event
from pilothouse.workbench.writing.cleaning import Invalid, refuse_unstorable

KIND, AGREED = "scorecard", "agreed"
MOST_ROWS = 1_000
VERSION = "1"
SOURCE = Field(slug="source", name="", type="link")
CAPACITY = Field(slug="capacity", name="", type="number", minimum=0.01, maximum=1_000_000)
DAY = Field(slug="seen_on", name="", type="date")


def card_for(item: Item) -> Scorecard:
    """The item's scorecard with the item on it; one made by quick add, import or the API starts as an empty RICE."""
    card = Scorecard.objects.filter(item=item).first() or Scorecard.objects.get_or_create(item=item)[0]
    card.item = item
    return card


@transaction.atomic
def create_card(
    actor: Actor, product: Product, way: str, data: Mapping[str, Any], items: Sequence[Item], *, blind: bool = False,
    people: Sequence[User] = (), criteria: Sequence[Criterion] = (),
) -> Scorecard:  # fmt: skip
    if way not in WAYS:
        raise Invalid({"way": _("There is no such way to score.")})
    seats = list(dict.fromkeys([actor.user, *people]))
    item = actions.create(actor, product, KIND, data)
    free = list(criteria) or WAYS[way].criteria() if WAYS[way].free else []
    card = Scorecard.objects.create(
        item=item, way=way, blind=blind and len(seats) > 1, criteria=[one.model_dump(mode="json") for one in free],
        options={"formula": " / ".join(one.slug for one in free)} if way == "own" else {},
    )  # fmt: skip
    card.item = item
    add_rows(actor, card, items)
    Seat.objects.bulk_create([Seat(scorecard=card, person=person) for person in seats])
    return card


@transaction.atomic
def add_rows(actor: Actor, card: Scorecard, items: Sequence[Item]) -> int:
    """Put items on a card; those that are on it already stay as they are. Raises Invalid over 1,000."""
    actor.require("write", card.item.product)
    there = set(card.rows.values_list("item_id", flat=True))
    new = [item for item in dict.fromkeys(items) if item.pk not in there and item.product_id == card.item.product_id]
    if len(there) + len(new) > (most := card.declared.most):
        raise Invalid({"items": _("A scorecard holds at most %(most)s items.") % {"most": f"{most:,}"}})
    ScorecardRow.objects.bulk_create([ScorecardRow(scorecard=card, item=item) for item in new], ignore_conflicts=True)
    return len(new)


def remove_row(actor: Actor, card: Scorecard, item: Item) -> None:
    """Take an item off a card. What people said about it is kept, should it come back."""
    actor.require("write", card.item.product)
    card.rows.filter(item=item).delete()


@transaction.atomic
def set_cell(actor: Actor, card: Scorecard, item: Item, criterion: str, given: Mapping[str, Any]) -> Entry | None:
    """The actor's own value of a cell (empty takes it back), with how sure they are, on what evidence, and why."""
    actor.require("write", card.item.product)
    column = next((one for one in card.columns if one.slug == criterion), None)
    if column is None or not card.rows.filter(item=item).exists():
        raise Invalid({"criterion": _("This cell is not on the scorecard any more.")})
    try:
        refuse_unstorable(given.get("note"))
        value = column.clean(given.get("value"))
    except ValueError as error:
        raise Invalid({"value": error}) from None
    mine: dict[str, Any] = {"scorecard": card, "item": item, "criterion": criterion, "person": actor.user}
    if value is None:
        Entry.objects.filter(**mine).delete()
        return None
    more: dict[str, Any] = {"note": str(given["note"]).strip()[:1_000]} if "note" in given else {}
    if "confidence" in given:
        more["confidence"] = sure(given["confidence"])
    if "evidence" in given:
        more["evidence"] = given["evidence"]
    more |= seen(given)
    entry, _new = Entry.objects.update_or_create(**mine, defaults={"value": value, **more})
    Seat.objects.get_or_create(scorecard=card, person=actor.user)
    return entry


def seen(given: Mapping[str, Any]) -> dict[str, Any]:
    """Where it stands and when somebody looked; a new number alone was seen today."""
    found: dict[str, Any] = {"seen_on": None}
    for name, field in (("source", SOURCE), ("seen_on", DAY)):
        if name in given:
            try:
                found[name] = field.clean(given[name])
            except FieldError as error:
                raise Invalid({name: error}) from None
    if found["seen_on"]:
        found["seen_on"] = date.fromisoformat(found["seen_on"])
        if found["seen_on"] > timezone.localdate():
            raise Invalid({"seen_on": _("Nobody can have seen it after today.")})
    return {**found, **({"source": found["source"] or ""} if "source" in found else {})}


def sure(raw: Any) -> int | None:
    text = str(raw or "").strip().removesuffix("%").strip()
    if not text:
        return None
    if not text.isdecimal() or len(text) > 3 or not 1 <= int(text) <= 100:
        raise Invalid({"confidence": _("Give how sure you are as a number from 1 to 100.")})
    return int(text)


@transaction.atomic
def judge(actor: Actor, card: Scorecard, first: str, second: str, times: float) -> None:
    """The actor's own comparison of two criteria, kept in the order in which the card declares them."""
    actor.require("write", card.item.product)
    slugs = [one.slug for one in card.columns]
    if first not in slugs or second not in slugs or first == second or not 1 / 9 <= times <= 9:
        raise Invalid({"times": _("Compare two criteria of this card, from 1 to 9 times.")})
    if slugs.index(first) > slugs.index(second):
        first, second, times = second, first, 1 / times
    row: dict[str, Any] = {"scorecard": card, "first": first, "second": second, "person": actor.user}
    Judgement.objects.update_or_create(**row, defaults={"times": times})


@transaction.atomic
def set_criteria(actor: Actor, card: Scorecard, criteria: Sequence[Criterion], options: Mapping[str, Any]) -> None:
    """New criteria of a card whose way leaves them free. Entries under a name that stays are kept."""
    actor.require("write", card.item.product)
    if not card.declared.free:
        raise Invalid({"criteria": _("This way of scoring has its own criteria.")})
    try:
        refuse_unstorable(list(options.values()))
    except FieldError as error:
        raise Invalid({"formula": error}) from None
    card.criteria = [one.model_dump(mode="json") for one in criteria]
    card.options = {**card.options, **options}
    card.__dict__.pop("columns", None)
    if not criteria:
        raise Invalid({"criteria": _("A scorecard needs at least one criterion.")})
    card.declared.needed(criteria, card.options)
    card.save(update_fields=["criteria", "options"])
    log(actor, card, "reshaped", {"criteria": [one.name for one in criteria]})


@transaction.atomic
def set_capacity(actor: Actor, card: Scorecard, raw: Any) -> None:
    """The effort that there is time for, which MoSCoW takes its shares of; empty takes them of the items' own."""
    actor.require("write", card.item.product)
    try:
        value = CAPACITY.clean(raw)
    except FieldError as error:
        raise Invalid({"capacity": error}) from None
    kept = {name: one for name, one in card.options.items() if name != "capacity"}
    card.options = kept if value is None else {**kept, "capacity": value}
    card.save(update_fields=["options"])


@transaction.atomic
def invite(actor: Actor, card: Scorecard, people: Sequence[User]) -> None:
    actor.require("write", card.item.product)
    for person in people:
        Seat.objects.get_or_create(scorecard=card, person=person)


@transaction.atomic
def finish(actor: Actor, card: Scorecard) -> bool:
    """The actor has scored all they can; True when everybody has, and a blind card shows what all said."""
    actor.require("write", card.item.product)
    Seat.objects.update_or_create(scorecard=card, person=actor.user, defaults={"done_at": timezone.now()})
    log(actor, card, "finished", {})
    if card.hidden and not card.seats.filter(done_at=None).exists():
        reveal(actor, card)
        return True
    return False


@transaction.atomic
def reveal(actor: Actor, card: Scorecard) -> None:
    """Show everybody what all said. Only who made the card, or administers, may do so before all are done."""
    actor.require("write", card.item.product)
    early = card.seats.filter(done_at=None).exists()
    if early and card.item.created_by_id != actor.user.pk and not actor.may("administer"):
        raise Invalid({"card": _("Only who made this scorecard can show the numbers before everybody is done.")})
    card.revealed_at = timezone.now()
    card.save(update_fields=["revealed_at"])
    log(actor, card, "revealed", {"early": early})


@transaction.atomic
def adopt(actor: Actor, card: Scorecard) -> list[Event]:
    """Make this card's scores those that its items are sorted by; each leaves a Run with its inputs, and one undo
    brings back the scores of before. Raises Invalid while the numbers are hidden, or where nothing is scored."""
    actor.require("write", card.item.product)
    if card.hidden:
        raise Invalid({"card": _("The numbers are still hidden: show them first.")})
    if not card.declared.sorts:
        raise Invalid({"card": _("This is no order for a list.")})
    found = sheet(actor, card)
    scored = [item for item in found.rows if item.pk in found.ranking.scores]
    if not scored:
        raise Invalid({"card": _("Nothing is scored yet.")})
    Run.objects.bulk_create([run_of(actor, card, item, found) for item in scored], batch_size=500)
    batch = uuid.uuid4()
    events = apply_each(actor, [(item, adopted(card, item, found)) for item in scored], verb="scored", batch=batch)
    card.adopted_at = timezone.now()
    card.save(update_fields=["adopted_at"])
    if card.item.state_declared.category == "new":
        events.append(actions.change(actor, card.item, {"state": AGREED}, batch=batch))  # type: ignore[arg-type]
    events.append(log(actor, card, "adopted", {"items": len(scored)}, batch))
    return events


def run_of(actor: Actor, card: Scorecard, item: Item, found: Sheet) -> Run:
    """The inputs as the method takes them; who said what stands with the result."""
    row = found.cells[item.pk]
    inputs = card.declared.taken({slug: cell.value for slug, cell in row.items()})
    said = {slug: {str(entry.person): entry.value for entry in cell.entries} for slug, cell in row.items()}
    return Run(
        product=item.product, item=item, method=card.declared.method or card.way, version=VERSION, actor=actor.user,
        inputs=inputs, result={"score": found.ranking.scores[item.pk], "scorecard": card.item_id, "said": said},
    )  # fmt: skip


def adopted(card: Scorecard, item: Item, found: Sheet) -> dict[str, Any]:
    """What adopting writes on an item: its score, how it came about, and the inputs that it keeps in its own fields."""
    declared = item.declared.field_by_slug
    values: dict[str, Any] = {"score": round(found.ranking.scores[item.pk], 6)}
    if "score_way" in declared:
        values["score_way"] = card.way
    for criterion in card.columns:
        cell = found.cells[item.pk][criterion.slug]
        if criterion.field in declared and cell.value is not None:
            values[criterion.field] = declared[criterion.field].clean(f"{cell.value:g}")
    return values


def log(actor: Actor, card: Scorecard, verb: str, changes: Mapping[str, Any], batch: uuid.UUID | None = None) -> Event:
    entry = event(actor, card.item, verb, changes, batch or uuid.uuid4())
    entry.save()
    return entry
