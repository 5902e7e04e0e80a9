"""Trying a method on the page: starts the process that computes, waits a few seconds and not longer."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from threading import Lock
from typing import Any

from pilothouse.guide.library.typed import MOST_TYPED
from pilothouse.methods import REGISTRY
from pilothouse.processes import bare_environment

SECONDS = 10
TURN = 1  # how long one waits for somebody else's numbers
ONE = Lock()  # one at a time: a server has few threads, and everybody else's pages need them


def tried(id: str, given: Mapping[str, str]) -> dict[str, Any]:
    """{"result"}, or {"code", "field", "row"}, {"unreadable"}, {"broken"}, {"too_long"}, {"too_much"}, {"busy"}."""
    typed = {name: given[name].replace("\x00", "") for name in REGISTRY[id].inputs if name in given}
    if sum(map(len, typed.values())) > MOST_TYPED:
        return {"too_much": True}
    if not ONE.acquire(timeout=TURN):
        return {"busy": True}
    try:
        return computed(id, typed)
    finally:
        ONE.release()


def computed(id: str, typed: Mapping[str, str]) -> dict[str, Any]:
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pilothouse.guide.library.child"],
            input=json.dumps({"id": id, "typed": typed}), capture_output=True, text=True, timeout=SECONDS,
            env=bare_environment(), check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return {"too_long": True}
    return json.loads(done.stdout) if done.returncode == 0 and done.stdout else {"too_long": True}
