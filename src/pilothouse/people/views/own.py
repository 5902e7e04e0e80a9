"""What a person sets for themselves: preferences, theme, devices."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pilothouse.people import zones
from pilothouse.people.access import Actor
from pilothouse.people.devices import described, devices, end_sessions
from pilothouse.people.forms import PreferencesForm
from pilothouse.people.models import User
from pilothouse.people.pages import go, own_page, page, person, show


@page
def preferences(request: HttpRequest, actor: Actor) -> HttpResponse:
    user = User.objects.get(pk=actor.user.pk)
    form = PreferencesForm(request.POST or None, instance=user)
    if form.is_valid():
        form.save()
        with translation.override(user.language):
            return go(request, f"{actor.workspace.url}settings", _("Your settings are saved."))
    context = {"form": form, "zones": zones.choices()}
    return show(request, "people/preferences.html", context, status=422 if form.is_bound else 200)


@own_page
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    wanted = request.POST.get("theme")
    if wanted not in dict(User.THEMES):
        return HttpResponse(status=422)
    User.objects.filter(pk=person(request).pk).update(theme=wanted)
    return HttpResponse(status=204)


@own_page
@require_safe
def device_list(request: HttpRequest) -> HttpResponse:
    rows = [
        {"row": row, "about": described(row.user_agent), "here": row.session_key == request.session.session_key}
        for row in devices(person(request))
    ]
    return show(request, "people/devices.html", {"devices": rows})


@own_page
@require_POST
def end_device(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign one other browser out. The present one signs out by the menu."""
    row = UserSession.objects.filter(user=person(request), pk=pk).first()
    if row is None or row.session_key == request.session.session_key:
        raise Http404
    end_sessions(person(request), [row])
    messages.success(request, _("That device is signed out."))
    return redirect("usersessions_list")


@own_page
@require_POST
def end_other_devices(request: HttpRequest) -> HttpResponse:
    others = UserSession.objects.filter(user=person(request)).exclude(session_key=request.session.session_key)
    end_sessions(person(request), list(others))
    messages.success(request, _("You are signed out everywhere else."))
    return redirect("usersessions_list")
