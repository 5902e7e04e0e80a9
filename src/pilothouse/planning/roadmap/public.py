"""What anybody with the link sees, at /r/: the chosen rows with the chosen facts, read only, and nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from allauth.core import ratelimit
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pilothouse.people.models import Product, User
from pilothouse.planning.models.roadmap import Share
from pilothouse.planning.roadmap import sharing
from pilothouse.planning.roadmap.drawing import picture
from pilothouse.planning.roadmap.rows import Row, gather
from pilothouse.planning.roadmap.view import RoadmapView, read
from pilothouse.workbench.models import Item

COOKIE = "roadmap"
HALF_A_DAY = 12 * 3600
MOST_ROWS = 500
EXCERPT = 400
MARKS = re.compile(r"[*_`#>|]+|!?\[([^\]]*)\]\([^)]*\)")


@dataclass(frozen=True)
class Stranger:
    """Takes the place of an Actor for somebody without an account: sees the one product that was shared, and nobody's
    private work."""

    product: Product
    user: User = field(default_factory=lambda: User(pk=0))  # nobody: what people keep to themselves stays there

    @property
    def products(self) -> list[Product]:
        return [self.product]

    @property
    def product_ids(self) -> list[int]:
        return [self.product.pk]


@require_http_methods(["GET", "HEAD", "POST"])
def shared(request: HttpRequest, token: str) -> HttpResponse:
    share = sharing.share_at(token)
    if share is None:
        return answer(request, "planning/public_gone.html", {}, 404)
    with translation.override(share.language or translation.get_language()):
        if request.method == "POST":
            return knock(request, share)
        if share.password and not sharing.proves(share, request.COOKIES.get(COOKIE, "")):
            return door(request)
        return answer(request, "planning/public_roadmap.html", context(share))


def door(request: HttpRequest, problem: str = "", status: int = 200) -> HttpResponse:
    """The page that asks for the password. It tells nothing about the roadmap."""
    return answer(request, "planning/public_door.html", {"problem": problem}, status)


def knock(request: HttpRequest, share: Share) -> HttpResponse:
    """Check the password. Attempts are counted for all processes together, before the password is looked at."""
    if not share.password:
        return HttpResponseRedirect(request.path)
    if not ratelimit.consume(request, action="roadmap_password", key=share.digest):
        return door(request, _("Too many attempts. Wait a few minutes, then try again."), 429)
    if not sharing.opens(share, request.POST.get("password", "")):
        return door(request, _("This is not the password."), 422)
    response = HttpResponseRedirect(request.path)
    response.set_cookie(
        COOKIE, sharing.proof(share), max_age=HALF_A_DAY, path=request.path, httponly=True, samesite="Lax",
        secure=settings.HTTPS,
    )  # fmt: skip
    return response


def answer(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    response = HttpResponse(render_to_string(template, context, request=request), status=status)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Content-Language"] = translation.get_language() or "en"
    return response


def context(share: Share) -> dict[str, Any]:
    view = read(Stranger(share.product), share.product, {"view": "timeline"})  # type: ignore[arg-type]
    rows = shown(view, share)
    names = {slug: str(view.columns["horizon"].option_name(slug)) for slug in share.horizons}
    columns = [(slug, names[slug], [fact(share, row) for row in rows if row.horizon == slug]) for slug in names]
    releases = released(share, rows) if "release" in share.fields else []
    dated = "dates" in share.fields and any(row.starts or row.ends for row in rows)
    drawn = picture(share.product.name, rows, releases, "month", inline=True) if dated else None
    return {"share": share, "columns": columns, "count": len(rows), "drawn": drawn, "newest": newest(rows)}


def shown(view: RoadmapView, share: Share) -> list[Row]:
    """The rows in the chosen horizons and, where some were chosen, releases; in the order of the board."""
    found = view.rows().filter(fields__horizon__in=share.horizons).order_by("rank", "pk").select_related("owner")
    rows = gather(view, list(found[:MOST_ROWS]))
    wanted = set(share.releases)
    return [row for row in rows if not wanted or wanted & {one.number for one in row.releases}]


def released(share: Share, rows: list[Row]) -> list[Item]:
    found = {one.pk: one for row in rows for one in row.releases if told(share, one) and one.due_on}
    return sorted(found.values(), key=lambda one: (one.due_on, one.pk))


def told(share: Share, release: Item) -> bool:
    return not share.releases or release.number in share.releases


def newest(rows: list[Row]) -> Any:
    return max((row.item.updated_at for row in rows), default=None)


def fact(share: Share, row: Row) -> dict[str, Any]:
    """What is told of one requirement; what was not chosen is not even handed to the template."""
    item, chosen = row.item, set(share.fields)
    state = item.state_declared
    return {
        "title": item.title,
        "body": plain(item.body) if "body" in chosen else "",
        "state": (str(state.name), state.category) if "state" in chosen else None,
        "dates": (row.starts, row.ends) if "dates" in chosen and (row.starts or row.ends) else None,
        "releases": [
            (one.title, one.due_on if "dates" in chosen else None) for one in row.releases if told(share, one)
        ] if "release" in chosen else [],
        "goals": [metric.title for metric in row.metrics] if "goal" in chosen else [],
        "evidence": row.evidence if "evidence" in chosen else None,
        "score": (item.score, row.way) if "score" in chosen and item.score is not None else None,
        "owner": str(item.owner) if "owner" in chosen and item.owner else "",
    }  # fmt: skip


def plain(body: str) -> str:
    """The first paragraph of a description, without its marks."""
    first = next((part for part in body.split("\n\n") if part.strip()), "")
    text = " ".join(MARKS.sub(lambda mark: mark[1] or "", first).split())
    return f"{text[:EXCERPT].rstrip()}…" if len(text) > EXCERPT else text
