"""Conditions as sentences to read and as rows of a form to change: "[Q2] [is] [Yes]"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from pilothouse.surveys.building.forms import below, is_shown
from pilothouse.surveys.building.naming import language_name, language_names, short
from pilothouse.surveys.definition import Condition, Question, Questionnaire
from pilothouse.surveys.questions import TYPES, Column

OPS: dict[str, Any] = {
    "answered": gettext_lazy("has an answer"),
    "unanswered": gettext_lazy("has no answer"),
    "is": gettext_lazy("is"),
    "is_not": gettext_lazy("is not"),
    "any_of": gettext_lazy("is one of"),
    "none_of": gettext_lazy("is none of"),
    "contains": gettext_lazy("contains"),
    "less": gettext_lazy("is less than"),
    "at_most": gettext_lazy("is at most"),
    "more": gettext_lazy("is more than"),
    "at_least": gettext_lazy("is at least"),
}
SEVERAL = ("any_of", "none_of")
BY_KIND = {
    "choice": ("is", "is_not", "any_of", "none_of", "answered", "unanswered"),
    "number": ("is", "is_not", "at_least", "more", "at_most", "less", "answered", "unanswered"),
    "text": ("contains", "is", "is_not", "answered", "unanswered"),
    "any": ("answered", "unanswered"),
    "language": ("is", "is_not"),
}


@dataclass(frozen=True)
class Test:
    """One row of the form: what is asked, how, and what one may choose."""

    at: str
    subject: str
    part: str
    op: str
    values: list[str]
    parts: list[tuple[str, str]]
    ops: list[tuple[str, Any]]
    choices: list[tuple[str, str]]
    several: bool
    asks_value: bool


@dataclass(frozen=True)
class Group:
    """Several rows of which all, one or none must hold."""

    at: str
    match: str
    tests: list[Test]


def view(condition: Condition | None, questionnaire: Questionnaire, known: Sequence[Question], language: str) -> Any:
    """What the form shows of a condition: its rows, and the questions that one may ask about."""
    raw = condition.model_dump(mode="json") if condition else {}
    match, inner = below(raw)
    members = [Condition.model_validate(one) for one in inner] if match else [condition] if condition else []
    shown = is_shown(raw)
    return {
        "match": match or "all",
        "shown": shown,
        "told": tell(condition, questionnaire, language) if condition else "",
        "subjects": subjects(questionnaire, known, language),
        "members": [member(str(at), one, questionnaire, language) for at, one in enumerate(members)] if shown else [],
    }


def member(at: str, condition: Condition, questionnaire: Questionnaire, language: str) -> Test | Group:
    match, _inner = below(condition.model_dump(mode="json"))
    if not match:
        return test(at, condition, questionnaire, language)
    leaves = enumerate(condition.leaves())
    return Group(at, match, [test(f"{at}.{place}", leaf, questionnaire, language) for place, leaf in leaves])


def subjects(questionnaire: Questionnaire, known: Iterable[Question], language: str) -> list[tuple[str, str]]:
    asked = [
        (f"q:{one.id}", f"{one.code} {short(one.text.get(language, questionnaire.source), 60)}")
        for one in known
        if one.type in TYPES and TYPES[one.type].answered
    ]
    hidden = [(f"h:{one.code}", _("Hidden field %(name)s") % {"name": one.code}) for one in questionnaire.hidden]
    several = [("l:" + questionnaire.source, _("The language"))] if len(questionnaire.languages) > 1 else []
    return asked + hidden + several


def test(at: str, leaf: Condition, questionnaire: Questionnaire, language: str) -> Test:
    values = leaf.value if isinstance(leaf.value, list) else [] if leaf.value is None else [leaf.value]
    question = questionnaire.question(leaf.question) if leaf.question else None
    kind, parts, choices = "text", [], []  # type: ignore[var-annotated]
    subject = f"h:{leaf.hidden}" if leaf.hidden else f"q:{leaf.question}"
    if leaf.language:
        kind, subject, values = "language", f"l:{questionnaire.source}", [leaf.language]
        choices = language_names(questionnaire)
    elif question is not None:
        kind, parts, choices = asked(question, leaf.part, language, questionnaire.source)
    ops = [(op, OPS[op]) for op in BY_KIND[kind]]
    if leaf.op not in BY_KIND[kind]:
        ops.append((leaf.op, OPS[leaf.op]))
    return Test(
        at=at, subject=subject, part=leaf.part, op=leaf.op, values=[f"{value}" for value in values], parts=parts,
        ops=ops, choices=choices, several=leaf.op in SEVERAL,
        asks_value=leaf.op not in ("answered", "unanswered"),
    )  # fmt: skip


def asked(
    question: Question, part: str, language: str, source: str
) -> tuple[str, list[tuple[str, str]], list[tuple[str, str]]]:
    """How a question can be tested: the kind of test, its rows, and its options."""
    if question.type not in TYPES:
        return "any", [], []
    declared = TYPES[question.type]
    try:
        columns = declared.columns(question)
    except ValueError:  # settings that are being written
        columns = []
    if "options" in declared.parts and question.options and not question.rows and not part:
        choices = [(one.id, short(one.text.get(language, source), 60) or one.id) for one in question.options]
        return ("choice" if any(not column.key for column in columns) or question.type in MANY else "any"), [], choices
    parts = [(one.key, short(one.label.get(language, source), 60)) for one in columns if one.key]
    column = next((one for one in columns if one.key == part), None)
    return measure(column), parts, codes(column, language, source)


MANY = ("multiple", "picture")


def measure(column: Column | None) -> str:
    if column is None:
        return "any"
    return {"number": "number", "ordinal": "number", "nominal": "choice", "text": "text", "date": "number"}.get(
        column.measure, "any"
    )


def codes(column: Column | None, language: str, source: str) -> list[tuple[str, str]]:
    found: Mapping[str, Any] = column.codes if column else {}
    return [(code, labelled(code, short(text.get(language, source), 40))) for code, text in found.items()]


def labelled(code: str, text: str) -> str:
    return f"{code} {text}" if code.lstrip("-").isdecimal() and text != code else text or code


# Sentences


def tell(condition: Condition, questionnaire: Questionnaire, language: str) -> str:
    """The whole condition in words: Q2 is “Yes” and Q4 is at least 3."""
    for name, joint in (("all", pgettext("both hold", " and ")), ("any", pgettext("one holds", " or "))):
        inner = getattr(condition, name)
        if inner is not None:
            return joint.join(bracketed(one, questionnaire, language) for one in inner)
    if condition.none is not None:
        told = pgettext("one holds", " or ").join(bracketed(one, questionnaire, language) for one in condition.none)
        return _("not (%(condition)s)") % {"condition": told}
    return tell_leaf(condition, questionnaire, language)


def bracketed(condition: Condition, questionnaire: Questionnaire, language: str) -> str:
    told = tell(condition, questionnaire, language)
    return f"({told})" if condition.all or condition.any else told


def tell_leaf(leaf: Condition, questionnaire: Questionnaire, language: str) -> str:
    if leaf.language:
        parts = {"name": _("The language"), "test": OPS[leaf.op], "value": language_name(leaf.language)}
        return _("%(name)s %(test)s %(value)s") % parts
    row = test("", leaf, questionnaire, language)
    question = questionnaire.question(leaf.question) if leaf.question else None
    name = question.code if question else leaf.hidden or _("a question that is gone")
    if part := dict(row.parts).get(leaf.part):
        name = f"{name} “{short(part, 30)}”"
    if not row.asks_value:
        return _("%(name)s %(test)s") % {"name": name, "test": OPS[leaf.op]}
    names = dict(row.choices)
    values = pgettext("one holds", " or ").join(_("“%(text)s”") % {"text": names.get(v, v)} for v in row.values)
    return _("%(name)s %(test)s %(value)s") % {"name": name, "test": OPS[leaf.op], "value": values}
