"""When each open requirement is done, one after another: as ranges from the team's own weeks."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from pilothouse.jinja import day
from pilothouse.people.access import Actor
from pilothouse.people.models import Product
from pilothouse.planning.forecast.history import FEWEST, LEVELS, history, monday_of
from pilothouse.workbench.custom import kind_of
from pilothouse.workbench.models import Item, Link

KIND, AT_RELEASE = "requirement", "planned_in"
MOST = 500
HORIZON = 156  # weeks


@dataclass(frozen=True)
class Range:
    """The days by which it is done with 50, 80 and 95 %; None where that is more than three years away."""

    half: date | None
    likely: date | None
    sure: date | None

    @property
    def known(self) -> bool:
        return self.half is not None

    @property
    def text(self) -> str:
        figures = {"by50": told(self.half), "by80": told(self.likely), "by95": told(self.sure)}
        return _("done by %(by50)s with 50 %%, by %(by80)s with 80 %%, by %(by95)s with 95 %%") % figures


@dataclass(frozen=True)
class Foretold:
    """By the keys of requirements and of releases; empty where there are too few weeks to go by."""

    items: dict[int, Range] = field(default_factory=dict)
    releases: dict[int, Range] = field(default_factory=dict)


def told(when: date | None) -> str:
    return day(when) if when else _("over three years from now")


def foretell(actor: Actor, product: Product) -> Foretold:
    """In three queries: the weeks, what is open in releases, what is open besides."""
    from pilothouse.methods import forecast_mc

    past = history(actor, product, KIND)
    if len(past.counts) < FEWEST or not past.total:
        return Foretold()
    order = in_order(actor, product)
    if not order:
        return Foretold()
    weeks = forecast_mc.ladder(list(past.counts), len(order), levels=LEVELS, horizon=HORIZON, trials=2_000, seed=1)
    start = monday_of(timezone.localdate())
    ranges = [Range(*(ends(start, weeks[level][place]) for level in LEVELS)) for place in range(len(order))]
    found = {item: ranges[place] for place, (item, _release) in enumerate(order)}
    # Later places overwrite earlier ones: a release is done with its last item.
    releases = {release: ranges[place] for place, (_item, release) in enumerate(order) if release}
    return Foretold(found, releases)


def ends(start: date, week: int | None) -> date | None:
    return None if week is None else start + timedelta(days=7 * week - 1)


def in_order(actor: Actor, product: Product) -> list[tuple[int, int | None]]:
    """(item, its release): the releases by when they are due, then what is in none; each by rank."""
    closed = kind_of(product, KIND).closed_states()
    rows = Item.objects.live().visible_to(actor).filter(product=product, kind=KIND).exclude(state__in=closed)
    planned = Link.objects.filter(
        relation=AT_RELEASE, source__in=rows, target__trashed_at=None, target__closed_at=None,
        target__product=product,
    )  # fmt: skip
    by = planned.order_by(F("target__due_on").asc(nulls_last=True), "target_id", "source__rank")
    first: dict[int, int | None] = {}
    for item, release in by.values_list("source_id", "target_id")[:MOST]:
        first.setdefault(item, release)
    for item in rows.order_by("rank", "pk").values_list("pk", flat=True)[:MOST]:
        first.setdefault(item, None)
    return list(first.items())[:MOST]
