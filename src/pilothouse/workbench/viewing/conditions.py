"""What a condition means to the database: one small function for each type of column.

Only allow-listed columns arrive here, and every value is a parameter of the query, checked first.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from pilothouse.kinds import RELATIONS
from pilothouse.people.access import Actor
from pilothouse.workbench import search
from pilothouse.workbench.models import Item, Link
from pilothouse.workbench.viewing.columns import Column
from pilothouse.workbench.viewing.filters import BadFilter, Condition, Filter
from pilothouse.workbench.viewing.grouping import planned

THREAD = [slug for slug, relation in RELATIONS.items() if relation.thread]


def matching(filter: Filter, actor: Actor, product_ids: list[int]) -> Q:
    """The filter as one Q over items: all conditions of a group must hold, for at least one group."""
    either = Q()
    for conditions in filter.groups().values():
        every = Q()
        for condition in conditions:
            every &= holds(condition, actor, product_ids)
        either |= every
    return either


def holds(condition: Condition, actor: Actor, product_ids: list[int]) -> Q:
    """The condition as a Q over items. Raises BadFilter for a value that its column cannot have."""
    if condition.operator == "empty":
        return empty(condition, product_ids)
    found = MEANINGS[condition.column.type](condition, actor, product_ids)
    if condition.operator != "not":
        return found
    # SQL's NOT leaves out rows without a value; a person means them too.
    return ~found | missing(condition, product_ids)


def empty(condition: Condition, product_ids: list[int]) -> Q:
    if condition.values[0] not in ("1", "0", "true", "false"):
        raise wrong(condition, _("1 or 0"))
    without = missing(condition, product_ids)
    return without if condition.values[0] in ("1", "true") else ~without


def missing(condition: Condition, product_ids: list[int]) -> Q:
    column = condition.column
    if column.type == "tag":
        return ~Q(Exists(Item.tags.through.objects.filter(item=OuterRef("pk"))))
    if column.type == "release":
        return ~Q(Exists(planned().filter(source=OuterRef("pk"))))
    if column.type in ("linked", "state", "search"):
        return Q(pk__in=[])
    if column.type in ("owner", "parent"):
        return Q(**{column.edit: None})
    return compare(column, "isnull", True)


def compare(column: Column, lookup: str, value: Any) -> Q:
    if column.field is None:
        return Q(**{f"{column.path}__{lookup}": value})
    expression = column.value()
    return Q(expression.output_field.get_lookup(lookup)(expression, value))  # type: ignore[union-attr, misc]


def any_of(column: Column, lookup: str, values: Iterable[Any]) -> Q:
    found = Q()
    for value in values:
        found |= compare(column, lookup, value)
    return found


def among(condition: Condition, actor: Actor, product_ids: list[int]) -> Q:
    """A state or a choice is one of the values."""
    return compare(condition.column, "in", known(condition))


def known(condition: Condition) -> tuple[str, ...]:
    """The values of the condition. Raises BadFilter for one that is no option of the column."""
    options = [option.slug for option in condition.column.options]
    if strange := [value for value in condition.values if value not in options]:
        raise wrong(condition, ", ".join(options), strange[0])
    return condition.values


def any_choice(condition: Condition, actor: Actor, product_ids: list[int]) -> Q:
    """A list of choices holds one of the values. Lists are kept as JSON text, in which a name stands quoted, with other
    than ASCII characters either escaped or as they are."""
    spellings = {json.dumps(value, ensure_ascii=ascii_) for value in known(condition) for ascii_ in (True, False)}
    return any_of(condition.column, "contains", sorted(spellings))


def text(condition: Condition, actor: Actor, product_ids: list[int]) -> Q:
    return any_of(condition.column, "icontains" if condition.operator == "contains" else "iexact", condition.values)


def number(condition: Condition, actor: Actor, product_ids: list[int]) -> Q:
    try:
        amounts = [float(value) for value in condition.values]
    except ValueError:
        raise wrong(condition, _("a number")) from None
    if any(amount != amount or abs(amount) == float("inf") for amount in amounts):
        raise wrong(condition, _("a number"))
    return compared(condition, amounts)


def compared(condition: Condition, amounts: list[Any]) -> Q:
    return any_of(condition.column, "exact" if condition.operator in ("eq", "not") else condition.operator, amounts)


def day(condition: Condition, actor: Actor, product_ids: list[int]) -> Q:
    days = [day_of(condition, value) for value in condition.values]
    return compared(condition, [value.isoformat() for value in days] if condition.column.field else days)


def day_of(condition: Condition, value: str) -> date:
    """2026-11-22, today, -7d (a week ago) or +14d."""
    try:
        if value == "today":
            return timezone.localdate()
        if value.endswith("d") and value[0] in "+-" and len(value) < 7:
            return timezone.localdate() + timedelta(days=int(value[:-1]))
        return date.fromisoformat(value)
    except (ValueError, OverflowError):
        raise wrong(condition, _("a date like 2026-11-22, today or -7d")) from None


def moment(condition: Condition, actor: Actor, product_ids: list[int]) -> Q:
    """A moment compared with days of the reader's own calendar."""
    path, found = condition.column.path, Q()
    for value in condition.values:
        start = day_of(condition, value)
        first, after = midnight(condition, start), midnight(condition, start + timedelta(days=1))
        found |= {
            "eq": Q(**{f"{path}__gte": first, f"{path}__lt": after}),
            "gte": Q(**{f"{path}__gte": first}),
            "gt": Q(**{f"{path}__gte": after}),
            "lt": Q(**{f"{path}__lt": first}),
            "lte": Q(**{f"{path}__lt": after}),
        }[condition.operator]
    return found


def midnight(condition: Condition, day: date) -> datetime:
    if not 1900 <= day.year <= 2200:
        raise wrong(condition, _("a date like 2026-11-22, today or -7d"))
    return timezone.make_aware(datetime.combine(day, time.min))


def owner(condition: Condition, actor: Actor, product_ids: list[int]) -> Q:
    people = [actor.user.pk if value == "me" else whole(condition, value) for value in condition.values]
    return Q(owner__in=people)


def whole(condition: Condition, value: str) -> int:
    if not value.isdecimal() or len(value) > 15:
        raise wrong(condition, _("“me” or a person’s number"))
    return int(value)


def tagged(condition: Condition, actor: Actor, product_ids: list[int]) -> Q:
    tags = Item.tags.through.objects.filter(item=OuterRef("pk"), tag__name__in=condition.values)
    return Q(Exists(tags))


def numbers(condition: Condition) -> list[int]:
    """Items of the same product, as PH-12 or 12."""
    found = [value.rpartition("-")[2] for value in condition.values]
    if not all(value.isdecimal() and len(value) < 10 for value in found):
        raise wrong(condition, _("an item like PH-12"))
    return [int(value) for value in found]


def part_of(condition: Condition, actor: Actor, product_ids: list[int]) -> Q:
    return Q(parent__number__in=numbers(condition), parent__product__in=product_ids)


def released(condition: Condition, actor: Actor, product_ids: list[int]) -> Q:
    there = Q(target__number__in=numbers(condition), target__product__in=product_ids)
    links = planned().filter(there, source=OuterRef("pk"))
    return Q(Exists(links))


def linked(condition: Condition, actor: Actor, product_ids: list[int]) -> Q:
    """Tied to an item of one of these kinds that the reader may see, in either direction."""
    kinds, seen = known(condition), actor.product_ids
    out = Link.objects.filter(source=OuterRef("pk"), target__kind__in=kinds)
    back = Link.objects.filter(target=OuterRef("pk"), source__kind__in=kinds)
    return Q(Exists(out.filter(target__product__in=seen, target__trashed_at=None))) | Q(
        Exists(back.filter(source__product__in=seen, source__trashed_at=None))
    )


def evidence(condition: Condition, actor: Actor, product_ids: list[int]) -> Q:
    rests = Link.objects.unveiled(actor).filter(target=OuterRef("pk"), relation__in=THREAD, source__trashed_at=None)
    found = Q(Exists(rests.filter(source__product__in=actor.product_ids)))
    return found if is_true(condition) else ~found


def flag(condition: Condition, actor: Actor, product_ids: list[int]) -> Q:
    yes = compare(condition.column, "exact", "true")
    return yes if is_true(condition) else compare(condition.column, "exact", "false") | missing(condition, product_ids)


def is_true(condition: Condition) -> bool:
    value = condition.values[0].casefold()
    if value not in ("1", "0", "true", "false", "yes", "no"):
        raise wrong(condition, _("yes or no"))
    return value in ("1", "true", "yes")


def words(condition: Condition, actor: Actor, product_ids: list[int]) -> Q:
    return search.hits(" ".join(condition.values), product_ids, condition.column.path)


def wrong(condition: Condition, wanted: str, value: str | None = None) -> BadFilter:
    given = value if value is not None else ", ".join(condition.values)
    return BadFilter(
        condition.parameter,
        _("“%(value)s” does not fit “%(column)s”; it takes: %(wanted)s.")
        % {"value": given[:60], "column": condition.column.name, "wanted": wanted},
    )


Meaning = Callable[[Condition, Actor, list[int]], Q]
MEANINGS: dict[str, Meaning] = {
    "text": text, "long": text, "link": text, "email": text, "person": text, "number": number, "date": day,
    "moment": moment, "state": among, "choice": among, "choices": any_choice, "flag": flag, "owner": owner,
    "tag": tagged, "parent": part_of, "release": released, "linked": linked, "evidence": evidence, "search": words,
}  # fmt: skip
