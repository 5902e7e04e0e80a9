"""Where a person is signed in."""

from __future__ import annotations

from collections.abc import Collection

from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from pilothouse.people.models import User

# What a browser says of itself, the telling part first: Edge also says Chrome, and Chrome also says Safari.
BROWSERS = {"Edg/": "Edge", "OPR/": "Opera", "Firefox/": "Firefox", "Chrome/": "Chrome", "Safari/": "Safari"}
SYSTEMS = {
    "iPhone": "iPhone", "iPad": "iPad", "HarmonyOS": "HarmonyOS", "Android": "Android", "Windows": "Windows",
    "Mac OS X": "macOS", "CrOS": "ChromeOS", "Linux": "Linux",
}  # fmt: skip
HANDHELD = {"iPhone", "iPad", "HarmonyOS", "Android"}


def devices(user: User) -> list[UserSession]:
    """Live sessions, the latest first; those that a new password has ended are not among them."""
    rows = list(UserSession.objects.filter(user=user).order_by("-last_seen_at"))
    live = live_keys(user, [row.session_key for row in rows])
    return [row for row in rows if row.session_key in live]


def live_keys(user: User, keys: Collection[str]) -> set[str]:
    sessions = Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now())
    now = user.get_session_auth_hash()
    return {
        session.session_key
        for session in sessions
        if constant_time_compare(session.get_decoded().get(HASH_SESSION_KEY, ""), now)
    }


@transaction.atomic
def end_sessions(user: User, rows: Collection[UserSession]) -> None:
    Session.objects.filter(session_key__in=[row.session_key for row in rows]).delete()
    UserSession.objects.filter(user=user, pk__in=[row.pk for row in rows]).delete()


def described(agent: str) -> tuple[str, str, bool]:
    """Browser, system and whether it is held in the hand; empty where the browser does not say."""
    browser = next((name for mark, name in BROWSERS.items() if mark in agent), "")
    system = next((name for mark, name in SYSTEMS.items() if mark in agent), "")
    return browser, system, system in HANDHELD
