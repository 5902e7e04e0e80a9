from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("surveys", "0002_visits"),
    ]

    operations = [
        migrations.AddField(
            model_name="survey",
            name="analysis",
            field=models.JSONField(default=dict),
        ),
    ]
