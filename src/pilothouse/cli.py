"""The command line. Arguments are read before Django is imported, so that --help answers at once.

A command is a module of `pilothouse.commands` with `NAME`, `HELP`, `arguments(parser)` and `run(options) -> int`.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from pilothouse import __version__, commands


def main(argv: list[str] | None = None) -> int:
    options = parser().parse_args(argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pilothouse.settings")
    if options.data:
        os.environ["PILOTHOUSE_DATA"] = str(Path(options.data).resolve())
    try:
        return options.run(options) or 0
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 141


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="pilothouse", description="Be your own product manager.")
    top.add_argument("--version", action="version", version=f"pilothouse {__version__}")
    choices = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in commands.ALL:
        sub = choices.add_parser(command.NAME, help=command.HELP, description=command.HELP)
        command.arguments(sub)
        takes_data(sub)
        sub.set_defaults(run=command.run)
    return top


def takes_data(command: argparse.ArgumentParser, **default: Any) -> None:
    """--data may stand before a command's action and behind it; what is not said there says nothing."""
    where = "where everything is stored (default: ./data or PILOTHOUSE_DATA)"
    command.add_argument("--data", metavar="DIR", help=where, **default)
    for choice in command._actions:
        for action in choice.choices.values() if isinstance(choice, argparse._SubParsersAction) else ():
            takes_data(action, default=argparse.SUPPRESS)


if __name__ == "__main__":
    raise SystemExit(main())
