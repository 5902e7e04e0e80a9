"""The addresses of planning below a workspace."""

from __future__ import annotations

from django.urls import path

from pilothouse.planning.views import cards, compare, forecast, launch, plan, roadmap, roadmap_shares, sheets, team

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
    path("<key:key>/plans/new", plan.new),
    path("<key:key>/forecast", forecast.forecast),
    path("<key:key>/roadmap/", roadmap.roadmap),
    path("<key:key>/roadmap/shares", roadmap_shares.shares),
    path("<key:key>/roadmap/shares/<int:pk>/revocation", roadmap_shares.revocation),
    path("<key:key>/roadmap/filter", roadmap.filter_by),
    path("<key:key>/roadmap/<int:pk>/place", roadmap.place),
    path("<key:key>/roadmap/<int:number>/dates", roadmap.item_dates),
    path("<key:key>/team", team.team),
    path("<key:key>/team/skills", team.skills),
    path("<key:key>/team/skills/<int:pk>/removal", team.remove_skill),
    path("<key:key>/team/workers", team.workers),
    path("<key:key>/team/workers/<int:pk>/removal", team.remove_worker),
    path("<key:key>/team/days-off", team.days_off),
    path("<key:key>/team/days-off/<int:pk>/removal", team.remove_day_off),
    path("<ref:ref>/plan", plan.plan),
    path("<ref:ref>/plan/setup", plan.setup),
    path("<ref:ref>/plan/solution", plan.solution),
    path("<ref:ref>/plan/copy", plan.copy),
    path("<ref:ref>/plan/commitment", plan.commitment),
    path("<ref:ref>/plan/choices/<int:number>", plan.choice),
    path("<ref:ref>/plan/capacity/<int:number>/<int:skill>", plan.capacity),
    path("<ref:ref>/plan/estimates/<int:number>/<int:skill>", plan.estimate),
    path("<ref:ref>/launch", launch.launch),
    path("<ref:ref>/launch/gates", launch.gates),
    path("<ref:ref>/launch/gates/<int:pk>", launch.gate),
    path("<ref:ref>/launch/gates/<int:pk>/removal", launch.remove_gate),
    path("<ref:ref>/launch/notes", launch.release_notes),
    path("<ref:ref>/launch/told/<int:number>", launch.told),
]
