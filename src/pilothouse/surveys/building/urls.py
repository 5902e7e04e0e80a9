from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from pilothouse.surveys.building.views import edit, overview

urlpatterns: list[URLPattern | URLResolver] = [
    path("<ref:ref>/survey", overview.overview),
    path("<ref:ref>/survey/edit", edit.edit),
    path("<ref:ref>/survey/edit/undo", edit.take_back),
    path("<ref:ref>/survey/edit/<str:at>", edit.part),
]
