"""RACI: whether each activity has one who answers for it and one who does it, and who carries too much."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from pilothouse.canvases.note import Note
from pilothouse.canvases.readings.declare import Reading
from pilothouse.canvases.readings.parts import MOST_NAMED, few, short, titled
from pilothouse.charts import Bar, bars
from pilothouse.jinja import listed
from pilothouse.kinds.layouts import Layout

LETTERS = {"responsible": "R", "accountable": "A", "consulted": "C", "informed": "I"}
MUCH = 0.5  # of the activities: whoever does or answers for more than that is named
FEWEST = 4  # activities from which on a load can be judged
MOST = 25


def read(layout: Layout, notes: Sequence[Note]) -> Reading:
    there = [note for note in notes if note.cell in LETTERS]
    if not there:
        return Reading(sentences=(_("Nobody is named yet."),))
    people, letters = who(there), shares(there)
    stages = [stage for stage in layout.stages if any(note.stage == stage.slug for note in there)]
    return Reading(
        sentences=tuple(sentences(letters, stages, people)),
        charts=(titled(chart(people, letters), _("Who does or answers for how much"), base(people, stages)),),
        head=(_("Who"), *(str(stage.name) for stage in layout.stages)),
        rows=tuple(
            (name, *(letters.get((key, one.slug), "–") for one in layout.stages)) for key, name in people.items()
        ),
        caveats=tuple(caveats(layout, letters, stages, people)),
        how=_("Each activity needs exactly one A and at least one R. Notes with the same text are the same person."),
    )


def key_of(note: Note) -> str:
    return " ".join(note.title.casefold().split())


def who(there: Sequence[Note]) -> dict[str, str]:
    """Everybody named, as they were named first."""
    found: dict[str, str] = {}
    for note in there:
        found.setdefault(key_of(note), short(note.title))
    return found


def shares(there: Sequence[Note]) -> dict[tuple[str, str], str]:
    """By person and activity: RA, C, …"""
    found: dict[tuple[str, str], str] = {}
    for letter_of, letter in LETTERS.items():
        for note in there:
            place = key_of(note), note.stage
            if note.cell == letter_of and letter not in found.get(place, ""):
                found[place] = found.get(place, "") + letter
    return found


def sentences(letters: Any, stages: Sequence[Any], people: Any) -> list[str]:
    answering = {
        stage.slug: [name for name in people if "A" in letters.get((name, stage.slug), "")] for stage in stages
    }
    without = [str(stage.name) for stage in stages if not answering[stage.slug]]
    several = [stage for stage in stages if len(answering[stage.slug]) > 1]
    said = []
    if without:
        said.append(_("Nobody answers for: %(names)s.") % {"names": listed(without)})
    text = _("More than one answers for “%(stage)s”: %(names)s.")
    names = [listed((people[name] for name in answering[stage.slug]), MOST_NAMED) for stage in several]
    said += few([text % {"stage": stage.name, "names": one} for stage, one in zip(several, names, strict=True)])
    idle = [str(stage.name) for stage in stages if not doing(letters, stage.slug)]
    if idle:
        said.append(_("Nobody does: %(names)s.") % {"names": listed(idle)})
    return said or [_("Every activity has exactly one who answers for it and somebody who does it.")]


def doing(letters: dict[tuple[str, str], str], stage: str) -> bool:
    return any("R" in held for (_name, where), held in letters.items() if where == stage)


def caveats(layout: Layout, letters: Any, stages: Sequence[Any], people: Any) -> list[str]:
    said = []
    empty = [str(stage.name) for stage in layout.stages if stage not in stages]
    if empty:
        said.append(_("Nobody is named yet for: %(names)s.") % {"names": listed(empty)})
    if len(stages) < FEWEST:
        return said
    for letter, text in (
        ("R", _("“%(who)s” does %(n)s of %(all)s activities: is that to be borne?")),
        ("A", _("“%(who)s” answers for %(n)s of %(all)s activities: could somebody else decide?")),
    ):
        loaded = [(name, n) for name, n in load(letters, letter).most_common() if n > MUCH * len(stages)]
        said += few([text % {"who": people[name], "n": n, "all": len(stages)} for name, n in loaded])
    return said


def load(letters: dict[tuple[str, str], str], wanted: str) -> Counter[str]:
    return Counter(name for (name, _stage), held in letters.items() if set(wanted) & set(held))


def chart(people: dict[str, str], letters: dict[tuple[str, str], str]) -> dict[str, Any]:
    carried = load(letters, "RA")
    rows = [
        Bar(people[name], float(n), str(n), _("%(who)s: %(n)s activities") % {"who": people[name], "n": n})
        for name, n in carried.most_common(MOST)
    ]
    return bars(rows, format="d")


def base(people: Any, stages: Sequence[Any]) -> str:
    return _("%(people)s people, %(activities)s activities") % {"people": len(people), "activities": len(stages)}
