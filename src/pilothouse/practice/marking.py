"""Marking: somebody's work at an exercise is looked at, kept, and shown beside what is still to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404
from django.utils import timezone

from pilothouse.people.access import Actor
from pilothouse.people.models import Product
from pilothouse.practice.exercises import EXERCISES, Exercise, Look, say
from pilothouse.practice.models import Attempt
from pilothouse.workbench.writing.cleaning import UNSTORABLE

LONGEST = 100


def product_of(actor: Actor, key: str, verb: str = "read") -> Product:
    """A product to practise on, else 404."""
    product = actor.product(key, verb)
    if not actor.workspace.practice:
        raise Http404
    return product


def exercise_of(slug: str) -> Exercise:
    if slug not in EXERCISES:
        raise Http404
    return EXERCISES[slug]


def mine(actor: Actor, product: Product) -> dict[str, Attempt]:
    rows = Attempt.objects.visible_to(actor).filter(product=product, user=actor.user)
    return {row.exercise: row for row in rows}


def mark(actor: Actor, product: Product, exercise: Exercise, given: Mapping[str, Any]) -> Attempt:
    """Look at the work as it is now. What was passed once stays passed."""
    answers = {ask.slug: UNSTORABLE.sub("", str(given.get(ask.slug) or ""))[:LONGEST] for ask in exercise.asks}
    found = exercise.check(Look(actor, product, answers))
    row, _new = Attempt.objects.get_or_create(product=product, user=actor.user, exercise=exercise.slug)
    row.answers, row.right, row.missed = answers, found.right, found.missed
    if found.passed and row.passed_at is None:
        row.passed_at = timezone.now()
    row.save()
    return row


def show_key(actor: Actor, product: Product, exercise: Exercise) -> Attempt:
    row, _new = Attempt.objects.get_or_create(product=product, user=actor.user, exercise=exercise.slug)
    row.shown_at = row.shown_at or timezone.now()
    row.save(update_fields=["shown_at"])
    return row


def shown(look: Look, exercise: Exercise, attempt: Attempt | None, *, with_key: bool = False) -> dict[str, Any]:
    """What the page says of one exercise."""
    return {
        "slug": exercise.slug, "chapter": exercise.chapter, "title": say(exercise.title), "task": say(exercise.task),
        "at": exercise.at(look), "url": f"{look.product.url}practice/{exercise.slug}", "attempt": attempt,
        "asks": [asked(look, ask, attempt) for ask in exercise.asks], "key": exercise.key(look) if with_key else [],
    }  # fmt: skip


def asked(look: Look, ask: Any, attempt: Attempt | None) -> dict[str, Any]:
    return {
        "slug": ask.slug, "name": say(ask.name), "type": ask.type,
        "options": [("", "–"), *ask.options(look)] if ask.options else [],
        "value": attempt.answers.get(ask.slug, "") if attempt else "",
    }  # fmt: skip


def told(rows: Sequence[Mapping[str, Any]]) -> tuple[int, int]:
    """How many of them are passed, and of how many."""
    return sum(bool(row["attempt"] and row["attempt"].passed_at) for row in rows), len(rows)
