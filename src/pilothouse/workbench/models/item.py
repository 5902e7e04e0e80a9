"""Items and the links between them, which are the thread. Every change leaves an Event; a method leaves a Run."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property

from pilothouse.kinds import RELATIONS, Kind, Relation, State
from pilothouse.people.models import Product
from pilothouse.workbench.models.custom import kind_of
from pilothouse.workbench.models.expressions import FieldFilled
from pilothouse.workbench.models.indexes import PostgresqlIndex, SqliteIndex
from pilothouse.workbench.models.scope import OpenQuerySet
from pilothouse.workbench.models.shape import Tag

TITLE_LENGTH = 500
BODY_LENGTH = 500_000
LIVE = Q(trashed_at__isnull=True)
ACCEPTED = LIVE & Q(FieldFilled("acceptance"))
FILTERED = [
    "product", "kind", "state", "owner", "parent", "start_on", "due_on", "score", "created_at", "updated_at", "rank",
    "fields", "trashed_at",
]  # fmt: skip


class ItemQuerySet(OpenQuerySet["Item"]):
    def live(self) -> ItemQuerySet:
        return self.filter(trashed_at=None)

    def of(self, kind: str) -> ItemQuerySet:
        return self.filter(kind=kind)

    def for_rows(self) -> ItemQuerySet:
        """With what a row of a list shows, in a constant number of queries."""
        return self.select_related("owner", "product__workspace").prefetch_related("tags")


class Item(models.Model):
    """One thing of any kind. `fields` holds what its kind declares; `version` counts its saves."""

    product_path = "product_id"
    item_paths = ("pk",)

    product = models.ForeignKey(Product, models.CASCADE, related_name="items")
    kind = models.CharField(max_length=30)
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=TITLE_LENGTH)
    body = models.TextField(blank=True)
    state = models.CharField(max_length=40)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    parent = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="children")
    rank = models.CharField(max_length=200)
    start_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    score = models.FloatField(null=True, blank=True)
    fields = models.JSONField(default=dict, blank=True)
    version = models.PositiveIntegerField(default=1)
    external_id = models.CharField(max_length=200, null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    trashed_at = models.DateTimeField(null=True, blank=True)
    tags: models.ManyToManyField[Tag, Any] = models.ManyToManyField(Tag, related_name="items", blank=True)

    objects = ItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["product", "number"], name="one_number_a_product"),
            models.UniqueConstraint(
                fields=["product", "kind", "external_id"],
                condition=Q(external_id__isnull=False),
                name="one_external_id_a_kind",
            ),
        ]
        indexes = [
            # Lists hold live items only: an index of these alone answers and counts without reading a row. SQLite
            # reads no row only where trashed_at stands in the index too.
            models.Index(
                fields=["product", "kind", "state", "rank", "id", "trashed_at"], condition=LIVE, name="live_state"
            ),
            models.Index(fields=["product", "kind", "rank", "id"], name="item_list"),
            models.Index(fields=["product", "kind", "updated_at", "id"], condition=LIVE, name="live_recent"),
            models.Index(fields=["product", "kind", "score", "id"], condition=LIVE, name="live_score"),
            models.Index(
                fields=["product", "kind", "owner", "rank", "id", "trashed_at"], condition=LIVE, name="live_holder"
            ),
            models.Index(fields=["product", "updated_at"], condition=LIVE, name="live_news"),
            models.Index(fields=["product", "kind", "due_on", "id"], condition=LIVE, name="live_due"),
            models.Index(fields=["product", "kind", "title", "id"], condition=LIVE, name="live_title"),
            # How many requirements say when they are accepted: usually few of very many, and the guide counts them.
            PostgresqlIndex(fields=["product", "kind"], condition=ACCEPTED, name="live_accepted"),
            SqliteIndex(fields=["product", "kind", "trashed_at", "fields"], condition=ACCEPTED, name="live_agreed"),
            # What a filter may ask of every row, without the long texts: three times faster to walk than the rows.
            SqliteIndex(fields=FILTERED, condition=LIVE, name="live_facts"),
            models.Index(
                fields=["owner", "due_on", "updated_at"], condition=LIVE & Q(closed_at__isnull=True), name="live_mine"
            ),
            models.Index(fields=["product", "trashed_at"], condition=Q(trashed_at__isnull=False), name="thrown_away"),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"

    @property
    def ref(self) -> str:
        return f"{self.product.key}-{self.number}"

    @property
    def url(self) -> str:
        return f"{self.product.workspace.url}{self.product.key}-{self.number}"

    @cached_property
    def declared(self) -> Kind:
        """The kind with this product's own fields and states. Lists set it once for all their rows."""
        return kind_of(self.product, self.kind)

    @cached_property
    def tag_names(self) -> list[str]:
        """In their order. Lists read those of all their rows at once."""
        return [tag.name for tag in self.tags.all()]

    @property
    def state_declared(self) -> State:
        states = self.declared.state_by_slug
        return states.get(self.state) or State(slug=self.state, name=self.state)


class Veil(models.Model):
    """Hides an item from everybody but `person`, whatever their role: a note that somebody writes alone on the canvas
    `by`. The row is deleted when the notes are shown. Until then no list, search, page or feed has the item, or
    anything said, linked or done about it."""

    product_path = "item__product_id"
    item_paths = ("item",)

    item = models.OneToOneField(Item, models.CASCADE, related_name="veil")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    by = models.ForeignKey(Item, models.CASCADE, related_name="veils")

    objects = OpenQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.item_id} for {self.person_id}"


class Link(models.Model):
    """A typed link; a thread relation points downstream, from evidence to what was made of it."""

    product_path = "source__product_id"
    item_paths = ("source", "target")

    source = models.ForeignKey(Item, models.CASCADE, related_name="links_out")
    target = models.ForeignKey(Item, models.CASCADE, related_name="links_in")
    relation = models.CharField(max_length=20)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OpenQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "target", "relation"], name="one_link"),
            models.CheckConstraint(condition=~Q(source=models.F("target")), name="no_link_to_itself"),
        ]
        indexes = [
            models.Index(fields=["source", "relation"], name="link_source"),
            models.Index(fields=["target", "relation"], name="link_target"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.relation} {self.target_id}"

    @property
    def declared(self) -> Relation:
        return RELATIONS[self.relation]


class Event(models.Model):
    """Who did what to which item. `changes` maps a field to [before, after]; one action's events share a `batch`;
    `version` is the item's after the change."""

    product_path = "product_id"
    item_paths = ("item",)

    product = models.ForeignKey(Product, models.CASCADE, related_name="events")
    item = models.ForeignKey(Item, models.CASCADE, null=True, related_name="events")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    verb = models.CharField(max_length=20)
    changes = models.JSONField(default=dict)
    version = models.PositiveIntegerField(null=True)
    batch = models.UUIDField(default=uuid.uuid4)
    at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True)

    objects = OpenQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["item", "-id"], name="event_item"),
            models.Index(fields=["product", "-id"], name="event_product"),
            models.Index(fields=["batch"], name="event_batch"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.item_id}"


class Run(models.Model):
    """A method's run: its inputs frozen, its result kept; evidence like any other."""

    product_path = "product_id"
    item_paths = ("item",)

    product = models.ForeignKey(Product, models.CASCADE, related_name="runs")
    item = models.ForeignKey(Item, models.CASCADE, null=True, related_name="runs")
    method = models.CharField(max_length=50)
    version = models.CharField(max_length=20)
    inputs = models.JSONField()
    result = models.JSONField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = OpenQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["item", "-id"], name="run_item")]

    def __str__(self) -> str:
        return f"{self.method} {self.at:%Y-%m-%d}"


def json_ready(value: Any) -> Any:
    """A field's value as an Event keeps it."""
    return value.isoformat() if hasattr(value, "isoformat") else value
