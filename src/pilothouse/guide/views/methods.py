"""The library of methods: all of them, searched by words and chapter, and one with its worked numbers to try out."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.http import require_http_methods, require_safe

from pilothouse.chapters import CHAPTERS
from pilothouse.chapters.terms import TERMS
from pilothouse.guide.library.help import help_for
from pilothouse.guide.library.homes import homes_of
from pilothouse.guide.library.outcome import outcome_of
from pilothouse.guide.library.trying import tried
from pilothouse.guide.library.typed import example, written
from pilothouse.guide.links import Links
from pilothouse.methods import REGISTRY, Method
from pilothouse.people.access import Actor
from pilothouse.workbench.frame import current_product
from pilothouse.workbench.initials import answers_to
from pilothouse.workbench.pages import is_fragment, page, show, sought


@require_safe
@page
def library(request: HttpRequest, actor: Actor) -> HttpResponse:
    """`?q=` looks into names and questions of both languages, `?chapter=` keeps to one."""
    language = translation.get_language() or "en"
    typed = sought(request)
    wanted = request.GET.get("chapter", "")
    rows = [row for row in REGISTRY.values() if wanted in ("", str(row.chapter)) and matches(row, typed)]
    groups = [
        (chapter, [{"id": row.id, "name": row.name(language), "asks": row.asks(language)} for row in here])
        for chapter in CHAPTERS
        if (here := [row for row in rows if row.chapter == chapter.number])
    ]
    used = {row.chapter for row in REGISTRY.values()}
    context = {
        "groups": groups, "found": len(rows), "all": len(REGISTRY), "typed": typed, "wanted": wanted,
        "chapters": [(str(one.number), one.name) for one in CHAPTERS if one.number in used],
    }  # fmt: skip
    return show(request, "guide/methods.html", context)


def matches(row: Method, typed: str) -> bool:
    texts = (row.id, row.en, row.zh, row.asks_en, row.asks_zh)
    return not typed or any(answers_to(text, typed) for text in texts[:3]) or any(
        typed.casefold() in text.casefold() for text in texts
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@page
def method(request: HttpRequest, actor: Actor, id: str) -> HttpResponse:
    row = REGISTRY.get(id)
    if row is None:
        raise Http404
    outcome = None
    if request.method == "POST":
        actor.require("write")
        outcome = outcome_of(tried(id, request.POST.dict()), id)
        if is_fragment(request):
            shown = {"outcome": outcome, "name": row.name(translation.get_language() or "en")}
            return show(request, "guide/outcome.html", shown, status=422 if outcome.problem else 200)
    context = {**told(request, actor, row), "outcome": outcome}
    return show(request, "guide/method.html", context, status=422 if outcome and outcome.problem else 200)


def told(request: HttpRequest, actor: Actor, row: Method) -> dict[str, Any]:
    language, product = translation.get_language() or "en", current_product(request, actor)
    links = Links(actor, product)
    shown = example(row.id)
    homes = [(home, url) for home in homes_of(row.id) if (url := links.address(*home.link.split(":", 1)))]
    help = help_for(row.id, language)
    typed = {one.name: request.POST.get(one.name, written(shown[one.name]) if one.name in shown else "")
             for one in help.arguments}  # fmt: skip
    return {
        "row": row, "name": row.name(language), "asks": row.asks(language), "help": help, "product": product,
        "homes": homes, "typed": typed, "shown": shown, "may_try": actor.may("write"),
        "chapter": next(one for one in CHAPTERS if one.number == row.chapter),
        "terms": [term.slug for term in TERMS.values() if term.method == row.id],
    }  # fmt: skip
