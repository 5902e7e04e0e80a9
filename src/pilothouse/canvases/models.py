"""What a canvas keeps beside its item and its notes' items: its own layout and columns, how people work on it now,
dots, and the numbers that notes carry."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import models

from pilothouse.canvases.definition import as_layout, default_layout
from pilothouse.kinds.canvas import OWN
from pilothouse.kinds.layouts import LAYOUTS, Layout, Stage
from pilothouse.people.access import ScopedQuerySet
from pilothouse.people.models import Product
from pilothouse.workbench.models import Event, Item, OpenQuerySet


class Canvas(models.Model):
    """Shows itself as an item of kind "canvas", whose field `layout` names the layout; `own` is the layout itself
    where it was made in a page. `stages` are the columns of lanes once somebody changed them. `options` say how
    people work together just now: see canvases.together."""

    product_path = "item__product_id"

    item = models.OneToOneField(Item, models.CASCADE, related_name="canvas")
    own = models.JSONField(default=dict)
    stages = models.JSONField(default=list)
    options = models.JSONField(default=dict)

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.layout} {self.item_id}"

    @property
    def url(self) -> str:
        return f"{self.item.url}/canvas"

    @property
    def layout(self) -> str:
        """The name of its layout, as the item's field keeps it."""
        return str(self.item.fields.get("layout") or "")

    @cached_property
    def declared(self) -> Layout:
        """Its layout; one that was added without any begins as a plain one, and notes of other places lie apart."""
        if self.own and self.layout == OWN:
            return as_layout(self.own)
        return LAYOUTS.get(self.layout) or default_layout()

    @cached_property
    def columns(self) -> tuple[Stage, ...]:
        """The columns of lanes, in their order: its own, else those that its layout declares."""
        if self.declared.shape != "lanes":
            return ()
        return tuple(Stage(slug=row["slug"], name=row["name"]) for row in self.stages) or self.declared.stages

    @property
    def layout_now(self) -> Layout:
        """Its layout with the columns that it has now."""
        return replace(self.declared, stages=self.columns)

    def places(self) -> list[str]:
        """Where a note may lie: the cells, or each cell of each column."""
        cells = [cell.slug for cell in self.declared.cells]
        if self.declared.shape != "lanes":
            return cells
        return [f"{cell}.{stage.slug}" for cell in cells for stage in self.columns]


def put_back(entry: Event, name: str) -> Canvas | None:
    """Undo a change of `stages` or `options`, which the event keeps under the same name; None where somebody changed
    them since."""
    canvas: Canvas = Canvas.objects.select_for_update().get(item=entry.item)
    before, after = entry.changes[name]
    if getattr(canvas, name) != after:
        return None
    setattr(canvas, name, before)
    canvas.save(update_fields=[name])
    return canvas


class Vote(models.Model):
    """A dot that somebody put on a note. `taken` is the action by which all dots were taken away, until it is undone or
    dots are taken away again."""

    product_path = "note__product_id"
    item_paths = ("note",)

    note = models.ForeignKey(Item, models.CASCADE, related_name="votes")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    taken = models.UUIDField(null=True)

    objects = OpenQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["note", "user"], condition=models.Q(taken__isnull=True), name="one_dot_a_note"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} for {self.note_id}"


class Figure(models.Model):
    """A number that a note carries, with its range, how many it rests on, where it comes from and of when it is. The
    newest of a measure counts, or takes the last back where it has no value; the older ones are its history."""

    product_path = "note__product_id"
    item_paths = ("note",)

    note = models.ForeignKey(Item, models.CASCADE, related_name="figures")
    measure = models.CharField(max_length=40)
    value = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    n = models.PositiveIntegerField(null=True)
    source = models.CharField(max_length=500, blank=True)
    said_on = models.DateField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = OpenQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["note", "measure", "-id"], name="figure_newest")]

    def __str__(self) -> str:
        return f"{self.measure}: {self.value}"


class OwnLayout(models.Model):
    """A layout that people of a product made in the page. A canvas made from it keeps a copy of its own."""

    product_path = "product_id"

    product = models.ForeignKey(Product, models.CASCADE, related_name="own_layouts")
    name = models.CharField(max_length=100)
    definition = models.JSONField(default=dict)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now=True)

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @cached_property
    def declared(self) -> Layout:
        document: dict[str, Any] = {**self.definition, "name": self.name}
        return as_layout(document)
