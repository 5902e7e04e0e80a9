"""Workspaces: opening one, renaming it, leaving it."""

from __future__ import annotations

from django.db import transaction

from pilothouse.people.access import Actor
from pilothouse.people.log import record
from pilothouse.people.models import Membership, Role, User, Workspace
from pilothouse.people.naming import suggest_slug


@transaction.atomic
def open_workspace(user: User, name: str) -> Workspace:
    """A new workspace that this person owns."""
    taken = set(Workspace.objects.values_list("slug", flat=True))
    workspace = Workspace.objects.create(slug=suggest_slug(name, taken), name=name)
    Membership.objects.create(workspace=workspace, user=user, role=Role.OWNER)
    record(Actor(user, workspace, Role.OWNER), "workspace_created")
    return workspace


@transaction.atomic
def rename(actor: Actor, name: str) -> None:
    actor.require("administer")
    before = actor.workspace.name
    if before != name:
        actor.workspace.name = name
        actor.workspace.save(update_fields=["name"])
        record(actor, "workspace_renamed", before=before, after=name)
