"""One note as a person sees it on its canvas."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.utils import timezone

from pilothouse.canvases.actions import SHOWN, place_of
from pilothouse.canvases.figures import History
from pilothouse.canvases.models import Figure
from pilothouse.workbench.models import Item

STALE_DAYS = 180


@dataclass(kw_only=True)
class Note:
    """A note on its canvas. `evidence` counts what supports it and `newest` is when the newest of that was said;
    `votes` is None while the sums are not shown."""

    item: Item
    cell: str
    stage: str
    evidence: int = 0
    newest: date | None = None
    votes: int | None = None
    mine: bool = False
    comments: int = 0
    claims: bool = True
    history: History = field(default_factory=dict)
    children: list[Note] = field(default_factory=list)

    @property
    def number(self) -> int:
        return self.item.number

    @property
    def excerpt(self) -> str:
        """The beginning of what follows the title; rows that were read without their long texts bring it along."""
        there = self.item.__dict__
        return str(there["excerpt"] if "excerpt" in there else self.item.body[:SHOWN])

    @property
    def title(self) -> str:
        return self.item.title

    @property
    def under(self) -> int | None:
        return self.item.fields.get("under")

    @property
    def colour(self) -> str:
        return str(self.item.fields.get("colour") or "")

    @property
    def place(self) -> str:
        return place_of(self.item)

    @cached_property
    def figures(self) -> dict[str, Figure]:
        """The newest number of each measure, without those that were taken back."""
        newest = {slug: rows[0] for slug, rows in self.history.items() if rows}
        return {slug: figure for slug, figure in newest.items() if figure.value is not None}

    @property
    def opinion(self) -> bool:
        return self.claims and not self.evidence

    @property
    def age(self) -> int:
        """The days since the newest evidence was given; without any, since the note was last touched."""
        day = self.newest or timezone.localtime(self.item.updated_at).date()
        return max(0, (timezone.localdate() - day).days)

    @property
    def stale(self) -> bool:
        return self.claims and self.age > STALE_DAYS
