"""The life-cycle curve: the stage by growth and by the fitted Bass curve, when it peaks and what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from pilothouse.canvases.note import Note
from pilothouse.canvases.readings.declare import Reading
from pilothouse.canvases.readings.parts import (
    drawn,
    ends,
    known,
    lacking,
    short,
    table,
    titled,
    told,
)
from pilothouse.charts import Moment, trend, unlike
from pilothouse.jinja import decimal
from pilothouse.kinds.layouts import Layout
from pilothouse.methods import MethodError, bass_diffusion, life_cycle_stage

SALES, AHEAD = "sales", 4
STAGES = {
    "introduction": pgettext_lazy("life cycle", "introduction"),
    "growth": pgettext_lazy("life cycle", "growth"),
    "maturity": pgettext_lazy("life cycle", "maturity"),
    "decline": pgettext_lazy("life cycle", "decline"),
}


@dataclass(frozen=True)
class Found:
    """What could be computed of the periods that have a number, in their order; None what could not."""

    notes: list[Note]
    growth: Any
    bass: Any


def read(layout: Layout, notes: Sequence[Note]) -> Reading:
    there = [note for note in notes if SALES in note.figures]
    series = [known(note, SALES) for note in there]
    found = Found(there, tried(life_cycle_stage.by_growth, series), tried(bass_diffusion.analyse, series, ahead=AHEAD))
    stage_of = stages(found)
    head, rows = table(layout.measures, notes, {_("Stage by growth"): lambda note: stage_of.get(note.number, "–")})
    drawn = titled(chart(found), layout.name, _("%(n)s periods") % {"n": len(there)})
    return Reading(
        sentences=tuple(sentences(found)), charts=(drawn,) if there else (), head=head, rows=rows,
        caveats=(*lacking(layout, notes), *caveats(found)),
        how=_("By growth: more or less than half a standard deviation of growth is growth or decline, between them "
              "lies maturity (Polli and Cook 1969). By curve: a Bass curve is fitted, its points of inflection are the "
              "borders (Mahajan, Muller and Srivastava 1990). The band is a 95 % prediction interval."),
    )  # fmt: skip


def tried(analyse: Any, series: Sequence[float], **options: Any) -> Any:
    """None where the series is too short, or does not allow it."""
    try:
        return analyse(series, **options)
    except MethodError:
        return None


def sentences(found: Found) -> list[str]:
    n = len(found.notes)
    if not found.growth and not found.bass:
        return [_("A curve needs six periods, a stage by growth eight that are not empty; there are %(n)s.") % {"n": n}]
    by_growth = str(STAGES[found.growth.stage]) if found.growth else ""
    by_curve = str(STAGES[found.bass.stages.stage]) if found.bass else ""
    said = [stage_sentence(by_growth, by_curve)]
    if found.bass:
        said += curve_sentences(found.bass, n)
    return said


def stage_sentence(by_growth: str, by_curve: str) -> str:
    if by_growth and by_curve and by_growth != by_curve:
        text = _("The stage is not clear: by its growth it is %(growth)s, by its curve %(curve)s.")
        return text % {"growth": by_growth, "curve": by_curve}
    if by_growth and by_curve:
        return _("The stage is %(stage)s, by its growth and by its curve.") % {"stage": by_growth}
    text = _("By its growth the stage is %(stage)s.") if by_growth else _("By its curve the stage is %(stage)s.")
    return text % {"stage": by_growth or by_curve}


def curve_sentences(bass: Any, n: int) -> list[str]:
    said = []
    peak = bass.stages.peak_time
    if peak is None:
        said.append(_("The curve falls from the start: word of mouth adds nothing."))
    elif peak <= n:
        said.append(_("The peak was about period %(peak)s.") % {"peak": decimal(peak, 1)})
    else:
        said.append(_("The peak comes about period %(peak)s.") % {"peak": decimal(peak, 1)})
    if bass.m_identified:
        figures = {"m": decimal(bass.m, 0), "se": decimal(bass.se["m"], 0)}
        said.append(_("In all about %(m)s will have come (standard error %(se)s).") % figures)
    if bass.forecast:
        middle, low, high = bass.forecast[0]
        figures = {"value": decimal(middle, 0), "low": decimal(low, 0), "high": decimal(high, 0)}
        said.append(_("The next period brings about %(value)s (%(low)s to %(high)s).") % figures)
    return said


def caveats(found: Found) -> list[str]:
    said = []
    if found.bass and not found.bass.m_identified:
        said.append(_("The curve has not bent enough to say where it ends: peak and total may be far off."))
    if found.bass and found.bass.r2 < 0.5:
        said.append(_("The curve explains little of what was seen (R² %(r2)s).") % {"r2": decimal(found.bass.r2, 2)})
    if len(found.notes) >= life_cycle_stage.LEAST and not found.growth:
        said.append(_("A period without any sales has no growth, so there is no stage by growth."))
    return said


def stages(found: Found) -> dict[int, str]:
    """By note, from the second period on."""
    if not found.growth:
        return {}
    return {note.number: str(STAGES[one]) for note, one in zip(found.notes[1:], found.growth.stages, strict=True)}


def chart(found: Found) -> dict[str, Any]:
    seen, curve = _("seen"), _("curve")
    moments = []
    labels = unlike(short(note.title, 12) for note in found.notes)
    for place, (note, label) in enumerate(zip(found.notes, labels, strict=True)):
        tip = f"{note.title}: {told(note.figures[SALES])}"
        low, high = ends(note, SALES)
        moments.append(Moment(label, known(note, SALES), tip, low, high, seen, note.item.url))
        if found.bass:
            fitted = found.bass.fitted[place]
            moments.append(Moment(label, fitted, f"{note.title}, {curve}: {decimal(fitted, 0)}", series=curve))
    for ahead, (value, low, high) in enumerate(found.bass.forecast if found.bass else (), start=1):
        tip = _("%(ahead)s ahead: %(value)s (%(low)s to %(high)s)") % {
            "ahead": ahead, "value": decimal(value, 0), "low": decimal(low, 0), "high": decimal(high, 0)
        }  # fmt: skip
        moments.append(Moment(f"+{ahead}", value, tip, *drawn(low, high), curve))
    return trend(moments)
