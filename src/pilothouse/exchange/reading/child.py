"""What parses files of strangers runs as a process of its own, with little memory and time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

WALL_SECONDS = 90
# A library of numbers would take memory for every core at once.
ALONE = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


class ChildFailed(Exception):
    """`code` is how it ended: its own number, a negative one where the system ended it, None where time was up."""

    def __init__(self, code: int | None) -> None:
        super().__init__(f"ended with {code}")
        self.code = code


def ask(script: Path, *arguments: str) -> Any:
    """What the script prints, as JSON. Raises ChildFailed."""
    command = [sys.executable, "-I", "-B", str(script), *arguments]
    environment = {**os.environ, **ALONE}
    try:
        done = subprocess.run(  # noqa: S603 a script of ours
            command, capture_output=True, timeout=WALL_SECONDS, check=False, env=environment
        )
    except subprocess.TimeoutExpired:
        raise ChildFailed(None) from None
    if done.returncode:
        raise ChildFailed(done.returncode)
    return json.loads(done.stdout)
