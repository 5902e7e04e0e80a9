"""Addresses below /w/<workspace>/ for a product's own fields and states."""

from __future__ import annotations

from django.urls import URLPattern, path

from pilothouse.workbench.views import shape

urlpatterns: list[URLPattern] = [
    path("<key:key>/settings/fields", shape.first_kind, {"part": "fields"}),
    path("<key:key>/settings/fields/<kind:kind>", shape.fields),
    path("<key:key>/settings/fields/<kind:kind>/<int:pk>", shape.field),
    *(
        path(f"<key:key>/settings/fields/<kind:kind>/<int:pk>/{what}", shape.field_change, {"what": what})
        for what in ("up", "down", "removal", "return")
    ),
    path("<key:key>/settings/states", shape.first_kind, {"part": "states"}),
    path("<key:key>/settings/states/<kind:kind>", shape.states),
    path("<key:key>/settings/states/<kind:kind>/<slug:slug>", shape.state),
    path("<key:key>/settings/states/<kind:kind>/<slug:slug>/removal", shape.state_removal),
    *(
        path(f"<key:key>/settings/states/<kind:kind>/<slug:slug>/{what}", shape.state_move, {"what": what})
        for what in ("up", "down")
    ),
]
