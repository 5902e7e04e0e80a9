"""docs/methods.md, made from what a test run compared: for each published case the number that came out furthest off."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pilothouse.methods import REGISTRY
from tests.methods import cases

TARGET = Path(__file__).resolve().parents[2] / "docs" / "methods.md"

HEAD = """# Every method, against published numbers

Made by `pytest tests/methods --write-methods-table -m "scale or not scale"`; do not edit by hand.
One row a published or independently computed case: how many numbers were compared, and of these the one furthest off
(absolute difference below 1, relative above). Numbers printed with few digits in their source differ by their rounding.

| method | case | published source | numbers | furthest off | expected | got | difference |
| --- | --- | --- | ---: | --- | ---: | ---: | ---: |
"""

UNPUBLISHED = """
## Without a published case

These follow a rule or are checked against a definition; their tests are worked examples, properties and other libraries.

"""


@dataclass(frozen=True)
class Row:
    """One line of the table, read back."""

    method: str
    case: str
    numbers: int
    expected: float
    got: float
    difference: float


def write() -> None:
    """The table anew: rows of the cases that this run compared are written, those of the others stay as they are."""
    by_case: dict[tuple[str, str], list[cases.Compared]] = {}
    for compared in cases.COMPARED:
        by_case.setdefault((compared.method, compared.case), []).append(compared)
    there = {(method, case["id"]) for method in REGISTRY for case in cases.cases(method)}
    written = lines_of(TARGET.read_text(encoding="utf-8"))
    kept = {case: line for case, line in written.items() if case in there or not cases.REFERENCE.exists()}
    rows = {**kept, **{case: line(compared) for case, compared in by_case.items()}}
    covered = {method for method, _case in rows}
    rest = [f"- `{method.id}` {method.en}" for method in REGISTRY.values() if method.id not in covered]
    table = "\n".join(rows[case] for case in sorted(rows))
    TARGET.write_text(HEAD + table + "\n" + UNPUBLISHED + "\n".join(rest) + "\n", encoding="utf-8")


def line(compared: Iterable[cases.Compared]) -> str:
    compared = list(compared)
    worst = max(compared, key=lambda one: one.difference)
    figures = f"{worst.expected:.8g} | {worst.got:.8g} | {worst.difference:.1e}"
    return (
        f"| `{worst.method}` | {worst.case} | {cell(worst.source)} | {len(compared)} | {cell(worst.name)} | {figures} |"
    )


def cell(text: str) -> str:
    return re.sub(r" run on this machine [-0-9]+", "", text).replace("|", "/").replace("\n", " ")


def rows_of(text: str) -> list[Row]:
    """The rows of a written table."""
    rows = [[part.strip() for part in line.strip("|").split("|")] for line in lines_of(text).values()]
    return [
        Row(parts[0].strip("`"), parts[1], int(parts[3]), float(parts[5]), float(parts[6]), float(parts[7]))
        for parts in rows
    ]


def lines_of(text: str) -> dict[tuple[str, str], str]:
    """{(method, case): its line in a written table}."""
    lines = [line for line in text.splitlines() if line.startswith("| `")]
    return {(line.split("|")[1].strip(" `"), line.split("|")[2].strip()): line for line in lines}
