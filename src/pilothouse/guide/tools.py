"""The tools of a chapter: what declares that it belongs there, and what its text names, with what the product has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pilothouse.chapters import Chapter
from pilothouse.chapters.texts import Text
from pilothouse.guide.links import PAGES, Links
from pilothouse.guide.standing import Standing
from pilothouse.kinds import KINDS
from pilothouse.kinds.layouts import LAYOUTS
from pilothouse.methods import REGISTRY
from pilothouse.planning.scorecards.ways import WAYS
from pilothouse.surveys.instruments import INSTRUMENTS, READY

GROUPS = {
    "kind": _("What is kept"),
    "canvas": _("Canvases"),
    "survey": _("Ready questionnaires"),
    "scorecard": _("Ways to score"),
    "page": pgettext_lazy("guide", "Pages"),
    "method": _("Methods"),
}


WITHOUT_METHOD = 3  # where a questionnaire belongs that no method of the library reads


@dataclass(frozen=True)
class Tool:
    """`count` is what the product has of it; None where that says nothing."""

    name: Any
    icon: str
    url: str
    count: int | None = None


def tools_of(
    chapter: Chapter, text: Text | None, standing: Standing, links: Links, language: str
) -> dict[str, list[Tool]]:
    """By group, in the order of GROUPS; only what this reader may open."""
    named = text.links if text else ()
    groups: dict[str, list[Tool]] = {}
    for scheme in GROUPS:
        slugs = dict.fromkeys([*declared(scheme, chapter), *(rest for kind, rest in named if kind == scheme)])
        tools = list(opened(scheme, slugs, standing, links, language))
        if tools:
            groups[scheme] = tools
    return groups


def declared(scheme: str, chapter: Chapter) -> Iterator[str]:
    number = chapter.number
    if scheme == "kind":
        yield from (kind.slug for kind in chapter.kinds)
    elif scheme == "canvas":
        yield from (layout.slug for layout in LAYOUTS.values() if layout.chapter == number)
    elif scheme == "survey":
        methods = {instrument.slug: instrument.method for instrument in INSTRUMENTS}
        homes = {slug: REGISTRY[methods[slug]].chapter if slug in methods else WITHOUT_METHOD for slug in READY}
        yield from (slug for slug, home in homes.items() if home == number)
    elif scheme == "scorecard":
        yield from (way.slug for way in WAYS.values() if way.method and REGISTRY[way.method].chapter == number)
    elif scheme == "method":
        yield from (method.id for method in chapter.methods)


def opened(scheme: str, slugs: Iterable[str], standing: Standing, links: Links, language: str) -> Iterator[Tool]:
    for slug in slugs:
        url = links.address(scheme, slug)
        if url is not None:
            name, icon, count = told(scheme, slug, standing, language)
            yield Tool(name, icon, url, count)


def told(scheme: str, slug: str, standing: Standing, language: str) -> tuple[Any, str, int | None]:
    """Name, icon, and how many of it there are."""
    if scheme == "kind":
        return KINDS[slug].plural, KINDS[slug].icon, standing.of(slug)
    if scheme == "canvas":
        return LAYOUTS[slug].name, LAYOUTS[slug].icon, standing.on(slug)
    if scheme == "survey":
        return READY[slug].name, READY[slug].icon, None
    if scheme == "scorecard":
        return WAYS[slug].name, WAYS[slug].icon, standing.ways.get(slug, 0)
    if scheme == "page":
        return PAGES[slug][1], PAGES[slug][2], None
    return REGISTRY[slug].name(language), "sigma", None
