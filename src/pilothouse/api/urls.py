"""The REST API, version 1. Its description is at openapi.json; there is no page of docs that loads foreign scripts."""

from __future__ import annotations

from django.urls import path
from ninja import NinjaAPI

from pilothouse import __version__
from pilothouse.api import items
from pilothouse.api.auth import Bearer
from pilothouse.api.edge import StrictParser, refuse_in_words

api = NinjaAPI(
    title="Pilothouse", version=__version__, auth=Bearer(), parser=StrictParser(), docs_url=None, urls_namespace="api-1"
)
refuse_in_words(api)
api.add_router("", items.router)

urlpatterns = [path("", api.urls)]
