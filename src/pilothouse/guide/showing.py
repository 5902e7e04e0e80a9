"""Where the guide shows beside its own pages: the palette finds chapters, methods and terms."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import translation
from django.utils.translation import gettext as _

from pilothouse.chapters import CHAPTERS
from pilothouse.chapters.terms import TERMS
from pilothouse.methods import REGISTRY
from pilothouse.people.access import Actor
from pilothouse.people.models import Product
from pilothouse.workbench.initials import answers_to
from pilothouse.workbench.sections import Found, add_finder

MOST_METHODS, MOST_TERMS = 6, 6
ICON = "book-open"  # the palette draws only what stands in the menu


def register() -> None:
    add_finder(found)


def found(actor: Actor, product: Product | None, typed: str) -> Iterator[Found]:
    language, base = translation.get_language() or "en", f"{actor.workspace.url}guide"
    for chapter in CHAPTERS:
        if answers_to(str(chapter.name), typed):
            yield Found(_("Guide"), chapter.name, f"{base}/{chapter.number}", ICON, chapter.leaves_with)
    methods = [row for row in REGISTRY.values() if any(answers_to(name, typed) for name in (row.en, row.zh, row.id))]
    for row in methods[:MOST_METHODS]:
        yield Found(_("Methods"), row.name(language), f"{base}/methods/{row.id}", ICON, row.asks(language))
    terms = [term for term in TERMS.values() if answers_to(term.en, typed) or answers_to(term.zh, typed)]
    for term in terms[:MOST_TERMS]:
        url = f"{base}/terms/#{term.slug}"
        yield Found(_("Words"), term.name(language), url, ICON, term.other(language))
