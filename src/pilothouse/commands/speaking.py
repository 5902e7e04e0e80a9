"""The command line speaks the shell's language, out of the same catalogue as the pages, and before Django is there."""

from __future__ import annotations

import gettext
import os
from pathlib import Path

CATALOGUE, CHINESE = "django", "zh_Hans"
TOLD_BY = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


def language() -> str:
    """The product's name of it; English where the shell's is none of the product's."""
    told = next((value for name in TOLD_BY if (value := os.environ.get(name))), "")
    return "zh-hans" if told.startswith("zh") else "en"


def _(text: str) -> str:
    return gettext.gettext(text)


if language() == "zh-hans":  # argparse asks the same catalogue for its own words
    os.environ["LANGUAGE"] = CHINESE
    gettext.bindtextdomain(CATALOGUE, Path(__file__).parents[1] / "locale")
    gettext.textdomain(CATALOGUE)


def gettext_noop(text: str) -> str:
    """Marks a text for the catalogue that somebody else looks up."""
    return text


ARGPARSE = (
    gettext_noop("usage: "),
    gettext_noop("options"),
    gettext_noop("positional arguments"),
    gettext_noop("show this help message and exit"),
    gettext_noop("%(prog)s: error: %(message)s\n"),
    gettext_noop("argument %(argument_name)s: %(message)s"),
    gettext_noop("the following arguments are required: %s"),
    gettext_noop("unrecognized arguments: %s"),
    gettext_noop("expected one argument"),
    gettext_noop("expected at least one argument"),
    gettext_noop("invalid choice: %(value)r (choose from %(choices)s)"),
)
