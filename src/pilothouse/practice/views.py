"""The exercises of a practice product, and its end: from the first day again, or not at all."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pilothouse.chapters import CHAPTERS
from pilothouse.people.access import Actor
from pilothouse.people.models import User
from pilothouse.practice import life, marking
from pilothouse.practice.exercises import EXERCISES, Look
from pilothouse.practice.models import Attempt
from pilothouse.workbench import jobs
from pilothouse.workbench.pages import framed, go, is_fragment, page, show


@require_safe
@page
def practice(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    product = marking.product_of(actor, key)
    framed(request, product)
    look, mine = Look(actor, product), marking.mine(actor, product)
    rows = [
        marking.shown(look, one, mine.get(one.slug), with_key=asked_for_key(request, one.slug, mine.get(one.slug)))
        for one in EXERCISES.values()
    ]
    names = {chapter.number: chapter for chapter in CHAPTERS}
    chapters = [(names[number], [row for row in rows if row["chapter"] == number]) for number in sorted(names)]
    passed, total = marking.told(rows)
    context = {
        "product": product, "chapters": [(chapter, found) for chapter, found in chapters if found], "passed": passed,
        "total": total, "goes": life.told(actor.workspace) if actor.may("own") else None,
    }  # fmt: skip
    return show(request, "practice/practice.html", context)


def asked_for_key(request: HttpRequest, slug: str, attempt: Attempt | None) -> bool:
    return request.GET.get("key") == slug and attempt is not None and attempt.shown_at is not None


@require_POST
@page
def check(request: HttpRequest, actor: Actor, key: str, slug: str) -> HttpResponse:
    product, exercise = marking.product_of(actor, key, "comment"), marking.exercise_of(slug)
    attempt = marking.mark(actor, product, exercise, request.POST.dict())
    return answer(request, Look(actor, product), slug, attempt)


@require_POST
@page
def solution(request: HttpRequest, actor: Actor, key: str, slug: str) -> HttpResponse:
    """The key is shown to whoever asks for it, and the page remembers that they did."""
    product, exercise = marking.product_of(actor, key, "comment"), marking.exercise_of(slug)
    attempt = marking.show_key(actor, product, exercise)
    return answer(request, Look(actor, product), slug, attempt, with_key=True)


def answer(request: HttpRequest, look: Look, slug: str, attempt: Attempt, *, with_key: bool = False) -> HttpResponse:
    if not is_fragment(request):
        query = f"?key={slug}" if with_key else ""
        return HttpResponseRedirect(f"{look.product.url}practice{query}#{slug}")
    row = marking.shown(look, EXERCISES[slug], attempt, with_key=with_key)
    return show(request, "practice/one_exercise.html", {"row": row, "product": look.product, "actor": look.actor})


@require_POST
@page
def start_over(request: HttpRequest, actor: Actor) -> HttpResponse:
    own(actor)
    job = jobs.start(actor, life.start_over, _("Start the practice product over"), next_url=actor.workspace.url)
    return HttpResponseRedirect(job.url)


@require_POST
@page
def remove(request: HttpRequest, actor: Actor) -> HttpResponse:
    own(actor)
    person: Any = actor.user
    life.remove(actor)
    if not User.objects.filter(pk=person.pk).exists():
        logout(request)
        return HttpResponseRedirect("/accounts/login/")
    return go(request, "/workspaces", _("The practice product is gone."))


def own(actor: Actor) -> None:
    actor.require("own")
    if not actor.workspace.practice:
        raise Http404
