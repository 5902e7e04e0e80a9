"""How the use of a survey as priority is taken back."""

from __future__ import annotations

from django.utils import timezone

from pilothouse.surveys.instruments.ranking import FIELDS
from pilothouse.surveys.models import Survey
from pilothouse.surveys.scored import Priority, Score
from pilothouse.workbench.models import Event, Item


def undo_scores(entry: Event) -> bool:
    """The fields as they were before. They are the product's own, so nobody's later work is lost, and what new answers
    have moved since goes back too."""
    item = Item.objects.select_for_update(of=("self",)).get(events=entry)
    before = {name: pair[0] for name, pair in entry.changes.items() if name in FIELDS}
    item.fields = {
        **{name: value for name, value in item.fields.items() if name not in before},
        **{name: value for name, value in before.items() if value is not None},
    }
    item.version, item.updated_at = item.version + 1, timezone.now()
    item.save(update_fields=["fields", "version", "updated_at"])
    return True


def undo_use(entry: Event) -> bool:
    """As it was before: used with other options, or not at all."""
    survey = Survey.objects.get(item=entry.item_id)
    before = entry.changes.get("before")
    if before:
        Priority.objects.filter(survey=survey).update(options=before["options"], live=before["live"])
        return True
    items = list(Score.objects.filter(survey=survey).values_list("item_id", flat=True))
    Score.objects.filter(survey=survey).delete()
    Priority.objects.filter(survey=survey).delete()
    for item in items:
        if other := Score.objects.filter(item=item).order_by("-at", "-pk").first():
            Score.objects.filter(pk=other.pk).update(leads=True)
    return True


def undo_live(entry: Event) -> bool:
    before = entry.changes["live"][0]
    return bool(Priority.objects.filter(survey__item=entry.item_id).update(live=before))
