"""Serve the workbench: bring the database up to date, say how to sign in, run the web server and the job worker."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys

NAME = "serve"
HELP = "serve the workbench"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (default: 8000)")


def run(options: argparse.Namespace) -> int:
    from pilothouse.commands.django_setup import migrate, setup

    os.environ.setdefault("PILOTHOUSE_URL", f"http://{options.host}:{options.port}")
    setup()
    migrate()
    worker = subprocess.Popen([sys.executable, "-m", "django", "db_worker", "--no-startup-delay"])
    try:
        serve(options.host, options.port)
    finally:
        worker.terminate()
        worker.wait(timeout=10)
    return 0


def serve(host: str, port: int) -> None:
    from granian import Granian
    from granian.constants import Interfaces

    Granian(
        "pilothouse.wsgi:application", address=host, port=port, interface=Interfaces.WSGI, blocking_threads=8
    ).serve()
