"""The server dies in the middle of writing, without a word: whatever it had said yes to is there afterwards, once.
And what is sent many times at once is done once."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
import uuid
from pathlib import Path

import pytest

from tests.postgresql import own_database
from tests.prepared import prepared

ROUNDS, WRITERS = 3, 4
SEED = """
from pilothouse.commands.django_setup import migrate, setup
setup(); migrate()
from pilothouse.people.models import *
user = User.objects.create_user("ann@example.com", None, name="Ann")
harbor = Workspace.objects.create(slug="harbor", name="Harbour")
Membership.objects.create(workspace=harbor, user=user, role=Role.OWNER)
Product.objects.create(workspace=harbor, key="TW", name="Tidewater")
print(Token.issue(user=user, workspace=harbor, name="t", scope="write")[1])
"""


@pytest.fixture
def surroundings(tmp_path, tmp_path_factory):
    """A data folder and a database of its own, of the kind that this run is about."""
    env = {**os.environ, "PILOTHOUSE_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "pilothouse.settings"}
    if url := env.get("DATABASE_URL"):
        env["DATABASE_URL"] = own_database(url, f"kill_{uuid.uuid4().hex[:8]}")
    else:
        prepared(tmp_path_factory, tmp_path, practice=False)
    return env


class Server:
    def __init__(self, env: dict[str, str]) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        command = [sys.executable, "-m", "pilothouse.cli", "serve", "--no-practice", "--port", str(self.port)]
        self.process = subprocess.Popen(command, env=env, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
        self.wait()

    def wait(self) -> None:
        for _ in range(600):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=1)
                return
            except OSError:
                assert self.process.poll() is None, "the server did not start"
                time.sleep(0.1)
        raise AssertionError("the server did not answer")

    def kill(self) -> None:
        """The server, its workers and its job worker, at once: they are a process group of their own."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def call(self, secret: str, path: str, body: dict | None = None, key: str = "") -> dict:
        headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/api/v1/{path}",
            json.dumps(body).encode() if body else None,
            {**headers, **({"Idempotency-Key": key} if key else {})},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)


def write(server: Server, secret: str, said_yes: list[str], unsure: list[str]) -> None:
    """Items one after another, until nobody answers any more."""
    while True:
        title = uuid.uuid4().hex
        try:
            server.call(secret, "products/TW/items", {"kind": "need", "title": title}, key=title)
        except (OSError, urllib.error.HTTPError, ValueError):
            unsure.append(title)
            return
        said_yes.append(title)


def titles(server: Server, secret: str) -> list[str]:
    found, cursor = [], ""
    while cursor is not None:
        page = server.call(secret, f"products/TW/items?limit=200{cursor and '&cursor=' + cursor}")
        found += [item["title"] for item in page["items"]]
        cursor = page["next"]
    return found


def race(server: Server, secret: str, title: str) -> None:
    """Twenty of the same at once make one, and all are told of the same one."""
    told: list[str] = []

    def send() -> None:
        told.append(server.call(secret, "products/TW/items", {"kind": "need", "title": title}, key=title)["ref"])

    senders = [threading.Thread(target=send) for _ in range(20)]
    [sender.start() for sender in senders]
    [sender.join() for sender in senders]
    assert (len(told), len(set(told))) == (20, 1)


def test_what_was_acknowledged_survives_being_killed(surroundings):
    env = surroundings
    secret = subprocess.run([sys.executable, "-c", SEED], env=env, capture_output=True, text=True, check=True).stdout.split()[-1]  # fmt: skip
    said_yes: list[str] = []
    unsure: list[str] = []
    server = Server(env)
    try:
        race(server, secret, "the same twenty times")
        said_yes.append("the same twenty times")
        for _round in range(ROUNDS):
            writers = [threading.Thread(target=write, args=(server, secret, said_yes, unsure)) for _ in range(WRITERS)]
            [writer.start() for writer in writers]
            enough, patience = len(said_yes) + 20, time.monotonic() + 60
            while len(said_yes) < enough and time.monotonic() < patience:
                time.sleep(0.02)
            server.kill()
            [writer.join() for writer in writers]
            assert len(said_yes) >= enough
            server = Server(env)
            for title in unsure:  # the client tries again, as it should: what had been written is not written twice
                server.call(secret, "products/TW/items", {"kind": "need", "title": title}, key=title)
            found = titles(server, secret)
            assert sorted(found) == sorted({*said_yes, *unsure})
    finally:
        server.kill()
    whole(Path(env["PILOTHOUSE_DATA"]) / "pilothouse.sqlite3")


def whole(path: Path) -> None:
    import sqlite3

    if path.exists():
        with sqlite3.connect(path) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
