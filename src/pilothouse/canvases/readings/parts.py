"""What readings share: numbers off notes with their ranges, notes named in a sentence, and what is still missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from pilothouse.canvases.models import Figure
from pilothouse.canvases.note import Note
from pilothouse.charts import Point
from pilothouse.jinja import day, decimal, is_chinese, listed
from pilothouse.kinds.layouts import Layout, Measure

MOST_NAMED, MOST_LACKING, LONGEST = 4, 5, 40
TONES = {"": "$chart-slate", "good": "$leaf", "watch": "$amber", "bad": "$coral", "sea": "$sea", "brass": "$sea"}
Ends = tuple[float | None, float | None]


def value(note: Note, measure: str) -> float | None:
    figure = note.figures.get(measure)
    return None if figure is None else figure.value


def known(note: Note, measure: str) -> float:
    """The number of a note, which must have it."""
    return float(note.figures[measure].value or 0.0)


def span(note: Note, measure: str) -> tuple[float, float]:
    """(lowest, highest) that the number may be by its range; twice the number where no range was given."""
    figure = note.figures[measure]
    middle = float(figure.value or 0.0)
    return (middle if figure.low is None else figure.low), (middle if figure.high is None else figure.high)


def ends(note: Note, measure: str) -> Ends:
    """The range of a number as a chart draws it."""
    return drawn(*span(note, measure))


def drawn(low: float, high: float) -> Ends:
    """Both ends of a range; (None, None) where they are the same or one is infinite, and nothing is drawn."""
    return (low, high) if low < high < float("inf") else (None, None)


def complete(layout: Layout, notes: Iterable[Note]) -> list[Note]:
    """The notes that have every number that their cell asks for."""
    return [note for note in notes if layout.measures_of(note.cell) and not lacks(layout, note)]


def lacks(layout: Layout, note: Note) -> list[Measure]:
    return [one for one in layout.measures_of(note.cell) if one.required and one.slug not in note.figures]


def lacking(layout: Layout, notes: Iterable[Note]) -> tuple[str, ...]:
    """A sentence for each note that stays out of the picture, with what it lacks; the first few are named."""
    found = [(note, missing) for note in notes if (missing := lacks(layout, note))]
    text = _("%(note)s is left out, it lacks: %(measures)s.")
    said = [
        text % {"note": called(note), "measures": listed(str(one.name) for one in missing)} for note, missing in found
    ]
    return tuple(few(said))


def few(said: Sequence[str]) -> list[str]:
    """The first few of many sentences of one sort, then a sentence that counts the others."""
    more = len(said) - MOST_LACKING
    if more <= 0:
        return list(said)
    return [*said[:MOST_LACKING], ngettext("%(n)s more like it.", "%(n)s more like these.", more) % {"n": more}]


def called(note: Note) -> str:
    return quoted(note.title)


def quoted(text: str) -> str:
    """A text in quotation marks, cut short and without its full stop."""
    return _("“%(name)s”") % {"name": short(text.rstrip("。. ") or text)}


def short(text: str, longest: int = LONGEST) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def named(notes: Iterable[Note]) -> str:
    return listed((called(note) for note in notes), MOST_NAMED)


def told(figure: Figure | None, unit: Any = "") -> str:
    """A number with its unit and its range, such as “12 % (10–14)”; “–” for none."""
    if figure is None or figure.value is None:
        return "–"
    low, high = (figure.value if end is None else end for end in (figure.low, figure.high))
    return ranged(figure.value, low, high, unit=str(unit), places=2)


def ranged(number: float, low: float, high: float, *, unit: str = "", places: int = 0) -> str:
    """A number with its unit and its range; without the latter where both ends are the same. Chinese has no space
    before a per cent sign."""
    space = "" if not unit or (unit == "%" and is_chinese()) else " "
    text = f"{decimal(number, places)}{space}{unit}"
    if low == high:
        return text
    figures = {"number": text, "low": decimal(low, places), "high": decimal(high, places)}
    return _("%(number)s (%(low)s–%(high)s)") % figures


def cell(figure: Figure | None, unit: Any = "") -> dict[str, str]:
    """A number as a cell of a table, with the n that it rests on."""
    n = f"n = {figure.n:,}" if figure and figure.n else ""
    return {"text": told(figure, unit), "url": "", "note": n}


def backing(note: Note) -> str:
    """The sources of a note's numbers, each once and with its day."""
    said = [
        _("%(source)s (%(day)s)") % {"source": short(one.source), "day": day(one.said_on)}
        if one.said_on
        else short(one.source)
        for one in note.figures.values()
        if one.source
    ]
    return listed(dict.fromkeys(said), MOST_NAMED) or "–"


def heading(note: Note) -> dict[str, str]:
    """A note as the first cell of its row."""
    return {"text": short(note.title, 80), "url": note.item.url, "note": ""}


def table(
    measures: Sequence[Measure], notes: Iterable[Note], computed: Mapping[str, Callable[[Note], str]] | None = None
) -> tuple[tuple[Any, ...], tuple[tuple[Any, ...], ...]]:
    """(head, rows) with a row for each note: its name, what was `computed` (column name: function of the note), its
    numbers, and their sources."""
    made = computed or {}
    head = (pgettext("canvas", "Note"), *made, *(str(one.name) for one in measures), _("Rests on"))
    return head, tuple(
        (
            heading(note),
            *(tell(note) for tell in made.values()),
            *(cell(note.figures.get(one.slug), one.unit) for one in measures),
            backing(note),
        )
        for note in notes
    )


def placed(layout: Layout, note: Note, across: str, up: str) -> Point:
    """A note as a point of a chart: two of its numbers, with their ranges, in the tone of its cell."""
    names = {one.slug: str(one.name) for one in layout.measures}
    said = [f"{names[slug]} {told(note.figures[slug])}" for slug in (across, up)]
    place = layout.cell_by_slug.get(note.cell)
    return Point(
        short(note.title, 28), known(note, across), known(note, up), f"{note.title}: {listed(said)}", note.item.url,
        *ends(note, across), *ends(note, up), tone=TONES[place.tone if place else ""],
    )  # fmt: skip


def titled(spec: dict[str, Any], title: Any, subtitle: str = "") -> dict[str, Any]:
    return {**spec, "usermeta": {"title": str(title), "subtitle": subtitle}}


def base(used: int, everything: int) -> str:
    """The line below a chart's title that says how many of all notes it shows."""
    text = ngettext("%(used)s of %(n)s note, each with its range where one was given",
                    "%(used)s of %(n)s notes, each with its range where one was given", everything)  # fmt: skip
    return text % {"used": used, "n": everything}
