"""Where a method runs on a product's own data: scorecards, questionnaires, canvases and pages that compute it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from pilothouse.kinds.layouts import LAYOUTS
from pilothouse.planning.scorecards.ways import WAYS
from pilothouse.surveys.instruments import INSTRUMENTS, READY

# Beside what declares its method itself: pages below the product that compute one, as (link of a text, its name).
PAGES: dict[str, tuple[tuple[str, Any, str], ...]] = {
    "nrp": (("page:plans/new", _("A release plan"), "calendar-range"),),
    "rcpsp": (("kind:plan", _("The schedule of a release plan"), "calendar-clock"),),
    "forecast_mc": (("page:forecast", _("Forecast"), "calendar-clock"),),
    "brier": (("page:calibration", _("Calibration"), "target"),),
    "crosstab": (("kind:survey", _("The results of a survey, question by question"), "clipboard-list"),),
    "raking": (("kind:survey", _("The weighting of a survey"), "clipboard-list"),),
    "saturation": (("kind:survey", _("The codes of open answers"), "clipboard-list"),),
}


@dataclass(frozen=True)
class Home:
    """`link` is written like those of the guide's texts."""

    link: str
    name: Any
    icon: str


def homes_of(id: str) -> Iterator[Home]:
    for way in WAYS.values():
        if way.method == id:
            yield Home(f"scorecard:{way.slug}", way.name, way.icon)
    for instrument in INSTRUMENTS:
        if instrument.method == id and (ready := READY.get(instrument.slug)):
            yield Home(f"survey:{ready.slug}", ready.name, ready.icon)
    for layout in LAYOUTS.values():
        if layout.computes == id:
            yield Home(f"canvas:{layout.slug}", layout.name, layout.icon)
    for link, name, icon in PAGES.get(id, ()):
        yield Home(link, name, icon)
