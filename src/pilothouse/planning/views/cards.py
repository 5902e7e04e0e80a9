"""Making a scorecard, its criteria and their weights, who scores, and what becomes of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST
from pydantic import ValidationError

from pilothouse.kinds import KINDS
from pilothouse.methods import REGISTRY
from pilothouse.people.access import Actor
from pilothouse.people.models import Product
from pilothouse.people.once import once
from pilothouse.planning.models import Scorecard
from pilothouse.planning.scorecards import actions, deciding
from pilothouse.planning.scorecards.criteria import Criterion, slug_for
from pilothouse.planning.scorecards.formula import FormulaError
from pilothouse.planning.scorecards.ways import WAYS, Way
from pilothouse.planning.showing import SCORED
from pilothouse.planning.views.sheets import card_of, fraction, open_items, shown
from pilothouse.workbench.models import Item
from pilothouse.workbench.pages import go, page, product_of, show
from pilothouse.workbench.team import colleague, who_sees
from pilothouse.workbench.views.common import Errors, Ref, chosen, undo_url
from pilothouse.workbench.writing.cleaning import Invalid


@require_http_methods(["GET", "POST"])
@page
@once
def new(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """Choose a way to score, what is scored, and with whom. `?items=12,14` brings the items along."""
    product = product_of(request, actor, key, "write")
    given = request.POST
    if "way" not in given:
        numbers = [str(item.number) for item in chosen(actor, product, given.getlist("ids"))] if "ids" in given else []
        return form(request, actor, product, {}, ",".join(numbers) or request.GET.get("items", ""))
    try:
        card = made(actor, product, given)
    except Invalid as invalid:
        return form(request, actor, product, invalid.errors, given.get("items", ""))
    return go(request, card.url, _("%(ref)s added") % {"ref": card.item.ref})


def made(actor: Actor, product: Product, given: QueryDict) -> Scorecard:
    way, chosen_items = given.get("way", ""), named(actor, product, given.get("items", ""))
    people = [colleague(actor, product, pk) for pk in given.getlist("people")]
    title = given.get("title", "").strip() or title_for(WAYS.get(way))
    if way == "decision":
        names = deciding.named_lines(given.get("lines", ""), WAYS[way].most, least=2)
        return deciding.make_decision(actor, product, title, names, blind="blind" in given, people=people)
    if way == "features":
        names = deciding.named_lines(given.get("lines", ""), WAYS[way].most_criteria, least=1)
        rivals = chosen_items or list(open_items(actor, product, deciding.COMPETITOR)[: WAYS[way].most - 1])
        return deciding.compare_features(actor, product, title, names, rivals)
    items = chosen_items or list(open_items(actor, product, known_kind(given.get("kind", "requirement"))))
    return actions.create_card(actor, product, way, {"title": title}, items, blind="blind" in given, people=people)


def form(request: HttpRequest, actor: Actor, product: Product, errors: dict[str, str], items: str = "") -> HttpResponse:
    language = actor.user.language
    context = {
        "product": product, "errors": Errors(errors), "typed": request.POST, "items": items,
        "ways": [{"way": way, "asks": asks(way, language)} for way in WAYS.values()],
        "chosen": request.POST.get("way") or request.GET.get("way") or "rice",
        "kinds": [(slug, KINDS[slug].plural) for slug in SCORED],
        "people": [person for person in who_sees(product) if person.pk != actor.user.pk],
    }  # fmt: skip
    return show(request, "planning/new_card.html", context, status=422 if errors else 200)


def asks(way: Way, language: str) -> str:
    return way.question or REGISTRY[way.method].asks(language)


def title_for(way: Way | None) -> str:
    if way and not way.sorts:
        return str(way.name)
    return _("Order by %(way)s") % {"way": way.name if way else ""}


def known_kind(slug: str) -> str:
    if slug not in SCORED:
        raise Invalid({"kind": _("Choose what is to be scored.")})
    return slug


def named(actor: Actor, product: Product, text: str) -> list[Item]:
    """The items of "12,14"; numbers that are not there are left out, as a list may have changed since."""
    parts = [part.strip() for part in text.split(",")[: actions.MOST_ROWS]]
    numbers = [int(part) for part in parts if part.isdecimal() and len(part) < 10]
    rows = Item.objects.live().visible_to(actor).filter(product=product, number__in=numbers)
    return list(rows.order_by("number")) if numbers else []


@require_POST
@page
def pairs(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    """Judgements of criteria in pairs: `pair-<first>-<second>` = 1/9 … 9."""
    card = card_of(request, actor, ref, "write")
    try:
        for name, raw in request.POST.items():
            if name.startswith("pair:") and raw:
                _pair, first, second = name.split(":")[:3]
                actions.judge(actor, card, first, second, fraction(str(raw)))
    except (Invalid, ValueError, ZeroDivisionError) as error:
        errors = error.errors if isinstance(error, Invalid) else {"times": _("Choose one of the steps.")}
        return shown(request, actor, card, errors)
    return go(request, f"{card.url}#weights", _("Weights computed"))


@require_POST
@page
def criteria(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    """The criteria as their form sends them: one of each list a row; rows without a name are gone."""
    card = card_of(request, actor, ref, "write")
    try:
        actions.set_criteria(actor, card, criteria_in(card, request.POST), {"formula": request.POST.get("formula", "")})
    except Invalid as invalid:
        return shown(request, actor, card, invalid.errors)
    except FormulaError as error:
        return shown(request, actor, card, {"formula": str(error)})
    return go(request, card.url, _("Criteria saved"))


def criteria_in(card: Scorecard, given: Any) -> list[Criterion]:
    found: list[Criterion] = []
    columns = ("slug", "name", "weight", "minimum", "maximum", "less", "unit", "guidance")
    for row in zip(*(given.getlist(column) for column in columns), strict=False):
        values = dict(zip(columns, (part.strip() for part in row), strict=True))
        if not values["name"]:
            continue
        if card.way == "features" and values["maximum"]:
            values["minimum"] = "0"
        values["slug"] = values["slug"] or slug_for(values["name"], [one.slug for one in found])
        found.append(criterion_of(values))
    if len(found) > (most := card.declared.most_criteria):
        raise Invalid({"criteria": _("A scorecard has at most %(most)s criteria.") % {"most": most}})
    if len({one.slug for one in found}) < len(found):
        raise Invalid({"criteria": _("Two criteria have the same name.")})
    return found


def criterion_of(values: dict[str, str]) -> Criterion:
    try:
        numbers = {name: float(values[name]) if values[name] else None for name in ("minimum", "maximum")}
        return Criterion(
            slug=values["slug"], name=values["name"], weight=float(values["weight"] or 1), less=values["less"] == "1",
            unit=values["unit"], guidance=values["guidance"], **numbers,
        )  # fmt: skip
    except (ValueError, ValidationError):
        message = _("“%(name)s” needs a weight of 0 or more and a scale that ends above its beginning.")
        raise Invalid({"criteria": message % {"name": values["name"][:60]}}) from None


@require_POST
@page
def people(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    card = card_of(request, actor, ref, "write")
    asked = [colleague(actor, card.item.product, pk) for pk in request.POST.getlist("people")]
    actions.invite(actor, card, asked)
    text = ngettext("%(n)s person asked to score", "%(n)s people asked to score", len(asked)) % {"n": len(asked)}
    return go(request, card.url, text)


@require_POST
@page
def finish(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    card = card_of(request, actor, ref, "write")
    all_done = actions.finish(actor, card)
    return go(request, card.url, _("Everybody is done: here is what all said") if all_done else _("You are done"))


@require_POST
@page
def reveal(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    card = card_of(request, actor, ref, "write")
    try:
        actions.reveal(actor, card)
    except Invalid as invalid:
        return shown(request, actor, card, invalid.errors)
    return go(request, card.url, _("Everybody's numbers are shown"))


@require_POST
@page
def adoption(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    card = card_of(request, actor, ref, "write")
    try:
        events = actions.adopt(actor, card)
    except Invalid as invalid:
        return shown(request, actor, card, invalid.errors)
    count = events[-1].changes["items"]
    text = ngettext("%(n)s item is sorted by this now", "%(n)s items are sorted by this now", count)
    return go(request, card.url, text % {"n": count}, undo=undo_url(actor, events[-1].batch))
