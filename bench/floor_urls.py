"""The product's own addresses, and three more to measure against: the floor, a bare query, a plain answer."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path
from jinja2 import Template  # noqa: F401 the engine is loaded before anything is timed

from pilothouse.people.access import Actor
from pilothouse.urls import urlpatterns as product
from pilothouse.workbench.models import Item
from pilothouse.workbench.pages import page, show

ONE = "SELECT id, title FROM workbench_item WHERE product_id = %s ORDER BY product_id, id LIMIT 1"


@page
def floor(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The frame and one indexed query: nobody's page can be cheaper."""
    request.product = actor.products[0]
    Item.objects.visible_to(actor).filter(number=1).values_list("title").first()
    return show(request, "frame.html")


def bare(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute(ONE, [1])
        return HttpResponse(str(cursor.fetchone()))


def plain(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


urlpatterns = [
    path("bench/bare", bare),
    path("bench/plain", plain),
    path("w/<slug:workspace>/bench/floor", floor),
    *product,
]
