"""One press in the builder as a change of the document. Every form names its part in the address and what was pressed
in `do` ("add:options", "remove:options.a", "move"); without `do` it just keeps what stands in it.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404

from pilothouse.surveys.building import around, edits
from pilothouse.surveys.building.editing import Edit, run
from pilothouse.surveys.building.on_pages import change_page
from pilothouse.surveys.building.on_questions import change_question
from pilothouse.surveys.questions import TYPES


def change(edit: Edit) -> Edit:
    """Raises Http404 for a part that is not there, Invalid for what cannot be kept."""
    kind, _dot, id = edit.at.partition(".")
    name, _colon, arguments = edit.posted.get("do", "").partition(":")
    edit.arguments = [part for part in arguments.split(".") if part]
    edit.whole = any(field.endswith("-drop") for field in edit.posted)
    if kind == "q":
        change_question(edit, id, name)
    elif kind == "p":
        change_page(edit, id, name)
    elif kind == "outline":
        run(OUTLINE, name, edit)
    else:
        around.change(edit, kind, name)
    return edit


# The outline: what is added, and what is dragged


def add_question(edit: Edit) -> None:
    type = edit.argument
    if type not in TYPES:
        raise Http404
    posted = edit.posted
    made = edits.add_question(edit.document, type, page=posted.get("page", ""), after=posted.get("after", ""))
    edit.at, edit.focus, edit.whole, edit.outline = f"q.{made['id']}", "text", True, True


def add_page(edit: Edit) -> None:
    made = edits.add_page(edit.document, edit.posted.get("page", ""))
    edit.at, edit.focus, edit.whole, edit.outline = f"p.{made['id']}", "title", True, True


def drag_question(edit: Edit) -> None:
    posted = edit.posted
    edits.move_question(edit.document, posted.get("id", ""), posted.get("page", ""), posted.get("before", ""))
    edit.outline = True


def drag_page(edit: Edit) -> None:
    edits.move(edit.document["pages"], edit.posted.get("id", ""), edit.posted.get("before", ""))
    edit.outline = True


OUTLINE: dict[str, Callable[..., None]] = {
    "add": add_question, "add-page": add_page, "drag": drag_question, "drag-page": drag_page
}  # fmt: skip
