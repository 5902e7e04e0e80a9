"""The guide's texts: one Markdown file a chapter and language, read and rendered once.

Links within them name what they lead to ("canvas:swot"); whoever shows a text turns them into addresses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import nh3

from pilothouse.markdown import ATTRIBUTES, TAGS, parser

FOLDER = Path(__file__).parent / "guide"
SCHEMES = ("kind", "new", "canvas", "survey", "scorecard", "page", "method", "term", "chapter", "practice")
PLACES = ("use", "not", "enough", "good", "example", "here", "sources")
SECTIONS = {
    "en": (
        "When to use what", "When not", "How much is enough", "Good work and bad", "A worked example", "Do it here",
        "Sources",
    ),
    "zh": (
        "什么时候用什么", "什么时候别用", "多少才够", "怎样算做得好", "一个完整的例子", "在这里怎么做", "来源",
    ),
}  # fmt: skip
HEADING = re.compile(r"^## +(.+?) *$", re.MULTILINE)
LINK = re.compile(rf'<a href="({"|".join(SCHEMES)}):([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)


@dataclass(frozen=True)
class Section:
    """`id` is the same in both languages, so that a reader who changes the language stays where they were."""

    id: str
    title: str
    html: str


@dataclass(frozen=True)
class Text:
    lead: str
    sections: tuple[Section, ...]

    @property
    def html(self) -> str:
        return self.lead + "".join(section.html for section in self.sections)

    @property
    def links(self) -> tuple[tuple[str, str], ...]:
        """(scheme, what it names), in order."""
        return tuple((match[1], match[2]) for match in LINK.finditer(self.html))


def short(language: str) -> str:
    return "zh" if language.startswith("zh") else "en"


@lru_cache(maxsize=100)
def chapter_text(number: int, language: str) -> Text | None:
    """None where a chapter has no text in this language: its page then goes without."""
    path = FOLDER / short(language) / f"{number:02}.md"
    if not path.exists():
        return None
    lead, *rest = HEADING.split(path.read_text("utf-8"))
    titles, bodies = rest[::2], rest[1::2]
    sections = [
        Section(place, title, rendered(body)) for place, title, body in zip(PLACES, titles, bodies, strict=False)
    ]
    return Text(rendered(lead), tuple(sections))


def rendered(text: str) -> str:
    """HTML whose own links still name what they lead to. A table that is wider than the screen is walked by key."""
    html = nh3.clean(
        parser.render(text), tags=TAGS, attributes=ATTRIBUTES, url_schemes={"https", *SCHEMES}, link_rel="noopener"
    )
    html = html.replace("<th></th>", "<td></td>")  # a corner without a word heads nothing
    return html.replace("<table>", '<div class="guide-table" tabindex="0"><table>').replace(
        "</table>", "</table></div>"
    )
