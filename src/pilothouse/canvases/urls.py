"""The addresses of canvases below a workspace."""

from __future__ import annotations

from django.urls import path

from pilothouse.canvases.views import (
    board,
    chosen,
    citing,
    export,
    figures,
    layouts,
    making,
    notes,
    pairs,
    stages,
    together,
)

urlpatterns = [
    path("<key:key>/canvases/new", making.new),
    path("<key:key>/canvases/layouts/<int:pk>", layouts.layout),
    path("<key:key>/canvases/layouts/<int:pk>/removal", layouts.removal),
    path("<ref:ref>/canvas", board.board),
    path("<ref:ref>/canvas/changes", board.changes),
    path("<ref:ref>/canvas/export.<slug:file>", export.export),
    path("<ref:ref>/canvas/notes", notes.add),
    path("<ref:ref>/canvas/notes/<int:number>", notes.note),
    path("<ref:ref>/canvas/notes/<int:number>/place", notes.place),
    path("<ref:ref>/canvas/notes/<int:number>/removal", notes.removal),
    path("<ref:ref>/canvas/notes/<int:number>/vote", notes.vote),
    path("<ref:ref>/canvas/notes/<int:number>/figures", figures.figures),
    path("<ref:ref>/canvas/notes/<int:number>/figures/<str:measure>", figures.figure),
    path("<ref:ref>/canvas/notes/<int:number>/evidence", citing.evidence),
    path("<ref:ref>/canvas/notes/<int:number>/evidence/<int:source>/removal", citing.removal),
    path("<ref:ref>/canvas/chosen", chosen.chosen),
    path("<ref:ref>/canvas/phase", together.phase),
    path("<ref:ref>/canvas/timer", together.timer),
    path("<ref:ref>/canvas/reveal", together.reveal),
    path("<ref:ref>/canvas/votes", together.votes),
    path("<ref:ref>/canvas/stages", stages.stages),
    path("<ref:ref>/canvas/to-be", pairs.to_be),
    path("<ref:ref>/canvas/comparison", pairs.comparison),
    path("<ref:ref>/canvas/template", layouts.save),
]
