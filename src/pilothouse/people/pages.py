"""From a request to a page: who asks, in which workspace, and whether a page or its fragment is wanted."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.db.models import F
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode

from pilothouse.people.access import Actor, Archived, actor_for
from pilothouse.people.models import Membership, Product, Role, User
from pilothouse.people.passing import in_passing

View = Callable[..., HttpResponseBase]
LOCKED = 423
LONGEST_SOUGHT = 200


def page(view: View) -> View:
    """For every view below /w/<workspace>/: gives it the Actor, sends strangers to sign in, refuses others by 404."""

    @wraps(view)
    def guarded(request: HttpRequest, workspace: str, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return sign_in_first(request)
        actor = request.actor = actor_for(request.user, workspace)  # type: ignore[attr-defined]
        remember(request, actor)
        try:
            return view(request, actor, **kwargs)
        except Archived as refusal:
            return locked(request, refusal)

    guarded.gated = True  # type: ignore[attr-defined]
    return guarded


def product_of(request: HttpRequest, actor: Actor, key: str, verb: str = "read") -> Product:
    """The product that the address names, where the person may do this, else 404; the page stands in its frame."""
    return framed(request, actor.product(key, verb))


def framed(request: HttpRequest, product: Product) -> Product:
    """The frame round the page (menu, search, New) is from here on that of this product."""
    request.product = product  # type: ignore[attr-defined]
    return product


def locked(request: HttpRequest, refusal: Archived) -> HttpResponse:
    """Nothing was changed, and the page says why and what would help."""
    if is_fragment(request):
        return say(refusal, LOCKED)
    framed(request, refusal.product)
    return show(request, "people/archived.html", {"refusal": refusal}, status=LOCKED)


def own_page(view: View) -> View:
    """For signed-in pages that belong to no workspace: the frame round them is that of the last used one."""

    @wraps(view)
    def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return sign_in_first(request)
        request.actor = last_used(request)  # type: ignore[attr-defined]
        return view(request, **kwargs)

    guarded.gated = True  # type: ignore[attr-defined]
    return guarded


def person(request: HttpRequest) -> User:
    """Who is signed in, where the page's guard has seen to it that someone is."""
    return cast(User, request.user)


def remember(request: HttpRequest, actor: Actor) -> None:
    """Where the person was last; written once for each change of place, not for each request."""
    if request.session.get("workspace") != actor.workspace.slug:
        request.session["workspace"] = actor.workspace.slug
        with in_passing(actor.workspace):
            rows = Membership.objects.filter(workspace=actor.workspace, user=actor.user)
            rows.update(opened_at=timezone.now())


def last_used(request: HttpRequest) -> Actor | None:
    """The signed-in person in the workspace they used last; None while they are in none."""
    rows = Membership.objects.filter(user=person(request)).select_related("workspace")
    membership = rows.order_by(F("opened_at").desc(nulls_last=True), "id").first()
    if membership is None:
        return None
    return Actor(person(request), membership.workspace, Role(membership.role))


def sign_in_first(request: HttpRequest) -> HttpResponse:
    if is_fragment(request):
        return HttpResponse(status=401)
    here = request.get_full_path() if request.method == "GET" else "/"
    return HttpResponseRedirect(f"{settings.LOGIN_URL}?{urlencode({'next': here})}")


def is_fragment(request: HttpRequest) -> bool:
    return "HX-Request" in request.headers and "HX-History-Restore-Request" not in request.headers


def in_panel(request: HttpRequest) -> bool:
    """The item is wanted beside its list."""
    return request.headers.get("X-Panel") == "1"


def sought(request: HttpRequest) -> str:
    """The words looked for (`q`), without the character PostgreSQL keeps in no text, cut where nobody types on."""
    return request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_SOUGHT]


def show(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    return render(request, template, context, status=status)


def say(text: object, status: int) -> HttpResponse:
    """A sentence and nothing else. It may repeat what was typed, so it is never taken for HTML."""
    return HttpResponse(str(text), status=status, content_type="text/plain; charset=utf-8")


def tell(response: HttpResponse, text: str, *, tone: str = "success", undo: str | None = None) -> HttpResponse:
    """Show a toast with this answer, with an Undo button where `undo` is given."""
    toast = {"text": str(text), "tone": tone, **({"undo": undo} if undo else {})}
    response.headers["HX-Trigger"] = json.dumps({"toast": toast})
    return response


def go(request: HttpRequest, url: str, text: str = "", *, undo: str | None = None) -> HttpResponse:
    """After a change: to another page, saying what happened there."""
    if text:
        messages.success(request, text, extra_tags=f"undo:{undo}" if undo else "")
    if is_fragment(request):
        response = HttpResponse(status=204)
        response.headers["HX-Redirect"] = url
        return response
    return HttpResponseRedirect(url)


def actor_in(request: HttpRequest) -> Actor | None:
    return getattr(request, "actor", None)
