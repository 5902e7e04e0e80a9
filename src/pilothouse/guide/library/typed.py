"""What people type into the form of a method, and the worked example written the same way.

A value is JSON or Python as it is printed; rows may also be pasted from a spreadsheet, their names in the first line.
"""

from __future__ import annotations

import ast
import csv
import datetime as dt
import doctest
import inspect
import json
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from pilothouse.methods import REGISTRY

DAY = re.compile(r"\d{4}-\d\d-\d\d\Z")
MOST_TYPED, MOST_VALUES, DEEPEST = 100_000, 5_000, 8
WIDE = 90
# The worked numbers of this one begin with a fitted model; a page wants customers to fit it to. These are made up.
OWN: dict[str, dict[str, Any]] = {
    "clv_bgnbd_gammagamma": {
        "customers": [
            {"frequency": frequency, "recency": recency, "T": 39, "avg_value": value}
            for frequency, recency, value in (
                (8, 36.1, 47.9), (0, 0, 0), (6, 28.7, 57.1), (5, 32.9, 28.1), (1, 4.9, 55.5), (1, 5.4, 28.0),
                (12, 36.6, 39.4), (14, 25.5, 32.0), (3, 11.2, 46.1), (1, 13.1, 61.9), (3, 34.1, 23.4), (0, 0, 0),
                (1, 37.9, 58.2), (4, 5.2, 25.4), (5, 21.3, 21.3), (1, 0.6, 47.7), (0, 0, 0), (4, 18.7, 29.6),
                (1, 27.4, 34.5), (2, 1.3, 52.7), (18, 37.2, 40.4), (3, 19.4, 26.0), (1, 33.4, 39.2), (3, 18.0, 40.9),
                (4, 5.8, 56.9), (2, 3.7, 44.1), (4, 36.9, 20.8), (1, 34.5, 43.6), (1, 26.2, 65.3), (1, 18.9, 38.8),
            )
        ],
        "horizon": 39,
    }
}  # fmt: skip


class Unreadable(ValueError):
    """A field that cannot be read, by its name."""

    def __init__(self, name: str, reason: str) -> None:
        self.name, self.reason = name, reason
        super().__init__(f"{name}: {reason}")


class Reached(Exception):
    """The docstring has come to its first call."""


@lru_cache(maxsize=200)
def example(id: str) -> dict[str, Any]:
    """The arguments of the first call in a method's docstring, caught where it would begin to compute."""
    if id in OWN:
        return OWN[id]
    module, seen = REGISTRY[id].module, {}
    signature = inspect.signature(module.analyse)

    def caught(*positional: Any, **named: Any) -> None:
        seen.update(signature.bind(*positional, **named).arguments)
        raise Reached

    names = {**vars(module), "analyse": caught}
    for step in doctest.DocTestParser().get_examples(REGISTRY[id].doc):
        try:
            exec(compile(step.source, id, "exec"), names)  # noqa: S102 the product's own docstring
        except Reached:
            return seen
    return seen


def written(value: Any) -> str:
    """As it is shown in the form: JSON where that says it all, one row a line where there are rows."""
    value = plain(value)
    if isinstance(value, str):
        return value
    print_one = (lambda one: json.dumps(one, ensure_ascii=False)) if is_json(value) else repr
    whole = print_one(value)
    if len(whole) <= WIDE or not isinstance(value, list | dict) or not value:
        return whole
    if isinstance(value, list):
        return "[\n  " + ",\n  ".join(print_one(row) for row in value) + "\n]"
    return "{\n  " + ",\n  ".join(f"{print_one(key)}: {print_one(row)}" for key, row in value.items()) + "\n}"


def plain(value: Any) -> Any:
    """With dates as text, and mappings of any class as plain ones."""
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {plain(key): plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    if isinstance(value, tuple | set | frozenset):
        return type(value)(plain(one) for one in value)
    return value


def is_json(value: Any) -> bool:
    if isinstance(value, dict):
        return all(isinstance(key, str) and is_json(one) for key, one in value.items())
    if isinstance(value, list):
        return all(is_json(one) for one in value)
    return value is None or isinstance(value, str | int | float | bool)


def taken(id: str, typed: Mapping[str, str]) -> dict[str, Any]:
    """The arguments out of what was typed; what is empty is left to its default. Raises Unreadable."""
    shown, known = example(id), REGISTRY[id].inputs
    found = {}
    for name, text in typed.items():
        if name in known and text.strip():
            found[name] = read(name, text.strip(), shown.get(name))
    if sum(values_in(value, 0) for value in found.values()) > MOST_VALUES:
        raise Unreadable("", "too_many")
    return found


def read(name: str, text: str, like: Any) -> Any:
    """`like` is the value of the worked example: texts and dates are read as it has them."""
    if isinstance(like, str) and not text.startswith(("[", "{", "(", '"')):
        return text
    value = literal(name, text, like)
    return dated(value) if has_dates(like) else value


def literal(name: str, text: str, like: Any) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        pass
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError, RecursionError, MemoryError, TypeError):
        pass
    if "\n" in text and not text.startswith(("[", "{", "(")):
        return table(name, text, like)
    if not any(mark in text for mark in "[]{}()"):
        return text
    raise Unreadable(name, "unreadable")


def table(name: str, text: str, like: Any) -> Any:
    """Rows from a spreadsheet; by the first column where the example has its rows by name. One column is a list."""
    rows = list(csv.reader(text.splitlines(), delimiter="\t" if "\t" in text else ","))
    if all(len(row) == 1 for row in rows):
        return [number(row[0]) for row in rows]
    head, *body = rows
    if any(len(row) != len(head) for row in body):
        raise Unreadable(name, "ragged")
    if isinstance(like, Mapping):
        return {row[0]: dict(zip(head[1:], map(number, row[1:]), strict=True)) for row in body}
    return [dict(zip(head, map(number, row), strict=True)) for row in body]


def number(text: str) -> Any:
    text = text.strip()
    if not text:
        return None
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


def has_dates(like: Any) -> bool:
    if isinstance(like, Mapping):
        return any(has_dates(one) for pair in like.items() for one in pair)
    if isinstance(like, list | tuple | set | frozenset):
        return any(has_dates(one) for one in like)
    return isinstance(like, dt.date)


def dated(value: Any) -> Any:
    if isinstance(value, dict):
        return {dated(key): dated(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(dated(one) for one in value)
    return dt.date.fromisoformat(value) if isinstance(value, str) and DAY.match(value) else value


def values_in(value: Any, depth: int) -> int:
    if depth > DEEPEST:
        raise Unreadable("", "too_deep")
    if isinstance(value, Mapping):
        return sum(values_in(one, depth + 1) for one in value.values())
    if isinstance(value, list | tuple | set | frozenset):
        return sum(values_in(one, depth + 1) for one in value)
    return 1
