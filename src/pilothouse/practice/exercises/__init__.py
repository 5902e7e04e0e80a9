"""The marking key: one exercise at least for each chapter, done on the practice product and marked by its real state."""

from __future__ import annotations

from pilothouse.practice.exercises.declare import Ask, Exercise, Look, Marked, say
from pilothouse.practice.exercises.reckon import RECKON
from pilothouse.practice.exercises.work import WORK

EXERCISES: dict[str, Exercise] = {
    exercise.slug: exercise for exercise in sorted((*WORK, *RECKON), key=lambda one: (one.chapter, one.slug))
}


def exercises_of(chapter: int) -> list[Exercise]:
    return [exercise for exercise in EXERCISES.values() if exercise.chapter == chapter]


__all__ = ["EXERCISES", "Ask", "Exercise", "Look", "Marked", "exercises_of", "say"]
