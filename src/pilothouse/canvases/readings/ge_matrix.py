"""The GE matrix from the ratings on notes: the market's side and our own, weighed as one note says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from pilothouse.canvases.note import Note
from pilothouse.canvases.readings.declare import Reading
from pilothouse.canvases.readings.parts import (
    base,
    called,
    complete,
    drawn,
    few,
    known,
    lacking,
    named,
    ranged,
    short,
    span,
    table,
    titled,
)  # fmt: skip
from pilothouse.charts import Axis, Point, plane
from pilothouse.jinja import decimal, listed
from pilothouse.kinds.layouts import Layout
from pilothouse.methods import ge_mckinsey

WEIGHTS = "importance"
SIDES = {"attractiveness": "market_", "strength": "own_"}
BANDS = (2.33, 3.67)
NAMES = {
    "invest": pgettext_lazy("ge", "Invest"),
    "select": pgettext_lazy("ge", "Choose with care"),
    "harvest": pgettext_lazy("ge", "Harvest or leave"),
}
SENTENCES = {
    "invest": gettext_lazy("Invest and grow: %(names)s."),
    "select": gettext_lazy("Choose with care, earn where it can be had: %(names)s."),
    "harvest": gettext_lazy("Harvest or leave: %(names)s."),
}
TONES = {"invest": "$leaf", "select": "$amber", "harvest": "$coral"}
Scores = dict[str, tuple[float, float, float]]  # by side: the score, its lowest and its highest


def read(layout: Layout, notes: Sequence[Note]) -> Reading:
    businesses = [note for note in notes if note.cell != WEIGHTS]
    there = complete(layout, businesses)
    if not there:
        return Reading(sentences=(_("No business is rated on every factor yet."),), caveats=lacking(layout, businesses))
    weights = weights_of(layout, notes)
    judged = {note.number: judge(note, weights) for note in there}
    scores = {note.number: scored(note, weights) for note in there}
    head, rows = table(
        layout.measures,
        notes,
        {
            _("What follows"): lambda note: str(NAMES[judged[note.number].move]) if note.number in judged else "–",
            _("Attractiveness"): lambda note: score(scores, note, "attractiveness"),
            _("Strength"): lambda note: score(scores, note, "strength"),
        },
    )
    return Reading(
        sentences=tuple(
            str(text) % {"names": named(chosen)}
            for move, text in SENTENCES.items()
            if (chosen := [note for note in there if judged[note.number].move == move])
        ),
        charts=(titled(chart(there, judged, scores), layout.name, base(len(there), len(businesses))),),
        head=head,
        rows=rows,
        caveats=(*lacking(layout, businesses), *caveats(there, judged, scores), *unweighed(layout, notes)),
        how=_(
            "Each side is the weighted mean of its ratings, 1 to 5; bands end at 2.33 and 3.67. Above the diagonal "
            "one invests, on it one chooses, below it one harvests. Lines show the ranges of the ratings."
        ),
    )


def weights_of(layout: Layout, notes: Sequence[Note]) -> dict[str, dict[str, float]]:
    """By side and factor, each side summing to 1: what the notes on weights say in the mean; else all alike."""
    found: dict[str, dict[str, float]] = {}
    for side, prefix in SIDES.items():
        said = {one.slug: mean_weight(notes, one.slug) for one in layout.measures if one.slug.startswith(prefix)}
        total = sum(said.values())
        found[side] = {slug: weight / total for slug, weight in said.items()}
    return found


def mean_weight(notes: Sequence[Note], factor: str) -> float:
    said = [known(note, factor) for note in notes if note.cell == WEIGHTS and factor in note.figures]
    return sum(said) / len(said) if said else 1.0


def unweighed(layout: Layout, notes: Sequence[Note]) -> list[str]:
    """Where weights are given for some factors only, the others would count as 1 of 5 without anybody saying so."""
    given = {slug for note in notes if note.cell == WEIGHTS for slug in note.figures}
    left = [str(one.name) for one in layout.measures if one.slug not in given]
    if not given:
        return [_("All factors of a side count the same: no weights are given.")]
    return [_("These factors have no weight and count as 1: %(names)s.") % {"names": listed(left)}] if left else []


def judge(note: Note, weights: dict[str, dict[str, float]]) -> Any:
    sides = {
        side: [(slug, weight, known(note, slug)) for slug, weight in factors.items()]
        for side, factors in weights.items()
    }
    return ge_mckinsey.analyse(sides["attractiveness"], sides["strength"], bands=BANDS)


def scored(note: Note, weights: dict[str, dict[str, float]]) -> Scores:
    return {
        side: tuple(
            sum(weight * at for weight, at in zip(factors.values(), ratings, strict=True))
            for ratings in zip(*((known(note, slug), *span(note, slug)) for slug in factors), strict=True)
        )
        for side, factors in weights.items()
    }


def caveats(there: Sequence[Note], judged: dict[int, Any], scores: dict[int, Scores]) -> list[str]:
    said = []
    for note in there:
        if all(low == high for _middle, low, high in scores[note.number].values()):
            continue
        reached = {move(scores[note.number], low) for low in ((1, 1), (1, 2), (2, 1), (2, 2))}
        if others := reached - {judged[note.number].move}:
            names = listed(str(NAMES[other]) for other in NAMES if other in others)
            said.append(_("By its range, %(note)s may also be: %(others)s.") % {"note": called(note), "others": names})
    return few(said)


def move(scores: Scores, end: tuple[int, int]) -> str:
    """What follows where each side is at one end of its range: 1 the lowest, 2 the highest."""
    sides = {side: [("all", 1.0, scores[side][at])] for side, at in zip(SIDES, end, strict=True)}
    return ge_mckinsey.analyse(sides["attractiveness"], sides["strength"], bands=BANDS).move


def chart(there: Sequence[Note], judged: dict[int, Any], scores: dict[int, Scores]) -> dict[str, Any]:
    points = []
    for note in there:
        (up, *up_ends), (across, *across_ends) = (scores[note.number][side] for side in SIDES)
        tip = _("%(note)s: market %(market)s, own strength %(own)s") % {
            "note": note.title, "market": decimal(up, 2), "own": decimal(across, 2)
        }  # fmt: skip
        points.append(Point(
            short(note.title, 28), across, up, tip, note.item.url, *drawn(*across_ends), *drawn(*up_ends),
            tone=TONES[judged[note.number].move],
        ))  # fmt: skip
    return plane(
        points,
        Axis(_("Our strength"), (1, 5), BANDS, reverse=True, ticks=range(1, 6)),
        Axis(_("Attractiveness of the market"), (1, 5), BANDS, ticks=range(1, 6)),
        corners=[str(NAMES[name]) for name in ("invest", "select", "select", "harvest")],
    )


def score(scores: dict[int, Scores], note: Note, side: str) -> str:
    return ranged(*scores[note.number][side], places=2) if note.number in scores else "–"
