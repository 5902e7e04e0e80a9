"""The chapters: all of them with how far each has come, and one with its tools and its text."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.http import require_safe

from pilothouse.chapters import CHAPTERS, Chapter
from pilothouse.chapters.texts import chapter_text, short
from pilothouse.guide import practised
from pilothouse.guide.links import Links
from pilothouse.guide.measures import facts_of, progress_of
from pilothouse.guide.standing import standing_of
from pilothouse.guide.tools import GROUPS, tools_of
from pilothouse.people.access import Actor
from pilothouse.people.models import Product
from pilothouse.steps import choosing
from pilothouse.steps.facts import Facts
from pilothouse.steps.rules import RULES
from pilothouse.workbench.frame import current_product
from pilothouse.workbench.pages import page, show

OTHER = {"en": "zh-hans", "zh": "en"}


@require_safe
@page
def index(request: HttpRequest, actor: Actor) -> HttpResponse:
    product = current_product(request, actor)
    facts = Facts(actor, product) if product else None
    standing, steps = standing_of(facts), steps_by_chapter(facts)
    chapters = [
        {"chapter": one, "progress": progress_of(one.number, standing), "step": steps.get(one.number)}
        for one in CHAPTERS
    ]
    return show(request, "guide/index.html", {"chapters": chapters, "product": product})


def steps_by_chapter(facts: Facts | None) -> dict[int, Any]:
    """The most urgent step of each chapter, all out of one look at the product; a step is told once."""
    found: dict[int, Any] = {}
    for step in choosing.told(facts, RULES.values(), len(RULES)):
        free = next((number for number in step.rule.chapters if number not in found), None)
        if free is not None:
            found[free] = step
    return found


@require_safe
@page
def chapter(request: HttpRequest, actor: Actor, number: int) -> HttpResponse:
    """`?text=en` or `?text=zh` shows the text in that language; the page round it stays in the reader's own."""
    one = next((chapter for chapter in CHAPTERS if chapter.number == number), None)
    if one is None:
        raise Http404
    language = translation.get_language() or "en"
    shown = asked if (asked := request.GET.get("text", "")) in OTHER else short(language)
    return show(request, "guide/chapter.html", opened(actor, current_product(request, actor), one, shown, language))


def opened(actor: Actor, product: Product | None, one: Chapter, shown: str, language: str) -> dict[str, Any]:
    """What the page of a chapter shows, its text in the language `shown`."""
    number, text = one.number, chapter_text(one.number, shown)
    facts = Facts(actor, product) if product else None
    links, standing = Links(actor, product), standing_of(facts, facts_of(number))
    (_id, _title, lead), *parts = links.filled(text) if text else [("", "", "")]
    return {
        "chapter": one, "product": product, "lead": lead, "parts": parts, "links": links, "groups": GROUPS,
        "progress": progress_of(number, standing), "tools": tools_of(one, text, standing, links, language),
        "step": choosing.for_chapter(facts, number), "shown": "zh-Hans" if shown == "zh" else "en",
        "exercises": practised.exercises(actor, product, number), "other": other_of(number, shown),
        "before": CHAPTERS[number - 2] if number > 1 else None,
        "after": CHAPTERS[number] if number < len(CHAPTERS) else None,
    }  # fmt: skip


def other_of(number: int, shown: str) -> str | None:
    """The other language of the text, where it has one."""
    other = short(OTHER[shown])
    return other if chapter_text(number, other) else None
