"""The addresses of surveys below a workspace, each part with its own list. Answering stands at /s/."""

from __future__ import annotations

from pilothouse.surveys.analysis.urls import urlpatterns as analysis
from pilothouse.surveys.answering.workspace_urls import urlpatterns as collecting
from pilothouse.surveys.building.urls import urlpatterns as building
from pilothouse.surveys.files.urls import urlpatterns as files
from pilothouse.surveys.instruments.urls import urlpatterns as instruments

urlpatterns = [*building, *collecting, *analysis, *files, *instruments]
