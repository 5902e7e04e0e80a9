"""Invitations: a link for one address, good once and for seven days, while the inviter could still send it."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.http import Http404
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from pilothouse.people import mail
from pilothouse.people.access import Actor
from pilothouse.people.log import record
from pilothouse.people.models import Invitation, Membership, Product, Role, User, digest


@transaction.atomic
def invite(actor: Actor, email: str, role: str, products: Iterable[Product] = ()) -> tuple[Invitation, str]:
    """The invitation and its link, which cannot be read again. An earlier one for the address dies."""
    if not actor.may_grant(role):
        raise Http404
    Invitation.objects.filter(workspace=actor.workspace, email=email, accepted_at=None).delete()
    token = secrets.token_urlsafe(24)
    invitation = Invitation.objects.create(
        workspace=actor.workspace, email=email, role=role, digest=digest(token), invited_by=actor.user
    )
    invitation.products.set(products)
    record(actor, "invited", email, role=role)
    return invitation, f"{settings.PUBLIC_URL}/invitation/{token}"


def send(invitation: Invitation, link: str) -> bool:
    """By mail, in the inviter's language; False where no mail server is set."""
    words = {"name": invitation.invited_by, "workspace": invitation.workspace, "link": link}
    with translation.override(invitation.invited_by.language):
        subject = _("%(name)s invites you to %(workspace)s") % words
        body = _(
            "%(name)s invites you to the workspace %(workspace)s on Pilothouse.\n\n"
            "Open this link to join. It works once, for this address, within 7 days:\n%(link)s\n"
        )
    return mail.send(invitation.email, subject, body % words)


@transaction.atomic
def revoke(actor: Actor, invitation: Invitation) -> None:
    actor.require("administer")
    record(actor, "invitation_revoked", invitation.email)
    invitation.delete()


def pending(actor: Actor) -> list[Invitation]:
    rows = Invitation.objects.filter(workspace=actor.workspace, accepted_at=None, expires_at__gt=timezone.now())
    return list(rows.select_related("invited_by").prefetch_related("products").order_by("-id"))


def invitation_for(token: str) -> Invitation:
    """The live invitation with this token, else 404: used, expired, revoked and invented ones look the same."""
    rows = Invitation.objects.select_related("workspace", "invited_by")
    invitation = rows.filter(digest=digest(token), accepted_at=None, expires_at__gt=timezone.now()).first()
    if invitation is None or not still_allowed(invitation):
        raise Http404
    return invitation


def still_allowed(invitation: Invitation) -> bool:
    inviter = Membership.objects.filter(
        workspace=invitation.workspace, user=invitation.invited_by, user__is_active=True
    ).first()
    return inviter is not None and Actor(invitation.invited_by, invitation.workspace, Role(inviter.role)).may_grant(
        invitation.role
    )


@transaction.atomic
def accept(invitation: Invitation, user: User) -> None:
    """Joins, once, and only whom it was meant for. A member stays in their role, but may gain products."""
    if user.email != invitation.email.lower():
        raise Http404
    if not Invitation.objects.filter(pk=invitation.pk, accepted_at=None).update(accepted_at=timezone.now()):
        raise Http404
    membership, new = Membership.objects.get_or_create(
        workspace=invitation.workspace, user=user, defaults={"role": invitation.role}
    )
    for product in invitation.products.all():
        product.members.add(user)
    if new:
        record(Actor(user, invitation.workspace, Role(membership.role)), "joined", user, role=membership.role)
