"""Everything that happened in a product, newest first."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from pilothouse.people.access import Actor
from pilothouse.workbench.pages import page, product_of, show
from pilothouse.workbench.showing import news

A_PAGE = 50


@require_GET
@page
def activity(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    product = product_of(request, actor, key)
    entries = news.events(actor, product_ids=[product.pk], before=request.GET.get("before", ""), most=A_PAGE + 1)
    more = f"{product.url}activity?before={entries[A_PAGE - 1].pk}" if len(entries) > A_PAGE else None
    context = {"product": product, "lines": news.told(actor, news.once(entries[:A_PAGE])), "next_url": more}
    return show(request, "home/activity.html", context)
