"""Every address. Those of a workspace stand in one list for each app, below /w/<workspace>/."""

from __future__ import annotations

from django.urls import include, path, register_converter

from pilothouse import health, patterns
from pilothouse.planning.roadmap.public import shared
from pilothouse.workbench.converters import ItemRef, KindSlug, ProductKey

register_converter(ProductKey, "key")
register_converter(ItemRef, "ref")
register_converter(KindSlug, "kind")

urlpatterns = [
    path("healthz", health.healthz),
    path("patterns", patterns.patterns),
    path("accounts/", include("pilothouse.people.account_urls")),
    path("api/v1/", include("pilothouse.api.urls")),
    path("w/<slug:workspace>/", include("pilothouse.exchange.urls")),
    path("w/<slug:workspace>/", include("pilothouse.guide.urls")),
    path("w/<slug:workspace>/", include("pilothouse.practice.urls")),
    path("w/<slug:workspace>/", include("pilothouse.people.workspace_urls")),
    path("s/", include("pilothouse.surveys.answering.urls")),
    path("r/<str:token>", shared, name="shared-roadmap"),
    path("w/<slug:workspace>/", include("pilothouse.outcomes.urls")),
    path("w/<slug:workspace>/", include("pilothouse.surveys.urls")),
    path("w/<slug:workspace>/", include("pilothouse.planning.urls")),
    path("w/<slug:workspace>/", include("pilothouse.canvases.urls")),
    path("w/<slug:workspace>/", include("pilothouse.steps.urls")),
    path("w/<slug:workspace>/", include("pilothouse.workbench.shape_urls")),
    path("w/<slug:workspace>/", include("pilothouse.workbench.urls")),
    path("", include("pilothouse.people.urls")),
]

handler400 = "pilothouse.refusals.bad_request"
handler500 = "pilothouse.refusals.server_error"
