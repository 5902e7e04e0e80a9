"""Serve the workbench: bring the database up to date, say how to sign in, run the web server and the job worker."""

from __future__ import annotations

import argparse
import errno
import os
import socket
import sys
import threading

from pilothouse.commands.acting import Refused, whole
from pilothouse.commands.speaking import _

NAME = "serve"
BEGINS = True
HELP = _("serve the workbench")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help=_("address to listen on (default: 127.0.0.1)"))
    parser.add_argument("--port", type=whole(1, 65_535), default=8000, help=_("port to listen on (default: 8000)"))
    parser.add_argument(
        "--no-practice", action="store_true", help=_("do not load the practice product on the first start")
    )


def run(options: argparse.Namespace) -> int:
    from pilothouse.commands.django_setup import migrate, setup

    address = listening(options.host, options.port)
    os.environ.setdefault("PILOTHOUSE_URL", local_url(options.host, options.port))
    setup()
    migrate()
    welcome(options)
    from pilothouse.exchange.tidying import tidy_daily
    from pilothouse.workbench.worker import Worker

    worker, over = Worker(), threading.Event()
    worker.start()
    threading.Thread(target=tidy_daily, args=(over,), name="old uploads", daemon=True).start()
    try:
        serve(address, options.port)
    finally:
        over.set()
        worker.stop()
    return 0


def listening(host: str, port: int) -> str:
    """The number of the address, tried: the web server itself shares a port without a word, and half of the requests
    would go to the other one. Raises Refused."""
    try:
        family, *_rest, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(place)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise Refused(
                _("Port %(port)s is taken already: is it running? Choose another with --port.") % {"port": port}
            ) from None
        raise Refused(
            _("Nothing can listen on %(host)s, port %(port)s: %(reason)s.")
            % {"host": host, "port": port, "reason": error.strerror}
        ) from None
    return str(place[0])


def local_url(host: str, port: int) -> str:
    everywhere = host in ("0.0.0.0", "::")  # noqa: S104 only compared
    name = "127.0.0.1" if everywhere else f"[{host}]" if ":" in host else host
    return f"http://{name}:{port}"


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
        blocking_threads=4,  # those who wait to write leave some to those who read
        websockets=False,
        log_level=LogLevels.warning,
    ).serve()
