"""Files of the classic next-release instances: levels of requirement costs, dependencies, customers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.shared.method import MethodError


@dataclass(frozen=True)
class Classic:
    """Costs by requirement, (before, after) pairs, and customers {id: {"value", "items"}}."""

    costs: dict[int, int]
    precedence: tuple[tuple[int, int], ...]
    customers: dict[int, dict[str, Any]]

    @property
    def total_cost(self) -> int:
        return sum(self.costs.values())


def read(text: str) -> Classic:
    """All numbers, in the order of the format of Xuan et al. (2012)."""
    try:
        return _read(iter([int(one) for one in text.split()]))
    except (ValueError, StopIteration):
        raise MethodError("not_an_instance_file", field="text") from None


def _read(numbers: Iterator[int]) -> Classic:
    costs: list[int] = []
    for _ in range(next(numbers)):
        costs += [next(numbers) for _ in range(next(numbers))]
    pairs = tuple((next(numbers), next(numbers)) for _ in range(next(numbers)))
    customers = {}
    for customer in range(1, next(numbers) + 1):
        value = next(numbers)
        customers[customer] = {"value": value, "items": [next(numbers) for _ in range(next(numbers))]}
    return Classic(dict(enumerate(costs, 1)), pairs, customers)
