"""The people of a workspace: who, in which role, who is invited, and what was changed by whom."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pilothouse.people import invitations
from pilothouse.people.access import RANK, Actor
from pilothouse.people.forms import InviteForm, WorkspaceForm
from pilothouse.people.log import sentence
from pilothouse.people.members import Refused, change_role, leave, remove
from pilothouse.people.models import Change, Invitation, Membership, Role
from pilothouse.people.pages import go, page, show
from pilothouse.people.workspaces import rename

PER_PAGE = 50


@page
@require_safe
def members(request: HttpRequest, actor: Actor) -> HttpResponse:
    actor.require("meet")
    rows = Membership.objects.filter(workspace=actor.workspace).select_related("user")
    context = {
        "members": sorted(rows, key=lambda row: (-RANK[Role(row.role)], str(row.user).casefold())),
        "roles": grantable(actor),
        "invitations": invitations.pending(actor) if actor.may("administer") else [],
    }
    return show(request, "people/members.html", context)


def grantable(actor: Actor) -> list[tuple[str, str]]:
    return [(role.value, str(role.label)) for role in Role if actor.may_grant(role)]


@page
def invite(request: HttpRequest, actor: Actor) -> HttpResponse:
    """After sending, the same page shows the link, which no later page can show."""
    actor.require("administer")
    form = InviteForm(request.POST or None, actor=actor, roles=grantable(actor))
    if form.is_valid():
        data = form.cleaned_data
        invitation, link = invitations.invite(actor, data["email"], data["role"], form.chosen_products())
        sent = invitations.send(invitation, link)
        there = {"invitation": invitation, "link": link, "sent": sent, "only_here": opens_only_here(link)}
        return show(request, "people/invited.html", there, status=201)
    return show(request, "people/invite.html", {"form": form}, status=422 if form.is_bound else 200)


def opens_only_here(link: str) -> bool:
    """Whether the link leads to the reader's own machine, whichever that is."""
    return urlsplit(link).hostname in ("127.0.0.1", "localhost", "::1")


@page
@require_POST
def revoke_invitation(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    actor.require("administer")
    invitation = Invitation.objects.filter(workspace=actor.workspace, pk=pk, accepted_at=None).first()
    if invitation is None:
        raise Http404
    invitations.revoke(actor, invitation)
    return back(request, actor, _("The invitation of %(email)s is revoked.") % {"email": invitation.email})


@page
@require_POST
def set_role(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    row, role = member(actor, pk), request.POST.get("role", "")
    if role not in Role.values:
        raise Http404
    try:
        change_role(actor, row, role)
    except Refused as refused:
        return refuse(request, actor, refused)
    return back(request, actor, _("%(name)s is now %(role)s.") % {"name": row.user, "role": Role(role).label})


@page
@require_POST
def remove_member(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    row = member(actor, pk)
    try:
        remove(actor, row)
    except Refused as refused:
        return refuse(request, actor, refused)
    return back(request, actor, _("%(name)s is no longer in this workspace.") % {"name": row.user})


@page
@require_POST
def leave_workspace(request: HttpRequest, actor: Actor) -> HttpResponse:
    try:
        leave(actor)
    except Refused as refused:
        messages.error(request, str(refused))
        return go(request, "/workspaces")
    return go(request, "/workspaces", _("You have left %(name)s.") % {"name": actor.workspace})


@page
def workspace_settings(request: HttpRequest, actor: Actor) -> HttpResponse:
    actor.require("administer")
    form = WorkspaceForm(request.POST or None, initial={"name": actor.workspace.name})
    if form.is_valid():
        rename(actor, form.cleaned_data["name"])
        return go(
            request, f"{actor.workspace.url}workspace", _("The workspace is called %(name)s.") % form.cleaned_data
        )
    return show(request, "people/workspace_settings.html", {"form": form}, status=422 if form.is_bound else 200)


@page
@require_safe
def log(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The trail, the latest first; `before` is the id at which the last page ended."""
    actor.require("administer")
    rows = Change.objects.filter(workspace=actor.workspace).select_related("actor").order_by("-id")
    before = request.GET.get("before", "")
    if before.isascii() and before.isdecimal() and len(before) < 19:
        rows = rows.filter(pk__lt=int(before))
    found = list(rows[: PER_PAGE + 1])
    entries = [{"who": row.actor, "what": sentence(row), "at": row.at} for row in found[:PER_PAGE]]
    older = f"?before={found[PER_PAGE - 1].pk}" if len(found) > PER_PAGE else None
    return show(request, "people/log.html", {"entries": entries, "older": older, "first": not before})


def member(actor: Actor, pk: int) -> Membership:
    actor.require("administer")
    row = Membership.objects.filter(workspace=actor.workspace, pk=pk).select_related("user").first()
    if row is None:
        raise Http404
    return row


def back(request: HttpRequest, actor: Actor, text: str) -> HttpResponse:
    """To the list; someone who has just lowered their own role may not see it any more."""
    still = Membership.objects.filter(workspace=actor.workspace, user=actor.user).exclude(role=Role.GUEST).exists()
    return go(request, f"{actor.workspace.url}members" if still else "/", text)


def refuse(request: HttpRequest, actor: Actor, refused: Refused) -> HttpResponse:
    messages.error(request, str(refused))
    return go(request, f"{actor.workspace.url}members")
