"""Put a backup back, into a data folder and a database that hold nothing yet."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

NAME = "restore"
BEGINS = True
HELP = "restore a backup into an empty data folder"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", help="a backup that `pilothouse backup` wrote")


def run(options: argparse.Namespace) -> int:
    from pilothouse.commands.django_setup import migrate, setup

    setup()
    from pilothouse import safekeeping
    from pilothouse.workbench.upkeep import settle

    try:
        safekeeping.restore(Path(options.file))
    except safekeeping.Refused as error:
        print(error, file=sys.stderr)
        return 1
    migrate()
    settle()
    print("Restored. Start it with: pilothouse serve" + (f" --data {options.data}" if options.data else ""))
    return 0
