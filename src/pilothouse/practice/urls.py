"""The addresses of practice below a workspace."""

from __future__ import annotations

from django.urls import path

from pilothouse.practice import views

urlpatterns = [
    path("practice/over", views.start_over),
    path("practice/removal", views.remove),
    path("<key:key>/practice", views.practice),
    path("<key:key>/practice/<slug:slug>", views.check),
    path("<key:key>/practice/<slug:slug>/key", views.solution),
]
