"""Where a day begins: what waits for me, what changed, which requirements stand on nothing, and what apps add."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pilothouse.kinds import KINDS, RELATIONS, STATIONS
from pilothouse.people.access import Actor
from pilothouse.people.models import Product
from pilothouse.workbench.frame import current_product
from pilothouse.workbench.models import Item, Link
from pilothouse.workbench.models.custom import kind_of
from pilothouse.workbench.pages import framed, page, show
from pilothouse.workbench.sections import home_of
from pilothouse.workbench.showing import news
from pilothouse.workbench.viewing.rows import brief, is_late
from pilothouse.workbench.views import inbox

NEWS, WAITING, GAPS, MINE = 40, 8, 6, 100
THREAD = [slug for slug, relation in RELATIONS.items() if relation.thread]


@require_GET
@page
def home(request: HttpRequest, actor: Actor) -> HttpResponse:
    if len(actor.products) == 1:
        return product_home(request, actor, actor.products[0])
    waiting, current = mine_of(actor, WAITING + 1), current_product(request, actor)
    context = {
        "products": [product for product in actor.products if not product.archived_at],
        "waiting": [row(item) for item in waiting[:WAITING]],
        "more_waiting": len(waiting) > WAITING,
        "notices": notices(actor),
        "sections": home_of(actor, current) if current else [],
        "lines": news.runs(news.told(actor, news.once(news.events(actor, most=NEWS)))),
    }
    return show(request, "home/home.html", context)


@require_GET
@page
def product(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    return product_home(request, actor, actor.product(key))


def product_home(request: HttpRequest, actor: Actor, product: Product) -> HttpResponse:
    framed(request, product)
    counts = counted(actor, product)
    waiting = mine_of(actor, WAITING + 1, product)
    context = {
        "product": product,
        "stations": stations(product, counts, actor.may("write", product)),
        "sections": home_of(actor, product),
        "waiting": [row(item) for item in waiting[:WAITING]],
        "more_waiting": len(waiting) > WAITING,
        "gaps": [row(item) for item in gaps(actor, product)],
        "lines": news.runs(news.told(actor, news.once(news.events(actor, product_ids=[product.pk], most=NEWS)))),
        "empty": not counts,
    }
    return show(request, "home/product.html", context)


def counted(actor: Actor, product: Product) -> dict[str, int]:
    rows = Item.objects.visible_to(actor).live().filter(product=product)
    return dict(rows.order_by().values_list("kind").annotate(n=Count("pk")))


def stations(product: Product, counts: Mapping[str, int], may_write: bool) -> list[dict[str, Any]]:
    """The thread of the whole product: every station with how much it holds."""
    return [
        {
            "slug": slug, "label": KINDS[slug].plural, "icon": KINDS[slug].icon, "count": counts.get(slug, 0),
            "url": f"{product.url}{slug}/", "add_url": f"{product.url}{slug}/new" if may_write else None, "items": [],
        }
        for slug in STATIONS
    ]  # fmt: skip


def gaps(actor: Actor, product: Product) -> list[Item]:
    """Requirements that are being worked on though nothing leads to them."""
    kind = kind_of(product, "requirement")
    moving = [state.slug for state in kind.states if state.category == "active"]
    links = Link.objects.unveiled(actor)
    rests = links.filter(target=OuterRef("pk"), relation__in=THREAD, source__trashed_at=None)
    rows = Item.objects.visible_to(actor).live().filter(product=product, kind="requirement", state__in=moving)
    found = rows.filter(~Exists(rests)).defer("body").order_by("rank", "pk")[:GAPS]
    return placed(actor, found)


@require_GET
@page
def mine(request: HttpRequest, actor: Actor) -> HttpResponse:
    """My open items, by when they are due or by kind."""
    by = "kind" if request.GET.get("by") == "kind" else "due"
    items = mine_of(actor, MINE + 1)
    groups = by_kind(items[:MINE]) if by == "kind" else by_due(items[:MINE])
    return show(request, "home/mine.html", {"groups": groups, "by": by, "more": len(items) > MINE, "most": MINE})


def mine_of(actor: Actor, most: int, product: Product | None = None) -> list[Item]:
    """What is due comes first, in its order; then what is not, the latest touched first. An index walks each half."""
    rows = Item.objects.visible_to(actor).live().filter(owner=actor.user, closed_at=None).defer("body")
    if product:
        rows = rows.filter(product=product)
    due = placed(actor, rows.filter(due_on__isnull=False).order_by("due_on", "updated_at", "pk")[:most])
    rest = rows.filter(due_on=None).order_by("-updated_at", "-pk")[: most - len(due)]
    return [*due, *(placed(actor, rest) if len(due) < most else [])]


def placed(actor: Actor, rows: Any) -> list[Item]:
    """The rows with the actor's own Product objects, whose kinds are read once."""
    products = {product.pk: product for product in actor.products}
    items = list(rows)
    for item in items:
        item.product = products[item.product_id]
    return items


def by_due(items: Sequence[Item]) -> list[tuple[str, list[dict[str, Any]]]]:
    today = timezone.localdate()
    heads = {"late": _("Overdue"), "today": _("Today"), "week": _("Within a week"), "later": _("Later")}
    heads["never"] = _("No due date")
    return grouped(items, heads, lambda item: span(item, today))


def span(item: Item, today: Any) -> str:
    if item.due_on is None:
        return "never"
    if item.due_on <= today:
        return "late" if item.due_on < today else "today"
    return "week" if item.due_on <= today + timedelta(days=7) else "later"


def by_kind(items: Sequence[Item]) -> list[tuple[str, list[dict[str, Any]]]]:
    return grouped(items, {slug: str(kind.plural) for slug, kind in KINDS.items()}, lambda item: item.kind)


def grouped(items: Sequence[Item], heads: Mapping[str, str], key: Any) -> list[tuple[str, list[dict[str, Any]]]]:
    found = {slug: [row(item) for item in items if key(item) == slug] for slug in heads}
    return [(heads[slug], rows) for slug, rows in found.items() if rows]


def row(item: Item) -> dict[str, Any]:
    """A row of any kind: its kind's icon, its state, its due date."""
    state = item.state_declared
    return {
        "id": item.pk, "ref": item.ref, "title": item.title, "url": item.url, "icon": KINDS[item.kind].icon,
        "kind": KINDS[item.kind].name, "state": str(state.name), "category": state.category, "due": brief(item.due_on),
        "late": is_late(item),
    }  # fmt: skip


def notices(actor: Actor) -> list[dict[str, Any]]:
    found = inbox.of(actor, unread=True)[:5]
    lines = {line.id: line for line in news.told(actor, [notice.event for notice in found])}
    return [{"notice": notice, "line": lines[notice.event_id]} for notice in found if notice.event_id in lines]
