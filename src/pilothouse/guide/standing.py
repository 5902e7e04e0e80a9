"""What a product has, counted once for all chapters: kinds and states in one query, all else in one more.

Nothing here is ticked by hand: a number changes when an item, an answer, a score or a reading does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact, GreaterThanOrEqual, IsNull

from pilothouse.kinds import RELATIONS
from pilothouse.outcomes.models import Prediction, Reading
from pilothouse.people.models import Product
from pilothouse.planning.models import DayOff, Entry, Estimate, Gate, Plan, Scorecard, Share, Told, Worker
from pilothouse.surveys.models import Response, Survey
from pilothouse.workbench.expressions import FieldFlag, FieldNumber, FieldText
from pilothouse.workbench.models import Comment, Item, Link

THREAD = tuple(slug for slug, relation in RELATIONS.items() if relation.thread)
Rows = QuerySet[Any]
GROUNDED_IN = 5


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


def standing_of(product: Product | None, facts: Iterable[str] | None = None) -> Standing:
    """All of it, or of the facts only those that are named."""
    if product is None:
        return Standing()
    items = Item.objects.filter(product=product, trashed_at=None)
    kinds = items.order_by().values_list("kind", "state").annotate(n=Count("pk"))
    canvases = items.filter(kind="canvas").annotate(layout=FieldText("layout")).order_by()
    cards = Scorecard.objects.filter(item__product=product, item__trashed_at=None)
    return Standing(
        kinds={(kind, state): n for kind, state, n in kinds},
        canvases=dict(canvases.values_list("layout").annotate(n=Count("pk"))),
        ways=dict(cards.order_by().values_list("way").annotate(n=Count("pk"))),
        facts=counted(product, list(FACTS if facts is None else facts)),
    )


def counted(product: Product, facts: list[str]) -> dict[str, int]:
    """Every fact as one column of a single row."""
    if not facts:
        return {}
    columns = {f"n_{name}": number_of(FACTS[name](product)) for name in facts}
    row = Product.objects.filter(pk=product.pk).annotate(**columns).values(*columns).get()
    return {name: row[f"n_{name}"] for name in facts}


def number_of(rows: Rows) -> Coalesce:
    whole = rows.order_by().annotate(all=Value(1)).values("all").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(whole, output_field=IntegerField()), 0)


def items(product: Product, kind: str) -> Rows:
    return Item.objects.filter(product=product, kind=kind, trashed_at=None)


def below(model: Any, product: Product, path: str, **more: Any) -> Rows:
    """Rows that hang below an item of the product, at `path`."""
    return model.objects.filter(**{f"{path}__product": product, f"{path}__trashed_at": None}, **more)


def into(*relations: str, **more: Any) -> Exists:
    return Exists(Link.objects.filter(target=OuterRef("pk"), relation__in=relations, source__trashed_at=None, **more))


def filled(slug: str) -> Q:
    return Q(IsNull(FieldText(slug), False)) & ~Q(Exact(FieldText(slug), ""))


def numbered(slug: str) -> Q:
    return Q(IsNull(FieldNumber(slug), False))


FACTS: dict[str, Callable[[Product], Rows]] = {
    "insights_grounded": lambda p: items(p, "insight").filter(into(*THREAD)),
    "needs_grounded": lambda p: items(p, "need").filter(into(*THREAD)),
    "requirements_grounded": lambda p: items(p, "requirement").filter(into("addressed_by", source__kind="need")),
    "requirements_scored": lambda p: items(p, "requirement").filter(score__isnull=False),
    "requirements_sized": lambda p: items(p, "requirement").filter(
        numbered("effort") | Q(Exists(Estimate.objects.filter(item=OuterRef("pk"))))
    ),
    "requirements_accepted": lambda p: items(p, "requirement").filter(filled("acceptance")),
    "personas_grounded": lambda p: items(p, "persona").filter(GreaterThanOrEqual(FieldNumber("sample"), GROUNDED_IN)),
    "competitors_dated": lambda p: items(p, "competitor").filter(filled("checked_on")),
    "tasks_owned": lambda p: items(p, "task").filter(owner__isnull=False),
    "decisions_predicted": lambda p: items(p, "decision").filter(filled("prediction"), numbered("probability")),
    "decisions_disputed": lambda p: items(p, "decision").filter(filled("dissent")),
    "decisions_learned": lambda p: items(p, "decision").filter(filled("lesson")),
    "customers_worth": lambda p: items(p, "customer").filter(numbered("revenue")),
    "contacts_agreed": lambda p: items(p, "contact").filter(Exact(FieldFlag("consent"), "true")),
    "metrics_read": lambda p: items(p, "metric").filter(
        Exists(Reading.objects.filter(metric=OuterRef("pk"), removed_at=None))
    ),
    "metrics_aimed": lambda p: items(p, "metric").filter(filled("baseline"), filled("target")),
    "notes_cited": lambda p: items(p, "note").filter(into("supports")),
    "readings_applied": lambda p: items(p, "reading").filter(
        Exists(Link.objects.filter(source=OuterRef("pk"), relation__in=THREAD, target__trashed_at=None))
    ),
    "readings": lambda p: below(Reading, p, "metric", removed_at=None),
    "readings_bounded": lambda p: below(Reading, p, "metric", removed_at=None).filter(
        Q(n__isnull=False) | Q(low__isnull=False)
    ),
    "predictions": lambda p: below(Prediction, p, "release", removed_at=None),
    "answers": lambda p: below(Response, p, "survey__item", status=Response.COMPLETE, excluded=False),
    "surveys_bilingual": lambda p: below(Survey, p, "item", draft__languages__1__isnull=False),
    "scorecards_filled": lambda p: below(Scorecard, p, "item").filter(
        Exists(Entry.objects.filter(scorecard=OuterRef("pk")))
    ),
    "scorecards_adopted": lambda p: below(Scorecard, p, "item", adopted_at__isnull=False),
    "plans_solved": lambda p: below(Plan, p, "item", solved_at__isnull=False),
    "plans_committed": lambda p: below(Plan, p, "item", committed_at__isnull=False),
    "gates": lambda p: below(Gate, p, "release"),
    "gates_passed": lambda p: below(Gate, p, "release", done_at__isnull=False),
    "told": lambda p: below(Told, p, "release"),
    "comments": lambda p: below(Comment, p, "item", removed_at=None),
    "shares": lambda p: Share.objects.filter(product=p, revoked_at=None),
    "workers": lambda p: Worker.objects.filter(skill__product=p),
    "days_off": lambda p: DayOff.objects.filter(product=p),
}
