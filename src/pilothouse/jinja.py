"""The template environment: translations, assets, icons and formats, the same for every page."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from jinja2 import Environment, StrictUndefined
from lucide.jinja import lucide
from markupsafe import Markup, escape

from pilothouse import faces, markdown
from pilothouse.chapters.terms import term, word_of

DATE = re.compile(r"\d{4}-\d{2}-\d{2}|\d{4} 年 \d{1,2} 月 \d{1,2} 日")


def environment(**options: Any) -> Environment:
    env = Environment(**{**options, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True})  # noqa: S701 autoescape is set by Django
    env.add_extension("jinja2.ext.i18n")
    env.install_gettext_callables(  # type: ignore[attr-defined]
        translation.gettext,
        translation.ngettext,
        newstyle=True,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
    )
    env.globals.update(gettext=words, _=words)
    manifest()  # now: a server that is running goes on naming the files it started with
    env.globals.update(asset=asset, icon=icon, once=Once, language=translation.get_language, url_for=reverse)
    env.globals.update(term=term, word_of=word_of)
    env.filters.update(
        markdown=markdown.render,
        day=day,
        moment=moment,
        decimal=decimal,
        percent=percent,
        sentences=sentences,
        unbroken=unbroken,
        hue=faces.hue,
        initials=faces.initials,
        json=lambda value: json.dumps(value, default=str),
    )
    return env


def words(message: str, /, **values: Any) -> Markup:
    """The translation of a text in a template. Kept once it was looked up: a page has hundreds, and most are the same
    each time."""
    text = translated(translation.get_language(), message)
    return text % values if values else whole(text)


@lru_cache(maxsize=20_000)
def translated(language: str | None, message: str) -> Markup:
    return Markup(translation.gettext(message))  # noqa: S704 ours, or a translator's


@lru_cache(maxsize=20_000)
def whole(text: Markup) -> Markup:
    """Without the second sign of each %%, as every text is that has values."""
    return text % {}


def asset(name: str) -> str:
    """The address of a built asset, its content hash in the name."""
    return f"{settings.STATIC_URL}dist/{manifest().get(name, name)}"


@lru_cache
def manifest() -> dict[str, str]:
    path = settings.PACKAGE / "static/dist/manifest.json"
    return json.loads(path.read_text()) if path.exists() else {}


@lru_cache(maxsize=1_000)
def icon(name: str, size: int = 16) -> Markup:
    """Without the space between its lines: a page has hundreds."""
    return Markup(re.sub(r"\s*\n\s*", "", lucide(name, size=size, **{"aria-hidden": "true"})))  # noqa: S704 ours


class Once(dict[Any, str]):
    """What a macro prints for a value, printed once: faces, tags and dots repeat from row to row. A page makes its
    own, for what is printed depends on its language: {% set face = once(avatar) %} … {{ face[row.owner] }}"""

    def __init__(self, macro: Callable[..., str]) -> None:
        super().__init__()
        self.macro = macro

    def __missing__(self, value: Any) -> str:
        printed = self[value] = self.macro(*value) if isinstance(value, tuple) else self.macro(value)
        return printed


def is_chinese() -> bool:
    """Whether the reader's language is Chinese."""
    return (translation.get_language() or "").startswith("zh")


def day(value: Any) -> str:
    """2026-11-22, or 2026 年 11 月 22 日; empty for nothing."""
    if not value:
        return ""
    if is_chinese():
        return f"{value.year} 年 {value.month} 月 {value.day} 日"
    return value.strftime("%Y-%m-%d") if value.year >= 1000 else value.isoformat()


def moment(value: Any) -> str:
    local = timezone.localtime(value)
    return f"{day(local)} {local:%H:%M}"


def decimal(value: Any, places: int = 1) -> str:
    """A number with grouping and at most `places` decimals, none when it is whole, with a minus rather than a hyphen;
    alike in both languages."""
    if value is None or value == "":
        return "–"
    text = f"{round(float(value), places) + 0:,.{places}f}".replace("-", "−")  # and none before a zero
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(share: Any, places: int = 0) -> str:
    """A share of 1 in per cent: 0.62 as “62 %”, in Chinese “62%”."""
    return translation.gettext("%(n)s %%") % {"n": decimal(share * 100, places)}


def unbroken(text: str) -> Markup:
    """No line ends inside a date: a browser would break 2026-11-22 at its hyphens."""
    return Markup(DATE.sub(r'<span class="nowrap">\g<0></span>', str(escape(text))))  # noqa: S704 escaped just now


def sentences(texts: Iterable[str]) -> str:
    """Sentences in one line, with a space between them unless they are Chinese, whose full stop is wide enough."""
    return ("" if is_chinese() else " ").join(filter(None, texts))


def listed(names: Iterable[str], most: int = 99) -> str:
    """Names in a row; of more than `most` the first, and the number of the others."""
    every = list(names)
    shown = ("、" if is_chinese() else ", ").join(every[:most])
    if len(every) <= most:
        return shown
    return translation.gettext("%(names)s and %(n)s more") % {"names": shown, "n": len(every) - most}
