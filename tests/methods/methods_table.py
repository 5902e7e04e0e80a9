"""docs/methods.md, made from what a test run compared: for each published case the number that came out furthest off."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pilothouse.methods import REGISTRY
from tests.methods import cases

TARGET = Path(__file__).resolve().parents[2] / "docs" / "methods.md"

HEAD = """# Every method, against published numbers

Made by `pytest tests/methods --write-methods-table`; do not edit by hand.
One row a published or independently computed case: how many numbers were compared, and of these the one furthest off
(absolute difference below 1, relative above). Numbers printed with few digits in their source differ by their rounding.

| method | case | published source | numbers | furthest off | expected | got | difference |
| --- | --- | --- | ---: | --- | ---: | ---: | ---: |
"""

UNPUBLISHED = """
## Without a published case

These follow a rule or are checked against a definition; their tests are worked examples, properties and other libraries.

"""


def write() -> None:
    by_case: dict[tuple[str, str], list[cases.Compared]] = {}
    for compared in cases.COMPARED:
        by_case.setdefault((compared.method, compared.case), []).append(compared)
    rows = [row(compared) for _, compared in sorted(by_case.items())]
    covered = {method for method, _ in by_case}
    rest = [f"- `{method.id}` {method.en}" for method in REGISTRY.values() if method.id not in covered]
    TARGET.write_text(HEAD + "\n".join(rows) + "\n" + UNPUBLISHED + "\n".join(rest) + "\n", encoding="utf-8")


def row(compared: Iterable[cases.Compared]) -> str:
    compared = list(compared)
    worst = max(compared, key=lambda one: one.difference)
    numbers = f"{worst.expected:.8g} | {worst.got:.8g} | {worst.difference:.0e}"
    return (
        f"| `{worst.method}` | {worst.case} | {cell(worst.source)} | {len(compared)} | {cell(worst.name)} | {numbers} |"
    )


def cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
