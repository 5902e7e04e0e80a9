"""What can be pressed in the form of a page."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404
from django.utils.translation import gettext as _

from pilothouse.surveys.building import edits, forms
from pilothouse.surveys.building.editing import Edit, known_until, run, with_test
from pilothouse.surveys.building.edits import Document


def change_page(edit: Edit, id: str, name: str) -> None:
    page = edits.part_in(edit.document["pages"], id)
    if page is None:
        raise Http404
    if "part" in edit.posted:
        edits.set_text(page["title"], edit.language, edit.posted.get("title", ""), edit.source)
        page["shuffle"] = "shuffle" in edit.posted
        page["show_if"] = forms.condition(edit.posted, "if", page["show_if"])
        fill_jumps(edit, page)
    if name:
        edit.whole = edit.outline = True
        run(PAGE, name, edit, page)


def fill_jumps(edit: Edit, page: Document) -> None:
    jumps = []
    for at in edit.posted.getlist("jump"):
        was = page["jumps"][int(at)] if at.isdecimal() and int(at) < len(page["jumps"]) else {"when": None}
        to = edit.posted.get(f"jump-{at}-to", "")
        if to:
            jumps.append({"to": to, "when": forms.condition(edit.posted, f"jump-{at}", was["when"])})
    page["jumps"] = jumps


def add_jump(edit: Edit, page: Document) -> None:
    """A rule that leads to the first place where a rule may lead, if the page's last question has an answer."""
    ids = [one["id"] for one in edit.document["pages"]]
    later = [*ids[ids.index(page["id"]) + 2 :], *(f"end:{end['id']}" for end in edit.document["ends"])]
    later = later or ids[ids.index(page["id"]) + 1 :]
    if not later:
        edit.told = _("There is no later page and no ending to lead to yet.")
        return
    known = known_until(edit.document, page["id"])
    page["jumps"].append({"to": later[0], "when": with_test(None, known)})


def add_jump_test(edit: Edit, page: Document) -> None:
    place, where = edit.take(2)
    if place.isdecimal() and int(place) < len(page["jumps"]):
        jump = page["jumps"][int(place)]
        jump["when"] = with_test(jump["when"], known_until(edit.document, page["id"]), where)


def remove_jump(edit: Edit, page: Document) -> None:
    if edit.argument.isdecimal() and int(edit.argument) < len(page["jumps"]):
        del page["jumps"][int(edit.argument)]


def add_page_test(edit: Edit, page: Document) -> None:
    ids = [one["id"] for one in edit.document["pages"]]
    place = ids.index(page["id"])
    known = known_until(edit.document, ids[place - 1]) if place else []
    page["show_if"] = with_test(page["show_if"], known, edit.argument)


def remove_page(edit: Edit, page: Document) -> None:
    """The page goes; its questions move to the page before, or go with it where that was asked for."""
    edits.remove_page(edit.document, page["id"], keep_questions=edit.argument != "all")
    edit.at, edit.told = "outline", _("The page is removed")


def shift_page(edit: Edit, page: Document) -> None:
    edits.shift(edit.document["pages"], page["id"], -1 if edit.argument == "up" else 1)


PAGE: dict[str, Callable[..., None]] = {
    "add-jump": add_jump, "add-jump-test": add_jump_test, "remove-jump": remove_jump, "add-test": add_page_test,
    "delete": remove_page, "shift": shift_page, "refresh": lambda edit, page: None,
}  # fmt: skip
