"""Scorecards: which items are scored, by what criteria, and what each person put into each cell."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from django.conf import settings
from django.db import models
from django.utils import timezone

from pilothouse.people.access import ScopedQuerySet
from pilothouse.planning.scorecards.criteria import Criterion
from pilothouse.planning.scorecards.ways import WAYS, Way
from pilothouse.workbench.models import Item


class Scorecard(models.Model):
    """Shows itself as an item of kind "scorecard". While it is `blind` and not yet revealed, everybody sees their own
    numbers only. `adopted_at` says since when its scores are those that the items are sorted by."""

    product_path = "item__product_id"

    item = models.OneToOneField(Item, models.CASCADE, related_name="scorecard")
    way = models.CharField(max_length=20, default="rice")
    criteria = models.JSONField(default=list)
    options = models.JSONField(default=dict)
    blind = models.BooleanField(default=False)
    revealed_at = models.DateTimeField(null=True)
    adopted_at = models.DateTimeField(null=True)

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.way} {self.item_id}"

    @property
    def url(self) -> str:
        return f"{self.item.url}/scorecard"

    @property
    def declared(self) -> Way:
        return WAYS[self.way]

    @cached_property
    def columns(self) -> list[Criterion]:
        """The criteria: the way's own in the reader's language, or those that people wrote."""
        if self.declared.free and self.criteria:
            return self.declared.columns([Criterion.model_validate(given) for given in self.criteria])
        return self.declared.columns(self.declared.criteria())

    @property
    def hidden(self) -> bool:
        return self.blind and self.revealed_at is None


class ScorecardRow(models.Model):
    """An item that is scored."""

    product_path = "scorecard__item__product_id"

    scorecard = models.ForeignKey(Scorecard, models.CASCADE, related_name="rows")
    item = models.ForeignKey(Item, models.CASCADE, related_name="scored_on")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scorecard", "item"], name="one_row_an_item")]

    def __str__(self) -> str:
        return f"{self.item_id} on {self.scorecard_id}"


class Entry(models.Model):
    """What one person put into one cell, how sure they were (1 to 100), on what evidence, and why; `source` is a page
    that says so, and `seen_on` the day on which it did (the day of the entry where it is empty)."""

    product_path = "scorecard__item__product_id"

    scorecard = models.ForeignKey(Scorecard, models.CASCADE, related_name="entries")
    item = models.ForeignKey(Item, models.CASCADE, related_name="+")
    criterion = models.CharField(max_length=40)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    value = models.FloatField()
    confidence = models.PositiveSmallIntegerField(null=True)
    evidence = models.ForeignKey(Item, models.SET_NULL, null=True, related_name="+")
    note = models.CharField(max_length=1_000, blank=True)
    source = models.CharField(max_length=500, blank=True)
    seen_on = models.DateField(null=True)
    at = models.DateTimeField(auto_now=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scorecard", "item", "criterion", "person"], name="one_entry_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.value:g}"

    @property
    def seen(self) -> date:
        return self.seen_on or timezone.localdate(self.at)


class Judgement(models.Model):
    """One person's comparison of two criteria: the first weighs `times` the second."""

    product_path = "scorecard__item__product_id"

    scorecard = models.ForeignKey(Scorecard, models.CASCADE, related_name="judgements")
    first = models.CharField(max_length=40)
    second = models.CharField(max_length=40)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    times = models.FloatField()
    at = models.DateTimeField(auto_now=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scorecard", "first", "second", "person"], name="one_judgement_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.first} : {self.second} = {self.times:g}"


class Seat(models.Model):
    """Somebody who was asked to score; `done_at` once they say that they are through."""

    product_path = "scorecard__item__product_id"

    scorecard = models.ForeignKey(Scorecard, models.CASCADE, related_name="seats")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    done_at = models.DateTimeField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scorecard", "person"], name="one_seat_a_person")]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.scorecard_id}"
