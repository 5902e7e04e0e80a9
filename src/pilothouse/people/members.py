"""Who is in a workspace and in which role: changing it, removing people, leaving."""

from __future__ import annotations

from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from pilothouse.people.access import RANK, VERBS, Actor
from pilothouse.people.log import record
from pilothouse.people.models import Invitation, Membership, Product, Role, Token, User, Workspace


class Refused(Exception):
    """What was asked for would leave the workspace in a bad state; the message says how to get there instead."""


@transaction.atomic
def change_role(actor: Actor, membership: Membership, role: str) -> None:
    """Raises Http404 above one's own station, Refused for the last owner."""
    membership = locked(actor, membership)
    if not (actor.may("administer") and actor.outranks(membership.role) and actor.may_grant(role)):
        raise Http404
    if role == membership.role:
        return
    keep_an_owner(membership)
    before, membership.role = membership.role, Role(role)
    membership.save(update_fields=["role"])
    withdraw_invitations(actor.workspace, membership.user, role)
    record(actor, "role_changed", membership.user, before=before, after=role)


@transaction.atomic
def remove(actor: Actor, membership: Membership) -> None:
    """The person's pages, tokens and invitations in this workspace end at once."""
    membership = locked(actor, membership)
    if not (actor.may("administer") and actor.outranks(membership.role)) or membership.user_id == actor.user.pk:
        raise Http404
    keep_an_owner(membership)
    cut_off(membership)
    record(actor, "member_removed", membership.user, role=membership.role)


@transaction.atomic
def leave(actor: Actor) -> None:
    membership = locked(actor, Membership.objects.get(workspace=actor.workspace, user=actor.user))
    keep_an_owner(membership)
    cut_off(membership)
    record(actor, "left", membership.user, role=membership.role)


def locked(actor: Actor, membership: Membership) -> Membership:
    """The row as it is now, with every owner's row held, so that two owners cannot go at once."""
    list(Membership.objects.select_for_update().filter(workspace=actor.workspace, role=Role.OWNER))
    rows = Membership.objects.select_related("user").filter(workspace=actor.workspace)
    try:
        return rows.get(pk=membership.pk)
    except Membership.DoesNotExist:
        raise Http404 from None


def keep_an_owner(membership: Membership) -> None:
    owners = Membership.objects.filter(workspace=membership.workspace_id, role=Role.OWNER)
    if membership.role == Role.OWNER and owners.count() == 1:
        raise Refused(_("A workspace needs an owner. Make someone else an owner first."))


def cut_off(membership: Membership) -> None:
    user, workspace = membership.user, membership.workspace
    Token.objects.filter(user=user, workspace=workspace, revoked_at=None).update(revoked_at=timezone.now())
    Product.members.through.objects.filter(user=user, product__workspace=workspace).delete()
    withdraw_invitations(workspace, user, None)
    membership.delete()


def withdraw_invitations(workspace: Workspace, user: User, role: str | None) -> None:
    """Invitations that this person made and could not make any more in their new role (None: in none)."""
    pending = Invitation.objects.filter(workspace=workspace, invited_by=user, accepted_at=None)
    if role is not None and "administer" in VERBS[Role(role)]:
        pending = pending.filter(role__in=[name for name, rank in RANK.items() if rank > RANK[Role(role)]])
    pending.delete()
