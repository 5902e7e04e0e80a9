"""Ways in and out of a product, and the jobs behind them."""

from __future__ import annotations

from django.urls import URLPattern, path

from pilothouse.exchange.answers.urls import urlpatterns as answers
from pilothouse.exchange.views import exports, imports, jobs, reports, roadmap, schedules, scorecards, whole

urlpatterns: list[URLPattern] = [
    *answers,
    path("jobs/<uuid:pk>", jobs.job),
    path("jobs/<uuid:pk>/cancel", jobs.cancel),
    path("jobs/<uuid:pk>/retry", jobs.retry),
    path("products/import", whole.new_product),
    path("<key:key>/export", whole.choose),
    path("<key:key>/export.json", whole.product_file),
    path("<key:key>/roadmap/export.md", roadmap.as_markdown),
    path("<key:key>/roadmap/export.xlsx", roadmap.as_xlsx),
    path("<key:key>/roadmap/export.pdf", roadmap.as_pdf),
    path("<key:key>/roadmap/timeline.svg", roadmap.as_svg),
    path("<ref:ref>/scorecard/export.csv", scorecards.as_csv),
    path("<ref:ref>/scorecard/export.xlsx", scorecards.as_xlsx),
    path("<ref:ref>/plan/schedule/export.csv", schedules.as_csv),
    path("<ref:ref>/plan/schedule/export.xlsx", schedules.as_xlsx),
    path("<ref:ref>/plan/schedule/export.ics", schedules.as_calendar),
    path("<key:key>/import", imports.choose),
    path("<key:key>/imports", reports.history),
    path("<key:key>/<kind:kind>/import", imports.upload),
    path("<key:key>/<kind:kind>/export.csv", exports.as_csv),
    path("<key:key>/<kind:kind>/export.xlsx", exports.as_xlsx),
    path("<key:key>/imports/<uuid:pk>", reports.report),
    path("<key:key>/imports/<uuid:pk>/reading", imports.reading),
    path("<key:key>/imports/<uuid:pk>/columns", imports.columns),
    path("<key:key>/imports/<uuid:pk>/check", imports.check),
    path("<key:key>/imports/<uuid:pk>/start", reports.start),
    path("<key:key>/imports/<uuid:pk>/undo", reports.undo),
    path("<key:key>/imports/<uuid:pk>/discard", reports.discard),
    path("<key:key>/imports/<uuid:pk>/template", reports.template),
    path("<key:key>/imports/<uuid:pk>/failed.csv", reports.failed_rows),
]
