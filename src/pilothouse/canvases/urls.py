"""The addresses of canvases below a workspace."""

from __future__ import annotations

from django.urls import path

from pilothouse.canvases.views import board, making, notes

urlpatterns = [
    path("<key:key>/canvases/new", making.new),
    path("<ref:ref>/canvas", board.board),
    path("<ref:ref>/canvas/notes", notes.add),
    path("<ref:ref>/canvas/notes/<int:number>/place", notes.place),
]
