"""Judgements in pairs as a reciprocal matrix: read from texts and triangles, joined over people, gaps bridged."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from pilothouse.methods.shared.checks import is_missing, number, sequence
from pilothouse.methods.shared.method import MethodError

Matrix = tuple[tuple[float, ...], ...]
Gapped = tuple[tuple[float | None, ...], ...]
RECIPROCITY = 1e-2  # 0.33 for 1/3 is how people type it


def square(judgements: Any, most: int, row: int | None = None) -> Gapped:
    """A full reciprocal matrix from a square one or from its upper triangle, row by row; None where nobody judged."""
    cells = sequence(judgements.tolist() if hasattr(judgements, "tolist") else judgements, field="judgements")
    nested = [isinstance(cell, (list, tuple)) for cell in cells]
    upper = _upper(cells) if all(nested) else _triangle(cells)
    if len(upper) > most:
        raise MethodError("too_many_items", field="judgements", row=row, n=len(upper), most=most)
    return tuple(tuple(_mirrored(upper, i, j) for j in range(len(upper))) for i in range(len(upper)))


def _mirrored(upper: list[list[float | None]], i: int, j: int) -> float | None:
    if i == j:
        return 1.0
    if i < j:
        return upper[i][j - i - 1]
    below = upper[j][i - j - 1]
    return None if below is None else 1 / below


def _triangle(cells: list[Any]) -> list[list[float | None]]:
    n = (1 + math.isqrt(1 + 8 * len(cells))) // 2
    if n * (n - 1) // 2 != len(cells):
        raise MethodError("not_a_triangle", field="judgements", n=len(cells))
    given = [judgement(cell, place) for place, cell in enumerate(cells)]
    starts = [i * (2 * n - i - 1) // 2 for i in range(n)]
    return [given[start : start + n - 1 - i] for i, start in enumerate(starts)]


def _upper(rows: list[Sequence[Any]]) -> list[list[float | None]]:
    n = len(rows)
    for i, row in enumerate(rows):
        if len(row) != n:
            raise MethodError("different_length", field="judgements", row=i, n=len(row), expected=n)
    cells = [[judgement(cell, i) for cell in row] for i, row in enumerate(rows)]
    return [[_agreed(cells[i][j], cells[j][i], i) for j in range(i + 1, n)] for i in range(n)]


def _agreed(right: float | None, left: float | None, row: int) -> float | None:
    """The judgement that two mirrored cells make; one of them is enough."""
    if right is None or left is None:
        return right if left is None else 1 / left
    if abs(math.log(right * left)) > RECIPROCITY + 1e-12:
        raise MethodError("not_reciprocal", field="judgements", row=row, value=right, mirrored=left)
    return right


def judgement(value: Any, row: int | None = None) -> float | None:
    """A positive number out of 3, "3", 0.2 or "1/5"; None where nobody judged."""
    if is_missing(value):
        return None
    if isinstance(value, str) and "/" in value:
        try:
            value = Fraction(value.replace(" ", ""))
        except (ValueError, ZeroDivisionError):
            raise MethodError("not_a_number", field="judgements", row=row, value=value) from None
    return number(value, field="judgements", row=row, above=0)


def geometric_mean(people: Sequence[Gapped]) -> Any:
    """Cell by cell over the people who judged that pair."""
    sizes = {len(one) for one in people}
    if len(sizes) > 1:
        raise MethodError("different_length", field="people", lengths=tuple(sorted(sizes)))
    return tuple(
        tuple(_mean([one[i][j] for one in people]) for j in range(len(people[0]))) for i in range(len(people[0]))
    )


def _mean(cells: list[float | None]) -> float | None:
    given = [math.log(cell) for cell in cells if cell is not None]
    return math.exp(math.fsum(given) / len(given)) if given else None


def gapped(matrix: Gapped) -> tuple[Matrix, int]:
    """Harker's matrix: a gap is 0 and adds one to its row's diagonal. Items must stay linked by judgements."""
    gaps = [sum(cell is None for cell in row) for row in matrix]
    if any(gaps) and len(_reached(matrix)) < len(matrix):
        raise MethodError("not_connected", field="judgements", n=len(_reached(matrix)), expected=len(matrix))
    filled = tuple(
        tuple(1.0 + gaps[i] if i == j else cell or 0.0 for j, cell in enumerate(row)) for i, row in enumerate(matrix)
    )
    return filled, sum(gaps) // 2


def _reached(matrix: Gapped) -> set[int]:
    seen, fringe = {0}, [0]
    while fringe:
        row = matrix[fringe.pop()]
        found = {j for j, cell in enumerate(row) if cell is not None} - seen
        seen |= found
        fringe.extend(found)
    return seen
