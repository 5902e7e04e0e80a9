"""Views that are kept under a name: mine or shared, one of them opened first."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pilothouse.people.access import Actor
from pilothouse.people.naming import seen
from pilothouse.workbench.models import SavedView
from pilothouse.workbench.pages import go, page, say
from pilothouse.workbench.viewing.filters import BadFilter
from pilothouse.workbench.viewing.state import read
from pilothouse.workbench.views.lists import may_change

MOST_VIEWS = 100


@require_POST
@page
def keep(request: HttpRequest, actor: Actor, key: str, kind: str) -> HttpResponse:
    product = actor.product(key, "write")
    name = " ".join(request.POST.get("name", "").replace("\x00", "").split())[:100]
    try:
        view = read(actor, product, kind, QueryDict(request.POST.get("query", "")))
    except BadFilter as error:
        return say(error, 400)
    if not seen(name) or SavedView.objects.filter(product=product, kind=kind).count() >= MOST_VIEWS:
        return say(_("A view needs a name, and a kind has at most %(n)s views.") % {"n": MOST_VIEWS}, 422)
    saved = SavedView.objects.create(
        product=product,
        kind=kind,
        owner=actor.user,
        name=name,
        query=view.query,
        shared=bool(request.POST.get("shared")),
    )
    if request.POST.get("first"):
        open_first(actor, saved)
    return go(request, view.url(), _("The view “%(name)s” is kept.") % {"name": name})


@require_POST
@page
def change(request: HttpRequest, actor: Actor, key: str, kind: str, pk: int) -> HttpResponse:
    """Rename, share, open first or not, or take over the present filter; the owner's right, `first` everybody's."""
    product = actor.product(key)
    rows = SavedView.objects.filter(product=product, kind=kind).seen_by(actor.user)
    saved = actor.find(rows, "read", pk=pk)
    if "first" in request.POST:
        open_first(actor, saved) if request.POST["first"] else saved.default_for.remove(actor.user)
        return go(request, f"{product.url}{kind}/?{saved.query}", _("Saved"))
    if not may_change(actor, saved):
        raise Http404
    if request.POST.get("delete"):
        saved.delete()
        return go(
            request, f"{product.url}{kind}/?{saved.query}", _("The view “%(name)s” is deleted.") % {"name": saved.name}
        )
    name = " ".join(request.POST.get("name", saved.name).replace("\x00", "").split())[:100]
    if not seen(name):
        return say(_("A name needs at least one character that can be seen."), 422)
    saved.name = name
    saved.shared = bool(request.POST.get("shared"))
    saved.save(update_fields=["name", "shared"])
    return go(request, f"{product.url}{kind}/?{saved.query}", _("Saved"))


def open_first(actor: Actor, saved: SavedView) -> None:
    through = SavedView.default_for.through
    through.objects.filter(user=actor.user, savedview__product=saved.product_id, savedview__kind=saved.kind).delete()
    saved.default_for.add(actor.user)
