"""The table in which sign-in limits are counted, for all processes together."""

from django.core.management import call_command
from django.db import migrations


def make_table(apps, schema_editor):
    call_command("createcachetable", "people_limit", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_changes_and_last_opened"),
    ]

    operations = [
        migrations.RunPython(make_table, migrations.RunPython.noop),
    ]
