"""A note is typed as one text and kept as a title and what follows it; nothing of it is lost on the way."""

from __future__ import annotations

from pilothouse.workbench.models import TITLE_LENGTH

MOST_CHARACTERS = 100_000


def parted(text: str) -> tuple[str, str]:
    """The first line is the title. One that is too long is cut between words, and goes on in the text below."""
    first, _break, rest = text.strip().replace("\r\n", "\n").replace("\r", "\n").partition("\n")
    if len(first) <= TITLE_LENGTH:
        return first.strip(), rest.strip()
    cut = first.rfind(" ", TITLE_LENGTH // 2, TITLE_LENGTH)
    cut = cut if cut > 0 else TITLE_LENGTH
    more = first[cut:].strip()
    return first[:cut].strip(), f"{more}\n{rest}".strip() if rest else more


def joined(title: str, body: str) -> str:
    return f"{title}\n{body}" if body else title


def lines_of(text: str) -> list[str]:
    """The notes that a paste of several lines makes; signs of a list before them are left out."""
    lines = (line.strip().lstrip("-*•·").strip() for line in text.splitlines())
    return [line for line in lines if line]
