"""The declared layouts of canvases, in the order in which they are offered."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pilothouse.kinds.layouts import ideas, market, model, people, planning, strategy, team
from pilothouse.kinds.layouts.declare import Cell, Layout, Measure, Phase, Stage

FAMILIES = {
    "strategy": _("Strategy"),
    "model": _("Business model"),
    "people": _("People and journeys"),
    "planning": _("From goals to work"),
    "market": pgettext_lazy("canvas", "Market"),
    "team": _("Team and retrospectives"),
    "ideas": _("Ideas"),
}
LAYOUTS: dict[str, Layout] = {
    layout.slug: layout
    for layout in (
        strategy.swot,
        strategy.tows,
        strategy.pestel,
        strategy.porter,
        strategy.ansoff,
        strategy.bcg_matrix,
        strategy.ge_matrix,
        model.lean_canvas,
        model.business_model,
        model.value_proposition,
        people.empathy_map,
        people.persona_sheet,
        people.journey_map,
        people.service_blueprint,
        planning.story_map,
        planning.opportunity_tree,
        planning.impact_map,
        planning.okr_tree,
        planning.assumption_map,
        market.marketing_4p,
        market.marketing_7p,
        market.positioning,
        market.positioning_map,
        market.life_cycle,
        team.stakeholder_map,
        team.raci,
        team.retro_start_stop_continue,
        team.retro_4l,
        team.retro_sailboat,
        team.premortem,
        team.five_whys,
        ideas.brainstorm,
        ideas.six_hats,
        ideas.scamper,
        ideas.crazy_eights,
        ideas.technology_radar,
    )
}

for _layout in LAYOUTS.values():
    if _layout.family not in FAMILIES:
        raise ValueError(f"layout {_layout.slug}: no family {_layout.family!r}")
    _cited = {cell for place in _layout.cells for cell in place.cites}
    if unknown := _cited - set(LAYOUTS[_layout.cites or _layout.slug].cell_by_slug):
        raise ValueError(f"layout {_layout.slug} cites cells that do not exist: {unknown}")
    if unknown := {cell for one in _layout.measures for cell in one.cells} - set(_layout.cell_by_slug):
        raise ValueError(f"layout {_layout.slug} measures cells that do not exist: {unknown}")

__all__ = ["FAMILIES", "LAYOUTS", "Cell", "Layout", "Measure", "Phase", "Stage"]
