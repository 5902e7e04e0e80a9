"""What can be pressed in the form of a question."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404
from django.utils.translation import gettext as _

from pilothouse.surveys.building import edits, forms
from pilothouse.surveys.building.editing import Edit, known_before, run, with_test
from pilothouse.surveys.building.edits import Document


def change_question(edit: Edit, id: str, name: str) -> None:
    question = edits.question_in(edit.document, id)
    if question is None:
        raise Http404
    forms.fill_question(edit.document, question, edit.posted, edit.language)
    for option in question["options"]:
        option["image"] = edit.images.get(option["id"], option["image"])
    edit.whole = edit.whole or bool(edit.images)
    if name:
        edit.whole = True
        run(QUESTION, name, edit, question)
    if (kept := edits.question_in(edit.document, id)) is not None:
        forms.fitted(kept)


def add_part(edit: Edit, question: Document) -> None:
    """One more option or row, behind the one that was stood in."""
    kind, after = edit.take(2)
    if kind not in edits.MADE:
        raise Http404
    made = edits.add_lines(question[kind], kind, edit.language, [""], after)
    edit.focus = f"{kind}-{made[0]}-text"


def paste_parts(edit: Edit, question: Document) -> None:
    """Every line that was typed or pasted becomes an option or row; an empty one that was stood in makes room."""
    kind, after = edit.take(2)
    lines = edit.lines("lines")
    if kind not in edits.MADE or not lines:
        return
    made = edits.add_lines(question[kind], kind, edit.language, lines, after)
    if (stood := edits.part_in(question[kind], after)) and not stood["text"]["words"]:
        edits.remove_part(question[kind], after)
    edit.focus = f"{kind}-{made[-1]}-text"


def remove_part(edit: Edit, question: Document) -> None:
    kind, id = edit.take(2)
    if kind not in edits.MADE:
        raise Http404
    ids = [part["id"] for part in question[kind]]
    edits.remove_part(question[kind], id)
    if id in ids and len(ids) > 1:
        edit.focus = f"{kind}-{ids[max(ids.index(id) - 1, 0)] if ids.index(id) else ids[1]}-text"
    edit.told = _("Removed")


def shift_part(edit: Edit, question: Document) -> None:
    kind, id, by = edit.take(3)
    if kind in edits.MADE:
        edits.shift(question[kind], id, -1 if by == "up" else 1)
        edit.focus = f"{kind}-{id}-text"


def add_level(edit: Edit, question: Document) -> None:
    """One more level of an attribute (conjoint)."""
    if row := edits.part_in(question["rows"], edit.argument):
        level = edits.new_id("l")
        row["more"][level] = edits.text()
        edit.focus = f"rows-{row['id']}-more-{level}"


def remove_level(edit: Edit, question: Document) -> None:
    row_id, level = edit.take(2)
    if row := edits.part_in(question["rows"], row_id):
        row["more"].pop(level, None)


def new_design(edit: Edit, question: Document) -> None:
    """Another draw of the same design: another seed, and what was designed is forgotten."""
    settings = question["settings"]
    settings["seed"] = int(settings.get("seed", 1)) + 1
    for name in ("sets", "tasks"):
        settings.pop(name, None)
    edit.told = _("The design is made again")


def add_test(edit: Edit, question: Document) -> None:
    question["show_if"] = with_test(question["show_if"], known_before(edit.document, question["id"]), edit.argument)
    edit.focus = "if"


def new_type(edit: Edit, question: Document) -> None:
    edits.change_type(edit.document, question["id"], edit.posted.get("type", ""))
    edit.outline = True


def copy_question(edit: Edit, question: Document) -> None:
    made = edits.copy_question(edit.document, question["id"])
    edit.at, edit.outline, edit.focus = f"q.{made['id']}" if made else edit.at, True, "text"


def remove_question(edit: Edit, question: Document) -> None:
    """On to the next question, else the one before."""
    ids = [one["id"] for page in edit.document["pages"] for one in page["questions"]]
    place = ids.index(question["id"])
    edits.remove_question(edit.document, question["id"])
    ids.remove(question["id"])
    edit.at = f"q.{ids[min(place, len(ids) - 1)]}" if ids else "outline"
    edit.outline, edit.told = True, _("%(code)s is removed") % {"code": question["code"]}


def split_page(edit: Edit, question: Document) -> None:
    edits.split_page(edit.document, question["id"])
    edit.outline = True


def move_question(edit: Edit, question: Document) -> None:
    """To the end of a page, or behind another question, as picked from the list of places."""
    kind, _dot, id = edit.posted.get("place", "").partition(".")
    if kind == "p":
        edits.move_question(edit.document, question["id"], id)
    elif kind == "q" and (page := edits.page_of(edit.document, id)):
        ids = [one["id"] for one in page["questions"] if one["id"] != question["id"]]
        following = ids[ids.index(id) + 1 :] if id in ids else []
        edits.move_question(edit.document, question["id"], page["id"], following[0] if following else "")
    edit.outline = True


QUESTION: dict[str, Callable[..., None]] = {
    "add": add_part, "paste": paste_parts, "remove": remove_part, "shift": shift_part, "add-level": add_level,
    "remove-level": remove_level, "design": new_design, "add-test": add_test, "type": new_type, "copy": copy_question,
    "delete": remove_question, "split": split_page, "move": move_question,
    "refresh": lambda edit, question: None,
}  # fmt: skip
