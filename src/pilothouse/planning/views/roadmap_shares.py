"""The public links of a roadmap: which there are, what each shows, a new one, and the end of one."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST

from pilothouse.people.access import Actor
from pilothouse.people.models import Product
from pilothouse.planning.models.roadmap import Share
from pilothouse.planning.roadmap import sharing
from pilothouse.workbench.models import Item
from pilothouse.workbench.models.custom import kind_of
from pilothouse.workbench.pages import go, page, product_of, show
from pilothouse.workbench.viewing.columns import columns_of
from pilothouse.workbench.views.common import Errors
from pilothouse.workbench.writing.cleaning import Invalid

MOST_SHARES = 100
MOST_RELEASES = 30
LISTS = ("horizons", "fields", "releases")


@require_http_methods(["GET", "HEAD", "POST"])
@page
def shares(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    product = product_of(request, actor, key, "write")
    if request.method != "POST":
        return listed(request, actor, product, {"horizons": sharing.HORIZONS, "fields": sharing.USUAL, "releases": ()})
    typed: dict[str, Any] = {**request.POST.dict(), **{name: request.POST.getlist(name) for name in LISTS}}
    known = {release.number for release in releases_of(actor, product)}
    try:
        wanted = [number for text in typed["releases"] if (number := number_in(text)) in known]
        made = sharing.create(actor, product, typed, wanted)
    except Invalid as error:
        return listed(request, actor, product, typed, Errors(error.errors), 422)
    return go(
        request, f"{product.url}roadmap/shares", _("The link “%(name)s” is ready: copy it.") % {"name": made.name}
    )


def number_in(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 10 else None


def releases_of(actor: Actor, product: Product) -> list[Item]:
    rows = Item.objects.visible_to(actor).live().filter(product=product, kind="release")
    return list(rows.order_by("-due_on", "-pk")[:MOST_RELEASES])[::-1]


def listed(
    request: HttpRequest,
    actor: Actor,
    product: Product,
    typed: dict[str, Any],
    errors: Errors | None = None,
    status: int = 200,
) -> HttpResponse:
    rows = Share.objects.visible_to(actor).filter(product=product).select_related("created_by").order_by("-id")
    releases = releases_of(actor, product)
    titles = {release.number: release.title for release in releases}
    horizon = columns_of(kind_of(product, "requirement"))["horizon"]
    context = {
        "product": product, "typed": typed, "errors": errors or Errors(),
        "field_names": sharing.field_names(), "horizon": horizon, "releases": releases, "titles": titles,
        "shares": [(share, link(share), told(share, titles, horizon)) for share in rows[:MOST_SHARES]],
    }  # fmt: skip
    return show(request, "planning/roadmap_shares.html", context, status=status)


def link(share: Share) -> str:
    path = sharing.path_of(share)
    return f"{settings.PUBLIC_URL}{path}" if path and share.live else ""


def told(share: Share, titles: dict[int, str], horizon: Any) -> str:
    """What a link shows, as one line."""
    comma = pgettext("between the parts of a list", ", ")
    names = sharing.field_names()
    parts = [comma.join(str(horizon.option_name(slug)) for slug in share.horizons)]
    parts += [comma.join(titles.get(number, str(number)) for number in share.releases)] if share.releases else []
    parts += [comma.join(names[slug] for slug in share.fields if slug in names)] if share.fields else []
    return " · ".join(parts)


@require_POST
@page
def revocation(request: HttpRequest, actor: Actor, key: str, pk: int) -> HttpResponse:
    product = product_of(request, actor, key, "write")
    share: Share = actor.find(Share.objects.select_related("product"), "write", pk=pk, product=product)
    sharing.revoke(actor, share)
    return go(request, f"{product.url}roadmap/shares", _("“%(name)s” leads nowhere any more.") % {"name": share.name})
