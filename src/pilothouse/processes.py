"""Processes that compute or read for a stranger: what they are told about the machine."""

from __future__ import annotations

import os

# What an interpreter and its libraries need to start. Keys, passwords and addresses of the server are not among it.
NEEDED = (
    "PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "LD_LIBRARY_PATH", "PYTHONPATH", "PYTHONHOME",
    "PYTHONUTF8", "VIRTUAL_ENV", "SYSTEMROOT", "TEMP",
)  # fmt: skip
# A library of numbers would take memory for every core at once.
ALONE = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


def bare_environment() -> dict[str, str]:
    """The environment of such a process: none of the server's own settings."""
    return {**{name: os.environ[name] for name in NEEDED if name in os.environ}, **ALONE}
