from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from pilothouse.surveys.instruments import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("<ref:ref>/survey/priority", views.priority),
    path("<ref:ref>/survey/priority/<slug:verb>", views.keep),
]
