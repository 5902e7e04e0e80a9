"""An index that only SQLite gets."""

from __future__ import annotations

from typing import Any

from django.db import models

NOTHING = "SELECT 1"


class SqliteIndex(models.Index):
    """For columns too wide for an index of PostgreSQL, which does without; declared, so that it outlives a table's
    being rewritten by a later migration."""

    def create_sql(self, model: Any, schema_editor: Any, using: str = "", **kwargs: Any) -> Any:
        if schema_editor.connection.vendor != "sqlite":
            return NOTHING
        return super().create_sql(model, schema_editor, using, **kwargs)

    def remove_sql(self, model: Any, schema_editor: Any, **kwargs: Any) -> Any:
        if schema_editor.connection.vendor != "sqlite":
            return NOTHING
        return super().remove_sql(model, schema_editor, **kwargs)
