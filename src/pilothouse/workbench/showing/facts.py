"""An item's properties as a page shows and edits them, in the order its kind declares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from pilothouse.kinds.declare import Field
from pilothouse.people.models import User
from pilothouse.workbench.models import Item
from pilothouse.workbench.showing.words import field_value

Options = list[tuple[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One property. `value` is what the control holds, `shown` what is read; `url` where the value leads."""

    name: str
    label: Any
    type: str
    value: Any = ""
    shown: str = ""
    url: str = ""
    options: Options = field(default_factory=list)
    unit: Any = ""
    hint: Any = ""
    minimum: float | None = None
    maximum: float | None = None
    error: str = ""

    @property
    def filled(self) -> bool:
        return self.value not in (None, "", [], False)


def facts(
    item: Item, people: Sequence[User], without: Sequence[str] = (), errors: Mapping[str, str] | None = None
) -> list[Fact]:
    """Owner, dates, parent and tags, then the kind's own fields. Each keeps its error from a refused edit."""
    errors = errors or {}
    rows = [*common(item, people), *(own(item, declared) for declared in item.declared.fields if declared.typed)]
    kept = [row for row in rows if row.name not in without]
    return [replace(row, error=errors[row.name]) if row.name in errors else row for row in kept]


def common(item: Item, people: Sequence[User]) -> list[Fact]:
    tags = sorted(tag.name for tag in item.tags.all())
    return [
        Fact(name="owner", label=_("Owner"), type="owner", value=item.owner_id or "", shown=str(item.owner or ""),
             options=owners(item, people)),
        Fact(name="start_on", label=_("Starts on"), type="date", value=iso(item.start_on)),
        Fact(name="due_on", label=_("Due on"), type="date", value=iso(item.due_on)),
        Fact(name="tags", label=_("Tags"), type="tags", value=", ".join(tags), hint=_("Separate tags with commas.")),
        Fact(name="parent", label=_("Parent"), type="parent", value=item.parent.ref if item.parent else "",
             shown=item.parent.title if item.parent else "", url=item.parent.url if item.parent else ""),
    ]  # fmt: skip


def owners(item: Item, people: Sequence[User]) -> Options:
    """Everybody who may own it; whoever owns it now stays named even after having left."""
    here = [(str(person.pk), str(person)) for person in people]
    if item.owner and all(value != str(item.owner_id) for value, _name in here):
        here.append((str(item.owner_id), str(item.owner)))
    return [("", _("Nobody yet")), *here]


def iso(value: Any) -> str:
    return value.isoformat() if value else ""


def own(item: Item, declared: Field) -> Fact:
    value = item.fields.get(declared.slug)
    empty = [("", _("Not set"))] if declared.type == "choice" else []
    return Fact(
        name=declared.slug,
        label=declared.name,
        type=declared.type,
        value="" if value is None else value,
        shown=field_value(item.declared, declared.slug, value) if value not in (None, "", []) else "",
        url=value if declared.type == "link" and value else "",
        options=[*empty, *((option.slug, option.name) for option in declared.options)],
        unit=declared.unit,
        hint=declared.hint,
        minimum=declared.minimum,
        maximum=declared.maximum,
    )
