"""Rows in groups: by state, owner, a choice, a tag or the release they are planned in. The counts come in one query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from pilothouse.kinds import Kind
from pilothouse.workbench.models import Item, Link
from pilothouse.workbench.viewing.columns import Column

NONE = ""
MOST_GROUPS = 60


@dataclass(frozen=True)
class Group:
    """`value` is what stands in an address and in a change; empty for the rows without one."""

    value: str
    label: str
    count: int
    category: str | None = None
    limit: int | None = None
    person: str | None = None


def groups(rows: QuerySet[Item], column: Column, kind: Kind) -> list[Group]:
    """The groups of these rows in their order, each with its count."""
    return FINDERS[column.type](rows, column, kind)


def of_states(rows: QuerySet[Item], column: Column, kind: Kind) -> list[Group]:
    counts = dict(rows.order_by().values_list("state").annotate(n=Count("pk")))
    found = [
        Group(state.slug, str(state.name), counts.pop(state.slug, 0), state.category, state.limit)
        for state in kind.states
    ]
    return found + [Group(slug, slug, n, "active") for slug, n in sorted(counts.items())]


def of_choices(rows: QuerySet[Item], column: Column, kind: Kind) -> list[Group]:
    counts = dict(rows.order_by().annotate(key=column.value()).values_list("key").annotate(n=Count("pk")))
    empty = Group(NONE, _("No %(field)s") % {"field": str(column.name)}, counts.pop(None, 0))
    found = [Group(option.slug, str(option.name), counts.pop(option.slug, 0)) for option in column.options]
    return [*found, *(Group(str(slug), str(slug), n) for slug, n in sorted(counts.items())), empty]


def of_owners(rows: QuerySet[Item], column: Column, kind: Kind) -> list[Group]:
    counted = rows.order_by().values_list("owner", "owner__name", "owner__email").annotate(n=Count("pk"))
    people = [(pk, name or (email or "").split("@")[0], n) for pk, name, email, n in counted]
    named = [Group(str(pk), name, n, person=name) for pk, name, n in people if pk is not None]
    nobody = sum(n for pk, _name, n in people if pk is None)
    return [*sorted(named, key=lambda group: group.label), Group(NONE, _("Nobody yet"), nobody)][:MOST_GROUPS]


def of_tags(rows: QuerySet[Item], column: Column, kind: Kind) -> list[Group]:
    counted = rows.order_by().values_list("tags__name").annotate(n=Count("pk"))
    return by_size([(name or NONE, name, n) for name, n in counted], _("No tag"))


def of_releases(rows: QuerySet[Item], column: Column, kind: Kind) -> list[Group]:
    """Two queries: rows may be planned in several releases, so those in none do not follow from the counts."""
    links = planned().filter(source__in=rows.order_by().values("pk"))
    counted = links.order_by().values_list("target__number", "target__title").annotate(n=Count("source"))
    unplanned = within(rows, column, NONE).count()
    return by_size(
        [*((str(number), title, n) for number, title, n in counted), (NONE, None, unplanned)], _("In no release")
    )


def planned() -> QuerySet[Link]:
    """Plans into releases of the very product: one of another has a number of its own, and may be hidden."""
    return Link.objects.filter(relation="planned_in", target__trashed_at=None, target__product=F("source__product"))


def by_size(counted: Sequence[tuple[str, str | None, int]], nothing: str) -> list[Group]:
    """The largest groups first, the rows without one last."""
    named = sorted((row for row in counted if row[0] != NONE), key=lambda row: (-row[2], row[1] or ""))
    rest = sum(n for value, _label, n in counted if value == NONE)
    return [
        *(Group(value, label or value, n) for value, label, n in named[: MOST_GROUPS - 1]),
        Group(NONE, nothing, rest),
    ]


def within(rows: QuerySet[Item], column: Column, value: str) -> QuerySet[Item]:
    """The rows of one group. `value` comes from an address: what is no value of the column finds nothing."""
    return rows.filter(MEMBERS[column.type](column, value))


def member_by_state(column: Column, value: str) -> Q:
    return Q(state=value)


def member_by_choice(column: Column, value: str) -> Q:
    expression: Any = column.value()
    lookup = expression.output_field.get_lookup("exact" if value else "isnull")
    return Q(lookup(expression, value or True))


def member_by_owner(column: Column, value: str) -> Q:
    if value == NONE:
        return Q(owner=None)
    return Q(owner=int(value)) if value.isdecimal() and len(value) < 16 else Q(pk__in=[])


def member_by_tag(column: Column, value: str) -> Q:
    tags = Item.tags.through.objects.filter(item=OuterRef("pk"))
    return Q(Exists(tags.filter(tag__name=value))) if value else ~Q(Exists(tags))


def member_by_release(column: Column, value: str) -> Q:
    links = planned().filter(source=OuterRef("pk"))
    if value == NONE:
        return ~Q(Exists(links))
    if not value.isdecimal() or len(value) > 9:
        return Q(pk__in=[])
    return Q(Exists(links.filter(target__number=int(value))))


FINDERS = {"state": of_states, "choice": of_choices, "owner": of_owners, "tag": of_tags, "release": of_releases}
MEMBERS = {
    "state": member_by_state, "choice": member_by_choice, "owner": member_by_owner, "tag": member_by_tag,
    "release": member_by_release,
}  # fmt: skip
