"""The addresses of planning below a workspace."""

from __future__ import annotations

from django.urls import path

from pilothouse.planning.views import cards, compare, sheets

urlpatterns = [
    path("<key:key>/scorecards/new", cards.new),
    path("<key:key>/scorecards/compare", compare.compare),
    path("<ref:ref>/scorecard", sheets.sheet),
    path("<ref:ref>/scorecard/outcome", sheets.outcome),
    path("<ref:ref>/scorecard/rows", sheets.rows),
    path("<ref:ref>/scorecard/rows/<int:number>", sheets.row),
    path("<ref:ref>/scorecard/rows/<int:number>/removal", sheets.removal),
    path("<ref:ref>/scorecard/rows/<int:number>/<str:criterion>", sheets.cell),
    path("<ref:ref>/scorecard/pairs", cards.pairs),
    path("<ref:ref>/scorecard/criteria", cards.criteria),
    path("<ref:ref>/scorecard/people", cards.people),
    path("<ref:ref>/scorecard/finish", cards.finish),
    path("<ref:ref>/scorecard/reveal", cards.reveal),
    path("<ref:ref>/scorecard/adoption", cards.adoption),
]
