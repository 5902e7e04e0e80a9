"""From a form of the builder to the document. A form holds one part whole, in one language; ids say which is which.

Options and rows stand in the form in their order. What a form does not name stays as it was, so that a part that
somebody added meanwhile is never taken away by a form that did not know it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from pydantic import ValidationError

from pilothouse.surveys.building import edits
from pilothouse.surveys.building.edits import Document
from pilothouse.surveys.definition import Condition, Question
from pilothouse.surveys.questions import TYPES
from pilothouse.workbench.writing.cleaning import Invalid

COUNTLESS = ("answered", "unanswered")
SEVERAL = ("any_of", "none_of")
MATCHES = ("all", "any", "none")
CODE = re.compile(r"^[\w.-]{1,60}$")
HIDDEN = re.compile(r"^[A-Za-z0-9_-]{1,40}$")


def fill_question(document: Document, question: Document, posted: QueryDict, language: str) -> None:
    """Raises Invalid where what was typed cannot be kept, naming the field."""
    source = document["languages"][0]
    for name in ("text", "help"):
        if name in posted:
            edits.set_text(question[name], language, posted.get(name, ""), source)
    if "code" in posted:
        question["code"] = code(document, question, posted.get("code", ""))
    if "part" in posted:
        question["required"], question["shuffle"] = "required" in posted, "shuffle" in posted
        question["show_if"] = condition(posted, "if", question["show_if"])
    give_room(question)
    before = generated(question)
    for kind in ("options", "rows"):
        fill_parts(question[kind], kind, posted, language, source)
    fill_labels(question, posted, language, source)
    reword(question, before)
    fill_settings(question, posted)


def give_room(question: Document) -> None:
    """Every row has a place for the further wordings of its type."""
    declared = TYPES.get(question["type"])
    for row in question["rows"] if declared else ():
        for name in declared.more if declared else ():
            row["more"].setdefault(name, edits.text())


def fitted(question: Document) -> None:
    """What follows from the rest is made again: a design, the wording of a new row."""
    if question["type"] in TYPES:
        question.update(TYPES[question["type"]].fitted(Question.model_validate(question)).model_dump(mode="json"))


def code(document: Document, question: Document, typed: str) -> str:
    wanted = typed.strip()
    if not CODE.match(wanted):
        raise Invalid({"code": _("A code has letters, digits, dots and dashes, and no spaces.")})
    others = {other.casefold() for other in edits.codes(document)} - {question["code"].casefold()}
    if wanted.casefold() in others:
        raise Invalid({"code": _("Another question has the code %(code)s.") % {"code": wanted}})
    return wanted


def fill_parts(parts: list[Document], kind: str, posted: QueryDict, language: str, source: str) -> None:
    """The options or rows of a question. A box that is not ticked is not posted, so ticks are read for known ids."""
    ids = posted.getlist(kind)
    for id in ids:
        if (part := edits.part_in(parts, id)) is None:
            continue
        name = f"{kind}-{id}"
        edits.set_text(part["text"], language, posted.get(f"{name}-text", ""), source)
        for mark in ("exclusive", "other", "fixed", "reverse"):
            if mark in part:
                part[mark] = f"{name}-{mark}" in posted
        for more in part.get("more", {}):
            if f"{name}-more-{more}" in posted:
                edits.set_text(part["more"][more], language, posted.get(f"{name}-more-{more}", ""), source)
    if ids:
        edits.in_order(parts, ids)


def fill_labels(question: Document, posted: QueryDict, language: str, source: str) -> None:
    """The points of a scale: their ids are fixed, only their words are given."""
    for id in posted.getlist("labels"):
        words = posted.get(f"labels-{id}-text", "")
        label = edits.part_in(question["options"], id)
        if label is None and words.strip():
            label = {**edits.option(language, ""), "id": id}
            question["options"].append(label)
        if label is not None:
            edits.set_text(label["text"], language, words, source)
    if "labels" in posted:
        edits.in_order(question["options"], posted.getlist("labels"))


def generated(question: Document) -> dict[str, Document]:
    """The further wordings that the type itself gives each row, made from the row's name."""
    if question["type"] not in TYPES or not TYPES[question["type"]].more:
        return {}
    bare = {**question, "rows": [{**row, "more": {}} for row in question["rows"]]}
    made = TYPES[question["type"]].fitted(Question.model_validate(bare))
    return {row.id: {name: text.words for name, text in row.more.items()} for row in made.rows}


def reword(question: Document, before: dict[str, Document]) -> None:
    """A wording that nobody touched follows the new name of its row."""
    after = generated(question) if before else {}
    for row in question["rows"]:
        for name, text in row["more"].items():
            old, new = before.get(row["id"], {}).get(name, {}), after.get(row["id"], {}).get(name, {})
            untouched = [language for language, words in text["words"].items() if words == old.get(language)]
            text["words"].update({language: new[language] for language in untouched if language in new})


def fill_settings(question: Document, posted: QueryDict) -> None:
    """What the type itself declares; an empty box means its default."""
    if question["type"] not in TYPES or "settings" not in posted:
        return
    declared = TYPES[question["type"]].Settings
    wanted = dict(question["settings"])
    for name in posted.getlist("settings"):
        if name in declared.model_fields:
            value = setting(declared.model_fields[name].annotation, posted, f"set-{name}")
            wanted.pop(name, None)
            if value is not None:
                wanted[name] = value
    if "amounts" in posted:
        wanted["amounts"] = amounts(posted)
    try:
        kept = declared.model_validate(wanted).model_dump(mode="json", exclude_unset=True)
    except ValidationError as error:
        first = error.errors()[0]
        raise Invalid({f"set-{first['loc'][0] if first['loc'] else ''}": first["msg"]}) from None
    question["settings"] = kept


def setting(kind: Any, posted: QueryDict, name: str) -> Any:
    """A flag is there or not; a list is written with commas or line by line; the rest is read by its type."""
    if kind is bool:
        return name in posted
    if str(kind).startswith("list"):
        typed = " ".join(posted.getlist(name))
        return [part.strip() for part in re.split(r"[\s,，;；、]+", typed) if part.strip()] or None
    return posted.get(name, "").strip() or None


def amounts(posted: QueryDict) -> dict[str, float]:
    """What the levels of the price attribute cost, as numbers."""
    pairs = ((level, posted.get(f"amount-{level}", "").strip()) for level in posted.getlist("amounts"))
    return {level: number for level, typed in pairs if isinstance(number := number_or_text(typed), int | float)}


# Conditions


def condition(posted: QueryDict, prefix: str, was: Any) -> Document | None:
    """The rows of a condition as they stand in the form: a row "2" is a test, "3.0" and "3.1" are those of group 3.
    What the form cannot show stays what it was."""
    if f"{prefix}-kept" in posted:
        return was
    if f"{prefix}-match" not in posted:
        return None
    members: dict[str, list[Document]] = {}
    for at in posted.getlist(f"{prefix}-leaf"):
        leaf = None if at in posted.getlist(f"{prefix}-drop") else one_leaf(posted, f"{prefix}-{at}")
        if leaf:
            members.setdefault(at.partition(".")[0], []).append(leaf)
    groups = [joined(leaves, posted.get(f"{prefix}-{at}-match", "all")) for at, leaves in members.items()]
    whole = joined(groups, str(posted[f"{prefix}-match"])) if groups else None
    return Condition.model_validate(whole).model_dump(mode="json") if whole else None


def joined(conditions: list[Document], match: str) -> Document:
    """Several as one; a single one needs no group round it, unless it is the opposite that is wanted."""
    if len(conditions) == 1 and match != "none":
        return conditions[0]
    return {match if match in MATCHES else "all": conditions}


def one_leaf(posted: QueryDict, name: str) -> dict[str, Any] | None:
    """A row that names nothing yet is no condition; one that lacks its value is kept, and the check says so."""
    kind, _colon, subject = posted.get(f"{name}-subject", "").partition(":")
    op, values = posted.get(f"{name}-op", "answered"), [value for value in posted.getlist(f"{name}-value") if value]
    if kind == "l":
        language = (values or [subject])[0]
        return {"language": language, "op": "is_not" if op == "is_not" else "is"} if language else None
    if kind not in ("q", "h") or not subject:
        return None
    leaf: dict[str, Any] = {"question" if kind == "q" else "hidden": subject}
    if part := posted.get(f"{name}-part"):
        leaf["part"] = part
    if op in COUNTLESS:
        return {**leaf, "op": op}
    if op in SEVERAL:
        return {**leaf, "op": op, "value": values}
    return {**leaf, "op": op, "value": number_or_text(values[0]) if values else ""}


def number_or_text(value: str) -> str | float | int:
    if re.fullmatch(r"-?\d{1,15}", value) and not re.match(r"-?0\d", value):
        return int(value)
    return float(value) if re.fullmatch(r"-?\d{1,15}\.\d{1,10}", value) else value


def below(found: Mapping[str, Any]) -> tuple[str, list[Any]]:
    """How a condition joins others, and those; ("", []) for a single test."""
    return next(((match, found[match]) for match in MATCHES if found.get(match)), ("", []))


def is_shown(found: Mapping[str, Any] | None) -> bool:
    """The form shows tests and groups of tests; what lies deeper is told, and edited in the file."""
    groups = below(found)[1] if found else []
    return not any(below(test)[1] for group in groups for test in below(group)[1])
