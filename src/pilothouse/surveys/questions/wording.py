"""Texts that a new question starts with, written in both languages of the interface."""

from __future__ import annotations

from collections.abc import Sequence

from pilothouse.surveys.definition import Option, Row, Text

ENGLISH, CHINESE = "en", "zh-hans"


def both(en: str, zh: str) -> Text:
    return Text(words={ENGLISH: en, CHINESE: zh})


def same(text: str) -> Text:
    """Words that need no translation, such as a number."""
    return both(text, text)


def options(*pairs: tuple[str, str], ids: Sequence[str] = "abcdefghijklmnopqrstuvwxyz") -> list[Option]:
    return [Option(id=id, text=both(*pair)) for id, pair in zip(ids, pairs, strict=False)]


def rows(*pairs: tuple[str, str]) -> list[Row]:
    return [Row(id=f"r{place}", text=both(*pair)) for place, pair in enumerate(pairs, start=1)]


def labels(low: int, high: int, *pairs: tuple[str, str]) -> list[Option]:
    """Points of a scale with their labels: all of them, or the two ends only."""
    ids = [str(point) for point in range(low, high + 1)]
    return options(*pairs, ids=ids if len(pairs) == len(ids) else [ids[0], ids[-1]])


AGREEMENT = (
    ("Strongly disagree", "非常不同意"),
    ("Disagree", "不同意"),
    ("Neither agree nor disagree", "一般"),
    ("Agree", "同意"),
    ("Strongly agree", "非常同意"),
)
SATISFACTION = (
    ("Very dissatisfied", "非常不满意"),
    ("Dissatisfied", "不满意"),
    ("Neutral", "一般"),
    ("Satisfied", "满意"),
    ("Very satisfied", "非常满意"),
)
IMPORTANCE = (
    ("Not at all important", "完全不重要"),
    ("Slightly important", "不太重要"),
    ("Moderately important", "一般"),
    ("Very important", "比较重要"),
    ("Extremely important", "非常重要"),
)
