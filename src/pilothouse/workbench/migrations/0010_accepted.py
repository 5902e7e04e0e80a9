from django.db import migrations
from django.db.models import Q

from pilothouse.workbench.models.expressions import FieldFilled
from pilothouse.workbench.models.indexes import PostgresqlIndex, SqliteIndex

ACCEPTED = Q(("trashed_at__isnull", True), FieldFilled("acceptance"))


class Migration(migrations.Migration):
    dependencies = [("people", "0005_next_steps"), ("workbench", "0009_veil")]

    operations = [
        migrations.AddIndex(
            "item", PostgresqlIndex(fields=["product", "kind"], condition=ACCEPTED, name="live_accepted")
        ),
        migrations.AddIndex(
            "item",
            SqliteIndex(fields=["product", "kind", "trashed_at", "fields"], condition=ACCEPTED, name="live_agreed"),
        ),
    ]
