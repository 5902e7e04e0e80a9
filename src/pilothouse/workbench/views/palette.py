"""What the command palette finds: an item by its id or its words, places to go to, things to do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pilothouse.kinds import KINDS
from pilothouse.people.access import Actor
from pilothouse.people.models import Product
from pilothouse.workbench import search
from pilothouse.workbench.frame import current_product
from pilothouse.workbench.initials import answers_to
from pilothouse.workbench.models import Item, SavedView
from pilothouse.workbench.pages import page, sought
from pilothouse.workbench.sections import FINDERS, Found

MOST_ITEMS, MOST_PLACES, MOST_BESIDE, MOST_THINGS = 8, 8, 12, 40
Option = dict[str, Any]


@require_GET
@page
def palette(request: HttpRequest, actor: Actor) -> JsonResponse:
    typed = sought(request)
    product = current_product(request, actor)
    items = by_words(actor, product, typed) if typed else []
    if len(items) == MOST_ITEMS:
        items.append(everything(actor, typed))
    offered = [option for option in things(actor, product) if not typed or answers_to(option["title"], typed)]
    places = [option for option in places_of(actor, product) if typed and answers_to(option["title"], typed)]
    more = [entry(one.group, one.title, one.url, one.icon, one.hint) for one in beside(actor, product, typed)]
    return JsonResponse([*places[:MOST_PLACES], *items, *more[:MOST_BESIDE], *offered[:MOST_THINGS]], safe=False)


def beside(actor: Actor, product: Product | None, typed: str) -> Iterator[Found]:
    """What other parts of the product find for these words."""
    for finder in FINDERS if typed else ():
        yield from finder(actor, product, typed)


def by_words(actor: Actor, product: Product | None, typed: str) -> list[Option]:
    """PH-12, or 12 for one of this product, which comes first; then by their words."""
    found = [hit.item for hit in search.best(live(actor), search.Asked(typed, actor.product_ids), MOST_ITEMS)]
    here = (search.reference(typed) or ("", 0))[1]
    found.sort(key=lambda item: not (product and item.number == here and item.product_id == product.pk))
    return [option(actor, item) for item in found]


def everything(actor: Actor, typed: str) -> Option:
    """The way on to the page of all results, where there are more than a palette shows."""
    title = _("All that matches “%(words)s”") % {"words": typed[:40]}
    return entry(_("Items"), title, f"{actor.workspace.url}search?{urlencode({'q': typed})}", "search")


def live(actor: Actor) -> Any:
    return Item.objects.visible_to(actor).live().defer("body", "fields")


def option(actor: Actor, item: Item) -> Option:
    item.product = next(product for product in actor.products if product.pk == item.product_id)
    kind = KINDS[item.kind]
    return entry(_("Items"), item.title, item.url, kind.icon, f"{item.ref} · {kind.name}")


def entry(group: str, title: Any, url: str, icon: str, hint: Any = "") -> Option:
    return {"group": group, "title": str(title), "url": url, "icon": icon, "hint": str(hint)}


def places_of(actor: Actor, product: Product | None) -> Iterator[Option]:
    """Kinds, saved views, products and pages."""
    go, base = _("Go to"), actor.workspace.url
    if product:
        for kind in KINDS.values():
            yield entry(go, kind.plural, f"{product.url}{kind.slug}/", kind.icon, product.name)
        for saved in SavedView.objects.visible_to(actor).filter(product=product).seen_by(actor.user)[:100]:
            url = f"{product.url}{saved.kind}/?{saved.query}"
            yield entry(go, saved.name, url, "bookmark", KINDS[saved.kind].plural)
    for row in actor.products:
        yield entry(go, row.name, row.url, "layers", row.key)
    for title, path, icon in (
        (_("Home"), "", "house"), (_("Inbox"), "inbox", "inbox"), (_("My work"), "mine", "circle-user"),
        (_("Products"), "products", "layers"), (_("Members"), "members", "users"), (_("Guide"), "guide", "book-open"),
        (_("Settings"), "settings", "settings"),
    ):  # fmt: skip
        yield entry(go, title, base + path, icon)


def things(actor: Actor, product: Product | None) -> Iterator[Option]:
    """What can be done from anywhere."""
    do = _("Actions")
    if product and actor.may("write", product):
        for kind in KINDS.values():
            title = _("New %(kind)s") % {"kind": str(kind.name).lower()}
            yield entry(do, title, f"{product.url}{kind.slug}/new", "plus", product.name)
        yield entry(do, _("Import a file"), f"{product.url}import", "upload", product.name)
        yield entry(do, _("All imports"), f"{product.url}imports", "upload", product.name)
        yield entry(do, _("Trash"), f"{product.url}trash", "trash-2", product.name)
    if product:
        yield entry(do, _("Activity"), f"{product.url}activity", "history", product.name)
        yield entry(do, _("Export"), f"{product.url}export", "download", product.name)
    if product and actor.may("manage", product):
        title = _("Settings of %(name)s") % {"name": product.name}
        yield entry(do, title, f"{product.url}settings", "settings", product.key)
    if actor.may("administer"):
        yield entry(do, _("Invite somebody"), f"{actor.workspace.url}invitations/new", "users", actor.workspace.name)
    if actor.may("create_product"):
        yield entry(do, _("New product"), f"{actor.workspace.url}products/new", "plus", actor.workspace.name)
    for title, theme, icon in (
        (_("Light theme"), "light", "sun"), (_("Dark theme"), "dark", "moon"), (_("System theme"), "system", "monitor"),
    ):  # fmt: skip
        yield {**entry(do, title, "", icon), "click": f'[data-theme-set="{theme}"]'}
    yield entry(do, _("Change the language"), f"{actor.workspace.url}settings", "languages", "English · 简体中文")
