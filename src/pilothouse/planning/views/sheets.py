"""The page of a scorecard: its table, its cells, and what is behind one row."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pilothouse.people.access import Actor
from pilothouse.planning.models import Entry, Scorecard
from pilothouse.planning.scorecards import actions
from pilothouse.planning.scorecards.charting import chart_of
from pilothouse.planning.scorecards.criteria import Choice
from pilothouse.planning.scorecards.features import standings
from pilothouse.planning.scorecards.lanes import lanes, shares
from pilothouse.planning.scorecards.sensitivity import flips
from pilothouse.planning.scorecards.table import Sheet, weights
from pilothouse.planning.scorecards.table import sheet as sheet_of
from pilothouse.planning.scorecards.telling import reading
from pilothouse.planning.scorecards.turning import turning
from pilothouse.planning.showing import SCORED
from pilothouse.workbench.models import Item
from pilothouse.workbench.models.custom import kind_of
from pilothouse.workbench.pages import go, page, say, show
from pilothouse.workbench.team import who_sees
from pilothouse.workbench.views.common import Errors, Ref, item_of, other_of
from pilothouse.workbench.views.item import shared
from pilothouse.workbench.writing.cleaning import Invalid

CELL = ("value", "confidence", "evidence", "note", "source", "seen_on")


def card_of(request: HttpRequest, actor: Actor, ref: Ref, verb: str = "read") -> Scorecard:
    return actions.card_for(item_of(request, actor, ref, verb, kind=actions.KIND))


@require_safe
@page
def sheet(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    return shown(request, actor, card_of(request, actor, ref))


@require_safe
@page
def outcome(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    """What the numbers say now, after a cell was changed."""
    return show(request, "planning/outcome.html", context(actor, card_of(request, actor, ref)))


@require_safe
@page
def seats(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    """How far everybody is. Once all is shown, the page comes anew for who is done; who still types is told."""
    there = context(actor, card_of(request, actor, ref))
    shown_now = not there["card"].hidden
    response = show(request, "planning/seats.html", {**there, "just_shown": shown_now})
    if shown_now and there["mine"] and there["mine"].done_at:
        response.headers["HX-Refresh"] = "true"
    return response


def shown(request: HttpRequest, actor: Actor, card: Scorecard, errors: dict[str, str] | None = None) -> HttpResponse:
    there = {**context(actor, card), "errors": Errors(errors or {})}
    return show(request, "planning/scorecard.html", there, status=422 if errors else 200)


def context(actor: Actor, card: Scorecard) -> dict[str, Any]:
    found = sheet_of(actor, card)
    to_fill, done_by = len(found.items) * len(card.columns), filled(card, found)
    waiting = sum(seat.done_at is None for seat in found.seats)
    return {
        **shared(actor, card.item), "card": card, "sheet": found, "columns": card.columns,
        "reading": apart(done_by.get(actor.user.pk, 0), to_fill) if card.hidden else reading(found),
        "chart": None if card.hidden else chart_of(found), "done_by": done_by, "waiting": waiting,
        "may_reveal": card.hidden and (card.item.created_by_id == actor.user.pk or actor.may("administer")),
        "kept": any(cell.kept for row in found.cells.values() for cell in row.values()),
        "mine": next((seat for seat in found.seats if seat.person_id == actor.user.pk), None),
        "to_fill": to_fill, "options": options(card),
        "weights": weights(card, found.options["pairs"]) if card.way == "ahp" else None,
        "pairs": pair_rows(actor, found) if card.way == "ahp" else (), "steps": steps(),
        **special(card, found),
        "team": [one for one in who_sees(card.item.product) if one.pk not in {seat.person_id for seat in found.seats}],
    }  # fmt: skip


def special(card: Scorecard, found: Sheet) -> dict[str, Any]:
    """What only one way to score has."""
    is_lanes = card.way == "moscow"
    return {
        "decision": card.item.parent if card.way == "decision" else None,
        "turning": [] if card.hidden else turning(found),
        "lanes": lanes(found) if is_lanes else (), "shares": shares(found) if is_lanes and not card.hidden else (),
        "standings": standings(found) if card.way == "features" else (),
    }  # fmt: skip


def filled(card: Scorecard, found: Sheet) -> dict[int, int]:
    """How many cells each person has scored: the count may be seen by all, the numbers not."""
    rows = Entry.objects.filter(scorecard=card, item__in=found.items, criterion__in=[one.slug for one in card.columns])
    return dict(rows.values_list("person").annotate(n=Count("pk")))


def apart(done: int, to_fill: int) -> dict[str, Any]:
    """While all score apart the card names no winner: it would lead those who have not scored yet."""
    said = _("You have scored %(n)s of %(all)s cells.") % {"n": done, "all": to_fill}
    return {
        "sentence": said,
        "sure": _("Choose a cell and type; Tab goes on to the next, Enter to the one below."),
        "caveats": [],
    }


def pair_rows(actor: Actor, found: Sheet) -> list[dict[str, Any]]:
    """Every pair of criteria once, with the step that the reader chose."""
    said = {(one.first, one.second): one.times for one in found.judgements if one.person_id == actor.user.pk}
    rows = []
    for one, other in combinations(found.card.columns, 2):
        times = said.get((one.slug, other.slug))
        step = next((text for text, _label in steps() if times and abs(fraction(text) - times) < 1e-6), "")
        rows.append({"one": one, "other": other, "step": step})
    return rows


def steps() -> list[tuple[str, str]]:
    """Saaty's scale, from a ninth to nine times."""
    below = [(f"1/{n}", _("%(n)s times less") % {"n": n}) for n in range(9, 1, -1)]
    return [*below, ("1", _("as much")), *((str(n), _("%(n)s times more") % {"n": n}) for n in range(2, 10))]


def fraction(text: str) -> float:
    over, _slash, under = text.partition("/")
    return float(over) / float(under or 1)


def options(card: Scorecard) -> dict[str, list[tuple[str, str]]]:
    """The choices of each criterion that has a list of them, for the cell's editor."""
    return {
        column.slug: [
            ("", "–"),
            *((f"{choice.value:g}", label(choice)) for choice in column.choices),
        ]
        for column in card.columns
        if column.choices
    }


def label(choice: Choice) -> str:
    return choice.name if choice.name == f"{choice.value:g}" else f"{choice.value:g} {choice.name}"


@require_POST
@page
def rows(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    """Put items on the card: one that was typed, or everything open of a kind."""
    card = card_of(request, actor, ref, "write")
    product = card.item.product
    try:
        if kind := request.POST.get("kind"):
            items = list(open_items(actor, product, kind))
        else:
            items = [other_of(actor, product, text) for text in request.POST.get("items", "").replace(",", " ").split()]
        added = actions.add_rows(actor, card, items)
    except Invalid as invalid:
        return shown(request, actor, card, invalid.errors)
    return go(request, card.url, ngettext("%(n)s item added", "%(n)s items added", added) % {"n": added})


def open_items(actor: Actor, product: Any, kind: str) -> Any:
    if kind not in SCORED:
        raise Invalid({"kind": _("Choose what is to be scored.")})
    closed = kind_of(product, kind).closed_states()
    found = Item.objects.live().visible_to(actor).filter(product=product, kind=kind).exclude(state__in=closed)
    return found.order_by("rank")[: actions.MOST_ROWS + 1]


def item_on(actor: Actor, card: Scorecard, number: int, verb: str = "read") -> Item:
    rows = Item.objects.live().filter(scored_on__scorecard=card)
    item = actor.find(rows, verb, product=card.item.product, number=number)
    item.product = card.item.product
    return item


@require_POST
@page
def removal(request: HttpRequest, actor: Actor, ref: Ref, number: int) -> HttpResponse:
    card = card_of(request, actor, ref, "write")
    item = item_on(actor, card, number, "write")
    actions.remove_row(actor, card, item)
    return go(request, card.url, _("%(ref)s is off the scorecard") % {"ref": item.ref})


@require_POST
@page
def cell(request: HttpRequest, actor: Actor, ref: Ref, number: int, criterion: str) -> HttpResponse:
    """One's own value of a cell; answered by the cell, or the page where a plain form sent it."""
    card = card_of(request, actor, ref, "write")
    item = item_on(actor, card, number, "write")
    given: dict[str, Any] = request.POST.dict()
    try:
        if "evidence" in given:
            given["evidence"] = evidence_of(actor, card, given["evidence"].strip())
        actions.set_cell(actor, card, item, criterion, given)
    except Invalid as invalid:
        if "plain" in request.POST:
            return shown_row(request, actor, card, item, invalid.errors, criterion)
        return say(next(iter(invalid.errors.values())), 422)
    if "plain" in request.POST:
        return go(request, f"{card.url}/rows/{number}", _("Kept"))
    return show(request, "planning/one_cell.html", {**context(actor, card), "item": item, "slug": criterion})


def evidence_of(actor: Actor, card: Scorecard, typed: str) -> Item | None:
    """The item that somebody names as evidence: one of this product, so that whoever sees the card may see it."""
    found = other_of(actor, card.item.product, typed) if typed else None
    if found and found.product_id != card.item.product_id:
        raise Invalid({"target": _("Evidence lies in the same product.")})
    return found


@require_http_methods(["GET"])
@page
def row(request: HttpRequest, actor: Actor, ref: Ref, number: int) -> HttpResponse:
    """Who said what about one item, and what would change its place."""
    card = card_of(request, actor, ref)
    return shown_row(request, actor, card, item_on(actor, card, number))


def shown_row(
    request: HttpRequest,
    actor: Actor,
    card: Scorecard,
    item: Item,
    errors: dict[str, str] | None = None,
    wrong: str = "",
) -> HttpResponse:
    """`wrong` is the criterion whose form was refused."""
    there = context(actor, card)
    found: Sheet = there["sheet"]
    there |= {
        "row": item, "moves": moves(found, item), "errors": Errors(errors or {}),
        "typed": {**dict.fromkeys(CELL, ""), **request.POST.dict()} if errors else {}, "wrong": wrong,
    }  # fmt: skip
    return show(request, "planning/row.html", there, status=422 if errors else 200)


def moves(found: Sheet, item: Item) -> list[dict[str, Any]]:
    """What single change of a cell would let the item pass, or be passed, in words."""
    if item.pk not in found.ranking.scores:
        return []
    names = {column.slug: column for column in found.card.columns}
    others = {other.pk: other for other in found.items}
    table = {item.pk: {slug: one.value for slug, one in found.cells[item.pk].items()}}
    changes = flips(found.card.declared, table, found.ranking, found.card.columns, found.options, item.pk)
    return [
        {"column": names[flip.criterion], "now": flip.now, "to": flip.to, "other": others[flip.against], "up": flip.up}
        for flip in changes
    ]
