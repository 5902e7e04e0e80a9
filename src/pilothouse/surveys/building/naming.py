"""What parts of a questionnaire are called where there is little room."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from pilothouse.surveys.definition import Page, Questionnaire

MARKS = re.compile(r"[*_`#>\[\]]+")


def short(text: str, most: int = 80) -> str:
    """One line of a text, without its marks."""
    line = " ".join(MARKS.sub("", text).split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def language_name(code: str) -> str:
    """A language in its own words: 简体中文, English. An unknown one keeps its code."""
    try:
        return str(get_language_info(code)["name_local"])
    except KeyError:
        return code


def language_names(questionnaire: Questionnaire) -> list[tuple[str, str]]:
    return [(code, language_name(code)) for code in questionnaire.languages]


def page_name(questionnaire: Questionnaire, page: Page, language: str) -> str:
    """“Page 2” and its title, if it has one."""
    number: dict[str, Any] = {"n": questionnaire.pages.index(page) + 1}
    title = short(page.title.get(language, questionnaire.source), 60)
    return _("Page %(n)s: %(title)s") % {**number, "title": title} if title else _("Page %(n)s") % number
