"""Ready-made questionnaires, in the order in which they are offered."""

from __future__ import annotations

from pilothouse.surveys.instruments.ready.declare import Ready, together
from pilothouse.surveys.instruments.ready.features import CONJOINT, KANO, MAXDIFF, OPPORTUNITY, RANKING
from pilothouse.surveys.instruments.ready.prices import LADDER, PSM
from pilothouse.surveys.instruments.ready.scores import CES, CSAT, FIT, NPS, SUS, UMUX
from pilothouse.surveys.instruments.ready.team import HEALTH

READY: dict[str, Ready] = {
    ready.slug: ready
    for ready in (
        KANO, NPS, MAXDIFF, OPPORTUNITY, RANKING, FIT, CSAT, CES, SUS, UMUX, PSM, LADDER, CONJOINT, HEALTH,
    )
}  # fmt: skip

__all__ = ["READY", "Ready", "together"]
