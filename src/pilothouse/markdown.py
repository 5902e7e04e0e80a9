"""Markdown that people wrote, as HTML that is safe to show: no raw HTML in, and a sanitiser behind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape
from mdit_py_plugins.tasklists import tasklists_plugin

LONGEST = 100_000  # rendered in two seconds even where every character is a bracket
parser = MarkdownIt("commonmark", {"html": False, "linkify": False, "maxNesting": 30}).enable(
    ["table", "strikethrough"]
)
parser.use(tasklists_plugin)
TAGS = {
    "a", "blockquote", "br", "code", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "input", "li", "ol", "p", "pre",
    "s", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
# Somebody named by address, as "@" offers them. ASCII, since Chinese puts no space round it: 请@mei@example.com看一下
MENTION = re.compile(r"(?<![\w.])@([\w.+-]+@[\w-]+(?:\.[\w-]+)+)", re.ASCII)
ATTRIBUTES = {"a": {"href", "title"}, "input": {"type", "checked", "disabled"}, "ol": {"start"}}


@lru_cache(maxsize=512)
def render(text: str, people: tuple[tuple[str, str], ...] = ()) -> Markup:
    """`people` are (address, name) of those who are mentioned and are to be read by their names."""
    tokens = parser.parse(text[:LONGEST])
    if people:
        name_people(tokens, dict(people))
    html = parser.renderer.render(tokens, parser.options, {})
    safe = nh3.clean(
        html, tags=TAGS, attributes=ATTRIBUTES, url_schemes={"http", "https", "mailto"}, link_rel="noopener nofollow"
    )
    return Markup(safe)  # noqa: S704 sanitised above


def name_people(tokens: Iterable[Token], names: Mapping[str, str]) -> None:
    """In running text alone: an address in code or in a link stays as it was written."""
    for token in tokens:
        if token.children:
            token.children = [part for child in token.children for part in parted(child, names)]


def parted(child: Token, names: Mapping[str, str]) -> list[Token]:
    if child.type != "text":
        return [child]
    return [part(text, bool(place % 2), names) for place, text in enumerate(MENTION.split(child.content))]


def part(text: str, mention: bool, names: Mapping[str, str]) -> Token:
    if mention and (name := names.get(text.lower())):
        return Token("html_inline", "", 0, content=f"<strong>@{escape(name)}</strong>")
    return Token("text", "", 0, content=f"@{text}" if mention else text)
