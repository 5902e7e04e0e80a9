"""Each exercise finds something to do on the untouched product, and nothing to say once it was done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone, translation

from pilothouse.outcomes import closing
from pilothouse.practice.exercises import EXERCISES, Look, exercises_of
from pilothouse.practice.exercises.checks import orphans, quiet
from pilothouse.workbench.models import Item
from pilothouse.workbench.writing import actions

pytestmark = pytest.mark.django_db
WORDS = "Enough words to say why it is so. 说清楚为什么是这样。"


@pytest.fixture(params=["TW", "CX"])
def look(request, practice) -> Look:
    actor = replace(practice[0])
    return Look(actor, actor.product(request.param))


def again(look: Look, answers: dict[str, str] | None = None) -> Look:
    return Look(look.actor, look.product, answers or {})


def change(key: str, **data: Any) -> Callable[[Look], None]:
    return lambda look: actions.change(look.actor, look.item(key), data)


def link(source: str, relation: str, target: str) -> Callable[[Look], None]:
    return lambda look: actions.link(look.actor, look.item(source), relation, look.item(target))


def give_owners(look: Look) -> None:
    for task in orphans(look):
        actions.change(look.actor, task, {"owner": "me"})


def close_it(look: Look) -> None:
    closing.close(look.actor, look.item("release r24"), "moved", WORDS)


def make_a_test(look: Look) -> None:
    made = actions.create(
        look.actor, look.product, "task", {"title": "Two weeks by hand", "type": "research", "points": 2}
    )
    actions.link(look.actor, look.item("requirement otherway"), "delivered_by", made)


def rate(look: Look) -> None:
    for key, value in (("access0a", 2), ("access1a", 3), ("access2a", 3), ("access3a", 1)):
        actions.change(look.actor, look.item(f"voice {key}"), {"importance": value})


def mark_silent(look: Look) -> None:
    for item in quiet(look):
        actions.change(look.actor, item, {"state": "silent"})


def hand_over(look: Look) -> None:
    """The largest task first, to whoever has less."""
    points = {"me": 0.0, "wei@tidewater.example": 0.0}
    for task in sorted(look.of("task", "todo", "doing", "review"), key=lambda task: -task.fields["points"]):
        owner = min(points, key=lambda name: points[name])
        points[owner] += task.fields["points"]
        actions.change(look.actor, task, {"owner": owner})


DONE: dict[str, Callable[[Look], None]] = {
    "contradiction": link("talk leo", "contradicts", "insight pricequits"),
    "owners": give_owners,
    "dissent": change("decision evening", dissent=WORDS, change_my_mind=WORDS),
    "loop": close_it,
    "lesson": change("decision freeze", lesson=WORDS),
    "cheapest": make_a_test,
    "severity": rate,
    "target": change("metric stars", target=4),
    "stale": change("competitor waterbus", checked_on=(timezone.localdate() - timedelta(days=1)).isoformat()),
    "silent": mark_silent,
    "law": link("decision whoaboard", "blocks", "requirement manifest"),
    "load": hand_over,
    "same": link("task bug-fast", "duplicates", "task offline3"),
    "overdue": change("decision fiftyfour", state="reviewed", verdict="not_moved", outcome=WORDS),
}  # fmt: skip
# What a person reads off the pages, and works out by hand from the readings as they were written down.
ANSWERED: dict[str, dict[str, str]] = {
    "speed": {"method": "ab_proportion", "difference": "22.2"},
    "kano": {"must": "requirement offline", "linear": "requirement alerts"},
    "case": {"change": "23.4", "low": "22.0"},
    "waves": {"second": "-61", "fourth": "12", "rose": "yes"},
    "judge": {"which": "release r21", "why": "too_wide"},
    "price": {"difference": "-6.2", "sure": "yes"},
    "tenday": {"npv": "6,026", "worth": "yes"},
    "languages": {"other": "4", "enough": "no"},
    "risk": {"few": "6", "loss": "27.5"},
    "brier": {"brier": "0.294", "sure": "yes"},
}


def test_every_chapter_has_one():
    assert [number for number in range(1, 25) if not exercises_of(number)] == []
    assert set(DONE) | set(ANSWERED) == set(EXERCISES)


def test_there_is_work_to_be_done_and_it_is_found_when_done(look):
    wrong = {}
    for slug, exercise in EXERCISES.items():
        before = exercise.check(again(look))
        if before.passed or not before.missed:
            wrong[slug] = "nothing to do"
        if slug in DONE:
            DONE[slug](again(look))
        after = exercise.check(again(look, ANSWERED.get(slug)))
        if not after.passed:
            wrong[slug] = after.missed
    assert wrong == {}


def test_every_exercise_speaks_both_languages_and_has_a_key_and_a_place(look):
    for exercise in EXERCISES.values():
        for language in ("en", "zh-hans"):
            with translation.override(language):
                lines = exercise.key(again(look))
                assert lines
                assert all("{" not in line for line in lines)
        assert exercise.at(look).startswith(look.product.workspace.url)
        assert all(pair[0] != pair[1] for pair in (exercise.title, exercise.task))
        for ask in exercise.asks:
            assert ask.options is None or list(ask.options(look))


def test_nonsense_is_missed_and_never_breaks(look):
    for exercise in (one for one in EXERCISES.values() if one.asks):
        for text in ("", "x" * 10_000, "NaN", "1e999", "－<script>"):
            given = again(look, {ask.slug: text for ask in exercise.asks})
            given.__dict__["items"] = look.items  # nothing changes: read once
            assert not exercise.check(given).passed


def test_an_emptied_product_is_marked_too(look):
    Item.objects.filter(product=look.product).update(trashed_at=timezone.now())
    for exercise in EXERCISES.values():
        exercise.check(again(look))
        exercise.key(again(look))
        assert exercise.at(again(look))
