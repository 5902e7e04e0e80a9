"""Personal API tokens from the command line."""

from __future__ import annotations

import argparse

from pilothouse.commands.acting import Misunderstood, one_of, whole
from pilothouse.commands.speaking import _

NAME = "token"
HELP = _("create or revoke an API token")


def arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    create = actions.add_parser("create", help=_("print a new token, once"))
    create.add_argument("--email", required=True, help=_("whose token it is"))
    create.add_argument("--scope", choices=["read", "write"], default="read", help=_("what it may do (default: read)"))
    create.add_argument("--workspace", help=_("needed where the person is in several workspaces"))
    create.add_argument("--name", default="command line", help=_("what it is listed by (default: command line)"))
    create.add_argument("--days", type=whole(1, 36_500), help=_("how long it lives (default: until revoked)"))
    create.set_defaults(action=create_token)
    revoke = actions.add_parser("revoke", help=_("end a token by its last four characters"))
    revoke.add_argument("--email", required=True, help=_("whose token it is"))
    revoke.add_argument("hint", help=_("the token's last four characters"))
    revoke.set_defaults(action=revoke_token)


def run(options: argparse.Namespace) -> int:
    from pilothouse.commands.django_setup import migrate, setup

    setup()
    migrate()
    return options.action(options)


def create_token(options: argparse.Namespace) -> int:
    from datetime import timedelta

    from django.conf import settings
    from django.utils import timezone

    from pilothouse.people.models import Membership, Token

    members = Membership.objects.filter(user__email__iexact=options.email, user__is_active=True)
    found = list(members.select_related("user", "workspace").order_by("workspace__slug"))
    if not found:
        raise Misunderstood(
            _("There is no active member with the address %(email)s in %(folder)s (see --data).")
            % {"email": options.email, "folder": settings.DATA}
        )
    chosen = [one for one in found if options.workspace in (None, one.workspace.slug)]
    if len(chosen) != 1:
        raise Misunderstood(one_of("--workspace", ", ".join(one.workspace.slug for one in found)))
    expires = timezone.now() + timedelta(days=options.days) if options.days else None
    person, workspace = chosen[0].user, chosen[0].workspace
    _token, secret = Token.issue(
        user=person, workspace=workspace, name=options.name, scope=options.scope, expires_at=expires
    )
    print(secret)
    return 0


def revoke_token(options: argparse.Namespace) -> int:
    from django.utils import timezone

    from pilothouse.people.models import Token

    rows = Token.objects.filter(user__email__iexact=options.email, hint=options.hint, revoked_at=None)
    count = rows.update(revoked_at=timezone.now())
    if not count:
        raise Misunderstood(
            _("%(email)s has no live token that ends in %(hint)s.") % {"email": options.email, "hint": options.hint}
        )
    return 0
