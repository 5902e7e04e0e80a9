"""Time the pages at 100,000 items beside the floor. See README.md here."""

from __future__ import annotations

import argparse
import contextlib
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from bench.http import TIMEOUT, Client, Request, Timing, from_file

PORT = 8977
BASE = f"http://127.0.0.1:{PORT}"
BOUNDS = {
    "list of 50": 4, "table of 50": 5, "item page": 4, "thread page": 4, "search en": 4, "search zh": 4,
    "search zh, common": 4, "board of 200": 8, "product home": 8, "guide": 13, "chapter": 7,
    "create": 3, "change of state": 3,
}  # fmt: skip


def main() -> None:
    options = arguments()
    if options.server:
        client, requests = from_file(options.server)
        report(client, requests, options.rounds)
        return
    with tempfile.TemporaryDirectory(prefix="pilothouse-bench-") as folder, database(options.database) as url:
        environment = {
            **os.environ, "PILOTHOUSE_DATA": folder, "PILOTHOUSE_URL": BASE, "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "bench.settings", "PYTHONPATH": str(Path.cwd()),
        }  # fmt: skip
        prepare = [sys.executable, "-m", "bench.prepare", str(options.items)]
        made = subprocess.run(prepare, env=environment, check=True, stdout=subprocess.PIPE, text=True)
        cookie, csrf, *known = made.stdout.split()
        with serving(environment):
            print(f"{options.items:,} items, {options.database}, {options.rounds} rounds, times in ms")
            client = Client(
                BASE, {"Cookie": f"sessionid={cookie}; csrftoken={csrf}", "X-CSRFToken": csrf, "Referer": BASE}
            )
            report(client, requests_for(*known), options.rounds)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--database", default="sqlite", choices=["sqlite", "postgresql"])
    parser.add_argument("--server", type=Path, metavar="FILE.toml", help="time another server instead")
    return parser.parse_args()


@contextlib.contextmanager
def database(kind: str) -> Iterator[str]:
    if kind == "sqlite":
        yield ""
        return
    from tests import postgresql

    server = postgresql.start()
    try:
        yield server.url
    finally:
        server.stop()


@contextlib.contextmanager
def serving(environment: dict[str, str]) -> Iterator[None]:
    process = subprocess.Popen(
        [sys.executable, "-m", "pilothouse.cli", "serve", "--port", str(PORT), "--no-practice"],
        env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        for _ in range(300):
            with contextlib.suppress(OSError), urllib.request.urlopen(f"{BASE}/healthz", timeout=2):
                break
            time.sleep(0.2)
        yield
    finally:
        process.terminate()
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def requests_for(token: str, requirement: str, task: str) -> list[Request]:
    product = "/w/bench/PH"
    bearer = {"Authorization": f"Bearer {token}"}
    json = "application/json"
    return [
        Request("plain", "/bench/plain"),
        Request("bare", "/bench/bare"),
        Request("floor", "/w/bench/bench/floor"),
        Request("list of 50", f"{product}/feedback/?view=list"),
        Request("table of 50", f"{product}/feedback/?view=table"),
        Request("item page", f"/w/bench/{requirement}"),
        Request("thread page", f"/w/bench/{requirement}/thread"),
        Request("search en", "/w/bench/search?q=ferry timetable"),
        Request("search zh", "/w/bench/search?q=误船"),
        Request("search zh, common", "/w/bench/search?q=连接"),
        Request("board of 200", f"{product}/task/?view=board"),
        Request("product home", f"{product}/"),
        Request("guide", "/w/bench/guide"),
        Request("chapter", "/w/bench/guide/3"),
        Request(
            "create", "/api/v1/products/PH/items", "POST",
            lambda n: f'{{"kind": "task", "title": "Task {n}"}}', json, bearer,
        ),
        Request(
            "change of state", f"/api/v1/items/{task}", "PATCH",
            lambda n: '{"state": "%s"}' % ("doing" if n % 2 else "todo"), json, bearer,
        ),
    ]  # fmt: skip


def report(client: Client, requests: list[Request], rounds: int) -> None:
    """One line for each request, as soon as it is measured, in turns with the floor."""
    print(f"{'request':<20}{'p50':>8}{'p95':>8}{'x floor':>9}{'bound':>7}{'KB':>8}  status", flush=True)
    floor = next((request for request in requests if request.name == "floor"), None)
    for request in requests:
        try:
            found = client.time([request, *([floor] if floor else [])], rounds)
        except TimeoutError:
            print(f"{request.name:<20} no answer within {TIMEOUT} s: {request.method} {request.path}", flush=True)
            client.connect()
            continue
        print(line(*found), flush=True)


def line(timing: Timing, floor: Timing | None = None) -> str:
    ratio = f"{timing.at(0.5) / floor.at(0.5):.1f}" if floor else ""
    bound = BOUNDS.get(timing.name, "")
    figures = f"{timing.at(0.5):>8.1f}{timing.at(0.95):>8.1f}{ratio:>9}{bound:>7}{timing.size / 1024:>8.1f}"
    return f"{timing.name:<20}{figures}  {timing.status}"


if __name__ == "__main__":
    main()
