"""The 23 chapters and the FAQ, walked in both languages on the practice product: the page is there, everything that it
names opens, its progress is counted, its next step says why, and no word of it is left in the other language."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from urllib.parse import urlsplit

import pytest

from pilothouse.chapters import CHAPTERS
from pilothouse.chapters.terms import TERMS
from pilothouse.chapters.texts import SECTIONS
from pilothouse.guide.measures import progress_of
from pilothouse.guide.standing import standing_of
from pilothouse.kinds.layouts import LAYOUTS
from pilothouse.methods import REGISTRY
from pilothouse.planning.scorecards.ways import WAYS
from pilothouse.steps import choosing
from pilothouse.steps.facts import Facts
from pilothouse.surveys.instruments import READY
from pilothouse.workbench.writing import actions
from tests.promises.test_languages import left_in_english

pytestmark = pytest.mark.django_db
ARTICLE = re.compile(r"<article\b.*?</article>", re.DOTALL)
HREF = re.compile(r'<a\b[^>]*?\bhref="([^"]+)"')


def reader(practice, client, key: str):
    """The owner of the practice product in one language, with it open."""
    actor = replace(practice[0])
    actor.user.language = "zh-hans" if key == "CX" else "en"
    actor.user.save()
    client.force_login(actor.user)
    product = actor.product(key)
    assert client.get(product.url).status_code == 200
    return actor, product


def shown(client, actor, number: int) -> str:
    answer = client.get(f"{actor.workspace.url}guide/{number}")
    assert answer.status_code == 200, number
    return ARTICLE.search(answer.content.decode())[0]


@pytest.mark.parametrize(("key", "short"), [("TW", "en"), ("CX", "zh")])
def test_every_chapter_is_whole_and_everything_it_names_opens(client, practice, key, short):
    actor, product = reader(practice, client, key)
    facts, links = Facts(actor, product), set()
    standing = standing_of(facts)
    for chapter in CHAPTERS:
        html = shown(client, actor, chapter.number)
        links |= {unescape(href) for href in HREF.findall(html)}
        assert [title for title in SECTIONS[short] if f"<h2>{title}</h2>" not in html] == [], chapter.number
        assert "guide-named" not in html, f"chapter {chapter.number} names what its reader cannot open"
        for one in progress_of(chapter.number, standing):
            assert f"{one.told:,}{'+' * one.more}</strong>" in html, (chapter.number, one.measure.slug)
        if step := choosing.for_chapter(facts, chapter.number):
            assert all((step.reason, step.enough, step.url in unescape(html))), step.slug
        if short == "zh":
            assert not left_in_english(html), chapter.number
    assert not unnamed(links)
    assert not dead(client, links if short == "en" else {link for link in links if "/CX-" in link}, actor.workspace.url)


def unnamed(links: set[str]) -> list[str]:
    """Tools that no chapter leads to."""
    ways = {
        "canvases/new?layout=": LAYOUTS, "surveys/new?instrument=": READY, "scorecards/new?way=": WAYS,
        "guide/methods/": REGISTRY,
    }  # fmt: skip
    ends = {link.rpartition("/w/tidewater/")[2].removeprefix("TW/").removeprefix("CX/") for link in links}
    return [f"{way}{slug}" for way, slugs in ways.items() for slug in slugs if f"{way}{slug}" not in ends]


def dead(client, links: set[str], base: str) -> list[str]:
    """The links that do not answer. Chapters and methods are opened by the other tests here; words are looked up."""
    found = []
    for link in sorted(links):
        parts = urlsplit(link)
        end = parts.path.removeprefix(f"{base}guide/")
        if parts.scheme == "https" or not parts.path:
            continue
        if end == "terms/":
            found += [] if parts.fragment in TERMS else [link]
        elif end.removeprefix("methods/") not in REGISTRY and not end.isdecimal():
            found += [] if client.get(link, follow=True).status_code == 200 else [link]
    return found


def test_no_method_and_no_word_is_left_in_english_on_a_chinese_page(client, practice):
    actor, _product = reader(practice, client, "CX")
    paths = ("guide", "guide/methods/", "guide/terms/", *(f"guide/methods/{id}" for id in REGISTRY))
    left = {path: left_in_english(client.get(actor.workspace.url + path).content.decode()) for path in paths}
    assert not {path: found for path, found in left.items() if found}


def test_progress_is_counted_and_never_ticked(client, practice):
    actor, product = reader(practice, client, "TW")
    quotes = standing_of(Facts(actor, product)).of("quote")
    assert f"{quotes}</strong>" in shown(client, actor, 2)
    made = actions.create(actor, product, "quote", {"title": "The ticket was there before I looked"})
    assert f"{quotes + 1}</strong>" in shown(client, actor, 2)
    actions.trash(actor, [made])
    html = shown(client, actor, 2)
    assert f"{quotes}</strong>" in html
    assert 'type="checkbox"' not in html
