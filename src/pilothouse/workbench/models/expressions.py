"""Values out of an item's JSON, the same on SQLite and PostgreSQL. A value of another type counts as empty."""

from __future__ import annotations

import re
from typing import Any

from django.db.models import BooleanField, CharField, F, FloatField, Func

SLUG = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*\Z")


class FieldText(Func):
    """A declared field as text; a list of choices as its JSON."""

    output_field = CharField()
    sqlite = "(%(expressions)s ->> '$.\"%(slug)s\"')"
    postgresql = "(%(expressions)s ->> '%(slug)s')"

    def __init__(self, slug: str, **extra: Any) -> None:
        # The name is written into the SQL so that every use is the same expression to the database.
        if not SLUG.match(slug):
            raise ValueError(f"{slug!r} cannot name a field")
        super().__init__(F("fields"), slug=slug, **extra)

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, template=self.sqlite, **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, template=self.postgresql, **extra)


class FieldFilled(FieldText):
    """Whether a declared field holds anything. SQLite looks for its name first: rows without are not read as JSON."""

    output_field = BooleanField()  # type: ignore[assignment]
    sqlite = "(instr(%(expressions)s, '\"%(slug)s\"') > 0 AND (%(expressions)s ->> '$.\"%(slug)s\"') <> '')"
    postgresql = "(COALESCE(%(expressions)s ->> '%(slug)s', '') <> '')"


class FieldNumber(FieldText):
    """A declared field as a number: 9 comes before 10."""

    output_field = FloatField()  # type: ignore[assignment]
    sqlite = (
        "(CASE WHEN json_type(%(expressions)s, '$.\"%(slug)s\"') IN ('integer', 'real')"
        " THEN json_extract(%(expressions)s, '$.\"%(slug)s\"') END)"
    )
    postgresql = (
        "(CASE WHEN jsonb_typeof(%(expressions)s -> '%(slug)s') = 'number'"
        " THEN (%(expressions)s ->> '%(slug)s')::double precision END)"
    )


class FieldFlag(FieldText):
    """A declared flag as 'true' or 'false'."""

    sqlite = "json_type(%(expressions)s, '$.\"%(slug)s\"')"
