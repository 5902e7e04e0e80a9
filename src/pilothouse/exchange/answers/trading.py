"""Answers to the tasks of a conjoint: the draft that a file in long form makes, how its attributes count, and which
tasks of a questionnaire they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pilothouse.exchange.answers import designs
from pilothouse.exchange.answers.drafts import FACT, LEVELS, NUMBER, PRICE, Draft, drafts
from pilothouse.exchange.answers.long import TASK, LongSource
from pilothouse.exchange.answers.plan import AnswerPlan
from pilothouse.exchange.answers.targets import Targets
from pilothouse.exchange.reading.source import Row as Cells
from pilothouse.exchange.reading.source import Source
from pilothouse.exchange.taking.targets import folded
from pilothouse.surveys.definition import Question, Row
from pilothouse.surveys.questions.amounts import number_in
from pilothouse.surveys.questions.trade import Conjoint

PRICED = re.compile(r"price|cost|fee|价格|售价|费用|单价", re.IGNORECASE)


def drafts_of(table: Source, sample: Sequence[Cells]) -> list[Draft]:
    """The questions of a file; one in long form knows which of its columns are a conjoint, and its design."""
    names = table.columns()
    if not isinstance(table, LongSource):
        return drafts(names, sample, table.described())
    about = table.about()
    first = next((place for place, name in enumerate(names) if name == f"{TASK}1"), len(names))
    found = drafts(names[:first], [(number, row[:first]) for number, row in sample])
    found[0] = replace(found[0], type=f"{FACT}external_id")
    found = [one for one in found if one.places == [0] or one.type != f"{FACT}external_id"]
    tasks = list(range(first, len(names)))
    keys = [(place - first + 1, "") for place in tasks]
    design = [[number, products] for number, products in enumerate(about["design"], start=1)]
    return [*found, with_reads(Draft("conjoint", tasks, "Conjoint", keys=keys, design=design, none=about["none"]))]


# How attributes count


def with_reads(draft: Draft) -> Draft:
    """More than two levels that are all numbers count as such, and one that is called a price as the price."""
    reads: dict[str, str] = {}
    for name, levels in levels_of(draft).items():
        plain = all(designs.in_order(level)[0] == 0 for level in levels)
        priced = PRICED.search(name) and PRICE not in reads.values() and may_be_number(levels)
        reads[name] = PRICE if priced else NUMBER if plain and len(levels) > 2 else LEVELS
    return replace(draft, reads=reads)


def levels_of(draft: Draft) -> dict[str, list[str]]:
    return designs.levels({int(number): products for number, products in draft.design})


def may_be_number(levels: Sequence[str]) -> bool:
    return all(number_in(level) is not None for level in levels)


def choices_of(draft: Draft) -> list[dict[str, Any]]:
    """Each attribute with its levels, and what it may count as."""
    names = {LEVELS: _("each level by itself"), NUMBER: pgettext("counts as", "a number"), PRICE: _("the price")}
    return [
        {
            "name": name,
            "levels": levels,
            "read": draft.reads.get(name, LEVELS),
            "options": [(slug, words) for slug, words in names.items() if slug == LEVELS or may_be_number(levels)],
        }
        for name, levels in (levels_of(draft) if draft.type == "conjoint" else {}).items()
    ]


def told_reads(draft: Draft, given: Mapping[str, str], number: int) -> Draft:
    """As a person picked; there is one price."""
    reads: dict[str, str] = {}
    for place, one in enumerate(choices_of(draft)):
        read = given.get(f"reads-{number}-{place}", one["read"])
        known = read in dict(one["options"]) and not (read == PRICE and PRICE in reads.values())
        reads[one["name"]] = read if known else LEVELS
    return replace(draft, reads=reads)


# Which tasks of a questionnaire


def matched(plan: AnswerPlan, targets: Targets, table: Source) -> AnswerPlan:
    """Tasks of a file in long form are known again by their products, whatever number they had there."""
    if not isinstance(table, LongSource):
        return plan
    found = dict(same_tasks(targets, table.about()["design"]))
    columns = [
        replace(column, target=found.get(column.name, ""), places=True) if column.name.startswith(TASK) else column
        for column in plan.columns
    ]
    if columns and not any(column.target == "external_id" for column in columns):
        columns[0] = replace(columns[0], target="external_id")
    return replace(plan, columns=tuple(columns))


def same_tasks(targets: Targets, design: Sequence[Sequence[Mapping[str, str]]]) -> Iterator[tuple[str, str]]:
    """(column, target) of each task that one conjoint of the questionnaire asks, each of its own once."""
    for question in targets.questionnaire.questions():
        if question.type != Conjoint.slug:
            continue
        free: dict[str, list[int]] = {}
        for number, task in enumerate(Conjoint().settings(question).tasks, start=1):
            free.setdefault(key_of([in_words(question, product) for product in task]), []).append(number)
        for number, products in enumerate(design, start=1):
            if same := free.get(key_of([plain(product) for product in products])):
                yield f"{TASK}{number}", f"q:{question.id}:{same.pop(0)}"


def in_words(question: Question, product: Mapping[str, str]) -> dict[str, str]:
    """A product by the names of its attributes and levels, in the language that the questionnaire was written in."""
    rows = {row.id: row for row in question.rows}
    return plain({words_of(rows[name]): first(rows[name].more[level].words) for name, level in product.items()})


def words_of(row: Row) -> str:
    return first(row.text.words)


def first(words: Mapping[str, str]) -> str:
    return next(iter(words.values()), "")


def plain(product: Mapping[str, str]) -> dict[str, str]:
    return {folded(name): folded(level) or level for name, level in product.items()}


def key_of(products: Sequence[Mapping[str, str]]) -> str:
    return repr([sorted(product.items()) for product in products])
