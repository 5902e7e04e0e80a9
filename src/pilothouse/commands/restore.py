"""Put a backup back, into a data folder and a database that hold nothing yet."""

from __future__ import annotations

import argparse

from pilothouse.commands.acting import Refused, file_there
from pilothouse.commands.speaking import _

NAME = "restore"
BEGINS = True
HELP = _("restore a backup into an empty data folder")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=file_there, help=_("a backup that `pilothouse backup` wrote"))


def run(options: argparse.Namespace) -> int:
    from pilothouse.commands.django_setup import migrate, setup

    setup()
    from pilothouse import safekeeping
    from pilothouse.workbench.upkeep import settle

    try:
        safekeeping.restore(options.file)
    except safekeeping.Refused as error:
        raise Refused(str(error)) from None
    migrate()
    settle()
    start = "pilothouse serve" + (f" --data {options.data}" if options.data else "")
    print(_("Restored. Start it with: %(command)s") % {"command": start})
    return 0
