"""The addresses of views of many items; those of one item stand in item_urls."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from pilothouse.workbench.views import guide

urlpatterns: list[URLPattern | URLResolver] = [
    path("guide", guide.guide),
    path("", include("pilothouse.workbench.item_urls")),
]
