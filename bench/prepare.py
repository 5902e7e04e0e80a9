"""Make the workspace to measure on; prints a session, a CSRF token, an API token, a requirement and a task."""

from __future__ import annotations

import sys

import django

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402

from bench.make_items import make_items  # noqa: E402
from pilothouse.people.access import Actor  # noqa: E402
from pilothouse.people.models import Membership, Product, Role, Token, User, Workspace  # noqa: E402
from pilothouse.workbench.models import Item  # noqa: E402


def prepare(count: int) -> tuple[str, ...]:
    call_command("migrate", verbosity=0)
    workspace = Workspace.objects.create(slug="bench", name="Bench")
    user = User.objects.create_user("ada@example.com", "not used here", name="Ada")
    Membership.objects.create(workspace=workspace, user=user, role=Role.OWNER)
    product = Product.objects.create(workspace=workspace, key="PH", name="Pilothouse")
    make_items(Actor(user, workspace, Role.OWNER), product, count)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    _, secret = Token.issue(user=user, workspace=workspace, name="bench", scope=Token.WRITE)
    middle = {
        kind: Item.objects.filter(product=product, kind=kind).order_by("pk")[10] for kind in ("requirement", "task")
    }
    return session.session_key, "a" * 32, secret, middle["requirement"].ref, middle["task"].ref


if __name__ == "__main__":
    print(*prepare(int(sys.argv[1])))
