"""A questionnaire as one JSON document: out with the pictures it shows, and in again equal, or refused by the place.

The ids stay what they are, so that answers gathered under one copy fit the other. Pictures travel inside the document,
under their keys; where they are kept here is the caller's business.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import ValidationError

from pilothouse.surveys.definition import FORMAT, UNSTORABLE, Question, Questionnaire
from pilothouse.surveys.questions import TYPES

LARGEST, LARGEST_PICTURE = 60 * 1024 * 1024, 10 * 1024 * 1024
DEEPEST, MOST_PLACES = 40, 20
# By how the type of Pydantic's error begins; the first that fits.
WORDS: Mapping[str, Any] = {
    "missing": gettext_lazy("This is needed."),
    "extra_forbidden": gettext_lazy("There is no such name here."),
    "string_pattern": gettext_lazy("This name has characters that it cannot have, or is too long."),
    "string_too_long": gettext_lazy("This is too long."),
    "string_type": gettext_lazy("Text is needed here."),
    "int_": gettext_lazy("A whole number is needed here."),
    "float_": gettext_lazy("A number is needed here."),
    "bool_": gettext_lazy("true or false is needed here."),
    "list_type": gettext_lazy("A list is needed here."),
    "too_long": gettext_lazy("There are too many here."),
    "too_short": gettext_lazy("There are too few here."),
    "dict_type": gettext_lazy("An object is needed here."),
    "mapping_type": gettext_lazy("An object is needed here."),
    "model_": gettext_lazy("An object is needed here."),
    "literal_error": gettext_lazy("This is not one of the values that are known here."),
}


@dataclass(frozen=True)
class Document:
    """A questionnaire and its pictures, by the keys under which its options name them."""

    questionnaire: Questionnaire
    pictures: Mapping[str, bytes] = field(default_factory=dict)

    def with_keys(self, keys: Mapping[str, str]) -> Questionnaire:
        """The questionnaire with its pictures under the keys that they got here; those not kept are left out."""
        copy = self.questionnaire.model_copy(deep=True)
        for question in copy.questions():
            for option in question.options:
                option.image = keys.get(option.image, "")
        return copy


class Wrong(Exception):
    """A document that is no questionnaire: `problems` are (place, what is wrong there), in the reader's language."""

    def __init__(self, problems: Sequence[tuple[str, str]]) -> None:
        self.problems = list(problems)
        super().__init__(" ".join(": ".join(filter(None, problem)) for problem in self.problems))


def written(questionnaire: Questionnaire, picture: Callable[[str], bytes | None] = lambda key: None) -> str:
    """The document as text. `picture` gives the bytes of a key; what is lost is left out."""
    keys = dict.fromkeys(option.image for question in questionnaire.questions() for option in question.options)
    found = {key: data for key in keys if key and (data := picture(key)) is not None}
    content = questionnaire.model_dump(mode="json", exclude_defaults=True) | {"format": FORMAT}
    content |= {"languages": questionnaire.languages}
    if found:
        content["pictures"] = {key: base64.b64encode(data).decode() for key, data in found.items()}
    order = [
        "format",
        "languages",
        "title",
        *(name for name in content if name not in ("format", "languages", "title")),
    ]
    return json.dumps({name: content[name] for name in order if name in content}, ensure_ascii=False, indent=1) + "\n"


def read(text: str | bytes) -> Document:
    """Raises Wrong, naming every place that cannot be kept."""
    content = loaded(text)
    return document(content)


def document(content: Any) -> Document:
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise Wrong(
            [
                (
                    "format",
                    _("This is no questionnaire of Pilothouse: “format” must be “%(format)s”.") % {"format": FORMAT},
                )
            ]
        )
    refuse_unkeepable(content, "")
    content = dict(content)
    pictures = dict(unpacked(content.pop("pictures", {})))
    try:
        found = Questionnaire.model_validate(content)
    except ValidationError as error:
        raise Wrong([problem(one, content) for one in error.errors(include_url=False)[:MOST_PLACES]]) from None
    if problems := list(of_types(found)):
        raise Wrong(problems[:MOST_PLACES])
    return Document(found, pictures)


def loaded(text: str | bytes) -> Any:
    if len(text) > LARGEST:
        raise Wrong([("", _("The file is larger than %(most)s MB.") % {"most": LARGEST // 1024 // 1024})])
    try:
        return json.loads(text if isinstance(text, str) else text.decode("utf-8-sig"), parse_constant=refuse)
    except UnicodeDecodeError:
        raise Wrong([("", _("The file is not valid UTF-8."))]) from None
    except json.JSONDecodeError as error:
        place = _("line %(line)s, column %(column)s") % {"line": error.lineno, "column": error.colno}
        raise Wrong([(place, _("This is no JSON: %(reason)s.") % {"reason": error.msg})]) from None
    except (ValueError, RecursionError):
        raise Wrong([("", _("This is no JSON that can be read."))]) from None


def refuse(name: str) -> Any:
    raise ValueError(name)


def refuse_unkeepable(value: Any, place: str, depth: int = 0) -> None:
    """What no database keeps, wherever it stands: conditions and settings hold any JSON."""
    if depth > DEEPEST:
        raise Wrong([(place, _("This is nested too deeply."))])
    if isinstance(value, str) and UNSTORABLE.search(value):
        raise Wrong([(place, _("This holds a character that cannot be kept."))])
    if isinstance(value, int | float) and not isinstance(value, bool) and not abs(value) < 2**63:
        raise Wrong([(place, _("A number is too large."))])
    parts = value.items() if isinstance(value, dict) else enumerate(value, 1) if isinstance(value, list) else ()
    for name, part in parts:
        if isinstance(name, str) and UNSTORABLE.search(name):
            raise Wrong([(place, _("This holds a character that cannot be kept."))])
        refuse_unkeepable(part, joined(place, name), depth + 1)


def joined(place: str, part: str | int) -> str:
    return f"{place}[{part}]" if isinstance(part, int) else f"{place}.{part}".removeprefix(".")


def unpacked(given: Any) -> Iterator[tuple[str, bytes]]:
    if not isinstance(given, dict):
        raise Wrong([("pictures", _("An object is needed here."))])
    for key, text in given.items():
        try:
            data = base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError, TypeError):
            raise Wrong([(f"pictures.{key[:60]}", _("This is no file."))]) from None
        if len(data) > LARGEST_PICTURE:
            raise Wrong([(f"pictures.{key[:60]}", _("The picture is too large."))])
        yield key, data


def problem(error: Mapping[str, Any], content: Any) -> tuple[str, str]:
    """(place, what): lists are counted from one, and what has a code or an id is called by it as well."""
    place, here = "", content
    for part in error["loc"]:
        place = joined(place, part + 1 if isinstance(part, int) else part)
        here = inner(here, part)
        if isinstance(part, int) and isinstance(here, dict) and (name := here.get("code") or here.get("id")):
            place += f" ({str(name)[:40]})"
    return place, worded(error)


def inner(value: Any, part: Any) -> Any:
    try:
        return value[part]
    except (KeyError, IndexError, TypeError):
        return None


def worded(error: Mapping[str, Any]) -> str:
    if error["type"] == "value_error":
        words = str(error["ctx"]["error"])
        return words if words.endswith((".", "。")) else f"{words[:1].upper()}{words[1:]}."
    found = next((words for start, words in WORDS.items() if error["type"].startswith(start)), None)
    return str(found or _("This value does not fit here."))


def of_types(questionnaire: Questionnaire) -> Iterator[tuple[str, str]]:
    """What the types of the questions refuse."""
    for at, page in enumerate(questionnaire.pages, 1):
        for place, question in enumerate(page.questions, 1):
            where = f"pages[{at}] ({page.id}).questions[{place}] ({question.code})"
            yield from of_type(question, where)


def of_type(question: Question, where: str) -> Iterator[tuple[str, str]]:
    if question.type not in TYPES:
        yield f"{where}.type", _("There is no type of question “%(name)s”.") % {"name": question.type}
        return
    try:
        TYPES[question.type].settings(question)
    except ValidationError as error:
        for one in error.errors(include_url=False):
            place, what = problem(one, question.settings)
            yield f"{where}.settings{'.' if place else ''}{place}", what
