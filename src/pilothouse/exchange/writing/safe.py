"""Cells that a spreadsheet program would take for a formula are told that they are text."""

from __future__ import annotations

import re

TRIGGER = re.compile(r"^[\s\u200b-\u200f\ufeff]*[=+\-@\t\r\n＝＋－＠]")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\]")
LONGEST_NAME = 31


def harmless(text: str) -> str:
    """With an apostrophe in front where a spreadsheet would calculate; for text only, never for numbers."""
    return f"'{text}" if TRIGGER.match(text) else text


def printable(text: str) -> str:
    """Without the control characters that a spreadsheet file cannot hold."""
    return CONTROL.sub("", text)


def sheet_name(text: str) -> str:
    """As a spreadsheet takes it for a sheet: 31 characters as its program counts them, and some signs not at all."""
    name = NOT_IN_A_NAME.sub(" ", printable(text)).encode("utf-16-le")[: 2 * LONGEST_NAME].decode("utf-16-le", "ignore")
    name = " ".join(name.split()).strip("' ")
    return "" if name.casefold() == "history" else name
