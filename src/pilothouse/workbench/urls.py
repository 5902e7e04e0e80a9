"""The addresses of views of many items; those of one item stand in item_urls."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from pilothouse.workbench.views import (
    activity,
    board,
    bulk,
    home,
    inbox,
    lists,
    look,
    new,
    palette,
    paste,
    quick,
    saved,
    search,
    trash,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home),
    path("mine", home.mine),
    path("inbox", inbox.inbox),
    path("inbox/read", inbox.read_all),
    path("inbox/<int:pk>/read", inbox.read),
    path("search", search.find),
    path("palette.json", palette.palette),
    path("<key:key>/", home.product),
    path("<key:key>/activity", activity.activity),
    path("<key:key>/trash", trash.trash),
    path("<key:key>/<kind:kind>/", lists.items),
    path("<key:key>/<kind:kind>/filter", look.condition),
    path("<key:key>/<kind:kind>/display", look.display),
    path("<key:key>/<kind:kind>/new", new.new),
    path("<key:key>/<kind:kind>/bulk", bulk.many),
    path("<key:key>/<kind:kind>/paste", paste.paste),
    path("<key:key>/<kind:kind>/views", saved.keep),
    path("<key:key>/<kind:kind>/views/<int:pk>", saved.change),
    path("<key:key>/<kind:kind>/quick", quick.add),
    path("<key:key>/<kind:kind>/<int:pk>/place", board.place),
    path("<ref:ref>/cell", quick.cell),
    path("", include("pilothouse.workbench.item_urls")),
]
