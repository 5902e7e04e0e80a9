from django.db import migrations


def give_rows(apps, schema_editor):
    """Surveys that were items only, before they had a questionnaire."""
    Item, Survey = apps.get_model("workbench", "Item"), apps.get_model("surveys", "Survey")
    from pilothouse.surveys.models import public_code

    for item in Item.objects.filter(kind="survey", survey=None).select_related("created_by").iterator():
        language = item.created_by.language if item.created_by else "en"
        draft: dict = {
            "format": "pilothouse.survey/1", "languages": [language], "pages": [], "ends": [], "quotas": [], "hidden": [],
            "title": {"words": {language: item.title}, "basis": {}}, "intro": {"words": {}, "basis": {}},
            "consent": None, "show_progress": True, "allow_back": True,
        }  # fmt: skip
        Survey.objects.create(item=item, code=public_code(), draft=draft)


class Migration(migrations.Migration):
    dependencies = [("surveys", "0004_what_surveys_say_of_items")]
    operations = [migrations.RunPython(give_rows, migrations.RunPython.noop)]
