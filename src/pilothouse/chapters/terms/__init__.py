"""The glossary: one word for one thing in each language. docs/glossary.md is made of it by bin/glossary."""

from __future__ import annotations

from typing import Any

from django.utils import translation
from jinja2 import pass_context
from markupsafe import Markup

from pilothouse.chapters.terms import business, numbers, planning, product, research
from pilothouse.chapters.terms.declare import Term

ALL = (*product.TERMS, *planning.TERMS, *research.TERMS, *numbers.TERMS, *business.TERMS)
TERMS: dict[str, Term] = {term.slug: term for term in ALL}
if len(TERMS) != len(ALL):
    raise ValueError("two terms share a slug")

# A kind's own word, where it is not called like the kind.
OF_KIND = {"plan": "release-plan", "option": "decision-option", "reading": "reading-ledger"}


def word_of(kind: str) -> str:
    """The term of a kind, by its slug; empty where it has none."""
    slug = OF_KIND.get(kind, kind)
    return slug if slug in TERMS else ""


@pass_context
def term(context: Any, slug: str, words: str = "") -> Markup:
    """A word on a page, its meaning where the pointer rests on it, leading to the glossary: {{ term("evidence") }}"""
    found = TERMS[slug]
    words = words or found.name(translation.get_language() or "en")
    actor = context.get("actor")
    if actor is None:
        return Markup("{}").format(words)
    link = Markup('<a class="term" href="{}guide/terms/#{}" data-meaning="{}">{}</a>')
    return link.format(actor.workspace.url, slug, found.meaning, words)


__all__ = ["TERMS", "Term", "term", "word_of"]
