"""A backup is one .tar.gz: the database by its own backup tool, the files, and a manifest of SHA-256 sums."""

from __future__ import annotations

import argparse
from pathlib import Path

from pilothouse.commands.acting import Misunderstood, Refused, whole
from pilothouse.commands.speaking import _

NAME = "backup"
HELP = _("write a backup of everything, also while the server runs")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", nargs="?", help=_("where to (default: backups/ under the data folder, named by the time)")
    )
    newest = _("afterwards keep only the newest N of the default folder")
    parser.add_argument("--force", action="store_true", help=_("write over a file that is there"))
    parser.add_argument("--keep", type=whole(1, 9_999), metavar="N", help=newest)


def run(options: argparse.Namespace) -> int:
    from pilothouse.commands.django_setup import setup

    setup()
    from django.conf import settings
    from django.utils import timezone

    from pilothouse import safekeeping

    folder = settings.DATA / "backups"
    target = Path(options.file) if options.file else folder / f"pilothouse-{timezone.now():%Y%m%d-%H%M%S}.tar.gz"
    if target.exists() and not options.force:
        raise Misunderstood(
            _("%(file)s is there already. Name another file, or say --force to write over it.") % {"file": target}
        )
    try:
        safekeeping.backup(target)
    except safekeeping.Refused as error:
        raise Refused(str(error)) from None
    print(target)
    for old in sorted(folder.glob("pilothouse-*.tar.gz"))[: -options.keep] if options.keep else []:
        old.unlink()
    return 0
