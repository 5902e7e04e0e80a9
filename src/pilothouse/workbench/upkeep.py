"""What a database is told after much was written to it at once."""

from __future__ import annotations

from django.apps import apps
from django.db import connection

MUCH = 5_000


def settle(rows: int = MUCH) -> None:
    """Call after an import or a restore, outside of its transaction. PostgreSQL learns by itself what a table holds,
    but a minute or more later; until then it plans for an empty one, and a page may take minutes. Its own upkeep may
    hold a table just then, counted too early: ours waits, and its own gives way. SQLite plans by its indexes alone,
    and our queries are written for that."""
    if connection.vendor != "postgresql" or rows < MUCH:
        return
    work = "ANALYZE" if connection.in_atomic_block else "VACUUM (ANALYZE)"
    with connection.cursor() as cursor:
        cursor.execute(f"{work} {', '.join(map(connection.ops.quote_name, tables()))}")


def tables() -> list[str]:
    ours = (config for config in apps.get_app_configs() if config.name.startswith("pilothouse."))
    models = (model for config in ours for model in config.get_models(include_auto_created=True))
    return [*(model._meta.db_table for model in models), "workbench_search"]
