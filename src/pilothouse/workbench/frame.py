"""What stands round every page: products, rooms with their kinds, inbox, and what can be made."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.backends.utils import csrf_input
from django.utils.functional import SimpleLazyObject

from pilothouse.kinds import KINDS, ROOMS, Kind
from pilothouse.people.access import Actor
from pilothouse.people.models import Product
from pilothouse.workbench.models import Notice
from pilothouse.workbench.pages import actor_in
from pilothouse.workbench.sections import TOOLS, Offer

GO_KEYS = {
    "feedback": "g f", "quote": "g q", "insight": "g n", "need": "g e", "requirement": "g r", "release": "g l",
    "task": "g t", "metric": "g m", "decision": "g d", "persona": "g p", "competitor": "g o", "customer": "g c",
    "contact": "g a", "survey": "g u", "scorecard": "g k", "plan": "g y", "option": "g x",
    "canvas": "g v", "note": "g j", "reading": "g b",
}  # fmt: skip


def frame(request: HttpRequest) -> dict[str, Any]:
    """`shell` for the frame; the page's product is the one its view put on the request, else the last one seen."""
    forms = {"csrf_input": SimpleLazyObject(lambda: csrf_input(request))}  # one mask serves all forms of a page
    actor = actor_in(request)
    if actor is None:
        return {"shell": None, **forms}
    product = current_product(request, actor)
    return {"shell": shell(request, actor, product), "actor": actor, **forms}


def current_product(request: HttpRequest, actor: Actor) -> Product | None:
    if product := getattr(request, "product", None):
        if request.session.get("product") != product.pk:
            request.session["product"] = product.pk
        return product
    here = [product for product in actor.products if not product.archived_at]
    last = request.session.get("product")
    return next((product for product in here if product.pk == last), here[0] if here else None)


def shell(request: HttpRequest, actor: Actor, product: Product | None) -> dict[str, Any]:
    base, path, user = actor.workspace.url, request.path, actor.user
    return {
        "language": user.language,
        "theme": user.theme,
        "density": "normal",
        "shortcuts": user.single_keys,
        "user": {"name": str(user), "email": user.email},
        "workspace": actor.workspace,
        "product": product,
        "products": [
            {"name": row.name, "key": row.key, "url": row.url, "current": row == product}
            for row in actor.products
            if not row.archived_at
        ],
        "products_url": f"{base}products",
        "members_url": f"{base}members" if actor.may("meet") else None,
        "product_settings_url": f"{product.url}settings" if product and actor.may("manage", product) else None,
        "workspaces_url": "/workspaces",
        "theme_url": "/theme",
        "home": {"url": base, "current": path == base},
        "mine": {"url": f"{base}mine", "current": path == f"{base}mine"},
        "inbox": {"url": f"{base}inbox", "current": path == f"{base}inbox", "count": unread(actor)},
        "guide": {"url": f"{base}guide", "current": path.startswith(f"{base}guide")},
        "settings_url": f"{base}settings",
        "sign_out_url": "/accounts/logout/",
        "search_url": f"{base}search",
        "palette_url": f"{base}palette.json",
        "create": create_links(actor, product),
        "rooms": [room(slug, name, product, path) for slug, name in ROOMS.items()] if product else [],
    }


def unread(actor: Actor) -> int:
    return Notice.objects.visible_to(actor).filter(user=actor.user, read_at=None)[:100].count()


def create_links(actor: Actor, product: Product | None) -> list[dict[str, Any]]:
    if product is None or not actor.may("write", product):
        return []
    return [
        {
            "label": kind.name,
            "url": f"{product.url}{kind.slug}/new",
            "icon": kind.icon,
            "key": GO_KEYS[kind.slug].replace("g", "n", 1),
        }
        for kind in KINDS.values()
    ]


def room(slug: str, name: Any, product: Product, path: str) -> dict[str, Any]:
    icons = {
        "discover": "telescope",
        "define": "pencil-ruler",
        "deliver": "sailboat",
        "measure": "gauge",
        "market": "store",
        "grow": "sprout",
    }
    links = [kind_link(kind, product, path) for kind in KINDS.values() if kind.room == slug]
    links += [tool_link(tool, product, path) for tool in TOOLS.get(slug, ())]
    return {
        "slug": slug,
        "name": name,
        "icon": icons[slug],
        "links": links,
        "current": any(link["current"] for link in links),
    }


def tool_link(tool: Offer, product: Product, path: str) -> dict[str, Any]:
    url = f"{product.url}{tool.path}"
    return {"label": tool.name, "url": url, "icon": tool.icon, "current": path == url, "count": None, "key": None}


def kind_link(kind: Kind, product: Product, path: str) -> dict[str, Any]:
    url = f"{product.url}{kind.slug}/"
    current = path.startswith(url)
    return {
        "label": kind.plural,
        "url": url,
        "icon": kind.icon,
        "current": current,
        "count": None,
        "key": GO_KEYS[kind.slug],
    }
