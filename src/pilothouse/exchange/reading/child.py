"""What parses files of strangers runs as a process of its own, with little memory and time."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from pilothouse.processes import bare_environment

WALL_SECONDS = 90


class ChildFailed(Exception):
    """`code` is how it ended: its own number, a negative one where the system ended it, None where time was up."""

    def __init__(self, code: int | None) -> None:
        super().__init__(f"ended with {code}")
        self.code = code


def ask(script: Path, *arguments: str) -> Any:
    """What the script prints, as JSON. Raises ChildFailed."""
    command = [sys.executable, "-I", "-B", str(script), *arguments]
    try:
        done = subprocess.run(  # noqa: S603 a script of ours
            command, capture_output=True, timeout=WALL_SECONDS, check=False, env=bare_environment()
        )
    except subprocess.TimeoutExpired:
        raise ChildFailed(None) from None
    if done.returncode:
        raise ChildFailed(done.returncode)
    return json.loads(done.stdout)
