"""The addresses of views of many items; those of one item stand in item_urls."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("pilothouse.workbench.item_urls")),
]
