"""What the builder calls the settings of each type of question, and how it asks for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, get_args

from django.utils.translation import gettext_lazy as _

from pilothouse.surveys.definition import Question
from pilothouse.surveys.questions import TYPES


@dataclass(frozen=True)
class Shown:
    """One setting as a control: `kind` is flag, number, text or choice."""

    name: str
    label: Any
    kind: str
    value: Any
    hint: Any = ""
    options: tuple[tuple[str, Any], ...] = ()


# Name, or type and name, to words. A setting without words here is no concern of the person who builds.
LABELS: dict[str, tuple[Any, Any]] = {
    "dropdown": (_("As a drop-down list"), _("For long lists, such as countries")),
    "many": (_("Several pictures can be chosen"), ""),
    "multiple.minimum": (_("Choose at least"), ""),
    "multiple.maximum": (_("Choose at most"), ""),
    "picture.minimum": (_("Choose at least"), ""),
    "picture.maximum": (_("Choose at most"), ""),
    "ranking.minimum": (_("Rank at least"), ""),
    "ranking.maximum": (_("Rank at most"), _("Only the first places are asked for")),
    "total": (_("Points to share out"), ""),
    "unit": (_("Unit"), ""),
    "whole": (_("Whole numbers only"), ""),
    "minimum": (_("Smallest value"), ""),
    "maximum": (_("Largest value"), ""),
    "date.minimum": (_("Earliest day"), ""),
    "date.maximum": (_("Latest day"), ""),
    "longest": (_("Characters at most"), ""),
    "kind": (_("What is typed"), ""),
    "scale.low": (_("From"), ""),
    "scale.high": (_("To"), ""),
    "matrix.low": (_("From"), ""),
    "matrix.high": (_("To"), ""),
    "differential.low": (_("From"), ""),
    "differential.high": (_("To"), ""),
    "rating.high": (_("How many stars"), ""),
    "icon": (_("Shown as"), ""),
    "importance": (_("Also ask how important each is, 1 to 9"), ""),
    "currency": (_("Currency"), _("A sign or a word: €, 元")),
    "most": (_("Highest price taken"), ""),
    "rising": (_("The four prices must rise"), ""),
    "prices": (_("Prices, lowest first"), _("Separated by spaces or commas")),
    "per_set": (_("Shown at a time"), ""),
    "per_item": (_("How often each is shown"), ""),
    "versions": (_("Versions of the design"), _("Given to people in turn, so that not everybody meets the same sets")),
    "n_tasks": (_("How many choices each person makes"), ""),
    "alternatives": (_("Products in each choice"), ""),
    "none": (_("Offer “none of these”"), ""),
    "megabytes": (_("Largest file, in MB"), ""),
    "endings": (_("Kinds of files"), _("File name endings: png pdf. None means any.")),
}
CHOICES: dict[str, tuple[tuple[str, Any], ...]] = {
    "kind": (("any", _("Any words")), ("email", _("An e-mail address")), ("link", _("A web address"))),
    "icon": (("star", _("Stars")), ("heart", _("Hearts")), ("thumbs-up", _("Thumbs"))),
}


def shown(question: Question) -> list[Shown]:
    """The settings of a question, in the order in which its type declares them."""
    if question.type not in TYPES:
        return []
    fields = TYPES[question.type].Settings.model_fields
    found = []
    for name, field in fields.items():
        words = LABELS.get(f"{question.type}.{name}") or LABELS.get(name)
        if words and not (name in ("low", "high") and f"{question.type}.{name}" not in LABELS):
            value = question.settings.get(name, field.get_default(call_default_factory=True))
            found.append(
                Shown(name, words[0], control(field.annotation, name), printed(value), words[1], CHOICES.get(name, ()))
            )
    return found


def control(kind: Any, name: str) -> str:
    if kind is bool:
        return "flag"
    if name in CHOICES:
        return "choice"
    kinds = {kind, *get_args(kind)}
    return (
        "number"
        if kinds & {int, float} and not str(kind).startswith("list")
        else "date"
        if "date" in str(kind)
        else "text"
    )


def printed(value: Any) -> Any:
    if isinstance(value, list):
        return " ".join(printed(one) for one in value)
    if isinstance(value, float) and value.is_integer():
        return f"{value:.0f}"
    return "" if value is None else value if isinstance(value, bool) else str(value)
