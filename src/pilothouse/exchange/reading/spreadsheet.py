"""Spreadsheets (XLSX, XLS, ODS): looked at for bombs, then read by a process with little memory and time."""

from __future__ import annotations

import mmap
import os
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from pilothouse.exchange.reading.child import ChildFailed, ask
from pilothouse.exchange.reading.delimited import Unreadable

CHILD = Path(__file__).with_name("spreadsheet_child.py")
MOST_ENTRIES = 5_000
MOST_BYTES = 600 * 1024 * 1024
MOST_RATIO = 200
LOCKED = "EncryptedPackage".encode("utf-16-le")
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


def fullest(path: Path, numbers: Sequence[int]) -> int:
    """Which of these sheets holds the most. Raises Unreadable where they are too much to look through."""
    return int(ask_child(path, "fullest", *map(str, numbers)))


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
    if not any(entry.filename.startswith(("xl/", "content.xml")) for entry in entries):
        raise Unreadable(_("This is an archive without a spreadsheet in it. Unpack it, and import the table itself."))
    size = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if len(entries) > MOST_ENTRIES or size > MOST_BYTES or size > MOST_RATIO * max(packed, 100_000):
        raise Unreadable(
            _("This spreadsheet unpacks to more than can be read here. Save the sheet as CSV and try again.")
        )


def ask_child(path: Path, *arguments: str) -> Any:
    try:
        return ask(CHILD, str(path), *arguments)
    except ChildFailed as failed:
        raise Unreadable(why(3 if failed.code == 2 and is_locked(path) else failed.code)) from None


def is_locked(path: Path) -> bool:
    """Whether it is the package in which Excel and WPS put a workbook with a password."""
    with path.open("rb") as file:
        if file.read(len(OLE)) != OLE:
            return False
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            return data.find(LOCKED) >= 0


def why(code: int | None) -> str:
    if code == 3:
        return _("This spreadsheet is locked with a password. Save it without one and try again.")
    if code == 2:
        return _("This spreadsheet is damaged: it cannot be opened.")
    return _("This spreadsheet needs too much memory or time to read. Save the sheet as CSV and try again.")
