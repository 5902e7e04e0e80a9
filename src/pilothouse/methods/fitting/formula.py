"""A small arithmetic language for business models: names, + - * / **, min, max, npv, annuity. Nothing else runs.

>>> formula = parse("units * (price - cost) - fixed")
>>> formula.names
('units', 'price', 'cost', 'fixed')
>>> formula({"units": 100, "price": 9, "cost": 5, "fixed": 150})
250
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.shared.method import MethodError

LONGEST = 2000
BINARY: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: lambda left, right: _power(left, right),
}
UNARY: dict[type[ast.unaryop], Callable[[Any], Any]] = {ast.USub: operator.neg, ast.UAdd: operator.pos}


def _power(left: Any, right: Any) -> Any:
    """In floats, so that 9**9**9 overflows at once instead of filling the memory."""
    import numpy as np

    return np.power(np.asarray(left, dtype=float), right)


def _npv(rate: Any, *flows: Any) -> Any:
    return sum(flow * _power(1 + rate, -period) for period, flow in enumerate(flows))


def _annuity(rate: Any, periods: Any) -> Any:
    """What 1 at the end of each of so many periods is worth now."""
    import numpy as np

    rate = np.asarray(rate, dtype=float)
    safe = np.where(rate == 0, 1.0, rate)
    return np.where(rate == 0, periods, (1 - _power(1 + safe, -periods)) / safe)


def _least(*values: Any) -> Any:
    import functools

    import numpy as np

    return functools.reduce(np.minimum, values)


def _most(*values: Any) -> Any:
    import functools

    import numpy as np

    return functools.reduce(np.maximum, values)


FUNCTIONS: dict[str, Callable[..., Any]] = {"min": _least, "max": _most, "npv": _npv, "annuity": _annuity}


@dataclass(frozen=True)
class Formula:
    """Call it with a value, or an array of values, for each name."""

    text: str
    names: tuple[str, ...]
    body: ast.expr

    def __call__(self, values: Mapping[str, Any]) -> Any:
        return _evaluate(self.body, values)


def parse(text: str) -> Formula:
    """Raises MethodError "bad_formula" with the offending part."""
    if not isinstance(text, str) or not text.strip() or len(text) > LONGEST:
        raise MethodError("bad_formula", field="model", part=str(text)[:40])
    try:
        body = ast.parse(text.strip(), mode="eval").body
        names = tuple(dict.fromkeys(_names(body)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise MethodError("bad_formula", field="model", part=text[:40]) from None
    return Formula(text, names, body)


def _names(node: ast.expr) -> list[str]:
    """The names used; anything that is not arithmetic is refused here, before it could run."""
    match node:
        case ast.Name(id=name):
            return [name]
        case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
            return []
        case ast.UnaryOp(op=op, operand=operand) if type(op) in UNARY:
            return _names(operand)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in BINARY:
            return _names(left) + _names(right)
        case ast.Call(func=ast.Name(id=function), args=args, keywords=[]) if function in FUNCTIONS and args:
            return [name for argument in args for name in _names(argument)]
    raise MethodError("bad_formula", field="model", part=ast.unparse(node)[:40])


def _evaluate(node: ast.expr, values: Mapping[str, Any]) -> Any:
    match node:
        case ast.Name(id=name):
            if name not in values:
                raise MethodError("no_such_driver", field="model", row=name)
            return values[name]
        case ast.Constant(value=value):
            return value
        case ast.UnaryOp(op=op, operand=operand):
            return UNARY[type(op)](_evaluate(operand, values))
        case ast.BinOp(left=left, op=op, right=right):
            return BINARY[type(op)](_evaluate(left, values), _evaluate(right, values))
        case ast.Call(func=ast.Name(id=function), args=args):
            return FUNCTIONS[function](*(_evaluate(argument, values) for argument in args))
    raise AssertionError(node)
