"""A user's own formula over criteria, such as `(value + 2 * urgency) / effort`: checked when typed, safe when run.

Only numbers, the criteria's names, + - * / **, comparisons, `min`, `max`, `abs`, `sqrt`, `log` and `a if b else c` are
allowed, so that a formula always ends and touches nothing else.
"""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

LONGEST, DEEPEST = 1_000, 40
MOST_POWER, MOST_NUMBER = 100, 1e300
BINARY: dict[type, Callable[[float, float], float]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
}  # fmt: skip
COMPARED: dict[type, Callable[[float, float], bool]] = {
    ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt, ast.GtE: operator.ge, ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}  # fmt: skip
OF_ONE: dict[str, Callable[[float], float]] = {"abs": abs, "sqrt": math.sqrt, "log": math.log}
OF_MANY: dict[str, Callable[[list[float]], float]] = {"min": min, "max": max}


class FormulaError(ValueError):
    """What is wrong, in the reader's language; `at` is the character it starts at, where that is known."""

    def __init__(self, message: str, at: int | None = None) -> None:
        self.at = at
        super().__init__(message)


@dataclass(frozen=True)
class Formula:
    """A formula that has been checked; `names` are the criteria that it uses, in the order met."""

    text: str
    tree: ast.expr
    names: tuple[str, ...]

    def value(self, given: Mapping[str, float]) -> float:
        """Raises FormulaError where these numbers have no result: a division by zero, a root of less than zero."""
        try:
            found = evaluate(self.tree, given)
        except ZeroDivisionError:
            raise FormulaError(_("This divides by zero.")) from None
        except (ValueError, OverflowError, TypeError):  # a root of less than zero cannot be compared
            raise FormulaError(_("These numbers have no result.")) from None
        if isinstance(found, complex) or not math.isfinite(found):
            raise FormulaError(_("These numbers have no result."))
        return float(found)


def parse(text: str, criteria: Collection[str]) -> Formula:
    """Read a formula over these criteria. Raises FormulaError, naming what is not allowed."""
    text = text.strip()
    if not text:
        raise FormulaError(_("A formula is needed here, such as value / effort."))
    if len(text) > LONGEST:
        raise FormulaError(_("A formula has at most %(most)s characters.") % {"most": LONGEST})
    try:
        tree = ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        at = getattr(error, "offset", None)
        raise FormulaError(_("This is not a formula: look near character %(at)s.") % {"at": at or 1}, at) from None
    names: dict[str, None] = {}
    check(tree, set(criteria), names, 0)
    if not names:
        raise FormulaError(_("A formula uses at least one criterion."))
    return Formula(text, tree, tuple(names))


def check(node: ast.AST, criteria: set[str], names: dict[str, None], depth: int) -> None:
    if depth > DEEPEST:
        raise FormulaError(_("This formula is nested too deeply."))
    if isinstance(node, ast.Name):
        if node.id not in criteria:
            known = ", ".join(sorted(criteria))
            raise FormulaError(
                _("There is no criterion “%(name)s”. There are: %(known)s.") % {"name": node.id[:60], "known": known},
                node.col_offset + 1,
            )
        names[node.id] = None
    for child in parts(node):
        check(child, criteria, names, depth + 1)


def parts(node: ast.AST) -> list[ast.AST]:
    """The expressions a node is made of; raises FormulaError for a node that is not allowed."""
    match node:
        case ast.Constant(value=int() | float() as value) if not isinstance(value, bool) and abs(value) < MOST_NUMBER:
            return []
        case ast.Name():
            return []
        case ast.BinOp(left=left, op=op, right=right) if type(op) in BINARY or isinstance(op, ast.Pow):
            return [left, right]
        case ast.UnaryOp(op=ast.USub() | ast.UAdd(), operand=operand):
            return [operand]
        case ast.IfExp(test=test, body=body, orelse=other):
            return [test, body, other]
        case ast.Compare(left=left, ops=ops, comparators=right) if all(type(op) in COMPARED for op in ops):
            return [left, *right]
        case ast.Call(func=ast.Name(id=name), args=[argument], keywords=[]) if name in OF_ONE:
            return [argument]
        case ast.Call(func=ast.Name(id=name), args=[_first, *_more] as args, keywords=[]) if name in OF_MANY:
            return list(args)
    at = getattr(node, "col_offset", 0) + 1
    raise FormulaError(_("This is not allowed in a formula: look near character %(at)s.") % {"at": at}, at)


def evaluate(node: ast.AST, given: Mapping[str, float]) -> Any:
    match node:
        case ast.Constant(value=value):
            return float(value)  # type: ignore[arg-type]
        case ast.Name(id=name):
            return float(given[name])
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -evaluate(operand, given)
        case ast.UnaryOp(operand=operand):
            return evaluate(operand, given)
        case ast.BinOp(left=left, op=ast.Pow(), right=right):
            return power(evaluate(left, given), evaluate(right, given))
        case ast.BinOp(left=left, op=op, right=right):
            return BINARY[type(op)](evaluate(left, given), evaluate(right, given))
        case ast.IfExp(test=test, body=body, orelse=other):
            return evaluate(body if evaluate(test, given) else other, given)
        case ast.Compare(left=left, ops=ops, comparators=right):
            ends = [evaluate(one, given) for one in (left, *right)]
            return float(all(COMPARED[type(op)](*two) for op, two in zip(ops, pairwise(ends), strict=True)))
        case ast.Call(func=ast.Name(id=name), args=args) if name in OF_ONE:
            return OF_ONE[name](evaluate(args[0], given))
        case ast.Call(func=ast.Name(id=name), args=args):
            return OF_MANY[name]([evaluate(one, given) for one in args])
    raise AssertionError("checked formulas hold nothing else")


def power(base: float, exponent: float) -> Any:
    """Raises ValueError for a root of less than zero, which has no result among the numbers people score with."""
    if abs(exponent) > MOST_POWER:
        raise OverflowError
    if base < 0 and not float(exponent).is_integer():
        raise ValueError
    return base**exponent
