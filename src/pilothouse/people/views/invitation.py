"""What the holder of an invitation sees: join as yourself, sign in first, or make an account."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from pilothouse.people import zones
from pilothouse.people.forms import JoinForm
from pilothouse.people.invitations import accept, invitation_for
from pilothouse.people.models import Invitation, User
from pilothouse.people.pages import go, person, show
from pilothouse.people.views.doors import guesses, let_in

PERSON = ("name", "password", "language", "time_zone")


def invitation(request: HttpRequest, token: str) -> HttpResponse:
    found = invitation_for(token)
    if request.user.is_authenticated:
        return join(request, found)
    if User.objects.filter(email=found.email.lower()).exists():
        return show(request, "people/invitation_sign_in.html", {"invitation": found})
    return new_account(request, found)


def join(request: HttpRequest, found: Invitation) -> HttpResponse:
    """Someone else's invitation looks like any that does not work, but says what to do about it."""
    if person(request).email != found.email.lower():
        return show(request, "people/invitation_other.html", status=404)
    if request.method == "POST":
        accept(found, person(request))
        return go(request, found.workspace.url, welcome(found))
    return show(request, "people/invitation_join.html", {"invitation": found})


def new_account(request: HttpRequest, found: Invitation) -> HttpResponse:
    form = JoinForm(request.POST or None, email=found.email, initial=guesses())
    if not form.is_valid():
        context = {"form": form, "zones": zones.choices(), "invitation": found}
        return show(request, "people/invitation_new.html", context, status=422 if form.is_bound else 200)
    with transaction.atomic():
        values = {name: form.cleaned_data[name] for name in PERSON}
        user = User.objects.create_user(email=found.email, **values)
        accept(found, user)
    return let_in(request, user, found.workspace.url)


def welcome(found: Invitation) -> str:
    return _("Welcome to %(workspace)s.") % {"workspace": found.workspace}
