"""Indexes that only one of the databases gets."""

from __future__ import annotations

from typing import Any

from django.db import models

NOTHING = "SELECT 1"


class VendorIndex(models.Index):
    """Declared for both, so that it outlives a table's being rewritten by a later migration."""

    vendor: str

    def create_sql(self, model: Any, schema_editor: Any, using: str = "", **kwargs: Any) -> Any:
        if schema_editor.connection.vendor != self.vendor:
            return NOTHING
        return super().create_sql(model, schema_editor, using, **kwargs)

    def remove_sql(self, model: Any, schema_editor: Any, **kwargs: Any) -> Any:
        if schema_editor.connection.vendor != self.vendor:
            return NOTHING
        return super().remove_sql(model, schema_editor, **kwargs)


class SqliteIndex(VendorIndex):
    """With columns too wide for an index of PostgreSQL, which does without."""

    vendor = "sqlite"


class PostgresqlIndex(VendorIndex):
    """Where SQLite prefers an index that holds every column that is asked for."""

    vendor = "postgresql"
