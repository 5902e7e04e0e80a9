"""The types of questions, in the order in which the builder offers them."""

from __future__ import annotations

from pilothouse.surveys.questions.declare import Column, QuestionType, Refused, Settings

TYPES: dict[str, QuestionType] = {}

__all__ = ["TYPES", "Column", "QuestionType", "Refused", "Settings"]
