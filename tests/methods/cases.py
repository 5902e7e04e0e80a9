"""The published worked examples, as pytest parameters, and the comparison that also keeps the books for docs/methods.md.

    @published("kano", "fong_test")            # or published("kano") for every case of the method
    def test_fong(case):
        close(kano.fong(...), case["expected"], case["tolerance"])

The examples live beside the repository; without them such tests skip and say so. Whatever the file calls them,
a case here has `inputs`, `expected` and `tolerance` (a number, absolute or relative, or {"abs": x} / {"rel": x}).
"""

from __future__ import annotations

import csv
import dataclasses
import json
import math
import numbers
from collections.abc import Iterator, Mapping
from copy import deepcopy
from functools import cache
from typing import Any

import pytest

from tests.datasets import REFERENCE

ABSENT = f"the worked examples are not here ({REFERENCE.parent.parent.name}/{REFERENCE.parent.name}/{REFERENCE.name})"
Case = dict[str, Any]


@cache
def cases(method: str) -> tuple[Case, ...]:
    """Every worked example of a method; () when the method has none."""
    path = REFERENCE / f"{method}.json"
    return tuple(_plain(method, case) for case in json.loads(path.read_text())["cases"]) if path.exists() else ()


def _plain(method: str, case: Case) -> Case:
    return {
        **case,
        "method": method,
        "inputs": case.get("inputs", case.get("input")),
        "tolerance": case.get("tolerance", case.get("tol")),
    }


def case_params(method: str, *ids: str) -> list[Any]:
    """The cases of a method (all, or those named) as pytest parameters."""
    if not REFERENCE.exists():
        return [pytest.param(None, id="absent", marks=pytest.mark.skip(reason=ABSENT))]
    chosen = [case for case in cases(method) if not ids or case["id"] in ids]
    if len(chosen) < max(len(ids), 1):
        raise LookupError(f"{method}.json has no {ids or 'cases'}")
    return [pytest.param(deepcopy(case), id=case["id"]) for case in chosen]


def published(method: str, *ids: str) -> pytest.MarkDecorator:
    """Run the test once for each case, handed over as `case`."""
    return pytest.mark.parametrize("case", case_params(method, *ids))


def table(name: str) -> list[dict[str, Any]]:
    """Rows of a CSV beside the examples, numbers as numbers, empty cells as None. Skips where the file is absent."""
    path = REFERENCE / name
    if not path.exists():
        pytest.skip(ABSENT)
    with path.open(newline="", encoding="utf-8-sig") as stream:
        return [{key: _cell(value) for key, value in row.items()} for row in csv.DictReader(stream)]


def _cell(text: str) -> Any:
    if text in ("", "NA"):
        return None
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


# Comparison and its books ---------------------------------------------------------------------------------------


@dataclasses.dataclass
class Compared:
    """One number held against its published value."""

    method: str
    case: str
    source: str
    name: str
    expected: float
    got: float

    @property
    def difference(self) -> float:
        """Absolute below one, relative above, so that rows of all sizes can be compared."""
        return abs(self.got - self.expected) / max(1.0, abs(self.expected))


COMPARED: list[Compared] = []
_current: list[Case] = []


def enter(case: Case | None) -> None:
    """Called by conftest.py: whose case the next comparisons belong to."""
    _current[:] = [case] if case else []


def close(actual: Any, expected: Any, tolerance: float | Mapping[str, float] = 1e-9, name: str = "") -> None:
    """Assert that `actual` holds everything in `expected`, through mappings, sequences and dataclasses alike.

    A plain number as tolerance may be met absolutely or relatively; {"abs": x} and {"rel": x} mean what they say.
    """
    for place, left, right in _pairs(actual, expected, name):
        if _is_number(right) and _is_number(left):
            _book(place, float(left), float(right))
            assert _near(float(left), float(right), tolerance), f"{place}: got {left!r}, published {right!r}"
        else:
            assert left == right, f"{place}: got {left!r}, published {right!r}"
            _book(place, 1.0, 1.0)  # a word, category or truth that agrees


def _pairs(actual: Any, expected: Any, name: str) -> Iterator[tuple[str, Any, Any]]:
    actual = actual.tolist() if hasattr(actual, "tolist") else actual
    if isinstance(expected, Mapping):
        for key, value in expected.items():
            yield from _pairs(_get(actual, key), value, f"{name}.{key}".lstrip("."))
    elif isinstance(expected, (list, tuple)):
        assert len(actual) == len(expected), f"{name}: got {len(actual)} values, published {len(expected)}"
        for index, (left, right) in enumerate(zip(actual, expected, strict=True)):
            yield from _pairs(left, right, f"{name}[{index}]")
    else:
        yield name or "value", actual, expected


def _get(actual: Any, key: Any) -> Any:
    return actual[key] if isinstance(actual, Mapping) else getattr(actual, key)


def _is_number(value: Any) -> bool:
    return isinstance(value, numbers.Real) and not isinstance(value, bool)


def _near(left: float, right: float, tolerance: float | Mapping[str, float]) -> bool:
    if isinstance(tolerance, Mapping):
        return math.isclose(left, right, abs_tol=tolerance.get("abs", 0.0), rel_tol=tolerance.get("rel", 0.0))
    return math.isclose(left, right, abs_tol=tolerance, rel_tol=tolerance)


def _book(name: str, got: float, expected: float) -> None:
    if _current and math.isfinite(expected):
        case = _current[0]
        COMPARED.append(Compared(case["method"], case["id"], case["source"], name, expected, got))
