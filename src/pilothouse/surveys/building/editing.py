"""One press in the builder, while it is being made: what every part's verbs share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404, QueryDict

from pilothouse.surveys.building.edits import Document
from pilothouse.surveys.building.forms import below
from pilothouse.surveys.questions import TYPES


@dataclass
class Edit:
    """What is being changed, and afterwards where to go on: `at` the part to show, `focus` the field to stand in,
    `whole` whether more changed than the form shows already, `told` what to say with an undo."""

    document: Document
    posted: QueryDict
    language: str
    at: str
    focus: str = ""
    whole: bool = False
    outline: bool = False
    told: str = ""
    arguments: list[str] = field(default_factory=list)
    images: dict[str, str] = field(default_factory=dict)  # keys of pictures that came with the form, by option

    @property
    def source(self) -> str:
        return str(self.document["languages"][0])

    @property
    def argument(self) -> str:
        return self.arguments[0] if self.arguments else ""

    def take(self, n: int) -> list[str]:
        return [*self.arguments, *[""] * n][:n]

    def lines(self, name: str) -> list[str]:
        return [line.strip() for line in self.posted.get(name, "").splitlines() if line.strip()]


def run(verbs: dict[str, Callable[..., None]], name: str, *arguments: Any) -> None:
    if name not in verbs:
        raise Http404
    verbs[name](*arguments)


def with_test(condition: Any, known: list[str], where: str = "") -> Any:
    """One more row, asking about the nearest question before. `where` is the place of the group that it joins, or
    "group" for a new one, which holds two so that it is one."""
    if not known:
        return condition
    fresh = {"question": known[-1], "op": "answered"}
    match, members = below(condition) if condition else ("", [])
    members = members or ([condition] if condition else [])
    if where == "group":
        return {match or "all": [*members, {"all" if match == "any" else "any": [fresh, dict(fresh)]}]}
    if where.isdecimal() and int(where) < len(members) and (inner := below(members[int(where)]))[0]:
        return {match: [*members[: int(where)], {inner[0]: [*inner[1], fresh]}, *members[int(where) + 1 :]]}
    return {match or "all": [*members, fresh]} if members else fresh


def known_before(document: Document, question_id: str) -> list[str]:
    found: list[str] = []
    for page in document["pages"]:
        for question in page["questions"]:
            if question["id"] == question_id:
                return found
            if question["type"] in TYPES and TYPES[question["type"]].answered:
                found.append(question["id"])
    return found


def known_until(document: Document, page_id: str) -> list[str]:
    found: list[str] = []
    for page in document["pages"]:
        found += [one["id"] for one in page["questions"] if one["type"] in TYPES and TYPES[one["type"]].answered]
        if page["id"] == page_id:
            break
    return found
