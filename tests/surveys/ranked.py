"""Pairs of Kano answers, people who gave them, and what requirements took from them."""

from __future__ import annotations

from typing import Any

from pilothouse.workbench.models import Item

M, O, A, I, R, Q = (2, 5), (1, 5), (1, 3), (3, 3), (5, 1), (1, 1)  # noqa: E741


def pair(one: tuple[int, int]) -> dict[str, int]:
    return {"f": one[0], "d": one[1]}


def people(*rows: tuple[tuple[int, int], ...]) -> list[dict[str, Any]]:
    """One person for each tuple of pairs, in the order of the requirements."""
    return [{"x": {f"r{place}": pair(one) for place, one in enumerate(row, start=1)}} for row in rows]


def fields(items: list[Item]) -> list[tuple[Any, Any]]:
    rows = [Item.objects.get(pk=item.pk) for item in items]
    return [(row.fields.get("kano"), row.fields.get("survey_place")) for row in rows]
