"""The search index, and an order of ranks that is the same on every database."""

from django.db import migrations

SQLITE = (
    "CREATE VIRTUAL TABLE workbench_search USING fts5("
    "scope, text, content='', contentless_delete=1, tokenize='porter unicode61 remove_diacritics 2')"
)
POSTGRESQL = (
    "CREATE TABLE workbench_search ("
    "item_id bigint PRIMARY KEY, "
    "product_id bigint NOT NULL, text tsvector NOT NULL);"
    "CREATE INDEX workbench_search_text ON workbench_search USING gin (text);"
    'ALTER TABLE workbench_item ALTER COLUMN rank TYPE varchar(200) COLLATE "C"'
)


def forwards(apps, schema_editor):
    schema_editor.execute(SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL)


def backwards(apps, schema_editor):
    schema_editor.execute("DROP TABLE workbench_search")


class Migration(migrations.Migration):
    dependencies = [("workbench", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
