"""The practice product from the command line: load it, start it over, remove it."""

from __future__ import annotations

import argparse
from typing import Any

from pilothouse.commands.acting import Refused, actor_of
from pilothouse.commands.speaking import _

NAME = "practice"
BEGINS = True
HELP = _("load the practice product, start it over, or remove it")


def arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    for name, function, text in (
        ("load", load, _("load it, and say how to sign in")),
        ("reset", reset, _("start it over: what was changed in it is lost")),
        ("remove", remove, _("remove it, with its workspace and the accounts that belong nowhere else")),
    ):
        actions.add_parser(name, help=text, description=text).set_defaults(action=function)


def run(options: argparse.Namespace) -> int:
    from pilothouse.commands.django_setup import migrate, setup

    setup()
    migrate()
    options.action()
    return 0


def load() -> None:
    from pilothouse.people.models import User, Workspace
    from pilothouse.practice import load as practice

    if Workspace.objects.filter(slug=practice.SLUG).exists():
        raise Refused(_("It is here already: start it over with `practice reset`."))
    emails = [email for email, *_rest in practice.CAST]
    if there := list(User.objects.filter(email__in=emails).values_list("email", flat=True)):
        raise Refused(
            _("%(email)s has a workspace of its own, so the practice product cannot take the name.")
            % {"email": ", ".join(there)}
        )
    email, password = practice.load()
    print(f"Practice product · 练习产品: e-mail {email} · password {password}")


def reset() -> None:
    from pilothouse.practice import life

    for slug in slugs():
        life.reset(owner_of(slug))
        print(_("%(place)s begins again.") % {"place": f"/w/{slug}/"})


def remove() -> None:
    from pilothouse.practice import life

    for slug in slugs():
        life.remove(owner_of(slug))
        print(_("%(place)s is gone.") % {"place": f"/w/{slug}/"})


def slugs() -> list[str]:
    from pilothouse.people.models import Workspace

    found = list(Workspace.objects.filter(practice=True).values_list("slug", flat=True))
    if not found:
        raise Refused(_("There is no practice product."))
    return found


def owner_of(slug: str) -> Any:
    return actor_of(slug, None)
