"""The glossary: what each word means, in the order of the reader's alphabet."""

from __future__ import annotations

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.http import require_safe

from pilothouse.chapters import CHAPTERS
from pilothouse.chapters.terms import TERMS, Term
from pilothouse.kinds import KINDS
from pilothouse.methods import REGISTRY
from pilothouse.people.access import Actor
from pilothouse.workbench.frame import current_product
from pilothouse.workbench.initials import answers_to, initials
from pilothouse.workbench.pages import page, show, sought


@require_safe
@page
def glossary(request: HttpRequest, actor: Actor) -> HttpResponse:
    language = translation.get_language() or "en"
    typed = sought(request)
    rows = sorted((term for term in TERMS.values() if matches(term, typed)), key=lambda term: place(term, language))
    groups = [(letter, list(terms)) for letter, terms in groupby(rows, key=lambda term: place(term, language)[0])]
    context = {
        "groups": groups, "typed": typed, "found": len(rows), "all": len(TERMS), "here": language,
        "product": current_product(request, actor), "kinds": KINDS, "methods": REGISTRY,
        "chapters": {chapter.number: chapter for chapter in CHAPTERS},
    }  # fmt: skip
    return show(request, "guide/terms.html", context)


def matches(term: Term, typed: str) -> bool:
    return not typed or any(answers_to(name, typed) for name in (term.en, term.zh, str(term.meaning)))


def place(term: Term, language: str) -> tuple[str, str]:
    """By letter; a Chinese word by the sound of its first character."""
    name = term.name(language)
    letters = initials(name)
    return (letters[:1].upper() or "#", letters + name.casefold())
