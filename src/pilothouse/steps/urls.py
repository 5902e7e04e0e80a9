"""The addresses of the next steps below a workspace."""

from __future__ import annotations

from django.urls import path

from pilothouse.steps import views

urlpatterns = [
    path("<key:key>/steps", views.steps),
    path("<key:key>/steps/<slug:rule>/dismissal", views.dismissal),
    path("<key:key>/steps/<slug:rule>/return", views.bring_back),
]
