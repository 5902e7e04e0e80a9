"""Where planning shows on the workbench's pages: scorecards and plans on their items' pages, verbs in history."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from pilothouse.people import log
from pilothouse.people.access import Actor
from pilothouse.planning.launch import actions as launch
from pilothouse.planning.models import Estimate, Gate, Plan, Scorecard
from pilothouse.planning.plans import actions as plans
from pilothouse.planning.scorecards.actions import KIND, card_for
from pilothouse.planning.scorecards.deciding import DECISION, matrix_of
from pilothouse.planning.scorecards.table import sheet
from pilothouse.planning.scorecards.telling import reading
from pilothouse.planning.scorecards.turning import turning
from pilothouse.workbench.models import Event, Item
from pilothouse.workbench.sections import Offer, add_section, made_at, offer, tool
from pilothouse.workbench.showing import words
from pilothouse.workbench.writing import undo

MOST_CARDS = 5
MOST_PLANS = 20
NOTED = ("door", "prediction", "probability", "review_on", "dissent", "premortem")
SCORED = ("requirement", "need", "feedback", "task", "competitor", "decision")


def register() -> None:
    add_section(KIND, card_section)
    add_section(plans.PLANNED_KIND, standing_section)
    add_section(DECISION, decision_section)
    made_at(KIND, "scorecards/new")
    offer(SCORED, Offer(name=gettext_lazy("Scorecard"), icon="table-properties", path="scorecards/new"))
    add_section(plans.KIND, plan_section)
    add_section(launch.KIND, launch_section)
    made_at(plans.KIND, "plans/new")
    tool("define", Offer(name=gettext_lazy("Roadmap"), icon="chart-gantt", path="roadmap/"))
    tool("deliver", Offer(name=gettext_lazy("Forecast"), icon="calendar-clock", path="forecast"))
    log.SENTENCES.update(
        roadmap_shared=gettext_lazy("opened the roadmap of %(product_name)s by a public link: “%(about)s”"),
        roadmap_unshared=gettext_lazy("withdrew the public link “%(about)s” to the roadmap of %(product_name)s"),
    )
    undo.BY_VERB.update(adopted=lambda entry: True, committed=plans.undo_commit, dated=lambda entry: True)
    words.TOLD.update(
        finished=lambda entry: _("has scored"),
        revealed=lambda entry: _("showed everybody's numbers"),
        reshaped=lambda entry: _("changed the criteria: %(names)s") % {"names": ", ".join(entry.changes["criteria"])},
        adopted=told_adopted,
        committed=told_committed,
        dated=told_dated,
        gated=lambda entry: _("added gates: %(names)s") % {"names": ", ".join(entry.changes["gates"])},
        ungated=lambda entry: _("removed the gate “%(name)s”") % {"name": entry.changes["gate"]},
        passed=lambda entry: _("passed the gate “%(name)s”") % {"name": entry.changes["gate"]},
        reopened=lambda entry: _("opened the gate “%(name)s” again") % {"name": entry.changes["gate"]},
        told=lambda entry: _("told somebody who had asked"),
    )
    words.ICONS.update(
        finished="check",
        revealed="eye",
        reshaped="table-properties",
        adopted="arrow-up-wide-narrow",
        committed="calendar-check",
        dated="calendar-clock",
        gated="list-checks",
        passed="square-check",
        told="mail",
    )


def told_adopted(entry: Event) -> str:
    count = entry.changes["items"]
    return ngettext("made it the order of %(n)s item", "made it the order of %(n)s items", count) % {"n": count}


def told_committed(entry: Event) -> str:
    count = entry.changes["items"]
    return ngettext("committed the plan: %(n)s item", "committed the plan: %(n)s items", count) % {"n": count}


def told_dated(entry: Event) -> str:
    count = entry.changes["items"]
    return ngettext("took over the dates of %(n)s item", "took over the dates of %(n)s items", count) % {"n": count}


def launch_section(actor: Actor, item: Item) -> dict[str, Any]:
    done = list(Gate.objects.filter(release=item).values_list("done_at", flat=True))
    context = {"all": len(done), "open": sum(at is None for at in done), "plan": plan_with(actor, item)}
    return {"template": "planning/launch_section.html", "context": context}


def plan_with(actor: Actor, release: Item) -> Plan | None:
    """The plan that filled a release: the one committed last of those that name it, else the newest."""
    rows = Plan.objects.visible_to(actor).filter(item__product=release.product, item__trashed_at=None)
    newest = rows.select_related("item").order_by(F("committed_at").desc(nulls_last=True), "-pk")[:MOST_PLANS]
    found = next((plan for plan in newest if release.number in plan.releases), None)
    if found:
        found.item.product = release.product
    return found


def standing_section(actor: Actor, item: Item) -> dict[str, Any] | None:
    """Nothing where nobody has put the requirement on a scorecard or estimated it."""
    cards = cards_with(actor, item)
    estimates = list(Estimate.objects.filter(item=item).select_related("skill").order_by("skill_id"))
    if not (cards or estimates):
        return None
    return {"template": "planning/standing_section.html", "context": {"cards": cards, "estimates": estimates}}


def cards_with(actor: Actor, item: Item) -> list[Scorecard]:
    """The newest scorecards that hold an item."""
    rows = Scorecard.objects.visible_to(actor).filter(rows__item=item, item__trashed_at=None)
    cards = list(rows.select_related("item").order_by("-pk")[:MOST_CARDS])
    for card in cards:
        card.item.product = item.product
    return cards


def plan_section(actor: Actor, item: Item) -> dict[str, Any]:
    plan = plans.plan_for(item)
    inside = len(plan.result["plan"]) if plan.result else 0
    return {"template": "planning/plan_section.html", "context": {"plan": plan, "inside": inside}}


def decision_section(actor: Actor, item: Item) -> dict[str, Any]:
    """The options side by side, who leads by how much, what would turn it over, and what is still to be noted."""
    card = matrix_of(actor, item)
    lacks = [item.declared.field_by_slug[name].name for name in NOTED if not item.fields.get(name)]
    context: dict[str, Any] = {"card": card, "lacks": lacks}
    if card:
        found = sheet(actor, card)
        context |= {"sheet": found, "reading": None if card.hidden else reading(found), "turning": turning(found)}
    return {"template": "planning/decision_section.html", "context": context}


def card_section(actor: Actor, item: Item) -> dict[str, Any]:
    card = card_for(item)
    return {"template": "planning/section.html", "context": {"card": card, "count": card.rows.count()}}
