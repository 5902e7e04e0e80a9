"""Serve the workbench: bring the database up to date, say how to sign in, run the web server and the job worker."""

from __future__ import annotations

import argparse
import os
import sys

NAME = "serve"
HELP = "serve the workbench"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (default: 8000)")
    parser.add_argument(
        "--no-practice", action="store_true", help="do not load the practice product on the first start"
    )


def run(options: argparse.Namespace) -> int:
    from pilothouse.commands.django_setup import migrate, setup

    everywhere = options.host in ("0.0.0.0", "::")  # noqa: S104 only compared
    os.environ.setdefault("PILOTHOUSE_URL", f"http://{'127.0.0.1' if everywhere else options.host}:{options.port}")
    setup()
    migrate()
    welcome(options)
    from pilothouse.workbench.worker import Worker

    worker = Worker()
    worker.start()
    try:
        serve(options.host, options.port)
    finally:
        worker.stop()
    return 0


def welcome(options: argparse.Namespace) -> None:
    """Load the practice product on the first start, and say how to sign in."""
    from django.conf import settings

    from pilothouse.people.setup import setup_url
    from pilothouse.practice.load import CAST, load_once, sign_in

    if not options.no_practice:
        load_once()
    print(f"Pilothouse 掌舵 · {settings.PUBLIC_URL}/")
    if practice := sign_in():
        print("  Practice product · 练习产品: e-mail {} · password {}".format(*practice))
        print(f"  The same in Chinese · 中文界面: {CAST[1][0]}, same password · 密码相同")
    if url := setup_url():
        print(f"  Make it your own · 创建自己的工作区: {url}")
    sys.stdout.flush()


def serve(host: str, port: int) -> None:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    Granian(
        "pilothouse.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=2,
        blocking_threads=2,
        websockets=False,
        log_level=LogLevels.warning,
    ).serve()
