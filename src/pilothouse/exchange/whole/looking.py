"""What one column cannot tell: values of fields, options of own fields, rows that are there twice."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from pydantic import BaseModel, ValidationError

from pilothouse.canvases import definition, together
from pilothouse.canvases.models import Canvas, OwnLayout
from pilothouse.exchange.whole.checks import BadFile, bad, text
from pilothouse.exchange.whole.tables import FORMAT, VERSION, Table
from pilothouse.kinds import Field, FieldError, Kind, Option
from pilothouse.surveys.collection import Collection
from pilothouse.surveys.definition import Questionnaire
from pilothouse.surveys.files.document import problem
from pilothouse.surveys.models import Survey, Version
from pilothouse.workbench.models import CustomField, Item
from pilothouse.workbench.writing.cleaning import Invalid, is_rank


def options_of(row: CustomField, place: str) -> None:
    """A choice has options that can be made; other fields have none."""
    try:
        Field(
            slug=row.slug, name=row.name, type=row.type, custom=True,
            options=tuple(option_of(option, place) for option in row.options),
        )  # fmt: skip
    except ValueError as error:
        raise bad(place, str(error)[:200]) from None


def option_of(option: Any, place: str) -> Any:
    if not isinstance(option, dict) or set(option) - {"slug", "name"} or len(option) != 2:
        raise bad(place, _("this has the wrong shape."))
    slug, name = (text(models.CharField(max_length=200), option[part], place) for part in ("slug", "name"))
    return Option(slug=slug, name=name)


def look_at_value(kind: Kind, slug: str, value: Any, place: str) -> None:
    """A field's value must be one that the field itself would give back."""
    field = kind.field_by_slug.get(slug)
    simple = isinstance(value, str | int | float | bool) or (
        isinstance(value, list) and all(isinstance(part, str) for part in value)
    )
    if not simple:
        raise bad(place, _("this has the wrong shape."))
    if field is None:
        return
    try:
        cleaned = field.clean(value)
    except FieldError as error:
        raise bad(place, str(error)) from None
    if type(cleaned) is not type(value) and not isinstance(cleaned, int | float):
        raise bad(place, _("this has the wrong shape."))


def look_at_rank(item: Item, place: str) -> None:
    """Nothing could be put behind a place that is none."""
    if not is_rank(item.rank):
        raise bad(f"{place}.rank", _("this has the wrong shape."))


def look_at_questionnaire(row: Survey | Version, place: str) -> None:
    """Documents that the pages of a survey could not open are refused by the place within them."""
    if isinstance(row, Version):
        look_at_document(Questionnaire, row.definition, f"{place}.definition")
    else:
        look_at_document(Questionnaire, row.draft, f"{place}.draft")
        look_at_document(Collection, row.collection, f"{place}.collection")


def look_at_canvas(row: Canvas | OwnLayout, place: str) -> None:
    """Layouts, columns and moments that the pages of canvases could not read."""
    try:
        if isinstance(row, OwnLayout):
            row.definition = definition.checked(row.definition)
            return
        row.own = definition.checked(row.own) if row.own else {}
        row.stages = definition.checked_stages(row.stages) if row.stages else []
        together.refuse_moments(row.options)
    except (Invalid, AttributeError, KeyError, TypeError, ValueError):
        raise bad(place, _("this has the wrong shape.")) from None


def look_at_document(model: type[BaseModel], value: Any, place: str) -> None:
    try:
        model.model_validate(value)
    except ValidationError as error:
        where, what = problem(error.errors(include_url=False)[0], value)
        raise bad(f"{place}.{where}", what) from None


def refuse_twins(table: Table, rows: list[models.Model], before: int) -> None:
    """Rows of a batch that the database would refuse as equal."""
    for constraint in table.model._meta.constraints:
        if not isinstance(constraint, models.UniqueConstraint) or constraint.condition is not None:
            continue
        names = [table.model._meta.get_field(name).attname for name in constraint.fields]  # type: ignore[union-attr]
        seen: dict[tuple, int] = {}
        for place, row in enumerate(rows, start=before + 1):
            mark = tuple(getattr(row, name) for name in names)
            if seen.setdefault(mark, place) != place:
                raise bad(f"{table.name}[{place}]", _("it is there twice."))


def refuse_circles(parents: dict[int, int]) -> None:
    """Walk up from each item; whoever meets the path again stands in a circle."""
    fine: set[int] = set()
    for number in parents:
        path: list[int] = []
        step: int | None = number
        while step is not None and step not in fine:
            if step in path:
                raise bad(f"items {step}.parent", _("it lies below itself."))
            path.append(step)
            step = parents.get(step)
        fine.update(path)


def refuse_strange(head: dict[str, Any]) -> None:
    if head.get("format") != FORMAT:
        raise BadFile(_("This is not a product that Pilothouse has exported."))
    version = head.get("version")
    if not isinstance(version, int) or version < 1:
        raise BadFile(_("This is not a product that Pilothouse has exported."))
    if version > VERSION:
        raise BadFile(
            _("This file was made by a newer Pilothouse (format %(theirs)s, here %(ours)s). Update this one first.")
            % {"theirs": version, "ours": VERSION}
        )
