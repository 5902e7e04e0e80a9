"""Were we as sure as we should be? What was said about decisions beside what came, for one person or all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pilothouse.charts import Point, scatter
from pilothouse.jinja import decimal
from pilothouse.methods import MethodError, brier
from pilothouse.outcomes.verdict import MOVED, NOT_MOVED
from pilothouse.people.access import Actor
from pilothouse.people.models import Product, User
from pilothouse.workbench.models import Item
from pilothouse.workbench.products import with_products

MOST = 5_000
FEW = 30
CAME = {MOVED: 1, NOT_MOVED: 0}


@dataclass(frozen=True)
class Said:
    """A decision with how sure somebody was, in per cent, and what came: 1, 0, or None while nobody can tell."""

    decision: Item
    who: User | None
    probability: float
    came: int | None


def said(actor: Actor, product: Product | None, person: int | None) -> list[Said]:
    """Decisions with a probability, the newest first; of one product or of all that the actor sees."""
    rows = Item.objects.live().visible_to(actor).filter(kind="decision", fields__has_key="probability")
    if product is not None:
        rows = rows.filter(product=product)
    decisions = list(rows.select_related("owner", "created_by").order_by("-pk")[:MOST])
    with_products(actor, decisions)
    found = [one for decision in decisions if (one := said_of(decision))]
    return [one for one in found if person is None or (one.who and one.who.pk == person)]


def said_of(decision: Item) -> Said | None:
    probability = decision.fields.get("probability")
    if not isinstance(probability, int | float):
        return None
    return Said(decision, decision.owner or decision.created_by, probability, CAME.get(decision.fields.get("verdict")))


def reading(rows: Sequence[Said]) -> dict[str, Any]:
    """What the component of the same name takes, with the chart; only a sentence while nothing was closed."""
    try:
        result = brier.analyse([one.probability / 100 for one in rows], [one.came for one in rows])
    except MethodError:
        return {"sentence": _("No decision with a probability has been reviewed yet."), "result": None}
    return {
        "sentence": sentence(result), "sure": certainty(result), "caveats": caveats(result), "result": result,
        "chart": chart(result),
    }  # fmt: skip


def sentence(result: Any) -> str:
    figures = {
        "said": decimal(result.mean_prediction * 100, 0), "came": decimal(result.base_rate * 100, 0),
        "brier": decimal(result.brier, 3),
    }  # fmt: skip
    return _("On average you were %(said)s %% sure, and %(came)s %% came true. Brier score %(brier)s.") % figures


def certainty(result: Any) -> str:
    text = ngettext("%(n)s decision reviewed", "%(n)s decisions reviewed", result.n) % {"n": result.n}
    waiting = ngettext("%(n)s still open", "%(n)s still open", result.open) % {"n": result.open}
    return _("%(reviewed)s, %(open)s. 0 is perfect, 0.25 is what a coin gives.") % {"reviewed": text, "open": waiting}


def caveats(result: Any) -> list[str]:
    told = {
        "too_high": _("You were too sure: what you expected came less often than you said."),
        "too_low": _("You were not sure enough: what you expected came more often than you said."),
        "too_extreme": _("You went too far to both ends: likely things failed and unlikely things came."),
        "too_timid": _("You stayed too close to the middle: you know more than you say."),
    }
    few = [_("Below %(n)s reviewed decisions the score says little.") % {"n": FEW}] if result.n < FEW else []
    return [*few, *([told[result.tendency]] if result.tendency in told and result.n >= FEW else [])]


def chart(result: Any) -> dict[str, Any]:
    points = []
    for one in result.bins:
        figures = {"said": f"{one.mean:.0%}", "came": f"{one.share:.0%}", "n": one.n}
        tip = _("Said %(said)s, came %(came)s (n = %(n)s)") % figures
        low, high = one.interval
        points.append(Point(f"n = {one.n}", one.mean, one.share, tip, y_low=low, y_high=high))
    return scatter(
        points, x_title=_("How sure you were"), y_title=_("How often it came"), x_domain=(0, 1.05), y_domain=(0, 1.05),
        format=".0%", line=((0.0, 0.0), (1.0, 1.0)),
    )  # fmt: skip
