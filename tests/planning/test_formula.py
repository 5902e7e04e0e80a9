"""Formulas of users: what they may say, and that nothing else gets through."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilothouse.planning.scorecards.formula import FormulaError, parse

NAMES = {"value", "effort", "价值"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("value / effort", 2.5), ("(value + 2*effort) ** 2", 81), ("min(value, effort, 3)", 2), ("-价值", -4),
        ("value if value > effort else 0", 5), ("sqrt(价值) + abs(-1)", 3), ("1 < effort < 3", 1),
    ],
)  # fmt: skip
def test_arithmetic(text, expected):
    assert parse(text, NAMES).value({"value": 5, "effort": 2, "价值": 4}) == expected


@pytest.mark.parametrize(
    "text",
    [
        "", "1 + 2", "nope", "__import__('os')", "value.__class__", "[v for v in value]", "lambda: value", "value and 1",
        "min()", "sqrt(value, 2)", "'a' * value", "value" * 300, "value; 1", "value := 1", "f'{value}'", "value[0]",
        "open(value)", "min(value, key=1)", "True + value", "1e999 * value", "(" * 90 + "value" + ")" * 90 + "(",
    ],
)  # fmt: skip
def test_everything_else_is_refused(text):
    with pytest.raises(FormulaError):
        parse(text, NAMES)


@pytest.mark.parametrize(
    "text",
    ["value / 0", "sqrt(0 - value)", "log(value - value)", "9 ** 9 ** value", "value ** 101", "(0-value) ** 0.5"],
)
def test_numbers_without_a_result_say_so(text):
    with pytest.raises(FormulaError):
        parse(text, NAMES).value({"value": 7})


@given(st.text(alphabet="value fort+-*/()<>=!., 0123456789ifels", max_size=60))
def test_any_text_is_a_formula_or_a_refusal(text):
    try:
        found = parse(text, NAMES)
        found.value(dict.fromkeys(NAMES, 2.0))
    except FormulaError:
        pass
