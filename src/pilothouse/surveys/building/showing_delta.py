"""Changes of a questionnaire in words, and what they mean for answers that are there already."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from pilothouse.surveys import delta
from pilothouse.surveys.definition import Questionnaire


def differing(questionnaire: Questionnaire, document: dict[str, Any], mine: delta.Delta) -> list[dict[str, str]]:
    """For a second saver: the place, what stands there now, and what they typed."""
    found = []
    for change in mine:
        *where, last = change["path"]
        now = delta.follow(delta.keyed(document), where)
        found.append(
            {
                "place": place(questionnaire, change["path"]),
                "theirs": printed(delta.plain(now.get(last)) if now else None),
                "mine": printed(change.get("now")),
            }
        )
    return found


def place(questionnaire: Questionnaire, path: list[str]) -> str:
    """The question a path leads into, by its code."""
    if "questions" in path[:-1]:
        question = questionnaire.question(path[path.index("questions") + 1])
        return question.code if question else _("a question that is gone")
    return {"title": _("Title"), "intro": _("Introduction")}.get(path[0], _("Questionnaire"))


def printed(value: Any) -> str:
    if isinstance(value, dict):
        words = value.get("words") or value.get("text", {}).get("words") or {}
        return " / ".join(str(text) for text in words.values()) or _("removed or changed")
    if value is None:
        return _("nothing")
    return str(value)
