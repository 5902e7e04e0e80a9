"""A mapping in words, as programs give it: put over what was guessed, and refused by name where it makes no sense."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from pilothouse.exchange.models import Import
from pilothouse.exchange.reading.source import reread
from pilothouse.exchange.taking import steps
from pilothouse.exchange.taking.targets import NEW, NEW_TYPES
from pilothouse.people.access import Actor
from pilothouse.workbench.writing.cleaning import Invalid


@dataclass(frozen=True)
class Told:
    """`columns` names a target for a column ("" leaves it out, "new:number" makes an own field), `without` targets that
    no column is to become, `key` the columns that tell rows apart; `reading` is how the file is read where the guess is
    wrong."""

    columns: Mapping[str, str] = field(default_factory=dict)
    without: Sequence[str] = ()
    constants: Mapping[str, str] = field(default_factory=dict)
    key: Sequence[str] = ()
    policy: str = ""
    reading: Mapping[str, str] = field(default_factory=dict)


def adapt(actor: Actor, source: Import, told: Told) -> None:
    """Raises Invalid, naming the part of the mapping, and Unreadable where the file cannot be read that way."""
    if told.reading:
        source.reading = reread(steps.source_of(source), dict(told.reading)).reading.kept()
        source.plan = steps.proposal(actor, source).kept()
    columns = {column["name"]: column for column in source.plan["columns"]}
    for column in columns.values():
        if column["target"] in told.without:
            column["target"] = ""
    for name, target in told.columns.items():
        point(columns, known(columns, name, "columns"), target)
    source.plan["constants"] |= told.constants
    source.plan["policy"] = told.policy or source.plan["policy"]
    if told.key:
        source.plan["key"] = [list(columns).index(known(columns, name, "key")) for name in told.key]
    source.save()
    if problems := steps.problems_of(actor, source):
        raise Invalid({"columns": " ".join(problems)})


def point(columns: Mapping[str, dict[str, Any]], name: str, target: str) -> None:
    """One column has a target: another one that was guessed to be it gives way."""
    target, _colon, type_ = target.partition(":")
    if target == NEW and (type_ or "text") not in NEW_TYPES:
        raise Invalid({"columns": _("A new field is one of: %(known)s.") % {"known": ", ".join(NEW_TYPES)}})
    for column in columns.values():
        if target and target not in (NEW, "tags") and column["target"] == target:
            column["target"] = ""
    columns[name] |= {"target": target, "type": type_ or "text"}


def known(columns: Mapping[str, Any], name: str, part: str) -> str:
    if name not in columns:
        message = _("There is no column “%(name)s”; there are: %(known)s.")
        raise Invalid({part: message % {"name": name[:60], "known": ", ".join(columns)[:500]}})
    return name
