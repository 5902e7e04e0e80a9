"""The page of a plan: what goes where, why the rest is out, and the numbers it rests on."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pilothouse.people.access import Actor
from pilothouse.people.models import Product
from pilothouse.people.once import once
from pilothouse.planning.models import Plan, PlanChoice, Scorecard, Skill
from pilothouse.planning.plans import actions
from pilothouse.planning.plans.beside import beside
from pilothouse.planning.plans.capacity import from_today
from pilothouse.planning.plans.drift import drift
from pilothouse.planning.plans.problem import KIND as PLANNED_KIND
from pilothouse.planning.plans.problem import Problem, gather, releases_of
from pilothouse.planning.plans.solving import failure, solve
from pilothouse.planning.plans.telling import certainty, sentence, why_out
from pilothouse.planning.scorecards.ways import SORTING
from pilothouse.planning.views.making import made_by, plan_of, written_by
from pilothouse.workbench.models import Item
from pilothouse.workbench.pages import go, is_fragment, page, product_of, say, show
from pilothouse.workbench.views.common import Errors, Ref
from pilothouse.workbench.views.item import shared
from pilothouse.workbench.writing.cleaning import Invalid

MOST_OFFERED = 50
MOST_SHOWN = 500


@require_http_methods(["GET", "POST"])
@page
@once
def new(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    product = product_of(request, actor, key, "write")
    if request.method == "GET":
        return form(request, actor, product, {})
    try:
        title = request.POST.get("title", "").strip() or _("Next releases")
        chosen = releases_named(actor, product, request.POST.getlist("releases"))
        made = actions.create_plan(actor, product, {"title": title}, chosen, card_named(actor, product, request.POST))
    except Invalid as invalid:
        return form(request, actor, product, invalid.errors)
    return go(request, made.url, _("%(ref)s added") % {"ref": made.item.ref})


def form(request: HttpRequest, actor: Actor, product: Product, errors: dict[str, str]) -> HttpResponse:
    typed = request.POST if errors else request.GET
    context = {"product": product, "errors": Errors(errors), "typed": typed, **offered(actor, product)}
    return show(request, "planning/new_plan.html", context, status=422 if errors else 200)


def offered(actor: Actor, product: Product) -> dict[str, Any]:
    cards = Scorecard.objects.visible_to(actor).filter(item__product=product, item__trashed_at=None, way__in=SORTING)
    return {
        "open_releases": list(open_releases(actor, product)[:MOST_OFFERED]),
        "card_options": [
            ("", _("Those that requirements are sorted by now")),
            *((str(card.item.number), f"{card.item.title} · {card.declared.name}") for card in cards_of(cards)),
        ],
    }


def open_releases(actor: Actor, product: Product) -> Any:
    """Those that can still be filled, the earliest due first: what is out only waits for its verdict."""
    rows = Item.objects.live().visible_to(actor).filter(product=product, kind="release", closed_at=None)
    return rows.exclude(state="released").order_by("due_on", "pk")


def cards_of(rows: Any) -> list[Scorecard]:
    return list(rows.select_related("item").order_by("-pk")[:MOST_OFFERED])


def releases_named(actor: Actor, product: Product, numbers: list[str]) -> list[Item]:
    """Open releases by their numbers, the earliest due first."""
    wanted = [int(text) for text in numbers if text.isdecimal() and len(text) < 10]
    return list(open_releases(actor, product).filter(number__in=wanted))


def card_named(actor: Actor, product: Product, given: Any) -> Scorecard | None:
    text = given.get("scorecard", "")
    if not text:
        return None
    rows = Scorecard.objects.select_related("item")
    return actor.find(rows, item__product=product, item__trashed_at=None, item__number=text)


@require_safe
@page
def plan(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    return shown(request, actor, plan_of(request, actor, ref))


@require_safe
@page
def state(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    """Whether the plan still fits its numbers, after one of them was changed."""
    return show(request, "planning/plan_stale.html", context(actor, plan_of(request, actor, ref)))


def shown(request: HttpRequest, actor: Actor, row: Plan, errors: dict[str, str] | None = None) -> HttpResponse:
    there = {**context(actor, row), "errors": Errors(errors or {})}
    return show(request, "planning/plan.html", there, status=422 if errors else 200)


def context(actor: Actor, row: Plan) -> dict[str, Any]:
    found = gather(actor, row)
    result = row.result
    there = {
        **shared(actor, row.item), **offered(actor, row.item.product), "plan": row, "found": found, "result": result,
        "stale": bool(result) and row.committed_at is None and found.digest() != row.basis,
        "job": row.job if row.job and not row.job.over else None,
        "failed": failure(row, solve),
        "open": row.committed_at is None, "rules": rules(found),
        "from_today": from_today(found.releases),
        "roomless": [one for one in found.releases if not any(room.days for room in found.room[one.pk].values())],
        "rows": [row_of(found, key) for key in list(found.items)[:MOST_SHOWN]],
    }  # fmt: skip
    if result:
        there |= {
            "sentence": sentence(found, result), "sure": certainty(result), "columns": columns(found, result),
            "left_out": left_out(found, result), "drift": drift(actor, row) if row.committed_at else None,
            "beside": beside(found, result, row.base.result) if row.base else None,
        }  # fmt: skip
    there["editable"] = there["writable"] and there["open"]
    return there


def rules(found: Problem) -> list[tuple[str, str]]:
    """What can be decided about an item, as choices of one list."""
    fixed = [
        (f"fixed:{release.number}", _("In %(release)s") % {"release": release.title}) for release in found.releases
    ]
    return [("", _("Let the plan decide")), ("must", _("Must be in")), *fixed, ("out", _("Keep it out"))]


def rule_of(found: Problem, key: int) -> str:
    choice = found.choices.get(key)
    if choice is None:
        return ""
    if choice.rule != PlanChoice.FIXED:
        return choice.rule
    release = found.fixed(choice)
    return f"fixed:{release.number}" if release else ""


def columns(found: Problem, result: dict[str, Any]) -> list[dict[str, Any]]:
    """Each release with how full each skill is and what goes in, the most valuable first."""
    shown = []
    for release in found.releases:
        keys = [int(key) for key, at in result["plan"].items() if at == release.number and int(key) in found.items]
        used = result["used"].get(str(release.number), {})
        shown.append(
            {
                "release": release,
                "room": [(skill, *used.get(skill.name, (0.0, 0.0))) for skill in found.skills],
                "rows": [row_of(found, key) for key in sorted(keys, key=lambda key: -found.values.get(key, 0))],
            }
        )
    return shown


def row_of(found: Problem, key: int) -> dict[str, Any]:
    effort = found.efforts.get(key, {})
    return {
        "item": found.items[key], "value": found.values.get(key), "days": sum(effort.values()), "effort": effort,
        "rule": rule_of(found, key), "shared": key in found.shares,
    }  # fmt: skip


def left_out(found: Problem, result: dict[str, Any]) -> list[dict[str, Any]]:
    keys = [key for key in found.items if str(key) not in result["plan"]]
    keys.sort(key=lambda key: (key in found.aside, -found.values.get(key, 0)))
    return [{**row_of(found, key), "why": why_out(found, key, result)} for key in keys[:MOST_SHOWN]]


@require_POST
@page
def setup(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    row = plan_of(request, actor, ref, "write")
    product = row.item.product
    try:
        chosen = releases_named(actor, product, request.POST.getlist("releases"))
        hurry = actions.days(request.POST.get("hurry", ""), "hurry") or 0.0
        actions.set_up(actor, row, chosen, card_named(actor, product, request.POST), hurry)
    except Invalid as invalid:
        return shown(request, actor, row, invalid.errors)
    return go(request, row.url, _("Saved: plan again to see what it changes"))


def planned(count: int) -> str:
    return ngettext("%(n)s item is planned", "%(n)s items are planned", count) % {"n": count}


solution = made_by(actions.start, shown, attrgetter("url"))
commitment = written_by(actions.commit, shown, attrgetter("url"), planned)


@require_POST
@page
def copy(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    row = plan_of(request, actor, ref, "write")
    title = request.POST.get("title", "").strip() or _("What if: %(title)s") % {"title": row.item.title[:400]}
    try:
        made = actions.copy_plan(actor, row, title)
    except Invalid as invalid:
        return shown(request, actor, row, invalid.errors)
    return go(request, made.url, _("%(ref)s is a copy: change what you like") % {"ref": made.item.ref})


@require_POST
@page
def choice(request: HttpRequest, actor: Actor, ref: Ref, number: int) -> HttpResponse:
    row = plan_of(request, actor, ref, "write")
    item = candidate(actor, row, number)
    rule, _colon, release = request.POST.get("rule", "").partition(":")
    there = {str(one.number): one for one in releases_of(actor, row)}
    try:
        actions.choose(actor, row, item, rule, there.get(release))
    except Invalid as invalid:
        return shown(request, actor, row, invalid.errors)
    if is_fragment(request):
        return HttpResponse(status=204, headers={"HX-Trigger": "choice-made"})
    return go(request, row.url, _("Noted: plan again to see what it changes"))


def candidate(actor: Actor, row: Plan, number: int) -> Item:
    rows = Item.objects.live().filter(product=row.item.product, kind=PLANNED_KIND)
    item = actor.find(rows, "write", number=number)
    item.product = row.item.product
    return item


def skill_of(actor: Actor, row: Plan, pk: int) -> Skill:
    return actor.find(Skill, "write", pk=pk, product=row.item.product)


@require_POST
@page
def capacity(request: HttpRequest, actor: Actor, ref: Ref, number: int, skill: int) -> HttpResponse:
    """Days of a release for a skill, answered by the cell."""
    row = plan_of(request, actor, ref, "write")
    release = next((one for one in releases_of(actor, row) if one.number == number), None)
    if release is None:
        raise Http404
    try:
        actions.set_capacity(actor, release, skill_of(actor, row, skill), request.POST.get("value", ""))
    except Invalid as invalid:
        return say(next(iter(invalid.errors.values())), 422)
    return cell(request, actor, row, {"release": release}, skill, "planning/room_cell.html")


@require_POST
@page
def estimate(request: HttpRequest, actor: Actor, ref: Ref, number: int, skill: int) -> HttpResponse:
    """Days that an item takes of a skill, answered by the cell."""
    row = plan_of(request, actor, ref, "write")
    item = candidate(actor, row, number)
    try:
        actions.set_estimate(actor, item, skill_of(actor, row, skill), request.POST.get("value", ""))
    except Invalid as invalid:
        return say(next(iter(invalid.errors.values())), 422)
    return cell(request, actor, row, {"key": item.number}, skill, "planning/effort_cell.html")


def cell(
    request: HttpRequest, actor: Actor, row: Plan, which: dict[str, Any], skill: int, template: str
) -> HttpResponse:
    there = context(actor, row)
    chosen = next(one for one in there["found"].skills if one.pk == skill)
    return show(request, template, {**there, **which, "skill": chosen})
