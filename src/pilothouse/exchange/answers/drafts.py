"""What the columns of a file were probably asked as: a draft of a question for one column, or several together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from pilothouse.exchange.answers.guessing import by_fact, fits
from pilothouse.exchange.answers.scales import Column, cells_of, family_of, is_scale, is_sus, scale, stem_of, together
from pilothouse.exchange.answers.targets import Targets
from pilothouse.exchange.answers.wordings import KANO_INDEX
from pilothouse.exchange.reading.source import Row
from pilothouse.exchange.reading.spss import Variable
from pilothouse.exchange.taking.guessing import is_date, is_number, share
from pilothouse.exchange.taking.targets import folded
from pilothouse.surveys.definition import Questionnaire

FACT = "fact:"
LEVELS, NUMBER, PRICE = "levels", "number", "price"
KANO = re.compile(
    r"^(?P<stem>.+?)[\s_.:-]*(?P<part>dysfunctional|functional|importance|dysf|func|反向|正向|重要性|重要程度)$",
    re.IGNORECASE,
)
KANO_PARTS = {
    "functional": "f", "func": "f", "正向": "f", "dysfunctional": "d", "dysf": "d", "反向": "d",
    "importance": "importance", "重要性": "importance", "重要程度": "importance",
}  # fmt: skip
BEST = re.compile(r"^(?P<part>best|worst|b|w|最重要|最不重要)[\s_.-]*(?P<set>\d{1,3})$", re.IGNORECASE)
TASK = re.compile(r"^(?:choice|task|cbc|choose|选择|任务)[\s_.-]*(?P<set>\d{1,3})$", re.IGNORECASE)
SEPARATED = re.compile(r"[;；|]")
MOST_OPTIONS, FEW = 60, 12


@dataclass
class Draft:
    """`type` is a type of question, "fact:<name>", or "" to leave it out. `parts` are the names of rows, `keys` what
    each column is in a group: (row, field). `order` is that of the answers, where the file knows it.
    Of a conjoint `none` says whether nothing could be chosen, and `reads` how each attribute counts: by its levels, as
    a number, or as the price."""

    type: str
    places: list[int]
    label: str
    parts: list[str] = field(default_factory=list)
    keys: list[tuple[int, str]] = field(default_factory=list)
    low: int = 1
    high: int = 5
    points: dict[str, str] = field(default_factory=dict)
    instrument: str = ""
    design: list[Any] = field(default_factory=list)
    order: list[str] = field(default_factory=list)
    none: bool = False
    reads: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Draft:
        return cls(**{**kept, "keys": [tuple(key) for key in kept.get("keys", ())]})

    def kept(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def grouped(self) -> bool:
        return len(self.places) > 1


def drafts(names: Sequence[str], sample: Sequence[Row], described: Mapping[int, Variable] | None = None) -> list[Draft]:
    """`described` is what the file itself says of its columns: their wording, and the order of their answers."""
    known = described or {}
    found = by_name_and_cells(names, sample, {place: one.label for place, one in known.items() if one.label})
    for draft in found:
        worded(draft, known)
    return found


def worded(draft: Draft, described: Mapping[int, Variable]) -> None:
    known = [described.get(place, Variable("", "")) for place in draft.places]
    if draft.type.startswith(FACT):
        return
    if not draft.grouped:
        draft.label, draft.order = known[0].label or draft.label, list(known[0].values)
    elif draft.type == "matrix":
        draft.parts = [one.label or part for one, part in zip(known, draft.parts, strict=True)]


def by_name_and_cells(names: Sequence[str], sample: Sequence[Row], labels: Mapping[int, str]) -> list[Draft]:
    columns = [Column(place, name, cells_of(sample, place)) for place, name in enumerate(names)]
    found: list[Draft] = []
    for find in (facts, kano, tasks, grids):
        taken = {place for draft in found for place in draft.places}
        found += find([column for column in columns if column.place not in taken], sample)
    taken = {place for draft in found for place in draft.places}
    found += [
        alone(replace(column, name=labels.get(column.place, column.name)))
        for column in columns
        if column.place not in taken
    ]
    return sorted(found, key=lambda draft: draft.places[0])


def facts(columns: Sequence[Column], sample: Sequence[Row]) -> list[Draft]:
    """Ids, times and the like, by their names and by what stands in them."""
    targets, names = Targets(Questionnaire()), {column.place: column.name for column in columns}
    found: dict[str, Draft] = {}
    taken: set[int] = set()
    listed = [names.get(place, "") for place in range(max(names, default=-1) + 1)]
    for place, target in by_fact(targets, listed, list(names)):
        if target.slug not in found and place not in taken and fits(target, sample, place):
            found[target.slug] = Draft(FACT + target.slug, [place], names[place])
            taken.add(place)
    return list(found.values())


def kano(columns: Sequence[Column], sample: Sequence[Row]) -> list[Draft]:
    """Pairs of columns called functional and dysfunctional, in any order, with importance where it was asked."""
    stems: dict[str, dict[str, Column]] = {}
    for column in columns:
        if (match := KANO.match(column.name)) and (part := KANO_PARTS[match["part"].casefold()]):
            stems.setdefault(match["stem"].strip("_ .:-"), {})[part] = column
    pairs = {
        stem: parts for stem, parts in stems.items() if {"f", "d"} <= set(parts) and all(map(is_kano, parts.items()))
    }
    if not pairs:
        return []
    draft = Draft("kano", [], "Kano", parts=list(pairs))
    for row, parts in enumerate(pairs.values()):
        for part, column in parts.items():
            draft.places.append(column.place)
            draft.keys.append((row, part))
    order = sorted(range(len(draft.places)), key=lambda place: draft.places[place])
    draft.keys, draft.places = [draft.keys[one] for one in order], [draft.places[one] for one in order]
    return [draft]


def is_kano(part: tuple[str, Column]) -> bool:
    name, column = part
    if name == "importance":
        return column.whole() is None or bool(column.values)
    numbers = column.whole()
    return share(column.values, lambda value: folded(value) in KANO_INDEX) >= 0.8 or (numbers or {9}) <= {1, 2, 3, 4, 5}


def tasks(columns: Sequence[Column], sample: Sequence[Row]) -> list[Draft]:
    """Answers to a design: best and worst of each set, or the product chosen in each task."""
    sets = [(column, match) for column in columns if (match := BEST.match(column.name)) and column.whole()]
    parts = {(match["part"].casefold()[0], match["set"]) for _column, match in sets}
    found = []
    if len(sets) >= 4 and len(parts) == len(sets) and len(sets) % 2 == 0:
        best = ("b", "最")
        keys = [(int(m["set"]), "best" if is_best(m["part"], best) else "worst") for _column, m in sets]
        found.append(Draft("maxdiff", [column.place for column, _m in sets], "MaxDiff", keys=keys))
    chosen = [(column, match) for column in columns if (match := TASK.match(column.name))]
    if len(chosen) >= 2 and all(column.whole() for column, _match in chosen):
        keys = [(int(match["set"]), "") for _column, match in chosen]
        found.append(Draft("conjoint", [column.place for column, _m in chosen], "Conjoint", keys=keys))
    return found


def is_best(part: str, best: Sequence[str]) -> bool:
    return part.casefold() in ("b", "best", "最重要")


def grids(columns: Sequence[Column], sample: Sequence[Row]) -> list[Draft]:
    """Neighbouring columns on one scale: the same words, or the same numbers under numbered names."""
    runs: list[list[Column]] = []
    for column in columns:
        last = runs[-1] if runs else []
        if last and column.place == last[-1].place + 1 and together(last, column):
            last.append(column)
        else:
            runs.append([column])
    return [grid(run) for run in runs if len(run) > 1 and is_scale(run)]


def grid(run: Sequence[Column]) -> Draft:
    names = [column.name for column in run]
    draft = Draft("matrix", [column.place for column in run], stem_of(names), parts=names)
    draft.keys = [(row, "") for row in range(len(run))]
    on_scale(draft, run)
    if is_sus(names):
        draft.instrument, draft.label = "sus", "SUS"
    return draft


def alone(column: Column) -> Draft:
    """One column by itself, by what stands in it."""
    draft = Draft("text", [column.place], column.name)
    draft.type = next((slug for slug, test in TESTS if test(column)), "text")
    if draft.type == "scale":
        on_scale(draft, [column])
    return draft


def on_scale(draft: Draft, run: Sequence[Column]) -> None:
    found = scale(run)
    draft.low, draft.high, draft.points = found.low, found.high, found.points


def is_nps(column: Column) -> bool:
    """0 to 10: nearly all points, both ends, or a name that says so."""
    numbers = column.whole() or set()
    if not numbers or not numbers <= set(range(11)):
        return False
    said = re.search(r"nps|recommend|推荐", column.name, re.IGNORECASE) is not None
    return max(numbers) > 7 if said else numbers >= {0, 10} and len(numbers) > 8


def is_choice(column: Column) -> bool:
    """Few answers that many people gave."""
    distinct = len(column.distinct)
    return (
        1 <= distinct <= MOST_OPTIONS
        and (distinct <= 3 or len(column.values) >= 4 * distinct)
        and max(map(len, column.distinct)) <= 200
    )


def is_several(column: Column) -> bool:
    """Several answers in one cell, out of few."""
    many = [value for value in column.values if SEPARATED.search(value)]
    parts = Counter(part.strip() for value in column.values for part in SEPARATED.split(value) if part.strip())
    return (
        len(many) >= 0.25 * len(column.values) > 0
        and len(parts) <= MOST_OPTIONS
        and sum(parts.values()) >= 4 * len(parts)
    )


def is_amount(column: Column) -> bool:
    numbers = column.whole()
    few = numbers is not None and len(numbers) <= FEW and all(0 <= number < 100 for number in numbers)
    return share(column.values, is_number) == 1 and not few


def is_long(column: Column) -> bool:
    return sum(map(len, column.values)) > 60 * len(column.values) or any("\n" in value for value in column.values)


TESTS: Sequence[tuple[str, Callable[[Column], bool]]] = (
    ("text", lambda column: not column.values),
    ("nps", is_nps),
    ("date", lambda column: share(column.values, is_date) == 1 and share(column.values, is_number) != 1),
    ("number", is_amount),
    ("scale", lambda column: family_of({folded(value) for value in column.distinct}) is not None),
    ("multiple", is_several),
    ("single", is_choice),
    ("long", is_long),
)


def parts_of(text: str) -> Iterator[str]:
    for part in SEPARATED.split(text):
        if part.strip():
            yield part.strip()
