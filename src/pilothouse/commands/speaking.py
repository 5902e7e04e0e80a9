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

ARGPARSE = (
    _("usage: "), _("options"), _("positional arguments"), _("show this help message and exit"),
    _("%(prog)s: error: %(message)s\n"),
    _("argument %(argument_name)s: %(message)s"),
    _("the following arguments are required: %s"), _("unrecognized arguments: %s"), _("expected one argument"),
    _("expected at least one argument"), _("invalid choice: %(value)r (choose from %(choices)s)"),
)  # fmt: skip
