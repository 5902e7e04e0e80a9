"""The command line. Arguments are read before Django is imported, so that --help answers at once.

A command is a module of `pilothouse.commands` with `NAME`, `HELP`, `arguments(parser)` and `run(options) -> int`;
one that needs no data to be there says `BEGINS = True`.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from pilothouse import __version__, commands
from pilothouse.commands.acting import Refused
from pilothouse.commands.speaking import _


def main(argv: list[str] | None = None) -> int:
    options = parser().parse_args(argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pilothouse.settings")
    if options.data:
        os.environ["PILOTHOUSE_DATA"] = str(Path(options.data).resolve())
    if not options.begins and (empty := nothing_there()):
        return say(empty, 2)
    try:
        return options.run(options) or 0
    except Refused as error:
        return say(str(error), error.code)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 141
    except Exception as error:
        if refusal := said(error):
            return say(refusal, 1)
        raise


def nothing_there() -> str:
    """A mistyped folder is named, rather than a new database made in it."""
    data = Path(os.environ.get("PILOTHOUSE_DATA", "data")).resolve()
    if os.environ.get("DATABASE_URL") or (data / "pilothouse.sqlite3").exists():
        return ""
    empty = _("There is nothing in %(folder)s yet (see --data): start it there once with `pilothouse serve`.")
    return empty % {"folder": data}


def said(error: Exception) -> str:
    """What the machine, the database or the settings refuse, in words; empty where it is a fault of our own."""
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename2 or error.filename or _('The system')}: {error.strerror}."
    if (database := sys.modules.get("django.db.utils")) and isinstance(error, database.OperationalError):
        return _("The database refuses: %(reason)s") % {"reason": error}
    if (core := sys.modules.get("django.core.exceptions")) and isinstance(error, core.ImproperlyConfigured):
        return str(error)
    return ""


def say(refusal: str, code: int) -> int:
    print(refusal, file=sys.stderr)
    return code


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="pilothouse", description=_("Be your own product manager."))
    top.add_argument(
        "--version",
        action="version",
        version=f"pilothouse {__version__}",
        help=_("show program's version number and exit"),
    )
    choices = top.add_subparsers(title=_("commands"), metavar="COMMAND", required=True)
    for command in commands.ALL:
        sub = choices.add_parser(command.NAME, help=command.HELP, description=command.HELP)
        command.arguments(sub)
        takes_data(sub)
        sub.set_defaults(run=command.run, begins=getattr(command, "BEGINS", False))
    return top


def takes_data(command: argparse.ArgumentParser, **default: Any) -> None:
    """--data may stand before a command's action and behind it; what is not said there says nothing."""
    where = _("where everything is stored (default: ./data or PILOTHOUSE_DATA)")
    command.add_argument("--data", metavar="DIR", help=where, **default)
    for choice in command._actions:
        for action in choice.choices.values() if isinstance(choice, argparse._SubParsersAction) else ():
            takes_data(action, default=argparse.SUPPRESS)


if __name__ == "__main__":
    raise SystemExit(main())
