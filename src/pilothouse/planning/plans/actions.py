"""The verbs of plans: make, decide beforehand, estimate, solve, try out, commit."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pilothouse.kinds import FieldError
from pilothouse.kinds.declare import Field
from pilothouse.people.access import Actor
from pilothouse.people.models import Product
from pilothouse.planning.models import Capacity, Estimate, Plan, PlanChoice, Scorecard, Skill
from pilothouse.planning.plans.problem import KIND as PLANNED_KIND
from pilothouse.planning.plans.problem import gather
from pilothouse.planning.plans.solving import solve
from pilothouse.planning.plans.working import begin, under_way
from pilothouse.planning.words import named
from pilothouse.workbench.models import Event, Item, Job, Link
from pilothouse.workbench.writing import actions
from pilothouse.workbench.writing.changes import event
from pilothouse.workbench.writing.cleaning import Invalid

KIND = "plan"
PLANNED = "planned_in"
MOST_RELEASES = 12
BETWEEN = re.compile(r"(?<=\d)\s*[–/,，-]\s*(?=\d)")
DAYS = Field(slug="days", name="", type="number", minimum=0, maximum=100_000)


def plan_for(item: Item) -> Plan:
    """The item's plan with the item on it; one made by quick add or import plans into the next open releases."""
    plan = Plan.objects.select_related("scorecard__item", "job__workspace").filter(item=item).first()
    if plan is None:
        plan, _new = Plan.objects.get_or_create(item=item, defaults={"releases": next_releases(item.product)})
    plan.item = item
    return plan


def next_releases(product: Product) -> list[int]:
    """The numbers of the releases that a new plan fills: the next three that are not out yet."""
    rows = Item.objects.live().filter(product=product, kind="release", state__in=("planning", "approved"))
    return list(rows.order_by("due_on", "pk").values_list("number", flat=True)[:3])


@transaction.atomic
def create_plan(
    actor: Actor,
    product: Product,
    data: Mapping[str, Any],
    releases: Sequence[Item],
    scorecard: Scorecard | None = None,
) -> Plan:
    check_releases(releases)
    ensure_skill(actor, product)
    item = actions.create(actor, product, KIND, data)
    plan = Plan.objects.create(item=item, releases=[release.number for release in releases], scorecard=scorecard)
    plan.item = item
    return plan


def check_releases(releases: Sequence[Item]) -> None:
    if not 1 <= len(releases) <= MOST_RELEASES:
        raise Invalid({"releases": _("A plan has between 1 and %(most)s releases.") % {"most": MOST_RELEASES}})


def ensure_skill(actor: Actor, product: Product) -> None:
    """A product without any skills begins with one that everybody has."""
    actor.require("write", product)
    if not Skill.objects.filter(product=product).exists():
        Skill.objects.get_or_create(product=product, name=_("Everybody"))


@transaction.atomic
def copy_plan(actor: Actor, plan: Plan, title: str) -> Plan:
    """A what-if: the same releases and choices, to be changed without touching the plan it was made from."""
    made = create_plan(actor, plan.item.product, {"title": title}, releases_in(plan), plan.scorecard)
    Plan.objects.filter(pk=made.pk).update(base=plan, hurry=plan.hurry, result=plan.result, basis=plan.basis)
    PlanChoice.objects.bulk_create(
        [
            PlanChoice(plan=made, item_id=one.item_id, rule=one.rule, release_id=one.release_id)
            for one in plan.choices.all()
        ]
    )
    made.refresh_from_db(fields=["base", "hurry", "result", "basis"])
    return made


def releases_in(plan: Plan) -> list[Item]:
    rows = Item.objects.filter(product=plan.item.product, number__in=plan.releases)
    there = {item.number: item for item in rows}
    return [there[number] for number in plan.releases if number in there]


@transaction.atomic
def set_up(actor: Actor, plan: Plan, releases: Sequence[Item], scorecard: Scorecard | None, hurry: float) -> None:
    """Which releases, by whose scores, and how much sooner is worth."""
    open_plan(actor, plan)
    check_releases(releases)
    if not 0.1 <= hurry <= 1:
        raise Invalid({"hurry": _("Choose between 0.1 and 1.")})
    plan.releases, plan.scorecard, plan.hurry = [release.number for release in releases], scorecard, hurry
    plan.save(update_fields=["releases", "scorecard", "hurry"])


def open_plan(actor: Actor, plan: Plan) -> None:
    actor.require("write", plan.item.product)
    if plan.committed_at:
        raise Invalid({"plan": _("This plan was committed and stays as it is: make a what-if of it.")})


@transaction.atomic
def choose(actor: Actor, plan: Plan, item: Item, rule: str, release: Item | None = None) -> None:
    """Decide about an item before the solver does; an empty rule leaves it free again."""
    open_plan(actor, plan)
    if not rule:
        plan.choices.filter(item=item).delete()
        return
    if rule not in (PlanChoice.MUST, PlanChoice.OUT, PlanChoice.FIXED) or (rule == PlanChoice.FIXED) != bool(release):
        raise Invalid({"rule": _("Choose: must be in, stays out, or one of the releases.")})
    if release and release.number not in plan.releases:
        raise Invalid({"rule": _("This release is not part of the plan.")})
    PlanChoice.objects.update_or_create(plan=plan, item=item, defaults={"rule": rule, "release": release})


def days(raw: Any, name: str = "days") -> float | None:
    try:
        return DAYS.clean(raw)
    except FieldError as error:
        raise Invalid({name: error}) from None


def set_capacity(actor: Actor, release: Item, skill: Skill, raw: Any) -> None:
    """Days typed for a release; empty counts them from the calendar again."""
    actor.require("write", release.product)
    value = days(raw)
    if value is None:
        Capacity.objects.filter(release=release, skill=skill).delete()
    else:
        Capacity.objects.update_or_create(release=release, skill=skill, defaults={"days": value})


def set_estimate(actor: Actor, item: Item, skill: Skill, raw: str) -> None:
    """ "3", or at best, likely and at worst as "2 3 6"; empty takes it back."""
    actor.require("write", item.product)
    parts = BETWEEN.sub(" ", raw).split()
    if not parts:
        Estimate.objects.filter(item=item, skill=skill).delete()
        return
    values = [days(part) or 0.0 for part in parts]
    if len(values) not in (1, 3) or values != sorted(values):
        raise Invalid({"days": _("Give one number of days, or three: at best, likely, at worst.")})
    low, likely, high = values * 3 if len(values) == 1 else values
    Estimate.objects.update_or_create(
        item=item, skill=skill, defaults={"low": low, "likely": likely, "high": high, "by": actor.user}
    )


def add_skill(actor: Actor, product: Product, name: str) -> Skill:
    actor.require("write", product)
    name = named(name, "name", 60, _("A skill has a name of at most 60 characters."))
    return Skill.objects.get_or_create(product=product, name=name)[0]


@transaction.atomic
def start(actor: Actor, plan: Plan) -> Job:
    """Solve the plan in the background. A job that works on it already goes on instead."""
    open_plan(actor, plan)
    title = _("Plan %(ref)s") % {"ref": plan.item.ref}
    return under_way(plan) or begin(actor, plan, solve, title, plan.url)


@transaction.atomic
def commit(actor: Actor, plan: Plan) -> list[Event]:
    """Plan its items into its releases, and keep it as the baseline. Items that it leaves out leave those releases.

    Raises Invalid where it was committed already (by somebody else, a moment ago), or no longer fits what it was made
    from.
    """
    actor.require("write", plan.item.product)
    row = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    row.item = plan.item
    if row.committed_at:
        raise Invalid({"plan": _("Somebody has committed this plan already.")})
    if not row.result:
        raise Invalid({"plan": _("There is no plan yet: let it be made first.")})
    if gather(actor, row).digest() != row.basis:
        raise Invalid({"plan": _("Something has changed since this plan was made: plan again, then commit.")})
    batch = uuid.uuid4()
    wanted = {int(key): release for key, release in row.result["plan"].items()}
    relink(actor, row, wanted, batch)
    row.committed_at, row.committed_by = timezone.now(), actor.user
    row.save(update_fields=["committed_at", "committed_by"])
    made = event(actor, plan.item, "committed", {"items": len(wanted)}, batch)
    made.save()
    if plan.item.state != "committed":
        actions.change(actor, plan.item, {"state": "committed"}, batch=batch)
    return [made]


def relink(actor: Actor, plan: Plan, wanted: Mapping[int, int], batch: uuid.UUID) -> None:
    """`wanted` says by numbers which item goes into which release."""
    product = plan.item.product
    there = Link.objects.filter(relation=PLANNED, target__product=product, target__number__in=plan.releases)
    kept = set()
    for link in there.filter(source__kind=PLANNED_KIND).select_related("source", "target"):
        link.source.product = link.target.product = product
        if wanted.get(link.source.number) == link.target.number:
            kept.add(link.source.number)
        else:
            actions.unlink(actor, link, batch=batch)
    rows = Item.objects.live().filter(product=product, number__in=[*wanted, *plan.releases])
    items = {item.number: item for item in rows}
    for release in plan.releases:
        sources = [items[key] for key, at in wanted.items() if at == release and key not in kept and key in items]
        if sources and release in items:
            actions.link_many(actor, sources, PLANNED, items[release], batch=batch)


def undo_commit(entry: Event) -> bool:
    """The links go back by their own events; the plan is open again."""
    return bool(Plan.objects.filter(item=entry.item).update(committed_at=None, committed_by=None))
