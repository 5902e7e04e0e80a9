"""The command line, run as a person runs it: a process of its own on a data folder of its own."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from pilothouse import safekeeping
from tests.prepared import prepared

OTHERS = ("DATABASE_URL", "PILOTHOUSE_DATA", "LANGUAGE")
CLEAN = {name: value for name, value in os.environ.items() if name not in OTHERS} | {"LC_ALL": "C.UTF-8"}
PEOPLE = """
from pilothouse.people.access import Actor
from pilothouse.people.models import *
from pilothouse.workbench.writing import actions
w = Workspace.objects.create(slug="harbor", name="Harbour Lines")
u = User.objects.create_user("alice@example.com", "the 7:40 boat", name="Alice")
Membership.objects.create(workspace=w, user=u, role="owner")
p = Product.objects.create(workspace=w, key="TW", name="Tidewater")
actions.create(Actor(u, w, Role.OWNER), p, "feedback", {"title": "连接不上", "body": "在电梯里"})
"""


def pilothouse(data: Path, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "pilothouse.cli", *arguments[:1], "--data", str(data), *arguments[1:]],
        input=stdin, capture_output=True, text=True, env=CLEAN, check=False,
    )  # fmt: skip


def python(data: Path, code: str) -> str:
    setup = "import django; django.setup()\n"
    done = subprocess.run(
        [sys.executable, "-c", setup + code],
        env={**CLEAN, "PILOTHOUSE_DATA": str(data), "DJANGO_SETTINGS_MODULE": "pilothouse.settings"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    python(prepared(tmp_path_factory, folder, practice=False), PEOPLE)
    return folder


@pytest.fixture(scope="module")
def backup(data, tmp_path_factory) -> bytes:
    archive = tmp_path_factory.mktemp("backup") / "backup.tar.gz"
    assert pilothouse(data, "backup", str(archive)).returncode == 0
    return archive.read_bytes()


def test_help_needs_no_django():
    code = "import sys, pilothouse.cli as c; c.parser(); assert 'django' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, env=CLEAN)


def test_it_speaks_the_language_of_the_shell(tmp_path):
    command = [sys.executable, "-m", "pilothouse.cli", "import", "--help"]
    said = {
        shell: subprocess.run(command, env=CLEAN | {"LC_ALL": shell}, capture_output=True, text=True, check=True).stdout
        for shell in ("zh_CN.UTF-8", "de_DE.UTF-8")
    }
    assert "用法：pilothouse import" in said["zh_CN.UTF-8"]
    assert "用哪些列区分各行" in said["zh_CN.UTF-8"]
    assert "the columns that tell rows apart" in said["de_DE.UTF-8"]


def test_a_token_is_printed_once_and_revoked_by_its_end(data):
    printed = pilothouse(data, "token", "create", "--email", "Alice@example.com", "--scope", "write")
    secret = printed.stdout.strip()
    assert printed.returncode == 0, printed.stderr
    assert secret.startswith("pht_")
    assert secret not in python(data, "from pilothouse.people.models import *\nprint(Token.objects.values_list())")
    assert pilothouse(data, "token", "revoke", "--email", "alice@example.com", secret[-4:]).returncode == 0
    nobody = pilothouse(data, "token", "create", "--email", "nobody@example.com")
    assert (nobody.returncode, nobody.stdout) == (2, "")


GUESSES = """
from django.test import Client
form = {"login": "alice@example.com", "password": "guess"}
pages = [Client().post("/accounts/login/", form, headers={"host": "127.0.0.1"}).text for _ in range(3)]
print(sum("do not belong together" in page for page in pages), sum("Too many attempts" in page for page in pages))
"""


def test_guesses_are_counted_over_all_processes(data):
    assert [python(data, GUESSES).split() for _ in range(3)] == [["3", "0"], ["2", "1"], ["0", "3"]]


def test_the_data_folder_may_be_named_behind_the_action(data, tmp_path):
    made = ["token", "create", "--data", str(data), "--email", "alice@example.com"]
    done = subprocess.run(
        [sys.executable, "-m", "pilothouse.cli", *made], capture_output=True, text=True, env=CLEAN, check=False
    )
    assert done.stdout.startswith("pht_")
    elsewhere = pilothouse(tmp_path, "token", "create", "--email", "alice@example.com")
    assert str(tmp_path) in elsewhere.stderr


def test_a_taken_port_is_not_shared_in_silence(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        done = pilothouse(tmp_path, "serve", "--port", str(other.getsockname()[1]))
    assert done.returncode == 1
    assert "is taken" in done.stderr


def test_what_cannot_be_done_is_said_in_words_and_leaves_nothing_behind(data, tmp_path):
    sheet, token = str(tmp_path / "x.csv"), ["token", "create", "--email", "alice@example.com"]
    for code, words, *arguments in (
        (2, "--kind is one of", "export", sheet, "--product", "tw"),
        (2, "there is no file missing.csv", "import", "missing.csv", "--product", "TW", "--kind", "feedback"),
        (2, "--workspace is one of: harbor", *token, "--workspace", "port"),
        (1, "Nothing can listen on 203.0.113.1", "serve", "--host", "203.0.113.1"),
        (2, "no whole number from 1", *token, "--days", "0"),
    ):
        done = pilothouse(data, *arguments)
        assert (done.returncode, words in done.stderr, "Traceback" in done.stderr) == (code, True, False), done.stderr
    mistyped = pilothouse(tmp_path / "dat", "doctor")
    assert (mistyped.returncode, "There is nothing in" in mistyped.stderr) == (2, True)
    assert not any(tmp_path.iterdir())


def test_passwords_are_checked_and_accounts_switched_off(data):
    assert pilothouse(data, "user", "password", "alice@example.com", stdin="short\n").returncode == 2
    assert pilothouse(data, "user", "password", "alice@example.com", stdin="the 8:10 boat\n").returncode == 0
    pilothouse(data, "user", "disable", "alice@example.com")
    assert "disabled" in pilothouse(data, "user", "list").stdout
    pilothouse(data, "user", "enable", "alice@example.com")
    assert "disabled" not in pilothouse(data, "user", "list").stdout


def test_the_doctor_finds_and_mends_a_gap_in_the_index(data):
    python(data, "from django.db import connection as c\nc.cursor().execute('DELETE FROM workbench_search')")
    assert "1 items are not indexed" in pilothouse(data, "doctor").stdout
    assert "rebuilt" in pilothouse(data, "doctor", "--fix").stdout
    assert "search: complete" in pilothouse(data, "doctor").stdout


def test_a_backup_restores_into_an_empty_folder_and_nowhere_else(data, tmp_path):
    (data / "files" / "ab").mkdir(parents=True)
    (data / "files" / "ab" / "picture").write_bytes(b"\x89PNG")
    archive = tmp_path / "backup.tar.gz"
    archive.write_text("mine")
    over = pilothouse(data, "backup", str(archive))
    assert (over.returncode, "is there already" in over.stderr, archive.read_text()) == (2, True, "mine")
    assert pilothouse(data, "backup", "--force", str(archive)).returncode == 0
    dump = "from pilothouse.workbench.models import *\nprint([str(i) + i.body for i in Item.objects.all()])"
    before = python(data, dump)

    empty = tmp_path / "empty"
    killed, working = empty / "unfinished-restore-1", empty / "unfinished-restore-2"
    for left in (killed, working):
        left.mkdir(parents=True)
        (left / safekeeping.LOCK).touch()
    with (working / safekeeping.LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        restored = pilothouse(empty, "restore", str(archive))
    assert (killed.exists(), working.exists()) == (False, True)
    shutil.rmtree(working)
    assert restored.returncode == 0, restored.stderr
    assert python(empty, dump) == before != "[]\n"
    assert (empty / "files" / "ab" / "picture").read_bytes() == b"\x89PNG"
    assert (empty / "secret-key").read_text() == (data / "secret-key").read_text()
    assert "ok  integrity: ok, 0 broken references" in pilothouse(empty, "doctor").stdout
    again = pilothouse(empty, "restore", str(archive))
    assert (again.returncode, "holds people already" in again.stderr) == (1, True)


def test_a_file_that_grows_or_goes_during_a_backup_spoils_nothing(tmp_path, monkeypatch):
    """As an upload does, or one that is tidied away: the sum is that of the bytes that are in the archive."""
    grows = tmp_path / "upload"
    grows.write_bytes(b"row\n" * 50_000)

    class Busy(safekeeping.Summed):
        def read(self, size: int = -1) -> bytes:
            with grows.open("ab") as more:
                more.write(b"one more\n")
            return super().read(size)

    monkeypatch.setattr(safekeeping, "Summed", Busy)
    with tarfile.open(tmp_path / "b.tar.gz", "w:gz") as archive:
        sums = [safekeeping.add(archive, f"files/{path.name}", path) for path in (grows, tmp_path / "gone")]
    with tarfile.open(tmp_path / "b.tar.gz") as archive:
        kept = archive.extractfile("files/upload").read()
        assert archive.getnames() == ["files/upload"]
    assert sums == [hashlib.sha256(kept).hexdigest(), ""]


@pytest.mark.parametrize("damage", ["truncated", "text", "changed", "newer"])
def test_damaged_and_newer_backups_are_refused_in_words(backup, tmp_path, damage):
    archive = tmp_path / "backup.tar.gz"
    archive.write_bytes(backup)
    spoil(archive, damage, tmp_path)
    refused = pilothouse(tmp_path / "empty", "restore", str(archive))
    assert refused.returncode == 1
    assert "Traceback" not in refused.stderr
    assert refused.stderr.strip()
    assert not (tmp_path / "empty" / "pilothouse.sqlite3").exists() or "people_user" not in python(
        tmp_path / "empty", "from django.db import connection as c\nprint(c.introspection.table_names())"
    )


def spoil(archive: Path, damage: str, folder: Path) -> None:
    if damage == "truncated":
        archive.write_bytes(archive.read_bytes()[:1000])
        return
    if damage == "text":
        archive.write_text("not an archive")
        return
    inside = folder / "inside"
    with tarfile.open(archive) as old:
        old.extractall(inside, filter="data")
    if damage == "changed":
        (inside / "database.sqlite3").write_bytes(b"x")
    else:
        manifest = json.loads((inside / "manifest.json").read_text())
        (inside / "manifest.json").write_text(json.dumps({**manifest, "version": "99.0"}))
    with tarfile.open(archive, "w:gz") as new:
        new.add(inside, ".")
