"""The addresses of the guide below a workspace."""

from __future__ import annotations

from django.urls import path

from pilothouse.guide.views import chapters, methods, terms

urlpatterns = [
    path("guide", chapters.index),
    path("guide/<int:number>", chapters.chapter),
    path("guide/methods/", methods.library),
    path("guide/methods/<slug:id>", methods.method),
    path("guide/terms/", terms.glossary),
]
