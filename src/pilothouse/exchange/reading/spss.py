"""Data files of SPSS (.sav, .zsav): numbers with the labels of variables and values, read by a process of its own."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from signal import SIGKILL, SIGXCPU, SIGXFSZ
from typing import Any

from django.utils.translation import gettext as _

from pilothouse.exchange.reading.cells import visible
from pilothouse.exchange.reading.child import ChildFailed, ask
from pilothouse.exchange.reading.delimited import Unreadable

CHILD = Path(__file__).with_name("spss_child.py")
MARKS = (b"$FL2", b"$FL3")
# What its cells hold, in the order in which they are offered, as sheets of a workbook are.
MODES = ("words", "codes")
TOO_HEAVY = (None, 4, -SIGKILL, -SIGXCPU, -SIGXFSZ)


@dataclass(frozen=True)
class Variable:
    """`values` are the labels of its values, in the order of their codes."""

    name: str
    label: str
    values: tuple[str, ...] = ()


def is_spss(start: bytes) -> bool:
    return start.startswith(MARKS)


def variables(path: Path) -> list[Variable]:
    """What is said of its columns; asked once, and kept beside it. Raises Unreadable where the file is broken."""
    kept = path.with_name("variables.json")
    if not kept.exists():
        part = kept.with_suffix(".part")
        part.write_text(json.dumps(asked(path)), encoding="utf-8")
        os.replace(part, kept)
    found = json.loads(kept.read_text(encoding="utf-8"))
    return [Variable(one["name"], visible(one["label"]), tuple(map(visible, one["values"]))) for one in found]


def convert(path: Path, mode: int, target: Path) -> int:
    """Write it as UTF-8 CSV, at once or not at all; returns how many rows it has."""
    part = target.with_suffix(".part")
    try:
        count: int = asked(path, MODES[mode] if mode < len(MODES) else MODES[0], str(part))
        os.replace(part, target)
    finally:
        part.unlink(missing_ok=True)
    return count


def asked(path: Path, *arguments: str) -> Any:
    try:
        return ask(CHILD, str(path), *arguments)
    except ChildFailed as failed:
        if failed.code in TOO_HEAVY:
            raise Unreadable(
                _("This SPSS file needs too much memory or time to read. Save it as CSV and try again.")
            ) from None
        raise Unreadable(
            _("This SPSS file is damaged: it cannot be opened. Save it again as .sav, or as CSV, and import that.")
        ) from None
