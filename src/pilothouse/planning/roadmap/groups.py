"""The roadmap by what it is for: requirements under the releases they go into, or the metrics they should move."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from pilothouse.jinja import decimal
from pilothouse.outcomes.models import Prediction
from pilothouse.planning.roadmap.rows import Row
from pilothouse.planning.roadmap.view import GOAL
from pilothouse.workbench.models import Item


@dataclass(frozen=True)
class Group:
    """`head` is the release or the metric; without one, the rows that have none."""

    head: Item | None
    rows: list[Row]

    @property
    def title(self) -> str:
        return self.head.title if self.head else ""

    @property
    def predictions(self) -> list[Prediction]:
        """Each once: rows of one release share its predictions."""
        found = {one.pk: one for row in self.rows for one in row.predictions}
        return [one for one in found.values() if self.head and self.head.pk in (one.release_id, one.metric_id)]

    @property
    def change(self) -> str:
        """From where to where a metric is meant to go."""
        fields: dict[str, Any] = self.head.fields if self.head else {}
        if fields.get("baseline") is None or fields.get("target") is None:
            return ""
        unit = fields.get("unit") or ""
        figures = {"before": decimal(fields["baseline"], 4), "after": decimal(fields["target"], 4), "unit": unit}
        return (_("from %(before)s to %(after)s %(unit)s") % figures).strip()


def grouped(rows: Sequence[Row], by: str) -> list[Group]:
    """The groups, releases by when they are due; a row with several heads stands under each, one without comes last."""
    found: dict[int | None, Group] = {}
    for row in rows:
        for head in (row.metrics if by == GOAL else row.releases) or (None,):
            found.setdefault(head.pk if head else None, Group(head, [])).rows.append(row)
    return sorted(found.values(), key=lambda group: place(group.head, len(group.rows), by))


def place(head: Item | None, size: int, by: str) -> tuple[Any, ...]:
    if head is None:
        return (2, "", 0)
    if by == GOAL:
        return (0, "", -size, head.pk)
    return (0 if head.due_on else 1, str(head.due_on or ""), head.pk)
