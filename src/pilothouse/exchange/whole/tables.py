"""Which tables make up a product. Columns are read off the models, so that a new column is in the file by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from django.db import models

from pilothouse.canvases.models import Canvas, Figure, OwnLayout, Vote
from pilothouse.outcomes.models import Prediction, Reading
from pilothouse.people.models import Product, User
from pilothouse.planning.models import (
    Capacity,
    DayOff,
    Entry,
    Estimate,
    Gate,
    Judgement,
    Plan,
    PlanChoice,
    Scorecard,
    ScorecardRow,
    Seat,
    Skill,
    Told,
    Worker,
)
from pilothouse.surveys.models import Code, Coding, Invitation, QuotaCount, Response, Survey, Version
from pilothouse.surveys.scored import Priority, Score
from pilothouse.workbench.models import (
    Attachment,
    Comment,
    CustomField,
    CustomState,
    Event,
    Item,
    Link,
    Run,
    SavedView,
    Tag,
    Veil,
    Watch,
)

FORMAT, VERSION = "pilothouse-product", 1


@dataclass(frozen=True)
class Table:
    """`path` leads to the product; `also` narrows rows that could reach beyond it; `local` is the column by which
    other rows name these, when it is not their place in the file. `secret` columns stay here: where the row comes in
    it gets new ones. `later` columns name rows of tables further down."""

    name: str
    model: type[models.Model]
    path: str
    also: str = ""
    local: str = ""
    secret: tuple[str, ...] = ()
    later: tuple[str, ...] = ()

    @cached_property
    def columns(self) -> list[models.Field]:
        left_out = (self.path, f"{self.path}_id", *self.secret)
        return [
            field
            for field in self.model._meta.local_concrete_fields
            if not field.primary_key and field.name not in left_out and field.attname not in left_out
        ]

    def rows(self, product: Product) -> models.QuerySet:
        wanted = {self.path: product, **({self.also: product} if self.also else {})}
        order = self.local or ("created_at" if isinstance(self.model._meta.pk, models.UUIDField) else "pk")
        return self.model._default_manager.filter(**wanted).order_by(order, "pk")


TABLES: list[Table] = [
    Table("custom_fields", CustomField, "product"),
    Table("custom_states", CustomState, "product"),
    Table("tags", Tag, "product"),
    Table("items", Item, "product", local="number"),
    Table("item_tags", Item.tags.through, "item__product"),
    Table("veils", Veil, "item__product", also="by__product"),
    Table("links", Link, "source__product", also="target__product"),
    Table("comments", Comment, "item__product"),
    Table("attachments", Attachment, "item__product"),
    Table("watches", Watch, "item__product"),
    Table("views", SavedView, "product"),
    Table("runs", Run, "product"),
    Table("readings", Reading, "metric__product"),
    Table("predictions", Prediction, "release__product", also="metric__product"),
    Table("surveys", Survey, "item__product", secret=("code",), later=("live",)),
    Table("survey_versions", Version, "survey__item__product"),
    Table("survey_invitations", Invitation, "survey__item__product", secret=("token_digest",)),
    Table("survey_responses", Response, "survey__item__product", secret=("key",)),
    Table("survey_quotas", QuotaCount, "survey__item__product"),
    Table("survey_priorities", Priority, "survey__item__product"),
    Table("survey_scores", Score, "survey__item__product", also="item__product"),
    Table("codes", Code, "product", later=("parent",)),
    Table("codings", Coding, "response__survey__item__product"),
    Table("skills", Skill, "product"),
    Table("workers", Worker, "skill__product"),
    Table("days_off", DayOff, "product"),
    Table("capacities", Capacity, "release__product"),
    Table("estimates", Estimate, "item__product"),
    Table("scorecards", Scorecard, "item__product"),
    Table("scorecard_rows", ScorecardRow, "scorecard__item__product"),
    Table("scorecard_entries", Entry, "scorecard__item__product"),
    Table("scorecard_judgements", Judgement, "scorecard__item__product"),
    Table("scorecard_seats", Seat, "scorecard__item__product"),
    Table("plans", Plan, "item__product", secret=("job", "schedule"), later=("base",)),
    Table("plan_choices", PlanChoice, "plan__item__product"),
    Table("gates", Gate, "release__product"),
    Table("told", Told, "release__product"),
    Table("own_layouts", OwnLayout, "product"),
    Table("canvases", Canvas, "item__product"),
    Table("votes", Vote, "note__product"),
    Table("figures", Figure, "note__product"),
    Table("events", Event, "product"),
]


def register(table: Table) -> None:
    """For apps that stand above: their tables are in the file as well. Before the events, which come last."""
    TABLES.insert(len(TABLES) - 1, table)


def table_of(model: type[models.Model]) -> Table | None:
    return next((table for table in TABLES if table.model is model), None)


# What an event keeps keys of: the model, and how the keys stand there.
ONE, PAIR, MANY = "one", "pair", "many"
REFERENCES: dict[str, tuple[type[models.Model], str]] = {
    "owner": (User, PAIR),
    "parent": (Item, PAIR),
    "comment": (Comment, ONE),
    "kept": (Item, ONE),
    "other": (Item, ONE),
    "metric": (Item, ONE),
    "prediction": (Prediction, ONE),
    "readings": (Reading, MANY),
    "watchers": (User, MANY),
    "file": (Attachment, ONE),
    "version": (Version, ONE),
    "before": (Version, ONE),
}


def translated(changes: dict[str, Any], look_up: Callable[[type[models.Model], Any], Any]) -> dict[str, Any]:
    """An event's changes with every key replaced by what `look_up` gives for it."""
    found = dict(changes)
    for name, (model, form) in REFERENCES.items():
        if name in found:
            found[name] = exchanged(found[name], form, partial(look_up, model))
    if isinstance(link := found.get("link"), dict):
        ends = {end: look_up(Item, link.get(end)) for end in ("source", "target")}
        found["link"] = {**link, **ends}
    return found


def exchanged(value: Any, form: str, look_up: Callable[[Any], Any]) -> Any:
    """Text stays text: an own field may be called like one of these."""
    if form == ONE:
        return value if isinstance(value, list | dict) else look_up(value)
    if not isinstance(value, list):
        return value
    known = [look_up(key) for key in value]
    return known if form == PAIR else [key for key in known if key is not None]
