"""The verbs of a launch: gates that are checked, notes that are kept, people who are told."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pilothouse.people.access import Actor
from pilothouse.people.models import User
from pilothouse.planning.models import Gate, Told
from pilothouse.planning.words import named
from pilothouse.workbench.models import Event, Item
from pilothouse.workbench.writing import actions
from pilothouse.workbench.writing.changes import event
from pilothouse.workbench.writing.cleaning import Invalid

KIND = "release"
MOST_GATES = 100


def usual() -> list[str]:
    """The checklist to start from."""
    return [
        _("What is in is final"),
        _("Tested by somebody who did not build it"),
        _("Law and privacy looked at"),
        _("Support knows what changes"),
        _("Going back was tried"),
        _("The number it should move was read before"),
    ]


@transaction.atomic
def add_gates(actor: Actor, release: Item, names: list[str], owner: User | None = None) -> None:
    actor.require("write", release.product)
    refusal = _("A gate has a name of at most 300 characters.")
    cleaned = [named(name, "name", 300, refusal) for name in names]
    if release.gates.count() + len(cleaned) > MOST_GATES:
        raise Invalid({"name": _("A release has at most %(most)s gates.") % {"most": MOST_GATES}})
    Gate.objects.bulk_create([Gate(release=release, name=name, owner=owner) for name in cleaned])
    log(actor, release, "gated", {"gates": cleaned})


@transaction.atomic
def pass_gate(actor: Actor, gate: Gate, done: bool) -> None:
    """Check a gate, or open it again; the release remembers who did."""
    actor.require("write", gate.release.product)
    gate.done_at, gate.done_by = (timezone.now(), actor.user) if done else (None, None)
    gate.save(update_fields=["done_at", "done_by"])
    log(actor, gate.release, "passed" if done else "reopened", {"gate": gate.name})


@transaction.atomic
def remove_gate(actor: Actor, gate: Gate) -> None:
    actor.require("write", gate.release.product)
    log(actor, gate.release, "ungated", {"gate": gate.name})
    gate.delete()


def keep_notes(actor: Actor, release: Item, text: str) -> Event | None:
    """The release notes as its own field, with history and undo like any other."""
    return actions.change(actor, release, {"changelog": text})


@transaction.atomic
def tell(actor: Actor, release: Item, asked: Item) -> None:
    """Remember that somebody was told; telling twice is remembered once."""
    actor.require("write", release.product)
    row, new = Told.objects.get_or_create(release=release, asked=asked, defaults={"by": actor.user})
    if new:
        log(actor, release, "told", {"other": row.asked_id})


def log(actor: Actor, release: Item, verb: str, changes: Mapping[str, Any]) -> None:
    event(actor, release, verb, changes, uuid.uuid4()).save()
