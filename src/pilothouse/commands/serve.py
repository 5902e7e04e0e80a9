"""Serve the workbench: bring the database up to date, say how to sign in, run the web server and the job worker."""

from __future__ import annotations

import argparse
import errno
import os
import socket
import sys
import threading

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
    if taken(options.host, options.port):
        print(f"Port {options.port} is taken already: is it running? Choose another with --port.", file=sys.stderr)
        return 1
    os.environ.setdefault("PILOTHOUSE_URL", f"http://{'127.0.0.1' if everywhere else options.host}:{options.port}")
    setup()
    migrate()
    welcome(options)
    from pilothouse.exchange.tidying import tidy_daily
    from pilothouse.workbench.worker import Worker

    worker, over = Worker(), threading.Event()
    worker.start()
    threading.Thread(target=tidy_daily, args=(over,), name="old uploads", daemon=True).start()
    try:
        serve(options.host, options.port)
    finally:
        over.set()
        worker.stop()
    return 0


def taken(host: str, port: int) -> bool:
    """The web server itself shares a port without a word, and half of the requests would go to the other one."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return error.errno == errno.EADDRINUSE
    return False


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
    print("  Stop it with Ctrl-C; everything is kept. · 按 Ctrl-C 停止，数据都会保留。")
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
