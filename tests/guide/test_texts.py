"""The guide's texts: all chapters, in both languages, with the same parts and links that lead somewhere."""

from __future__ import annotations

import re

from pilothouse.chapters import CHAPTERS
from pilothouse.chapters.texts import FOLDER, PLACES, SECTIONS, chapter_text, rendered
from pilothouse.guide.links import unknown

ALIKE = {"kind", "canvas", "survey", "scorecard", "page", "method", "chapter"}
BOTH = [(chapter.number, language) for chapter in CHAPTERS for language in SECTIONS]


def test_every_chapter_has_its_text_in_both_languages():
    assert [f"{language}/{number}" for number, language in BOTH if chapter_text(number, language) is None] == []
    files = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.md")}
    assert files == {f"{language}/{number:02}.md" for number, language in BOTH}


def test_every_text_begins_with_a_lead_and_has_the_same_parts():
    for number, language in BOTH:
        text = chapter_text(number, language)
        assert text.lead.startswith("<p>"), (number, language)
        assert tuple(part.title for part in text.sections) == SECTIONS[language], (number, language)
        assert tuple(part.id for part in text.sections) == PLACES
        assert "<h1" not in text.html
        assert "<p></p>" not in text.html


def test_no_link_leads_nowhere():
    wrong = {
        (number, language): found for number, language in BOTH if (found := unknown(chapter_text(number, language)))
    }
    assert not wrong


def test_both_languages_name_the_same_tools():
    for chapter in CHAPTERS:
        english, chinese = (
            {link for link in chapter_text(chapter.number, language).links if link[0] in ALIKE} for language in SECTIONS
        )
        assert english == chinese, chapter.number


def test_addresses_outside_stand_among_the_sources_only():
    for number, language in BOTH:
        *parts, sources = chapter_text(number, language).sections
        assert sources.id == "sources"
        assert not [part.id for part in parts if 'href="http' in part.html], (number, language)


def test_a_text_carries_neither_scripts_nor_foreign_schemes():
    html = rendered(
        "<script>alert(1)</script> [a](javascript:alert(1)) [b](data:text/html,x) [c](kind:need) [d](http://x.example)"
    )
    assert "<script" not in html
    assert "javascript:" not in re.sub(r"\[a\]\(javascript:[^)]*\)", "", html)
    assert 'href="data:' not in html
    assert 'href="http:' not in html
    assert '<a href="kind:need"' in html


def test_a_link_that_leads_nowhere_is_found():
    from pilothouse.chapters.texts import Text

    links = "".join(
        f"[x]({link}) "
        for link in (
            "kind:nope", "new:need?state=nope", "new:need?colour=red", "canvas:nope", "survey:nope", "scorecard:nope",
            "page:nope", "method:nope", "term:nope", "chapter:25", "new:requirement?priority=huge", "new:need?title=ok&state=heard",
        )
    )  # fmt: skip
    assert len(unknown(Text(rendered(links), ()))) == 11
