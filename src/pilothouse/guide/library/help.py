"""A method's page, read out of its docstrings; in Chinese from the texts that stand beside the chapters."""

from __future__ import annotations

import doctest
import inspect
import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, get_args, get_origin

from django.utils.translation import gettext_lazy as _

from pilothouse import chapters
from pilothouse.methods import REGISTRY

CHINESE = Path(chapters.__file__).parent / "methods_zh.toml"
PART = re.compile(r"^(Question|Not for|Sample|Source): ", re.MULTILINE)
REFUSES = re.compile(r"\s*(Raises MethodError|Codes:).*", re.DOTALL)
FORMS = (
    (r"Literal", _("one of a few words")),
    (r"Mapping|dict", _("values by name")),
    (r"Arm", _("the numbers of one group")),
    (r"Sequence|Iterable|Collection|list|tuple", _("a list")),
    (r"\bbool\b", _("yes or no")),
    (r"\b(float|int)\b", _("a number")),
    (r"\bstr\b", _("a text")),
    (r"date", _("a date")),
    (r"Any", _("data")),
)


@dataclass(frozen=True)
class Argument:
    name: str
    form: Any
    choices: tuple[str, ...]
    default: str | None


@dataclass(frozen=True)
class Example:
    """Worked numbers: what is computed, and what comes out."""

    code: str
    result: str


@dataclass(frozen=True)
class Help:
    """`given` says what the arguments mean, `outcome` what the parts of the result mean, `notes` what else is to be
    known."""

    question: str
    unless: str
    sample: str
    given: str
    outcome: str
    notes: str
    examples: tuple[Example, ...]
    source: str
    arguments: tuple[Argument, ...]


@lru_cache
def chinese() -> dict[str, dict[str, str]]:
    return tomllib.loads(CHINESE.read_text("utf-8"))


@lru_cache(maxsize=250)
def help_for(id: str, language: str) -> Help:
    method = REGISTRY[id]
    said = {**parts(method.doc), "given": given(id), "outcome": outcome(id)}
    if language.startswith("zh"):
        said |= {"notes": "", **chinese()[id]}
    return Help(
        question=said["question"],
        unless=said["unless"],
        sample=said["sample"],
        given=said["given"],
        outcome=said["outcome"],
        notes=said["notes"],
        examples=tuple(examples(method.doc)),
        source=said["source"],
        arguments=tuple(arguments(id)),
    )


def parts(doc: str) -> dict[str, str]:
    """The named parts of a docstring, each as one paragraph."""
    pieces = PART.split(doc)
    found = dict(zip(pieces[1::2], pieces[2::2], strict=True))
    sample, *more = found["Sample"].split("\n\n")
    notes = [text for text in more if text.strip() and not text.lstrip().startswith(">>>")]
    return {
        "question": joined(found["Question"]),
        "unless": joined(found["Not for"]),
        "sample": joined(sample),
        "source": joined(found["Source"]),
        "notes": " ".join(joined(text) for text in notes),
    }


def joined(text: str) -> str:
    return " ".join(text.split())


def examples(doc: str) -> list[Example]:
    """Steps that show nothing yet stand with the first one that does."""
    found, waiting = [], ""
    for step in doctest.DocTestParser().get_examples(doc):
        waiting += step.source
        if step.want:
            found.append(Example(waiting.rstrip(), step.want.rstrip()))
            waiting = ""
    return found


def given(id: str) -> str:
    """What `analyse` says of its arguments, without the codes by which it refuses."""
    return joined(REFUSES.sub("", inspect.getdoc(REGISTRY[id].analyse) or ""))


def outcome(id: str) -> str:
    return joined(inspect.getdoc(REGISTRY[id].result) or "")


def arguments(id: str) -> list[Argument]:
    method = REGISTRY[id]
    defaults = inspect.signature(method.analyse).parameters
    return [
        Argument(name, form_of(hint), choices_of(hint), default_of(defaults[name].default))
        for name, hint in method.inputs.items()
    ]


def form_of(hint: Any) -> Any:
    text = hint.__name__ if isinstance(hint, type) and not get_args(hint) else str(hint)
    return next((words for pattern, words in FORMS if re.search(pattern, text)), _("data"))


def choices_of(hint: Any) -> tuple[str, ...]:
    if str(get_origin(hint)) == "typing.Literal":
        return tuple(str(one) for one in get_args(hint))
    return tuple(one for part in get_args(hint) for one in choices_of(part))


def default_of(value: Any) -> str | None:
    """None where it has to be given."""
    if value is inspect.Parameter.empty:
        return None
    text = "–" if value is None else repr(value)
    return text if len(text) <= 60 else f"{text[:57]}…"
