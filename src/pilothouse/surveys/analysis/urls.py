"""The addresses of results, responses, cross-tabs and codes."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from pilothouse.surveys.analysis.views import codes, crosstab, files, responses, results, trend, weights

urlpatterns: list[URLPattern | URLResolver] = [
    path("<ref:ref>/survey/results", results.results),
    path("<ref:ref>/survey/results/values", results.values),
    path("<ref:ref>/survey/results/<slug:question>", results.question),
    path("<ref:ref>/survey/crosstab", crosstab.crosstab),
    path("<ref:ref>/survey/trend", trend.trend),
    path("<ref:ref>/survey/weights", weights.weights),
    path("<ref:ref>/survey/responses", responses.responses),
    path("<ref:ref>/survey/responses/sort", responses.sort_out),
    path("<ref:ref>/survey/responses/<int:number>", responses.response),
    path("<ref:ref>/survey/responses/<int:number>/data", responses.data),
    path("<ref:ref>/survey/responses/<int:number>/files/<slug:question>", files.file),
    path("<ref:ref>/survey/responses/<int:number>/lift", responses.lift),
    path("<ref:ref>/survey/responses/<int:number>/erase", responses.erase),
    path("<ref:ref>/survey/codes", codes.codes),
    path("<ref:ref>/survey/codes/give", codes.give),
    path("<ref:ref>/survey/codes/take", codes.take),
]
