"""The canvas as text: a heading for each place, its notes with what they stand on, and what they say together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from pilothouse.canvases.export.content import Content, Place, text_of
from pilothouse.canvases.note import Note

SPECIAL = re.compile(r"([\\`*_{\[\]<>|~&$])")
BEGINNING = re.compile(r"^([-+#=:]|\d+(?=[.)]))")  # what makes a list, a heading or a line only where a line begins
CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufff9-\uffff\ud800-\udfff]")


def plain(text: Any) -> str:
    """One line in which nothing is markup."""
    line = SPECIAL.sub(r"\\\1", " ".join(CONTROL.sub(" ", str(text)).split()))
    return BEGINNING.sub(lambda found: f"{found[1]}\\" if found[1].isdigit() else f"\\{found[1]}", line)


def markdown(content: Content) -> str:
    return "\n".join(lines(content)) + "\n"


def lines(content: Content) -> Iterator[str]:
    yield from (f"# {plain(content.item.title)}", "", plain(content.subtitle), "", plain(content.sums), "")
    if content.label:
        yield from (f"**{plain(content.label)}**", "")
    yield from reading(content)
    named = ""
    for place in content.places():
        if place.name != named:
            yield from (f"## {plain(named := place.name)}", "")
        yield from notes(content, place)
    yield from ("---", "", plain(content.footer))
    if content.source:
        yield from ("", plain(content.source))


def reading(content: Content) -> Iterator[str]:
    found = content.reading
    if found is None:
        return
    yield from (f"## {plain(_('What the notes say together'))}", "")
    yield from (f"- {plain(sentence)}" for sentence in (*found.sentences, *found.caveats))
    if found.rows:
        yield from ("", row(found.head), "|" + " --- |" * len(found.head), *map(row, found.rows))
    yield from ("", f"*{plain(found.how)}*", "") if found.how else ("",)


def row(cells: tuple[Any, ...]) -> str:
    return "| " + " | ".join(plain(cell["text"] if isinstance(cell, dict) else cell) for cell in cells) + " |"


def notes(content: Content, place: Place) -> Iterator[str]:
    if place.stage:
        yield from (f"### {plain(place.stage)}", "")
    for depth, note in place.notes:
        yield from told(content, note, "  " * depth)
    yield from [""] if place.notes else [f"*{_('No note yet.')}*", ""]


def told(content: Content, note: Note, indent: str) -> Iterator[str]:
    title, _break, body = text_of(note).partition("\n")
    marks = [note.item.ref, content.level(note), *(mark.text for mark in content.marks(note))]
    yield f"{indent}- {plain(title)} ({' · '.join(plain(mark) for mark in marks if mark)})"
    for paragraph in filter(None, map(plain, body.split("\n"))):
        yield from ("", f"{indent}  {paragraph}")
    yield from [""] if body else []
    for cited in content.cited(note):
        yield f"{indent}  - {_('Evidence: %(what)s') % {'what': plain(cited)}}"
