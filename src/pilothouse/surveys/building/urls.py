from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from pilothouse.surveys.building.views import collect, edit, languages, new, overview, preview, publishing

urlpatterns: list[URLPattern | URLResolver] = [
    path("<key:key>/surveys/new", new.new),
    path("<ref:ref>/survey", overview.overview),
    path("<ref:ref>/survey/edit", edit.edit),
    path("<ref:ref>/survey/edit/undo", edit.take_back),
    path("<ref:ref>/survey/edit/<str:at>", edit.part),
    path("<ref:ref>/survey/languages", languages.languages),
    path("<ref:ref>/survey/languages/change", languages.change),
    path("<ref:ref>/survey/languages/sheet.csv", languages.sheet),
    path("<ref:ref>/survey/languages/sheet", languages.take_sheet),
    path("<ref:ref>/survey/collect", collect.collect),
    path("<ref:ref>/survey/preview", preview.preview),
    path("<ref:ref>/survey/preview/pages", preview.rehearsal),
    path("<ref:ref>/survey/pictures/<str:name>", preview.picture),
    path("<ref:ref>/survey/publish", publishing.publish),
    path("<ref:ref>/survey/state/<slug:verb>", publishing.state),
    path("<ref:ref>/survey/copy", publishing.copy),
]
