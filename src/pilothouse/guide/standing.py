"""What a product has, counted once for all chapters: kinds and states in one query, all else in one more.

Nothing here is ticked by hand: a number changes when an item, an answer, a score or a reading does. What needs a look
at each row is counted up to `MOST`, so that a product of a hundred thousand items answers as fast as a small one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.lookups import Exact, GreaterThanOrEqual, IsNull

from pilothouse.kinds import RELATIONS
from pilothouse.outcomes.models import Prediction, Reading
from pilothouse.people.models import Product
from pilothouse.planning.models import DayOff, Entry, Estimate, Gate, Plan, Scorecard, Share, Told, Worker
from pilothouse.steps.checks import Look
from pilothouse.steps.facts import Facts
from pilothouse.surveys.models import Response, Survey
from pilothouse.workbench.models import Comment, Item
from pilothouse.workbench.models.expressions import FieldFilled, FieldFlag, FieldNumber, FieldText

THREAD = tuple(slug for slug, relation in RELATIONS.items() if relation.thread)
Rows = QuerySet[Any]
GROUNDED_IN = 5
ANY = ""  # no kind is needed
MOST = 500  # of a fact; beyond, "more than" is all that is said, and a fifth of it is enough for any chapter


@dataclass(frozen=True)
class Standing:
    """`kinds` counts the live items by kind and state, `canvases` by layout, `ways` scorecards by way, `facts` the
    rows of FACTS. Empty without a product."""

    kinds: Mapping[tuple[str, str], int] = field(default_factory=dict)
    canvases: Mapping[str, int] = field(default_factory=dict)
    ways: Mapping[str, int] = field(default_factory=dict)
    facts: Mapping[str, int] = field(default_factory=dict)

    def of(self, kind: str, *states: str) -> int:
        return sum(n for (slug, state), n in self.kinds.items() if slug == kind and (not states or state in states))

    def on(self, *layouts: str) -> int:
        return sum(self.canvases.get(layout, 0) for layout in layouts)


def standing_of(look: Facts | None, facts: Iterable[str] | None = None) -> Standing:
    """All of it, or of the facts only those that are named. Kinds and states are counted once for steps and guide."""
    if look is None:
        return Standing()
    product, counts = look.look.product, look.counts
    canvases = Item.objects.filter(product=product, trashed_at=None, kind="canvas")
    cards = Scorecard.objects.filter(item__product=product, item__trashed_at=None, item__kind="scorecard")
    asked = [name for name in (FACTS if facts is None else facts) if FACTS[name].kind in (ANY, *counts)]
    return Standing(
        kinds={(kind, state): n for kind, states in counts.items() for state, n in states.items()},
        canvases=by(canvases.annotate(layout=FieldText("layout")), "layout"),
        ways=by(cards, "way"),
        facts=counted(look.look, asked),
    )


def by(rows: Rows, name: str) -> dict[str, int]:
    return dict(rows.order_by().values_list(name).annotate(n=Count("pk")))


class Number(Subquery):
    """How many rows there are, up to one more than `MOST`."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()

    def __init__(self, rows: Rows) -> None:
        super().__init__(rows.order_by().values("pk")[: MOST + 1])


def counted(look: Look, facts: list[str]) -> dict[str, int]:
    """Every fact as one column of a single row."""
    if not facts:
        return {}
    columns = {f"n_{name}": Number(FACTS[name].rows(look)) for name in facts}
    row = Product.objects.filter(pk=look.product.pk).annotate(**columns).values(*columns).get()
    return {name: row[f"n_{name}"] for name in facts}


@dataclass(frozen=True)
class Fact:
    """What is counted: rows of a kind, or rows that hang below items of a kind. Without such items nothing is asked."""

    kind: str
    rows: Callable[[Look], Rows]


def items(kind: str, *having: Any) -> Fact:
    return Fact(kind, lambda look: Item.objects.filter(*having, product=look.product, kind=kind, trashed_at=None))


def grounded(kind: str, *relations: str, by: str = "") -> Fact:
    """Items to which something leads, of the kind `by` where it is named."""
    return Fact(kind, lambda look: items(kind, look.source(*relations, kind=by)).rows(look))


def below(model: Any, kind: str, path: str, *having: Any, **more: Any) -> Fact:
    """Rows that hang below an item, at `path`. The item is looked up from the row: joined, SQLite would walk all items
    of the product, and few of them have such rows."""

    def rows(look: Look) -> Rows:
        there = Item.objects.filter(pk=OuterRef(path), product=look.product, trashed_at=None)
        return model.objects.filter(Exists(there), *having, **more)

    return Fact(kind, rows)


def unveiled(fact: Fact) -> Fact:
    """Without what somebody else writes for themselves just now."""
    return Fact(fact.kind, lambda look: fact.rows(look).unveiled(look.actor))  # type: ignore[attr-defined]


def numbered(slug: str) -> Q:
    return Q(IsNull(FieldNumber(slug), False))


FACTS: dict[str, Fact] = {
    "insights_grounded": grounded("insight", *THREAD),
    "needs_grounded": grounded("need", *THREAD),
    "requirements_grounded": grounded("requirement", "addressed_by", by="need"),
    "requirements_scored": items("requirement", Q(score__isnull=False)),
    "requirements_sized": items(
        "requirement", numbered("effort") | Q(Exists(Estimate.objects.filter(item=OuterRef("pk"))))
    ),
    "requirements_accepted": items("requirement", FieldFilled("acceptance")),
    "personas_grounded": items("persona", GreaterThanOrEqual(FieldNumber("sample"), GROUNDED_IN)),
    "competitors_dated": items("competitor", FieldFilled("checked_on")),
    "tasks_owned": items("task", Q(owner__isnull=False)),
    "decisions_predicted": items("decision", FieldFilled("prediction"), numbered("probability")),
    "decisions_disputed": items("decision", FieldFilled("dissent")),
    "decisions_learned": items("decision", FieldFilled("lesson")),
    "customers_worth": items("customer", numbered("revenue")),
    "contacts_agreed": items("contact", Exact(FieldFlag("consent"), "true")),
    "metrics_read": items("metric", Exists(Reading.objects.filter(metric=OuterRef("pk"), removed_at=None))),
    "metrics_aimed": items("metric", FieldFilled("baseline"), FieldFilled("target")),
    "notes_cited": unveiled(grounded("note", "supports")),
    "readings_applied": Fact("reading", lambda look: items("reading", look.target(*THREAD)).rows(look)),
    "readings": below(Reading, "metric", "metric", removed_at=None),
    "readings_bounded": below(Reading, "metric", "metric", Q(n__isnull=False) | Q(low__isnull=False), removed_at=None),
    "predictions": below(Prediction, "release", "release", removed_at=None),
    "answers": below(Response, "survey", "survey__item", status=Response.COMPLETE, excluded=False),
    "surveys_bilingual": below(Survey, "survey", "item", draft__languages__1__isnull=False),
    "scorecards_filled": below(Scorecard, "scorecard", "item", Exists(Entry.objects.filter(scorecard=OuterRef("pk")))),
    "scorecards_adopted": below(Scorecard, "scorecard", "item", adopted_at__isnull=False),
    "plans_solved": below(Plan, "plan", "item", solved_at__isnull=False),
    "plans_committed": below(Plan, "plan", "item", committed_at__isnull=False),
    "gates": below(Gate, "release", "release"),
    "gates_passed": below(Gate, "release", "release", done_at__isnull=False),
    "told": below(Told, "release", "release"),
    "comments": unveiled(below(Comment, ANY, "item", removed_at=None)),
    "shares": Fact(ANY, lambda look: Share.objects.filter(product=look.product, revoked_at=None)),
    "workers": Fact(ANY, lambda look: Worker.objects.filter(skill__product=look.product)),
    "days_off": Fact(ANY, lambda look: DayOff.objects.filter(product=look.product)),
}
