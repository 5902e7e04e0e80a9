"""What every note of a canvas says alike, put into words once for all of them: a canvas may hold 500."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pilothouse.canvases.models import Canvas
from pilothouse.jinja import icon
from pilothouse.kinds.canvas import COLOURS
from pilothouse.kinds.layouts import Measure

ICONS = {
    "pencil": "pencil", "dots": "ellipsis", "quote": "quote", "tick": "check", "talk": "message-square",
    "disc": "circle-dot", "plus": "plus",
}  # fmt: skip


def wording(canvas: Canvas, *, writable: bool, voting: int, voted: bool) -> dict[str, Any]:
    """Words and icons by name, and what the canvas itself says of its cells, measures and addresses."""
    layout, item = canvas.declared, canvas.item
    asked: dict[str, tuple[Measure, ...]] = {cell.slug: layout.measures_of(cell.slug) for cell in layout.cells}
    return {
        **words(), **{name: icon(drawn, 13) for name, drawn in ICONS.items()},
        "names": {cell.slug: cell.name for cell in layout.cells},
        "colours": {option.slug: option.name for option in COLOURS},
        "measures": lambda cell: asked.get(cell, ()),
        "base": f"{item.product.workspace.url}{item.product.key}-", "url": canvas.url,
        "writable": writable, "voting": voting, "voted": voted,
    }  # fmt: skip


def words() -> dict[str, str]:
    return {
        "select": _("Select note"), "edit": _("Edit"), "more": _("What to do with the note"),
        "below": _("Add a note below"), "opinion": _("opinion"),
        "opinion_hint": _("Nothing supports this yet. Link what people said or did."),
        "evidence": _("Evidence"), "newest": _("The newest evidence is of"),
        "stale": pgettext("note", "old"), "days": _("days"), "stale_hint": _("Older than 180 days: is it still true?"),
        "taken": _("taken up"), "comments": _("Comments"), "dot": _("Your dot"),
        "add": _("Add a note"), "add_to": _("Add a note to"), "add_verb": _("Add"),
    }  # fmt: skip
