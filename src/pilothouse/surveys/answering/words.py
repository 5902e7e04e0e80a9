"""A survey's texts as one respondent reads them: in their language, with earlier answers put in, and safe to show."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import nh3
from babel import Locale, UnknownLocaleError
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation.trans_real import parse_accept_lang_header
from markupsafe import Markup, escape

from pilothouse import markdown
from pilothouse.surveys import flow
from pilothouse.surveys.definition import Questionnaire, Text

MEANING = re.compile(r"[*_`\[\]<>&\\~!\n]")
PUNCTUATION = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~&:])")
INLINE = {"a", "br", "code", "em", "s", "strong"}


@dataclass(frozen=True)
class Voice:
    """Speaks a questionnaire's texts to one respondent."""

    questionnaire: Questionnaire
    state: flow.State

    def __call__(self, text: Text | None) -> Markup:
        """A line: a question, an option."""
        return inline(self.filled(text)) if text else Markup()

    def block(self, text: Text | None) -> Markup:
        """Paragraphs: an introduction, a consent."""
        return markdown.render(self.filled(text)) if text else Markup()

    def plain(self, text: Text | None) -> str:
        return text.get(self.state.language, self.questionnaire.source) if text else ""

    def filled(self, text: Text) -> str:
        return flow.pipe(self.plain(text), self.questionnaire, self.state, harmless)


def harmless(said: str) -> str:
    """What a respondent or a link wrote never acts as markup."""
    return PUNCTUATION.sub(r"\\\1", said.replace("\n", " "))


@lru_cache(maxsize=4_096)
def inline(text: str) -> Markup:
    if not MEANING.search(text):
        return escape(text)
    html = markdown.parser.renderInline(text[: markdown.LONGEST].replace("\n", "  \n"))
    safe = nh3.clean(
        html, tags=INLINE, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto"},
        link_rel="noopener nofollow", set_tag_attribute_values={"a": {"target": "_blank"}},
    )  # fmt: skip
    return Markup(safe)  # noqa: S704 sanitised above


@lru_cache(maxsize=200)
def locale_of(language: str) -> Locale | None:
    try:
        return Locale.parse(language, sep="-")
    except (ValueError, UnknownLocaleError):
        return None


def direction(language: str) -> str:
    locale = locale_of(language)
    return locale.text_direction if locale else "ltr"


def own_name(language: str) -> str:
    """A language by its own name: 中文, English, العربية."""
    if language == "zh-hans":
        return "简体中文"
    locale = locale_of(language)
    name = locale.get_display_name() if locale else None
    return name[:1].upper() + name[1:] if name else language


def spoken(language: str) -> str:
    """The language of the buttons and messages: the respondent's where the product speaks it."""
    known = [code for code, _name in settings.LANGUAGES]
    return next((code for code in known if code.split("-")[0] == language.split("-")[0]), "en")


def tag(language: str) -> str:
    """As HTML writes it: zh-Hans."""
    first, _dash, rest = language.partition("-")
    return f"{first}-{rest.title() if len(rest) == 4 else rest.upper()}" if rest else first


def wanted(request: HttpRequest, questionnaire: Questionnaire, invited: str = "") -> str:
    """The language asked for by address, else by the invitation, else by the browser, else the survey's first."""
    asked = request.GET.get("language", "").lower()
    if asked in questionnaire.languages:
        return asked
    if invited in questionnaire.languages:
        return invited
    for name, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")[:500]):
        if found := nearest(name, questionnaire.languages):
            return found
    return questionnaire.source


def nearest(name: str, languages: list[str]) -> str | None:
    """zh-cn is read as zh-hans, en-gb as en."""
    script = {"zh-cn": "zh-hans", "zh-sg": "zh-hans", "zh-tw": "zh-hant", "zh-hk": "zh-hant"}.get(name, name)
    if script in languages:
        return script
    return next((one for one in languages if one.split("-")[0] == name.split("-")[0]), None)


def choices(questionnaire: Questionnaire, current: str) -> list[Mapping[str, object]]:
    return [
        {"code": one, "tag": tag(one), "name": own_name(one), "current": one == current}
        for one in questionnaire.languages
    ]
