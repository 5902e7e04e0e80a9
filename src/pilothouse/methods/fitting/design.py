"""From a table and a formula to a response and a matrix: y ~ a + b, y ~ ., y ~ x - 1, factor(c), x^2, a:b."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.shared.checks import number
from pilothouse.methods.shared.keys import keys
from pilothouse.methods.shared.method import MethodError
from pilothouse.methods.shared.tables import Complete, columns, complete

INTERCEPT = "(intercept)"
_POWER = re.compile(r"^I?\(?([^()^*]+?)(?:\^|\*\*)(\d+)\)?$")
_FACTOR = re.compile(r"^(?:factor|C)\((.+)\)$")


@dataclass(frozen=True)
class Design:
    """`X` has one column a name; `kept` are the rows of the data without a gap."""

    response: str
    y: Any
    X: Any
    names: tuple[str, ...]
    intercept: bool
    kept: tuple[int, ...]
    n: int
    missing: int
    rest: dict[str, list[Any]]


def design(data: Any, formula: str, *, factors: Sequence[str] = (), also: Sequence[str] = ()) -> Design:
    """Reads the formula against the data. Columns of text and those in `factors` become 0/1 columns, first level out.

    `also` names further columns (clusters, say) that must be filled and come back in `rest`.
    """
    import numpy as np

    response, terms, intercept = parse(formula, columns(data))
    plain = [name for term in terms for name in _columns_of(term)]
    found = complete(data, [response, *dict.fromkeys(plain), *also])
    parts = [(INTERCEPT, [1.0] * len(found.kept))] if intercept else []
    whole = not intercept
    for term in terms:
        added = _expand(term, found, set(map(str, factors)), whole)
        whole = whole and len(added) == 1 and not _is_factor(term, found, factors)
        parts += added
    if not parts:
        raise MethodError("no_terms", field="formula", value=formula)
    return Design(
        response=response,
        y=_numbers(found, response),
        X=np.array([values for _, values in parts], dtype=np.longdouble).T,
        names=tuple(name for name, _ in parts),
        intercept=intercept,
        kept=found.kept,
        n=found.n,
        missing=found.missing,
        rest={name: found.columns[name] for name in map(str, also)},
    )


def parse(formula: str, known: Mapping[str, Any]) -> tuple[str, list[str], bool]:
    """Response, terms, and whether there is an intercept ("- 1" or "+ 0" takes it away)."""
    if not isinstance(formula, str) or formula.count("~") != 1:
        raise MethodError("not_a_formula", field="formula", value=formula)
    response, right = (side.strip() for side in formula.split("~"))
    text = right if right.startswith(("+", "-")) else f"+{right}"
    signed = re.findall(r"([+-])\s*((?:[^+\-(]|\([^)]*\))+)", text)
    pieces = [(sign, term.strip()) for sign, term in signed if term.strip()]
    dropped = {term for sign, term in pieces if sign == "-"}
    terms = [term for sign, term in pieces if sign == "+" and term not in ("0", "1")]
    if "." in terms:
        others = [name for name in known if name != response]
        terms = [name for term in terms for name in (others if term == "." else [term])]
    kept = [term for term in dict.fromkeys(terms) if term not in dropped]
    return response, kept, "1" not in dropped and ("+", "0") not in pieces


def _columns_of(term: str) -> list[str]:
    if ":" in term:
        return [name for part in term.split(":") for name in _columns_of(part.strip())]
    matched = _FACTOR.match(term) or _POWER.match(term)
    return [matched.group(1).strip()] if matched else [term]


def _expand(term: str, found: Complete, factors: set[str], whole: bool) -> list[tuple[str, list[Any]]]:
    """The columns a term stands for, by name. Without an intercept the first factor keeps all its levels (`whole`)."""
    if ":" in term:
        left, right = (_expand(part.strip(), found, factors, False) for part in term.split(":", 1))
        return [(f"{a}:{b}", [x * y for x, y in zip(u, v, strict=True)]) for a, u in left for b, v in right]
    (name,) = _columns_of(term)
    if power := _POWER.match(term):
        return [(term, raised(_numbers(found, name), int(power.group(2))))]
    if _is_factor(term, found, factors):
        return indicators(name, found.columns[name], whole=whole)
    return [(name, _numbers(found, name))]


def _is_factor(term: str, found: Complete, factors: Sequence[str] | set[str]) -> bool:
    """Named as one, or a column of text."""
    if _FACTOR.match(term):
        return True
    cells = found.columns.get(term, ())
    return term in set(map(str, factors)) or any(isinstance(cell, str) for cell in cells)


def raised(values: Any, power: int) -> Any:
    """A power in extended precision: in double, x^10 alone would cost a polynomial most of its digits."""
    import numpy as np

    return np.asarray(values, dtype=np.longdouble) ** power


def indicators(name: str, cells: Sequence[Any], *, whole: bool = False) -> list[tuple[str, list[float]]]:
    """One 0/1 column a level (levels in order) but the first, or with the first when `whole`."""
    levels = sorted(set(keys(cells, field=name)), key=_level_order)
    return [(f"{name}{level}", [float(cell == level) for cell in cells]) for level in levels[0 if whole else 1 :]]


def _level_order(level: Any) -> tuple[bool, float, str]:
    """Numbers by size, then everything else as text."""
    plain = isinstance(level, (int, float))
    return not plain, level if plain else 0.0, str(level)


def _numbers(found: Complete, name: str) -> Any:
    import numpy as np

    cells = found.columns[name]
    return np.array([number(cell, field=name, row=row) for row, cell in zip(found.kept, cells, strict=True)])
