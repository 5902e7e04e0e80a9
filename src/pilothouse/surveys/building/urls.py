from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from pilothouse.surveys.building.views import overview

urlpatterns: list[URLPattern | URLResolver] = [
    path("<ref:ref>/survey", overview.overview),
]
