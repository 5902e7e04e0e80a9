"""Spreadsheets (XLSX, XLS, ODS): looked at for bombs, then read by a process with little memory and time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from pilothouse.exchange.reading.delimited import Unreadable

CHILD = Path(__file__).with_name("spreadsheet_child.py")
WALL_SECONDS = 90
MOST_ENTRIES = 5_000
MOST_BYTES = 600 * 1024 * 1024
MOST_RATIO = 200
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True)
class Sheet:
    name: str
    hidden: bool


def is_spreadsheet(start: bytes) -> bool:
    return start.startswith((ZIP, OLE))


def sheets(path: Path) -> list[Sheet]:
    """The sheets of a workbook. Raises Unreadable where it is broken, locked, or a bomb."""
    refuse_bomb(path)
    return [Sheet(sheet["name"], sheet["hidden"]) for sheet in ask_child(path)]


def convert(path: Path, number: int, target: Path) -> int:
    """Write one sheet as UTF-8 CSV, at once or not at all; returns how many rows it has."""
    refuse_bomb(path)
    part = target.with_suffix(".part")
    try:
        count = ask_child(path, str(number), str(part))
        os.replace(part, target)
    finally:
        part.unlink(missing_ok=True)
    return count


def refuse_bomb(path: Path) -> None:
    if not zipfile.is_zipfile(path):
        return
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError):
        raise Unreadable(_("This spreadsheet is damaged: it cannot be opened.")) from None
    size = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if len(entries) > MOST_ENTRIES or size > MOST_BYTES or size > MOST_RATIO * max(packed, 100_000):
        raise Unreadable(
            _("This spreadsheet unpacks to more than can be read here. Save the sheet as CSV and try again.")
        )


def ask_child(path: Path, *arguments: str) -> Any:
    command = [sys.executable, "-I", "-B", str(CHILD), str(path), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, timeout=WALL_SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise Unreadable(too_heavy()) from None
    if done.returncode == 0:
        return json.loads(done.stdout)
    if done.returncode == 3:
        raise Unreadable(_("This spreadsheet is locked with a password. Save it without one and try again."))
    if done.returncode == 2:
        raise Unreadable(_("This spreadsheet is damaged: it cannot be opened."))
    raise Unreadable(too_heavy())


def too_heavy() -> str:
    return _("This spreadsheet needs too much memory or time to read. Save the sheet as CSV and try again.")
