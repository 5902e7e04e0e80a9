"""The search index once more: it knows titles and kinds apart, C++ from C, and é from nothing. One transaction: whoever
is interrupted begins anew, with the older index in its place. 100,000 items take some ten seconds."""

from django.db import migrations

SQLITE = (
    "CREATE VIRTUAL TABLE workbench_search USING fts5("
    "scope, title, text, content='', contentless_delete=1, tokenize='porter unicode61 remove_diacritics 2')"
)
POSTGRESQL = (
    "CREATE TABLE workbench_search ("
    "item_id bigint PRIMARY KEY, product_id bigint NOT NULL, kind varchar(30) NOT NULL, "
    "title tsvector NOT NULL, text tsvector NOT NULL)"
)
INDEXES = (
    "CREATE INDEX workbench_search_text ON workbench_search USING gin (text);"
    "CREATE INDEX workbench_search_title ON workbench_search USING gin (title);"
    "CREATE INDEX workbench_search_kind ON workbench_search (kind, (item_id + 0));"
    "ANALYZE workbench_search"
)
BATCH = 2_000


def forwards(apps, schema_editor):
    sqlite = schema_editor.connection.vendor == "sqlite"
    schema_editor.execute("DROP TABLE workbench_search")
    schema_editor.execute(SQLITE if sqlite else POSTGRESQL)
    fill(apps.get_model("workbench", "Item"))
    if not sqlite:
        schema_editor.execute(INDEXES)


def fill(items):
    from pilothouse.workbench.search.index import add

    rows = items.objects.only("product_id", "kind", "title", "body", "fields").order_by("pk")
    batch = list(rows[:BATCH])
    while batch:
        add(batch)
        batch = list(rows.filter(pk__gt=batch[-1].pk)[:BATCH])


def backwards(apps, schema_editor):
    """An empty index of the older form; `pilothouse doctor --fix` of that version fills it."""
    from importlib import import_module

    older = import_module("pilothouse.workbench.migrations.0002_search")
    schema_editor.execute("DROP TABLE workbench_search")
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(older.SQLITE)
    else:
        schema_editor.execute(older.POSTGRESQL.partition("ALTER")[0])


class Migration(migrations.Migration):
    dependencies = [("workbench", "0010_accepted")]
    operations = [migrations.RunPython(forwards, backwards)]
