"""Addresses outside any workspace."""

from __future__ import annotations

from django.urls import path
from django.views.i18n import set_language

from pilothouse.people.views import doors, invitation, own, workspaces

urlpatterns = [
    path("", doors.front_door),
    path("language", set_language, name="set_language"),
    path("setup/<str:token>", doors.setup),
    path("invitation/<str:token>", invitation.invitation),
    path("theme", own.theme),
    path("workspaces", workspaces.workspaces),
]
