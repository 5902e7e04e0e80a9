"""Data folders made once a run and copied: bringing a new database up to date takes longer than most tests."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

MAKE = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
"""
PRACTISE = "from pilothouse.practice.load import load_once; load_once()"


def prepared(tmp_path_factory, folder: Path, *, practice: bool) -> Path:
    """Fill `folder` with an up-to-date SQLite database, with the practice product in it where asked."""
    shutil.copytree(made(tmp_path_factory, practice=practice), folder, dirs_exist_ok=True)
    return folder


def made(tmp_path_factory, *, practice: bool) -> Path:
    """The folder that is copied; whichever worker needs it first makes it."""
    base = tmp_path_factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder = base / ("practice" if practice else "empty")
    with (base / f"{folder.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            run(folder, MAKE + (PRACTISE if practice else ""))
    return folder


def run(folder: Path, code: str) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"PILOTHOUSE_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "pilothouse.settings"}
    subprocess.run([sys.executable, "-c", code], env=environment, check=True)
