"""What stands round the questions: the welcome with its consent, endings, quotas, hidden fields."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from pilothouse.surveys.building import edits, forms
from pilothouse.surveys.building.editing import Edit, with_test
from pilothouse.surveys.building.edits import Document
from pilothouse.workbench.writing.cleaning import Invalid

KINDS = ("complete", "screened_out", "quota_full")


def change(edit: Edit, kind: str, name: str) -> None:
    parts = {"welcome": welcome, "ends": ends, "quotas": quotas, "hidden": hidden}
    if kind not in parts:
        raise Http404
    edit.whole = bool(name)
    edit.outline = bool(name)
    parts[kind](edit, name)


def welcome(edit: Edit, name: str) -> None:
    document, posted = edit.document, edit.posted
    for part in ("title", "intro"):
        edits.set_text(document[part], edit.language, posted.get(part, ""), edit.source)
    document["show_progress"], document["allow_back"] = "show_progress" in posted, "allow_back" in posted
    if document["consent"]:
        edits.set_text(document["consent"]["text"], edit.language, posted.get("consent", ""), edit.source)
        document["consent"]["retention_days"] = whole(posted.get("retention_days", ""), "retention_days")
    if name == "add-consent" and not document["consent"]:
        document["consent"] = {"text": edits.text(), "retention_days": 365}
        edit.focus = "consent"
    elif name == "remove-consent":
        document["consent"], edit.told = None, _("Removed")


def whole(typed: str, name: str) -> int | None:
    if not typed.strip():
        return None
    if not typed.strip().isdecimal() or not 0 <= int(typed) < 10**9:
        raise Invalid({name: _("A whole number is needed here.")})
    return int(typed)


def ends(edit: Edit, name: str) -> None:
    for id in edit.posted.getlist("end"):
        if end := edits.part_in(edit.document["ends"], id):
            fill_end(edit, end, f"end-{id}")
    if name == "add":
        made = {
            "id": edits.new_id("e"), "kind": "complete", "title": edits.text(), "text": edits.text(), "redirect": ""
        }  # fmt: skip
        edit.document["ends"].append(made)
        edit.focus = f"end-{made['id']}-title"
    elif name == "remove":
        edits.remove_part(edit.document["ends"], edit.argument)
        edit.told = _("Removed")


def fill_end(edit: Edit, end: Document, name: str) -> None:
    for part in ("title", "text"):
        edits.set_text(end[part], edit.language, edit.posted.get(f"{name}-{part}", ""), edit.source)
    end["redirect"] = edit.posted.get(f"{name}-redirect", "").strip()
    wanted = edit.posted.get(f"{name}-kind", "")
    end["kind"] = wanted if wanted in KINDS else end["kind"]


def quotas(edit: Edit, name: str) -> None:
    for id in edit.posted.getlist("quota"):
        if quota := edits.part_in(edit.document["quotas"], id):
            fill_quota(edit, quota, f"quota-{id}")
    if name == "add":
        add_quota(edit)
    elif name == "add-test" and (quota := edits.part_in(edit.document["quotas"], edit.argument)):
        quota["when"] = with_test(quota["when"], questions(edit.document), edit.take(2)[1])
    elif name == "remove":
        edits.remove_part(edit.document["quotas"], edit.argument)
        edit.told = _("Removed")


def fill_quota(edit: Edit, quota: Document, name: str) -> None:
    quota["name"] = edit.posted.get(f"{name}-name", "").strip()[:200]
    limit = whole(edit.posted.get(f"{name}-limit", ""), f"{name}-limit")
    quota["limit"] = quota["limit"] if limit is None else limit
    quota["end"] = edit.posted.get(f"{name}-end", "")
    quota["when"] = forms.condition(edit.posted, name, quota["when"]) or quota["when"]


def add_quota(edit: Edit) -> None:
    known = questions(edit.document)
    if not known:
        edit.told = _("A quota counts answers to a question: add a question first.")
        return
    made: dict[str, Any] = {
        "id": edits.new_id("u"), "name": "", "when": with_test(None, known[:1]), "limit": 100, "end": ""
    }  # fmt: skip
    edit.document["quotas"].append(made)
    edit.focus = f"quota-{made['id']}-name"


def questions(document: Document) -> list[str]:
    return [one["id"] for page in document["pages"] for one in page["questions"]]


def hidden(edit: Edit, name: str) -> None:
    """One line a field: its name, and after "=" what it is where the link does not say."""
    fields = []
    for line in edit.lines("fields"):
        code, _equals, default = (part.strip() for part in line.partition("="))
        if not forms.HIDDEN.match(code):
            raise Invalid({"fields": _("“%(name)s” is no name for a hidden field.") % {"name": code[:40]}})
        fields.append({"code": code, "default": default[:500]})
    edit.document["hidden"] = fields
