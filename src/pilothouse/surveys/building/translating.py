"""Every text of a questionnaire beside its translation: what is missing or out of date, and keeping what was typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pilothouse.surveys.building import edits
from pilothouse.surveys.building.edits import Document
from pilothouse.surveys.definition import Questionnaire, Text

MISSING, OUTDATED, DONE = "missing", "outdated", "done"


@dataclass(frozen=True)
class Line:
    """One text: its path, where it stands in words, the source, the translation, and how that stands."""

    path: str
    place: str
    source: str
    words: str
    standing: str


def standing(text: Text, language: str, source: str) -> str:
    if not text.has(language):
        return MISSING
    return OUTDATED if text.outdated(language, source) else DONE


def fill(questionnaire: Questionnaire, language: str) -> dict[str, int]:
    """How many texts there are in the source, and how many of these are translated or out of date."""
    source = questionnaire.source
    found = [standing(text, language, source) for _path, text in questionnaire.texts() if text.has(source)]
    done, old = found.count(DONE), found.count(OUTDATED)
    return {"all": len(found), "done": done, "outdated": old, "percent": round(100 * (done + old) / max(len(found), 1))}


def lines(questionnaire: Questionnaire, language: str, wanted: str = "") -> list[Line]:
    """All texts that the source has, or only those that are `missing` or `outdated`."""
    source = questionnaire.source
    return [
        Line(path, place_of(path, questionnaire), text.get(source), text.words.get(language, ""), how)
        for path, text in questionnaire.texts()
        if text.has(source) and (how := standing(text, language, source)) and wanted in ("", how)
    ]


def place_of(path: str, questionnaire: Questionnaire) -> str:
    """The code of the question a text belongs to."""
    part, *below = path.split(".")
    question = questionnaire.question(below[0]) if part == "questions" else None
    return question.code if question else ""


def text_at(document: Document, path: str) -> Document | None:
    """The text a path leads to, as `Questionnaire.texts` names them."""
    part, *below = path.split(".")
    here: Any = document
    if part == "questions" and below:
        here, below = edits.question_in(document, below[0]), below[1:]
    else:
        below = [part, *below]
    for name in below:
        here = edits.part_in(here, name) if isinstance(here, list) else (here or {}).get(name)
    return here if isinstance(here, dict) and "words" in here else None


def keep(document: Document, language: str, typed: Mapping[str, str]) -> int:
    """Translations by path; how many changed. A path that leads nowhere any more is passed over."""
    source, count = document["languages"][0], 0
    for path, words in typed.items():
        text = text_at(document, path)
        if text is not None and text["words"].get(language, "") != words.replace("\r\n", "\n").strip():
            edits.set_text(text, language, words, source)
            count += 1
    return count


def confirm(document: Document, language: str, path: str) -> None:
    if text := text_at(document, path):
        edits.confirm_text(text, language, document["languages"][0])
