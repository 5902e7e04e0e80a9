"""The REST API, version 1. Its description is at openapi.json; there is no page of docs that loads foreign scripts."""

from __future__ import annotations

from django.urls import path, re_path

from pilothouse import __version__
from pilothouse.api import (
    canvases,
    imports,
    items,
    lifting,
    merging,
    outcomes,
    planning,
    products,
    schedules,
    steps,
    surveys,
)
from pilothouse.api.auth import Bearer
from pilothouse.api.description import ABOUT, Described
from pilothouse.api.edge import StrictParser, nowhere, refuse_in_words, worded

ROUTERS = {
    "Products": products.router,
    "Items": items.router,
    "Quotes and lifting": lifting.router,
    "Merging and undo": merging.router,
    "Outcomes": outcomes.router,
    "Surveys": surveys.router,
    "Planning": planning.router,
    "Schedules": schedules.router,
    "Canvases": canvases.router,
    "Next steps": steps.router,
    "Imports": imports.router,
}

api = Described(
    title="Pilothouse", version=__version__, description=ABOUT, auth=Bearer(), parser=StrictParser(), docs_url=None,
    urls_namespace="api-1",
)  # fmt: skip
refuse_in_words(api)
for name, router in ROUTERS.items():
    api.add_router("", router, tags=[name])

served = api.urls
for pattern in served[0]:
    pattern.callback = worded(pattern.callback)

urlpatterns = [path("", served), re_path("", nowhere)]
