"""Whatever is handed in, a method answers or refuses with a code; it never stumbles."""

from __future__ import annotations

import contextlib
import inspect
import math
import random

import pytest

from pilothouse.methods import MethodError
from pilothouse.methods.families import customers, decisions, money, strategy

METHODS = (*customers.METHODS, *strategy.METHODS, *decisions.METHODS, *money.METHODS)
JUNK = (
    None, "", 0, 1, -1, 3.5, 1e308, 10**400, math.nan, math.inf, "x", "1", True, b"x", object(), [], {}, (), [1], [None],
    ["a", "b"], [math.nan] * 3, [[1, 2], [3, 4]], [[1, 2, 3], [2, 1, 3], [5, 5, 1]], [[math.nan]], [1, [2]], {"a": 1},
    {"a": [1, 2]}, {"a": {"b": 1}}, {"a": [1, 2, 3, 4], "b": [2, 1, 4, 3]}, [{"a": 1}], [{"a": [1]}], {1: 2}, [0.5, 0.5],
    [1, 0], ["2024-01-01", "2024-05-05"], [1e99, -1e99], [1e-300] * 8, {"a": (1, 2, 3)}, "a + 1", lambda *_: 1,
)  # fmt: skip


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.id)
def test_junk_is_answered_or_refused(method):
    chance = random.Random(method.id)
    parameters = inspect.signature(method.analyse).parameters.values()
    for _ in range(60):
        given = {
            one.name: chance.choice(JUNK)
            for one in parameters
            if one.default is inspect.Parameter.empty or chance.random() < 0.15
        }
        with contextlib.suppress(MethodError):
            method.analyse(**given)


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.id)
def test_the_help_page_says_what_it_must(method):
    for part in ("Question:", "Not for:", "Sample:", ">>>", "Source:"):
        assert part in method.doc, part
    assert method.result.__name__ == "Result"
    assert method.en != method.zh
