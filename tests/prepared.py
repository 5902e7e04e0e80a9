"""Databases made once a run and copied: bringing a new one up to date takes longer than most tests."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests import postgresql

MAKE = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
"""
PRACTISE = "from pilothouse.practice.load import load_once; load_once()"
TEMPLATE = "up_to_date"


def prepared(tmp_path_factory, folder: Path, *, practice: bool) -> Path:
    """Fill `folder` with an up-to-date SQLite database, with the practice product in it where asked."""
    code = MAKE + (PRACTISE if practice else "")
    made = once(tmp_path_factory, "practice" if practice else "empty", lambda fresh: run(code, fresh))
    shutil.copytree(made, folder, dirs_exist_ok=True)
    return folder


def template(tmp_path_factory, url: str) -> str:
    """The name of an up-to-date PostgreSQL database, to create others from; `url` leads to its server."""

    def make(folder: Path) -> None:
        run(MAKE, folder, postgresql.own_database(url, TEMPLATE))

    once(tmp_path_factory, TEMPLATE, make)
    return TEMPLATE


def once(tmp_path_factory, name: str, make: Callable[[Path], None]) -> Path:
    """The folder of that name; whichever worker needs it first makes it."""
    base = tmp_path_factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder = base / name
    with (base / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            make(folder)
    return folder


def run(code: str, data: Path, url: str = "") -> None:
    told = {"PILOTHOUSE_DATA": str(data), "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "pilothouse.settings"}
    subprocess.run([sys.executable, "-c", code], env={**os.environ, **told}, check=True)
