"""The addresses of views of many items; those of one item stand in item_urls."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from pilothouse.workbench.views import board, guide, lists, look, quick

urlpatterns: list[URLPattern | URLResolver] = [
    path("guide", guide.guide),
    path("<key:key>/<kind:kind>/", lists.items),
    path("<key:key>/<kind:kind>/filter", look.condition),
    path("<key:key>/<kind:kind>/display", look.display),
    path("<key:key>/<kind:kind>/quick", quick.add),
    path("<key:key>/<kind:kind>/<int:pk>/place", board.place),
    path("<ref:ref>/cell", quick.cell),
    path("", include("pilothouse.workbench.item_urls")),
]
