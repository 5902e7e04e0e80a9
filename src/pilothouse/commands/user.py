"""People from the command line, for the day nobody can sign in."""

from __future__ import annotations

import argparse
import getpass
import sys
from typing import Any

from pilothouse.commands.acting import Misunderstood
from pilothouse.commands.speaking import _

NAME = "user"
HELP = _("list people, set a password, or switch an account off or on")


def arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    actions.add_parser("list", help=_("everyone, with their workspaces")).set_defaults(action=list_people)
    for name, function, text in (
        ("password", set_password, _("set a password (asked for, or read from standard input)")),
        ("disable", disable, _("switch an account off: its sessions and tokens end")),
        ("enable", enable, _("switch an account on again")),
    ):
        sub = actions.add_parser(name, help=text, description=text)
        sub.add_argument("email", help=_("the address the person signs in with"))
        sub.set_defaults(action=function)


def run(options: argparse.Namespace) -> int:
    from pilothouse.commands.django_setup import migrate, setup

    setup()
    migrate()
    return options.action(options)


def list_people(options: argparse.Namespace) -> int:
    from pilothouse.people.models import User

    for person in User.objects.prefetch_related("memberships__workspace").order_by("email"):
        places = ", ".join(f"{m.workspace.slug} ({m.role})" for m in person.memberships.all())
        print(f"{person.email}\t{'' if person.is_active else _('disabled') + ' '}{places}")
    return 0


def set_password(options: argparse.Namespace) -> int:
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    person = find(options.email)
    password = getpass.getpass(_("New password: ")) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise Misunderstood("\n".join(error.messages)) from None
    person.set_password(password)
    person.save()
    return 0


def disable(options: argparse.Namespace) -> int:
    return set_active(options.email, False)


def enable(options: argparse.Namespace) -> int:
    return set_active(options.email, True)


def set_active(email: str, active: bool) -> int:
    person = find(email)
    person.is_active = active
    person.save(update_fields=["is_active"])
    return 0


def find(email: str) -> Any:
    from pilothouse.people.models import User

    person = User.objects.filter(email__iexact=email).first()
    if person is None:
        raise Misunderstood(_("There is no account with the address %(email)s.") % {"email": email})
    return person
