"""Real data and published results lie beside the checkout; a test that needs what is absent skips, saying so."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

BESIDE = Path(__file__).resolve().parents[2] / "shared"
DATA, REFERENCE = BESIDE / "data", BESIDE / "reference" / "methods"


def dataset(*path: str) -> Path:
    """A file or a folder of the data."""
    found = DATA.joinpath(*path)
    if not found.exists():
        pytest.skip(f"shared/data/{'/'.join(path)} is not here")
    return found


def rows_of(*path: str, delimiter: str = ",") -> list[dict[str, str]]:
    with dataset(*path).open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines, delimiter=delimiter))
