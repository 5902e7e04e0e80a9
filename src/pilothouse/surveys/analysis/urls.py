"""The addresses of results, responses, cross-tabs and codes."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from pilothouse.surveys.analysis.views import crosstab, results, trend, weights

urlpatterns: list[URLPattern | URLResolver] = [
    path("<ref:ref>/survey/results", results.results),
    path("<ref:ref>/survey/results/values", results.values),
    path("<ref:ref>/survey/results/<slug:question>", results.question),
    path("<ref:ref>/survey/crosstab", crosstab.crosstab),
    path("<ref:ref>/survey/trend", trend.trend),
    path("<ref:ref>/survey/weights", weights.weights),
]
