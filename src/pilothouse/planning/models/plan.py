"""Who can do how much, what each requirement takes, and plans of what goes into which release. Effort is in days."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from pilothouse.people.access import ScopedQuerySet
from pilothouse.people.models import Product
from pilothouse.workbench.models import Item, Job


class Skill(models.Model):
    product_path = "product_id"

    product = models.ForeignKey(Product, models.CASCADE, related_name="skills")
    name = models.CharField(max_length=60)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["product", "name"], name="one_skill_a_name")]

    def __str__(self) -> str:
        return self.name


class Worker(models.Model):
    """Somebody who works on the product, with or without an account; `days` a week for this skill."""

    product_path = "skill__product_id"

    skill = models.ForeignKey(Skill, models.CASCADE, related_name="workers")
    name = models.CharField(max_length=100)
    days = models.FloatField(default=5)

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class DayOff(models.Model):
    """Days on which somebody is away, or everybody where `worker` is empty. Both ends count."""

    product_path = "product_id"

    product = models.ForeignKey(Product, models.CASCADE, related_name="days_off")
    worker = models.ForeignKey(Worker, models.CASCADE, null=True, related_name="days_off")
    from_on = models.DateField()
    to_on = models.DateField()
    name = models.CharField(max_length=100, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(to_on__gte=models.F("from_on")), name="day_off_ends_after_it_begins")
        ]

    def __str__(self) -> str:
        return f"{self.from_on} to {self.to_on}"


class Capacity(models.Model):
    """Days that a release has for a skill, where they were typed instead of counted from the calendar."""

    product_path = "release__product_id"

    release = models.ForeignKey(Item, models.CASCADE, related_name="capacities")
    skill = models.ForeignKey(Skill, models.CASCADE, related_name="capacities")
    days = models.FloatField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["release", "skill"], name="one_capacity_a_skill")]

    def __str__(self) -> str:
        return f"{self.days:g}"


class Estimate(models.Model):
    """What an item takes of a skill, in days: at best, most likely, at worst."""

    product_path = "item__product_id"

    item = models.ForeignKey(Item, models.CASCADE, related_name="estimates")
    skill = models.ForeignKey(Skill, models.CASCADE, related_name="estimates")
    low = models.FloatField()
    likely = models.FloatField()
    high = models.FloatField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "skill"], name="one_estimate_a_skill"),
            models.CheckConstraint(
                condition=Q(low__gte=0) & Q(likely__gte=models.F("low")) & Q(high__gte=models.F("likely")),
                name="estimate_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.low:g} to {self.high:g}"


class Plan(models.Model):
    """What goes into which release. `releases` are their numbers in order; `hurry` is what value is worth in each next
    one (1 as much, 0.9 a tenth less). `result` is what was found last, `basis` a digest of what it was found from; a
    committed plan keeps it as the baseline. `schedule` is when each of its items runs, as laid out last."""

    product_path = "item__product_id"

    item = models.OneToOneField(Item, models.CASCADE, related_name="plan")
    releases = models.JSONField(default=list)
    scorecard = models.ForeignKey("Scorecard", models.SET_NULL, null=True, related_name="plans")
    hurry = models.FloatField(default=0.9)
    base = models.ForeignKey("self", models.SET_NULL, null=True, related_name="copies")
    result = models.JSONField(null=True)
    basis = models.CharField(max_length=64, blank=True)
    solved_at = models.DateTimeField(null=True)
    schedule = models.JSONField(null=True)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")
    committed_at = models.DateTimeField(null=True)
    committed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.item_id)

    @property
    def url(self) -> str:
        return f"{self.item.url}/plan"

    @property
    def schedule_url(self) -> str:
        return f"{self.url}/schedule"


class PlanChoice(models.Model):
    """What somebody decided about an item before the solver does: it must be in, it stays out, or it goes into one
    certain release."""

    MUST, OUT, FIXED = "must", "out", "fixed"

    product_path = "plan__item__product_id"

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="choices")
    item = models.ForeignKey(Item, models.CASCADE, related_name="+")
    rule = models.CharField(max_length=10, choices=[(MUST, MUST), (OUT, OUT), (FIXED, FIXED)])
    release = models.ForeignKey(Item, models.CASCADE, null=True, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "item"], name="one_choice_an_item"),
            models.CheckConstraint(
                condition=Q(rule="fixed", release__isnull=False) | ~Q(rule="fixed"), name="fixed_where"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.rule}"
