"""What a column of a file can become: the item's own names, its kind's fields, or a field of one's own made anew."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from pilothouse.kinds import Kind, Option, State

NEW = "new"
NEW_TYPES = ("text", "long", "number", "date", "choice", "flag", "link")


@dataclass(frozen=True)
class Target:
    """`type` says how its cells are read; `options` are what its cells may name."""

    slug: str
    name: Any
    type: str
    options: Sequence[Option | State] = ()
    unit: Any = ""


def targets_of(kind: Kind) -> dict[str, Target]:
    own = [
        Target("title", kind.title_name, "title"),
        Target("body", kind.body_name, "body"),
        Target("state", _("State"), "choice", kind.states),
        Target("owner", _("Owner (e-mail address)"), "owner"),
        Target("tags", _("Tags"), "tags"),
        Target("start_on", _("Starts on"), "date"),
        Target("due_on", _("Due on"), "date"),
        Target("parent", _("Parent (reference)"), "parent"),
        Target("external_id", _("Id in the other system"), "id"),
        Target("ref", _("Reference in this product"), "ref"),
    ]
    fields = [Target(field.slug, field.name, field.type, field.options, field.unit) for field in kind.fields]
    return {target.slug: target for target in own + fields}


def names_in_all_languages(thing: Any) -> set[str]:
    """How people may write the name of an option, state or field, folded for comparison; exports add the unit."""
    found = {folded(thing.slug)}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found |= {folded(str(thing.name)), folded(f"{thing.name} {getattr(thing, 'unit', '')}")}
    return found


def option_index(options: Sequence[Option | State]) -> dict[str, str]:
    """Every way of writing an option, to its slug; the option that comes first wins."""
    index: dict[str, str] = {}
    for option in options:
        for name in names_in_all_languages(option):
            index.setdefault(name, option.slug)
    return index


def folded(text: str) -> str:
    """Width, case, spaces and signs do not tell names apart: "Due On", due_on and ＤＵＥ ＯＮ are one."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())
