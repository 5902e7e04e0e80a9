from django.db import migrations

PRIVATE = ("write", "imagine", "sketch")


def veil_running(apps, schema_editor):
    """Where people write alone at this very moment, what they have written so far stays theirs."""
    from datetime import datetime

    Canvas, Item, Veil = (apps.get_model(*name) for name in (
        ("canvases", "Canvas"), ("workbench", "Item"), ("workbench", "Veil")))  # fmt: skip
    for canvas in Canvas.objects.filter(options__phase__in=PRIVATE):
        if canvas.options.get("revealed"):
            continue
        canvas.options = {**canvas.options, "private": True}
        canvas.save(update_fields=["options"])
        notes = Item.objects.filter(kind="note", parent=canvas.item_id, created_by__isnull=False)
        for note in notes.filter(created_at__gte=datetime.fromisoformat(canvas.options["since"])):
            Veil.objects.create(item=note, person_id=note.created_by_id, by_id=canvas.item_id)


class Migration(migrations.Migration):
    dependencies = [("canvases", "0001_canvases"), ("workbench", "0009_veil")]

    operations = [migrations.RunPython(veil_running, migrations.RunPython.noop)]
