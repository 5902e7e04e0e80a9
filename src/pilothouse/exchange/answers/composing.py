"""From drafts to a questionnaire, and the plan that reads the file into it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from pilothouse.exchange.answers import designs
from pilothouse.exchange.answers.drafts import FACT, LEVELS, NUMBER, PRICE, Draft, parts_of
from pilothouse.exchange.answers.plan import AnswerColumn, AnswerPlan
from pilothouse.exchange.answers.values import is_missing
from pilothouse.exchange.reading.source import Source
from pilothouse.surveys.definition import LONGEST_TEXT, MOST_OPTIONS, Option, Page, Question, Questionnaire, Row, Text
from pilothouse.surveys.questions import TYPES
from pilothouse.surveys.questions.amounts import levels_as_numbers
from pilothouse.surveys.questions.trade import MOST_ALTERNATIVES

ON_A_PAGE = 8
LONGEST_LABEL = 500
PLAIN_ID = re.compile(r"^[A-Za-z][A-Za-z0-9_-]{0,19}$")


class Unmade(Exception):
    """A questionnaire cannot be made of these drafts; the message says which of them and why."""


@dataclass
class Made:
    """The questions, and what each column of the file becomes."""

    questions: list[Question] = field(default_factory=list)
    targets: dict[int, str] = field(default_factory=dict)
    places: set[int] = field(default_factory=set)


def compose(drafts: Sequence[Draft], table: Source, title: str, language: str) -> tuple[Questionnaire, AnswerPlan]:
    """Raises Unmade. The whole file is read once for the answers that its choices have."""
    names = table.columns()
    said = answers_in(table, {draft.places[0]: draft.type for draft in drafts if draft.type in ("single", "multiple")})
    made = Made()
    for draft in drafts:
        if draft.type.startswith(FACT):
            made.targets[draft.places[0]] = draft.type.removeprefix(FACT)
        elif draft.type:
            add(made, draft, names, said.get(draft.places[0], Counter()), language)
    asked = made.questions
    pages = [
        Page(id=f"p{n + 1}", questions=asked[at : at + ON_A_PAGE])
        for n, at in enumerate(range(0, len(asked), ON_A_PAGE))
    ]
    questionnaire = Questionnaire(languages=[language], title=Text(words={language: title}), pages=pages)
    columns = tuple(
        AnswerColumn(name, made.targets.get(at, ""), places=at in made.places) for at, name in enumerate(names)
    )
    return questionnaire, AnswerPlan(columns=columns)


def answers_in(table: Source, wanted: Mapping[int, str]) -> dict[int, Counter[str]]:
    found: dict[int, Counter[str]] = {place: Counter() for place in wanted}
    for _number, row in table.rows() if wanted else ():
        for place, kind in wanted.items():
            if not is_missing(cell := row[place].strip()):
                found[place].update(parts_of(cell) if kind == "multiple" else [cell])
    return found


def add(made: Made, draft: Draft, names: Sequence[str], said: Counter[str], language: str) -> None:
    number = len(made.questions) + 1
    taken = {question.code.casefold() for question in made.questions}
    text = Text(words={language: (draft.label or names[draft.places[0]])[:LONGEST_LABEL]})
    question = Question(id=f"q{number}", type=draft.type, code=code_of(draft, names, number, taken), text=text)
    makers = {
        "text": in_words, "single": chosen, "multiple": chosen, "scale": on_a_scale, "matrix": by_rows,
        "kano": of_features, "maxdiff": of_sets, "conjoint": of_tasks,
    }  # fmt: skip
    if draft.type in makers:
        question = makers[draft.type](question, draft, said, language)
    made.questions.append(question)
    for place, slug in slugs(question, draft):
        made.targets[place] = slug
    if draft.type in ("maxdiff", "conjoint"):
        made.places |= set(draft.places)


def slugs(question: Question, draft: Draft) -> Iterator[tuple[int, str]]:
    """The target of each column of the draft."""
    if draft.type == "multiple":
        yield draft.places[0], f"all:{question.id}"
    elif not draft.keys:
        yield draft.places[0], f"q:{question.id}:"
    for place, (number, part) in zip(draft.places, draft.keys, strict=False):
        if draft.type == "conjoint":
            key = str(number)
        elif draft.type == "maxdiff":
            key = f"{number}.{part}"
        else:
            key = question.rows[number].id + (f".{part}" if part else "")
        yield place, f"q:{question.id}:{key}"


def code_of(draft: Draft, names: Sequence[str], number: int, taken: Iterable[str]) -> str:
    """The column's name as far as a code can hold it."""
    name = draft.label if draft.grouped else names[draft.places[0]]
    plain = re.sub(r"[^\w.-]+", "_", unicodedata.normalize("NFKC", name)).strip("_.-")[:40]
    base = plain if plain and len(name) <= 40 else f"Q{number}"
    return base if base.casefold() not in set(taken) else f"{base}_{number}"


def chosen(question: Question, draft: Draft, said: Counter[str], language: str) -> Question:
    """Options as the file words and orders them, else numbers in their order and words by how often they were said."""
    if not said or len(said) > MOST_OPTIONS:
        message = _("“%(name)s” has %(n)s different answers: more than a choice can offer. Make it text.")
        raise Unmade(message % {"name": draft.label, "n": len(said)})
    known = {label: place for place, label in enumerate(draft.order)}
    values = sorted(
        said,
        key=lambda value: (known.get(value, len(known)), *designs.in_order(value)[:2], -said[value], value),
    )
    ids = unique(value.removesuffix(".0") for value in values)
    options = [
        Option(id=id, text=Text(words={language: value.removesuffix(".0")[:LONGEST_LABEL]}))
        for id, value in zip(ids, values, strict=True)
    ]
    return question.model_copy(update={"options": merged(options)})


def in_words(question: Question, draft: Draft, said: Counter[str], language: str) -> Question:
    """What was said elsewhere had no limit of ours."""
    return question.model_copy(update={"settings": {"longest": LONGEST_TEXT}})


def merged(options: Sequence[Option]) -> list[Option]:
    """3 and 3.0 are one answer."""
    seen: dict[str, Option] = {}
    for option in options:
        seen.setdefault(next(iter(option.text.words.values())), option)
    return list(seen.values())


def unique(names: Iterable[str]) -> list[str]:
    found: list[str] = []
    for number, name in enumerate(names, 1):
        slug = re.sub(r"[^A-Za-z0-9_-]+", "-", unicodedata.normalize("NFKC", name)).strip("-")[:30].lower()
        base = slug if slug else f"o{number}"
        found.append(base if base not in found else f"{base[:30]}-{number}")
    return found


def on_a_scale(question: Question, draft: Draft, said: Counter[str], language: str) -> Question:
    options = [
        Option(id=point, text=Text(words={language: words}))
        for point, words in sorted(draft.points.items(), key=lambda pair: int(pair[0]))
    ]
    settings: dict[str, Any] = {"low": draft.low, "high": draft.high}
    if draft.instrument:
        settings["instrument"] = draft.instrument
    return question.model_copy(update={"options": options, "settings": settings})


def by_rows(question: Question, draft: Draft, said: Counter[str], language: str) -> Question:
    return on_a_scale(question, draft, said, language).model_copy(update={"rows": rows_of(draft.parts, language)})


def rows_of(names: Sequence[str], language: str) -> list[Row]:
    """A short plain name is its own id, so that analyses and files are easy to read."""
    ids = [name if PLAIN_ID.match(name) else f"r{number}" for number, name in enumerate(names, 1)]
    ids = ids if len(set(ids)) == len(ids) else [f"r{number}" for number in range(1, len(names) + 1)]
    return [Row(id=id, text=Text(words={language: name[:LONGEST_LABEL]})) for id, name in zip(ids, names, strict=True)]


def of_features(question: Question, draft: Draft, said: Counter[str], language: str) -> Question:
    rows = rows_of(draft.parts, language)
    asked = [row.model_copy(update={"more": {"f": row.text, "d": row.text}}) for row in rows]
    weighed = any(part == "importance" for _row, part in draft.keys)
    return question.model_copy(update={"rows": asked, "settings": {"importance": True} if weighed else {}})


def of_sets(question: Question, draft: Draft, said: Counter[str], language: str) -> Question:
    """The things by their numbers in the design; `parts` names them in that order."""
    shown = {int(number): [str(item) for item in items] for number, items in draft.design}
    if sorted(shown) != sorted({number for number, _part in draft.keys}):
        raise Unmade(_("“%(name)s” needs its design: which things stood in each set.") % {"name": draft.label})
    items = sorted({item for one in shown.values() for item in one}, key=designs.in_order)
    ids = dict(zip(items, unique(items), strict=True))
    words = [*draft.parts, *items[len(draft.parts) :]]
    rows = [Row(id=ids[item], text=Text(words={language: word})) for item, word in zip(items, words, strict=False)]
    sets = [[ids[item] for item in shown[number]] for number in sorted(shown)]
    settings = {"sets": sets, "per_set": max(map(len, sets))}
    return question.model_copy(update={"rows": rows, "settings": settings})


def of_tasks(question: Question, draft: Draft, said: Counter[str], language: str) -> Question:
    """Attributes and levels as the design names them."""
    shown = {int(number): products for number, products in draft.design}
    if not shown or not {number for number, _part in draft.keys} <= set(shown):
        raise Unmade(_("“%(name)s” needs its design: which products stood in each task.") % {"name": draft.label})
    levels = designs.levels(shown)
    attributes = dict(zip(levels, unique(levels), strict=True))
    names = {
        name: dict(zip(values, unique(f"l-{value}" for value in values), strict=True))
        for name, values in levels.items()
    }
    rows = [
        Row(
            id=attributes[name],
            text=Text(words={language: name}),
            more={id: Text(words={language: value}) for value, id in names[name].items()},
        )
        for name in levels
    ]
    tasks = [
        [{attributes[name]: names[name][level] for name, level in product.items()} for product in shown[number]]
        for number in sorted(shown)
    ]
    settings: dict[str, Any] = {
        "tasks": tasks,
        "n_tasks": len(tasks),
        "alternatives": max(map(len, tasks)),
        "none": draft.none,
    }
    if settings["alternatives"] > MOST_ALTERNATIVES:
        message = _("“%(name)s” has a task of %(n)s products; a task holds at most %(most)s.")
        raise Unmade(message % {"name": draft.label, "n": settings["alternatives"], "most": MOST_ALTERNATIVES})
    settings |= counted_as(draft, rows)
    return question.model_copy(update={"rows": rows, "settings": settings})


def counted_as(draft: Draft, attributes: Sequence[Row]) -> dict[str, Any]:
    """Which attributes count as numbers, and what the levels of the price cost."""
    reads = {row.id: draft.reads.get(next(iter(row.text.words.values())), LEVELS) for row in attributes}
    found: dict[str, Any] = {"linear": [id for id, read in reads.items() if read == NUMBER]}
    price = next((row for row in attributes if reads[row.id] == PRICE), None)
    if price is not None:
        found |= {"price": price.id, "amounts": levels_as_numbers(price)}
    return found


def types_of(draft: Draft) -> list[tuple[str, str]]:
    """What a person may make of a draft."""
    leave = ("", _("Leave out"))
    if draft.grouped or draft.type in ("kano", "maxdiff", "conjoint", "matrix"):
        return [(draft.type, str(TYPES[draft.type].name)), leave] if draft.type in TYPES else [leave]
    known = ("single", "multiple", "scale", "nps", "number", "date", "text", "long")
    return [*((slug, str(TYPES[slug].name)) for slug in known), *facts(), leave]


def facts() -> list[tuple[str, str]]:
    names = {
        "external_id": _("Id in the other system"), "status": _("Status"), "language": _("Language"),
        "started_at": _("Started"), "finished_at": _("Finished"), "seconds": _("Seconds"), "weight": _("Weight"),
        "excluded": _("Taken out"),
    }  # fmt: skip
    return [(FACT + slug, name) for slug, name in names.items()]
