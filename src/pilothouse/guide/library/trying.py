"""Trying a method on the page: starts the process that computes, waits a few seconds and not longer."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

from pilothouse.guide.library.typed import MOST_TYPED
from pilothouse.methods import REGISTRY

SECONDS = 10


def tried(id: str, given: Mapping[str, str]) -> dict[str, Any]:
    """{"result"}, or {"code", "field", "row"}, {"unreadable"}, {"broken"}, {"too_long"}, {"too_much"}."""
    typed = {name: given[name].replace("\x00", "") for name in REGISTRY[id].inputs if name in given}
    if sum(map(len, typed.values())) > MOST_TYPED:
        return {"too_much": True}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pilothouse.guide.library.child"],
            input=json.dumps({"id": id, "typed": typed}), capture_output=True, text=True, timeout=SECONDS,
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return {"too_long": True}
    return json.loads(done.stdout) if done.returncode == 0 and done.stdout else {"too_long": True}
