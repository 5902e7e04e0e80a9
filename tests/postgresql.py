"""A PostgreSQL server for one test run: its own folder, no network, thrown away afterwards."""

from __future__ import annotations

import contextlib
import glob
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql


@dataclass
class Server:
    folder: Path
    process: subprocess.Popen
    url: str

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT)  # a plain SIGTERM would wait for every client
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def binaries() -> Path:
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"), key=lambda name: int(name.split("/")[4]))
    path = found[-1] if found else shutil.which("initdb")
    if not path:
        raise SystemExit("PostgreSQL's server is not installed (Debian: apt-get install postgresql).")
    return Path(path).resolve().parent


def start() -> Server:
    folder = Path(tempfile.mkdtemp(prefix="pilothouse-pg-"))
    account = unprivileged()
    if account:
        os.chown(folder, account["user"], account["group"])
    where = binaries()
    subprocess.run(
        [where / "initdb", "-D", folder / "data", "-U", "pilothouse", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale", "C.UTF-8"],
        check=True, stdout=subprocess.DEVNULL, cwd="/", **account,
    )  # fmt: skip
    options = [
        "-c",
        "listen_addresses=",
        "-c",
        "fsync=off",
        "-c",
        "synchronous_commit=off",
        "-c",
        "full_page_writes=off",
    ]
    process = subprocess.Popen(
        [where / "postgres", "-D", folder / "data", "-k", folder, *options],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/", **account,
    )  # fmt: skip
    url = f"postgresql://pilothouse@/postgres?host={folder}"
    wait_for(url, process)
    return Server(folder, process, url)


def unprivileged() -> dict:
    """PostgreSQL refuses to run as root: as root, become the packaged account or nobody."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            account = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    return {}


def wait_for(url: str, process: subprocess.Popen) -> None:
    """Until it takes a connection: its socket is there sooner than it is ready."""
    for _ in range(600):
        with contextlib.suppress(psycopg.OperationalError), psycopg.connect(url):
            return
        if process.poll() is not None:
            break
        time.sleep(0.1)
    raise SystemExit("PostgreSQL did not start.")


def own_database(url: str, name: str) -> str:
    """Create an empty database beside the one `url` leads to; its address."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    head, _, query = url.partition("?")
    return f"{head.rpartition('/')[0]}/{name}{'?' + query if query else ''}"
