"""Markdown that people wrote, as HTML that is safe to show: no raw HTML in, and a sanitiser behind."""

from __future__ import annotations

from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup
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
ATTRIBUTES = {"a": {"href", "title"}, "input": {"type", "checked", "disabled"}, "ol": {"start"}}


@lru_cache(maxsize=512)
def render(text: str) -> Markup:
    html = parser.render(text[:LONGEST])
    safe = nh3.clean(
        html, tags=TAGS, attributes=ATTRIBUTES, url_schemes={"http", "https", "mailto"}, link_rel="noopener nofollow"
    )
    return Markup(safe)  # noqa: S704 sanitised above
