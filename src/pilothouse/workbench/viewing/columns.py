"""What a view of a kind can show, filter, sort and group by: the item's own columns, its links, its kind's fields.

This list is the allow-list: a name that is not in it never reaches the database.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Case, Expression, F, IntegerField, Value, When
from django.db.models.lookups import Exact
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pilothouse.kinds import KINDS, STATIONS, Field, Kind, Option
from pilothouse.workbench.models.expressions import FieldFlag, FieldNumber, FieldText

# How a cell of each type is edited where it stands; of the others it is a line of text.
EDITORS = {
    "number": "number", "date": "date", "choice": "select", "state": "select", "owner": "select", "flag": "select",
}  # fmt: skip
NOT_IN_A_CELL = ("long", "choices", "release")
# Words of the address that mean something else than a column.
RESERVED = {
    "view", "sort", "down", "group", "cols", "after", "before", "column", "in", "was", "operator", "value", "apply",
    "all", "ids", "csrfmiddlewaretoken",
}  # fmt: skip
EXPRESSIONS = {"number": FieldNumber, "flag": FieldFlag}


@dataclass(frozen=True, kw_only=True)
class Column:
    """`slug` names it in addresses, `edit` in a change (empty where it cannot be edited), `path` in the database."""

    slug: str
    name: Any
    type: str
    options: Sequence[Option] = ()
    path: str = ""
    edit: str = ""
    field: Field | None = None
    nullable: bool = True
    sortable: bool = True
    shown: bool = True
    unit: Any = ""

    def __hash__(self) -> int:
        return hash(self.slug)

    @property
    def groupable(self) -> bool:
        return self.type in ("state", "choice", "owner", "tag", "release")

    @property
    def boarded(self) -> bool:
        """Its values can be the columns of a board."""
        return self.type in ("state", "choice", "owner")

    @property
    def movable(self) -> bool:
        """Cards can be carried from one of its values to another."""
        return self.boarded and bool(self.edit)

    @property
    def numeric(self) -> bool:
        return self.type == "number"

    @property
    def editor(self) -> str | None:
        return EDITORS.get(self.type, "text") if self.edit and self.type not in NOT_IN_A_CELL else None

    def value(self) -> Expression | F:
        """What the database compares when it filters."""
        if self.field is None:
            return F(self.path)
        return EXPRESSIONS.get(self.type, FieldText)(self.field.slug)

    def order(self) -> Expression | F:
        """What the database sorts by: states and choices in their declared order."""
        if self.type not in ("state", "choice"):
            return self.value()
        whens = [When(Exact(self.value(), option.slug), then=Value(place)) for place, option in enumerate(self.options)]
        return Case(*whens, default=Value(None), output_field=IntegerField()) if whens else self.value()

    def option_name(self, slug: str) -> str:
        return str(next((option.name for option in self.options if option.slug == slug), slug))


def columns_of(kind: Kind) -> dict[str, Column]:
    """Every column of a kind, by its name in addresses."""
    columns = {column.slug: column for column in own_columns(kind)}
    columns["q"] = replace(columns["q"], path=kind.slug)  # the index is asked for this kind alone
    for declared in kind.fields:
        column = field_column(declared, columns)
        columns[column.slug] = column
    return columns


def own_columns(kind: Kind) -> list[Column]:
    states = tuple(Option(slug=state.slug, name=state.name) for state in kind.states)
    stations = tuple(Option(slug=slug, name=KINDS[slug].name) for slug in STATIONS)
    return [
        Column(slug="title", name=kind.title_name, type="text", path="title", edit="title", nullable=False),
        Column(slug="state", name=_("State"), type="state", path="state", edit="state", options=states),
        Column(slug="owner", name=_("Owner"), type="owner", path="owner__name", edit="owner"),
        Column(slug="tag", name=_("Tags"), type="tag", edit="tags", sortable=False),
        Column(slug="score", name=_("Score"), type="number", path="score"),
        Column(slug="start", name=_("Start"), type="date", path="start_on", edit="start_on"),
        Column(slug="due", name=_("Due"), type="date", path="due_on", edit="due_on"),
        Column(slug="parent", name=_("Part of"), type="parent", path="parent__number", edit="parent"),
        Column(slug="release", name=_("Release"), type="release", sortable=False),
        Column(slug="created", name=_("Created"), type="moment", path="created_at", nullable=False),
        Column(slug="updated", name=_("Updated"), type="moment", path="updated_at", nullable=False),
        Column(slug="evidence", name=_("Evidence"), type="evidence", sortable=False),
        Column(slug="linked", name=_("Linked to"), type="linked", options=stations, sortable=False, shown=False),
        Column(slug="q", name=pgettext("search", "Text"), type="search", sortable=False, shown=False),
    ]


def field_column(declared: Field, taken: dict[str, Column]) -> Column:
    slug = f"field-{declared.slug}" if declared.slug in taken or declared.slug in RESERVED else declared.slug
    return Column(
        slug=slug,
        name=declared.name,
        type=declared.type,
        options=declared.options,
        edit=declared.slug if declared.typed else "",
        field=declared,
        unit=declared.unit,
        sortable=declared.type != "choices",
    )


RANK = Column(slug="rank", name="", type="text", path="rank", nullable=False, shown=False)
