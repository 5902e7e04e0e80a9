"""Where a survey's answers go out and come in."""

from __future__ import annotations

from django.urls import URLPattern, path

from pilothouse.exchange.answers.views import exports, imports, making, reports

urlpatterns: list[URLPattern] = [
    path("<ref:ref>/survey/export", exports.choose),
    path("<ref:ref>/survey/export.csv", exports.answers, {"form": "csv"}),
    path("<ref:ref>/survey/export.xlsx", exports.answers, {"form": "xlsx"}),
    path("<ref:ref>/survey/export.sav", exports.answers, {"form": "sav"}),
    path("<ref:ref>/survey/export.json", exports.questionnaire),
    path("<ref:ref>/survey/exports/<uuid:pk>", exports.fetch),
    path("<ref:ref>/survey/import", imports.upload),
    path("<ref:ref>/survey/import/<uuid:pk>", reports.report),
    path("<ref:ref>/survey/import/<uuid:pk>/reading", imports.reading),
    path("<ref:ref>/survey/import/<uuid:pk>/columns", imports.columns),
    path("<ref:ref>/survey/import/<uuid:pk>/check", imports.check),
    path("<ref:ref>/survey/import/<uuid:pk>/start", reports.start),
    path("<ref:ref>/survey/import/<uuid:pk>/undo", reports.undo),
    path("<ref:ref>/survey/import/<uuid:pk>/discard", reports.discard),
    path("<ref:ref>/survey/import/<uuid:pk>/failed.csv", reports.failed_rows),
    path("<key:key>/surveys/import", making.upload),
    path("<key:key>/surveys/import/<uuid:pk>/reading", imports.reading),
    path("<key:key>/surveys/import/<uuid:pk>/questions", making.questions),
    path("<key:key>/surveys/import/<uuid:pk>/discard", reports.discard),
]
