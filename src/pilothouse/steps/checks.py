"""What is looked for on each row of a kind, as conditions for the database: one named line each.

A rule counts the rows that meet a check, and the same check is asked of one item on its own page.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.db.models.lookups import Exact, GreaterThanOrEqual, IsNull, LessThan, LessThanOrEqual
from django.utils import timezone

from pilothouse.kinds import RELATIONS
from pilothouse.outcomes.models import Prediction, Reading
from pilothouse.people.access import Actor
from pilothouse.people.models import Product
from pilothouse.planning.models import Estimate, Gate, Told
from pilothouse.steps.linked import LinkCount, Linked
from pilothouse.workbench.models import Item, Link
from pilothouse.workbench.models.custom import kind_of
from pilothouse.workbench.models.expressions import FieldFlag, FieldNumber, FieldText

THREAD = tuple(slug for slug, relation in RELATIONS.items() if relation.thread)
# Days after which each of these counts as old. A competitor's price page changes within half a year, a metric that is
# read monthly has a reading in 35 days, and a customer whom nobody spoke with for a quarter has gone silent.
WAITING, STUCK, IDEA_RESTS, OUT_OF_DATE, UNREAD, SILENT, LEARNED = 14, 14, 90, 180, 35, 90, 21
SETTLED, SOON, GROUNDED_IN = 30, 30, 5


@dataclass(frozen=True)
class Look:
    """Who looks at which product, and when."""

    actor: Actor
    product: Product

    @cached_property
    def today(self) -> Any:
        return timezone.localdate()

    def states(self, kind: str, *categories: str) -> Q:
        return Q(state__in=[s.slug for s in kind_of(self.product, kind).states if s.category in categories])

    def moment(self, days: int) -> datetime:
        """So many days ago."""
        return timezone.now() - timedelta(days=days)

    def day(self, days: int) -> str:
        """So many days from now, as dates are kept in fields."""
        return (self.today + timedelta(days=days)).isoformat()

    def source(self, *relations: str, kind: str = "") -> Linked:
        """Something leads to the row that this person may see."""
        return Linked("source", relations, self.actor, kind)

    def sources(self, *relations: str) -> LinkCount:
        return LinkCount("source", relations, self.actor)

    def target(self, *relations: str) -> Linked:
        """Something follows from the row."""
        return Linked("target", relations, self.actor)


def empty(slug: str) -> Q:
    return Q(IsNull(FieldText(slug), True)) | Q(Exact(FieldText(slug), ""))


def chosen(slug: str, value: str) -> Q:
    return Q(Exact(FieldText(slug), value))


def earlier(slug: str, day: str) -> Q:
    return ~empty(slug) & Q(LessThan(FieldText(slug), day))


def within(slug: str, first: str, last: str) -> Q:
    return Q(GreaterThanOrEqual(FieldText(slug), first)) & Q(LessThanOrEqual(FieldText(slug), last))


def none(rows: Any) -> Q:
    return ~Q(rows if isinstance(rows, Linked) else Exists(rows))


def readings(**more: Any) -> Any:
    return Reading.objects.filter(metric=OuterRef("pk"), removed_at=None, **more)


def predictions(**more: Any) -> Any:
    return Prediction.objects.filter(release=OuterRef("pk"), removed_at=None, **more)


def said_again() -> Any:
    """The same from somebody else: what was merged into feedback that the row rests on by a quote."""
    merged = "source__links_in__source__links_in"
    return Link.objects.filter(
        target=OuterRef("pk"), source__links_in__relation="quoted_as",
        **{f"{merged}__relation": "duplicates", f"{merged}__source__trashed_at": None},
    )  # fmt: skip


def spoken_with(look: Look) -> Any:
    """People of a customer with whom somebody spoke lately."""
    lately = Item.objects.filter(pk=OuterRef("source"), kind="contact", trashed_at=None).filter(
        GreaterThanOrEqual(FieldText("last_touch_on"), look.day(-SILENT)), product__in=look.actor.product_ids
    )
    return Link.objects.filter(target=OuterRef("pk"), relation="works_at").filter(Exists(lately))


def serving() -> Q:
    """Customers that use the product now."""
    return chosen("stage", "customer") | chosen("stage", "trial")


Check = Callable[[Look], Q]
CHECKS: dict[str, dict[str, Check]] = {
    "feedback": {
        "unread": lambda look: look.states("feedback", "new") & Q(created_at__lt=look.moment(WAITING)),
        "unquoted": lambda look: ~look.states("feedback", "dropped") & none(look.target("quoted_as")),
        "no_segment": lambda look: ~look.states("feedback", "dropped") & empty("segment"),
    },
    "quote": {
        "unused": lambda look: look.states("quote", "new") & none(look.target(*THREAD)),
    },
    "insight": {
        "ungrounded": lambda look: ~look.states("insight", "dropped") & none(look.source(*THREAD)),
        "one_source": lambda look: (
            ~look.states("insight", "dropped") & Q(Exact(look.sources(*THREAD), 1)) & none(said_again())
        ),
        "orphan": lambda look: look.states("insight", "new", "active", "done") & none(look.target(*THREAD)),
    },
    "need": {
        "unfounded": lambda look: look.states("need", "new", "active") & none(look.source(*THREAD)),
        "contradicted": lambda look: (
            look.states("need", "new", "active") & Q(look.source("contradicts"))
        ),
        "unanswered": lambda look: look.states("need", "active") & none(look.target(*THREAD)),
        "unanswered_yet": lambda look: ~look.states("need", "dropped") & none(look.target(*THREAD)),
    },
    "requirement": {
        "unfounded": lambda look: look.states("requirement", "active") & none(look.source(*THREAD)),
        "no_acceptance": lambda look: look.states("requirement", "active") & empty("acceptance"),
        "unscored": lambda look: look.states("requirement", "new", "active") & Q(score=None),
        "no_effort": lambda look: (
            look.states("requirement", "active")
            & Q(IsNull(FieldNumber("effort"), True))
            & none(Estimate.objects.filter(item=OuterRef("pk")))
        ),
        "questionable": lambda look: chosen("kano", "Q"),
        "asked_kano": lambda look: ~empty("kano"),
        "resting": lambda look: look.states("requirement", "new") & Q(updated_at__lt=look.moment(IDEA_RESTS)),
    },
    "release": {
        "unpredicted": lambda look: look.states("release", "active") & none(predictions()),
        "unjudged": lambda look: (
            look.states("release", "active")
            & ~empty("released_on")
            & (
                Q(Exists(predictions(review_on__lte=look.today)))
                | (none(predictions()) & earlier("released_on", look.day(-SETTLED)))
            )
        ),
        "gates_open": lambda look: (
            look.states("release", "active")
            & ~empty("released_on")
            & Q(Exists(Gate.objects.filter(release=OuterRef("pk"), done_at=None)))
        ),
        "ungated": lambda look: (
            look.states("release", "new", "active")
            & empty("released_on")
            & Q(due_on__lte=look.today + timedelta(days=SOON))
            & none(Gate.objects.filter(release=OuterRef("pk")))
        ),
        "untold": lambda look: (
            ~empty("released_on")
            & within("released_on", look.day(-90), look.day(0))
            & Q(look.source("planned_in"))
            & none(Told.objects.filter(release=OuterRef("pk")))
        ),
        "just_closed": lambda look: look.states("release", "done") & Q(closed_at__gte=look.moment(60)),
        "out": lambda look: ~empty("released_on"),
    },
    "task": {
        "unowned": lambda look: look.states("task", "active") & Q(owner=None),
        "stuck": lambda look: look.states("task", "active") & Q(updated_at__lt=look.moment(STUCK)),
        "overdue": lambda look: Q(closed_at=None, due_on__lt=look.today),
        "open": lambda look: look.states("task", "new", "active"),
        "bug": lambda look: look.states("task", "new", "active") & chosen("type", "bug"),
    },
    "metric": {
        "unread": lambda look: look.states("metric", "new", "active") & none(readings()),
        "stale": lambda look: (
            look.states("metric", "active")
            & Q(Exists(readings()))
            & none(readings(on__gte=look.today - timedelta(days=UNREAD)))
        ),
        "no_target": lambda look: look.states("metric", "new", "active") & (empty("baseline") | empty("target")),
        "bare": lambda look: (
            look.states("metric", "new", "active")
            & Q(Exists(readings()))
            & none(readings(n__isnull=False))
            & none(readings(low__isnull=False))
        ),
    },
    "decision": {
        "review_due": lambda look: (
            look.states("decision", "active")
            & ~empty("review_on")
            & Q(LessThanOrEqual(FieldText("review_on"), look.day(0)))
        ),
        "unpredicted": lambda look: look.states("decision", "active") & (empty("prediction") | empty("probability")),
        "one_way_bare": lambda look: (
            look.states("decision", "new", "active")
            & chosen("door", "one_way")
            & (empty("change_my_mind") | (empty("evidence_then") & none(look.source(*THREAD))))
        ),
        "no_dissent": lambda look: look.states("decision", "active", "done") & empty("dissent"),
        "waiting": lambda look: look.states("decision", "new") & Q(created_at__lt=look.moment(WAITING)),
        "no_lesson": lambda look: look.states("decision", "done") & empty("lesson"),
        "case_untold": lambda look: (
            look.states("decision", "done")
            & chosen("verdict", "moved")
            & (empty("outcome") | empty("lesson") | empty("quality"))
        ),
        "taken": lambda look: look.states("decision", "active", "done"),
    },
    "persona": {
        "assumed": lambda look: (
            ~look.states("persona", "dropped")
            & (Q(IsNull(FieldNumber("sample"), True)) | Q(LessThan(FieldNumber("sample"), GROUNDED_IN)))
        ),
    },
    "competitor": {
        "undated": lambda look: (
            ~look.states("competitor", "dropped")
            & (empty("checked_on") | earlier("checked_on", look.day(-OUT_OF_DATE)))
        ),
        "unsourced": lambda look: ~look.states("competitor", "dropped") & empty("source_url"),
    },
    "customer": {
        "serving": lambda look: ~look.states("customer", "dropped") & serving(),
        "silent": lambda look: ~look.states("customer", "dropped") & serving() & none(spoken_with(look)),
        "renewing": lambda look: (
            ~look.states("customer", "dropped") & within("renewal_on", look.day(0), look.day(60)) & Q(owner=None)
        ),
        "no_segment": lambda look: ~look.states("customer", "dropped") & empty("segment"),
        "no_revenue": lambda look: (
            ~look.states("customer", "dropped") & serving() & Q(IsNull(FieldNumber("revenue"), True))
        ),
    },
    "contact": {
        "no_consent": lambda look: (
            look.states("contact", "new", "active")
            & (Q(IsNull(FieldFlag("consent"), True)) | ~Q(Exact(FieldFlag("consent"), "true")))
        ),
    },
    "reading": {
        "unapplied": lambda look: (
            Q(state="finished") & earlier("finished_on", look.day(-LEARNED)) & none(look.target(*THREAD))
        ),
        "lately": lambda look: ~empty("finished_on") & Q(GreaterThanOrEqual(FieldText("finished_on"), look.day(-180))),
    },
}  # fmt: skip
