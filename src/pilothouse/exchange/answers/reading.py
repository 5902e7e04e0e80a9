"""From a row of a file to a response: who, when, what was answered, and what is wrong with its cells."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from pilothouse.exchange.answers.facts import FACTS, Context
from pilothouse.exchange.answers.plan import AnswerColumn, AnswerPlan
from pilothouse.exchange.answers.targets import Target, Targets, key_of
from pilothouse.exchange.answers.values import CODED, Index, Unknown, is_missing, value
from pilothouse.exchange.answers.writing import unguarded
from pilothouse.exchange.reading.encodings import MISREAD
from pilothouse.exchange.taking.plan import MARK, RowError
from pilothouse.kinds import FieldError
from pilothouse.surveys.definition import UNSTORABLE
from pilothouse.surveys.questions import TYPES, Refused

LONGEST_ID, LONGEST_HIDDEN = 200, 500
YES_CODE, NO_CODE = "1", "0"


@dataclass
class Read:
    """What a row says. `facts` are columns of the response, `cells` what stands in the columns of each question, of
    which `answers` are made, `codes` names of codes by (question, key)."""

    external_id: str
    facts: dict[str, Any] = field(default_factory=dict)
    hidden: dict[str, str] = field(default_factory=dict)
    cells: dict[str, dict[str, Any]] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)
    codes: dict[tuple[str, str], list[str]] = field(default_factory=dict)


class Reader:
    """A plan made ready for rows."""

    def __init__(self, plan: AnswerPlan, targets: Targets, *, dates: str = "", escaped: bool = True) -> None:
        self.plan, self.targets, self.dates, self.escaped = plan, targets, dates, escaped
        self.context = Context(dates, tuple(targets.questionnaire.languages))
        self.mapped = [
            (place, column, target, index_of(column, target))
            for place, column in enumerate(plan.columns)
            if column.target and (target := targets.get(column.target))
        ]
        self.questions = {
            target.question.id: target.question
            for _place, column, target, _index in self.mapped
            if target.question and not column.target.startswith("codes:")
        }
        self.answerers = {id: TYPES[question.type].answerer(question) for id, question in self.questions.items()}

    def read(self, row: Sequence[str], mark: str) -> Read:
        """Raises RowError, naming every wrong cell."""
        self.refuse_ragged(row)
        errors: dict[str, str] = {}
        found = Read(mark)
        for place, column, target, index in self.mapped:
            try:
                self.take(self.clean(row[place]), column, target, index, found)
            except FieldError as error:
                errors[column.name] = str(error)
        if not errors:
            found.answers, errors = self.answered(found.cells)
        if errors:
            raise RowError(errors)
        return found

    def refuse_ragged(self, row: Sequence[str]) -> None:
        width = len(self.plan.columns)
        if len(row) > width and any(cell.strip() for cell in row[width:]):
            message = _("This row has %(cells)s cells, the header only %(columns)s.")
            raise RowError({"": message % {"cells": len(row), "columns": width}})

    def clean(self, cell: str) -> str:
        if MISREAD in cell:
            raise FieldError(_("This holds bytes that are no text in the chosen encoding."))
        return UNSTORABLE.sub("", unguarded(cell) if self.escaped else cell)

    def take(self, text: str, column: AnswerColumn, target: Target, index: Index | None, found: Read) -> None:
        slug = column.target
        if slug.startswith("codes:"):
            found.codes[key_of(slug)] = parts(text, ",;，；、|")
        elif slug.startswith("hidden:"):
            found.hidden[slug.removeprefix("hidden:")] = text.strip()[:LONGEST_HIDDEN]
        elif slug.startswith("all:"):
            self.take_all(text, column, target, index, found)
        elif slug.startswith("q:"):
            question, key = key_of(slug)
            if (cell := self.cell(text, column, target, index)) is not None:
                found.cells.setdefault(question, {})[key] = cell
        else:
            self.take_fact(slug, text, found)

    def cell(self, text: str, column: AnswerColumn, target: Target, index: Index | None) -> Any:
        assert target.column is not None
        if (told := column.values.get(text.strip())) is not None:
            return meant(told, target.column.measure)
        try:
            return value(target.column, text, index, self.dates)
        except Unknown:
            if self.plan.unknown_empty:
                return None
            message = _("“%(value)s” is none of the answers.")
            raise FieldError(message % {"value": text.strip()[:60]}) from None

    def take_all(self, text: str, column: AnswerColumn, target: Target, index: Index | None, found: Read) -> None:
        """Each part of the cell is one of the answers; parts that none is called go to "other", if there is one."""
        assert target.question is not None
        assert index is not None
        chosen: dict[str, Any] = {}
        strange = []
        for part in split(text, self.plan.separator, index):
            try:
                code = column.values[part] if part in column.values else index.code(part)
            except Unknown:
                strange.append(part)
                continue
            chosen |= {code: True} if code else {}
        other = next((option for option in target.question.options if option.other), None)
        if strange and other:
            chosen |= {other.id: True, "other.text": "; ".join(strange)[:1_000]}
        elif strange and not self.plan.unknown_empty:
            raise FieldError(_("“%(value)s” is none of the answers.") % {"value": strange[0][:60]})
        if chosen:
            found.cells.setdefault(target.question.id, {}).update(chosen)

    def take_fact(self, slug: str, text: str, found: Read) -> None:
        if slug == "external_id":
            found.external_id = text.strip()[:LONGEST_ID] or missing_id()
        elif not is_missing(text):
            found.facts[slug] = FACTS[slug](text, self.context)

    def answered(self, cells: Mapping[str, dict[str, Any]]) -> tuple[dict[str, Any], dict[str, str]]:
        """The answers by question, and what a type refuses by the column that it stands in."""
        answers, errors = {}, {}
        for id, row in cells.items():
            try:
                answer = self.answerers[id](row)
            except Refused as error:
                errors[self.column_of(id, error.part)] = str(error)
                continue
            if answer is not None:
                answers[id] = answer
        return answers, errors

    def column_of(self, question: str, part: str) -> str:
        slugs = (f"q:{question}:{part}", f"all:{question}")
        named = [column.name for column in self.plan.columns if column.target in slugs]
        first = next((c.name for c in self.plan.columns if key_of(c.target or "::")[0] == question), question)
        return named[0] if named else first

    def mark(self, row: Sequence[str]) -> str:
        """Of a row without an id: what it says. The same words again are another person's, see `Marks`."""
        said = [[column.target, row[place].strip()] for place, column, _target, _index in self.mapped]
        return MARK + hashlib.sha256(json.dumps(sorted(said)).encode()).hexdigest()[:40]


def meant(told: str, measure: str) -> Any:
    """What a person said that a value means: one of the codes, yes or no, or nothing."""
    if told == "":
        return None
    return told == YES_CODE if measure == "flag" else told


def missing_id() -> str:
    raise FieldError(_("The id is missing."))


def index_of(column: AnswerColumn, target: Target) -> Index | None:
    found = target.column
    return Index.of(found, places=column.places) if found is not None and found.measure in CODED else None


def parts(text: str, signs: str) -> list[str]:
    pieces = [piece.strip() for piece in re.split(f"[{re.escape(signs)}\n]", text)]
    return list(dict.fromkeys(piece[:100] for piece in pieces if piece))


def split(text: str, separator: str, index: Index) -> list[str]:
    """The whole cell may be one answer that has the separator in its own words."""
    if is_missing(text):
        return []
    try:
        index.code(text)
    except Unknown:
        return parts(text, separator or ";")
    return [text]
