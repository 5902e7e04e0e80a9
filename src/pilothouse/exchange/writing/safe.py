"""Cells that a spreadsheet program would take for a formula are told that they are text."""

from __future__ import annotations

import re

TRIGGER = re.compile(r"^[\s\u200b-\u200f\ufeff]*[=+\-@\t\r\n＝＋－＠]")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def harmless(text: str) -> str:
    """With an apostrophe in front where a spreadsheet would calculate; for text only, never for numbers."""
    return f"'{text}" if TRIGGER.match(text) else text


def printable(text: str) -> str:
    """Without the control characters that a spreadsheet file cannot hold."""
    return CONTROL.sub("", text)
