"""Backup and restore. A live copy of a database file is not a backup: SQLite's own backup interface and pg_dump are."""

from __future__ import annotations

import fcntl
import hashlib
import io
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from pilothouse import __version__

FORMAT = 1
SQLITE, POSTGRESQL = "database.sqlite3", "database.pgdump"
LOCK = "at-work.lock"


class Refused(Exception):
    """A backup that cannot be made or restored, and why."""


def backup(target: Path) -> None:
    """Write everything to `target`; the file appears whole or not at all."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with room(target.parent, "unfinished-backup-") as folder:
            partial = folder / "backup.tar.gz"
            write(partial, dump_database(folder))
            partial.chmod(0o600)
            partial.replace(target)
    except (OSError, sqlite3.Error) as error:
        reason = getattr(error, "strerror", None) or error
        raise Refused(_("The backup cannot be written: %(reason)s") % {"reason": reason}) from None


@contextmanager
def room(parent: Path, name: str) -> Iterator[Path]:
    """A folder for what is half done. One that a killed run left behind, known by its lock, is cleared away first."""
    for left in parent.glob(f"{name}*"):
        with suppress(OSError), (left / LOCK).open("r+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(left)
    with tempfile.TemporaryDirectory(prefix=name, dir=parent) as made, (Path(made) / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield Path(made)


def write(partial: Path, dump: Path) -> None:
    """The manifest comes last: a sum is that of the very bytes that went in, whatever happens to a file meanwhile."""
    with tarfile.open(partial, "w:gz", compresslevel=6) as archive:
        added = {name: add(archive, name, path) for name, path in [(dump.name, dump), *kept_files()]}
        manifest = {
            "format": FORMAT,
            "version": __version__,
            "made_at": timezone.now().isoformat(),
            "files": {name: found for name, found in added.items() if found},
        }
        add_bytes(archive, "manifest.json", json.dumps(manifest, indent=1).encode())
    with partial.open("rb") as file:
        os.fsync(file.fileno())


def kept_files() -> list[tuple[str, Path]]:
    key = settings.DATA / "secret-key"
    media = sorted(path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())
    return [
        *([("secret-key", key)] if key.exists() else []),
        *((f"files/{path.relative_to(settings.MEDIA_ROOT).as_posix()}", path) for path in media),
    ]


class Summed:
    """A file that is summed up while it is read."""

    def __init__(self, file: BinaryIO) -> None:
        self.file, self.sum = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        part = self.file.read(size)
        self.sum.update(part)
        return part


def add(archive: tarfile.TarFile, name: str, path: Path) -> str:
    """Add a file with as much as it holds now, while it may be written to; its sum, or "" where it is gone."""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return ""
    with file:
        read = Summed(file)
        archive.addfile(archive.gettarinfo(arcname=name, fileobj=file), read)
    return read.sum.hexdigest()


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def add_bytes(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size = len(content)
    archive.addfile(info, io.BytesIO(content))


def dump_database(folder: Path) -> Path:
    if connection.vendor == "sqlite":
        target = folder / SQLITE
        with closing(sqlite3.connect(target)) as copy:
            connection.ensure_connection()
            connection.connection.backup(copy)
        return target
    target = folder / POSTGRESQL
    run_postgresql("pg_dump", "--format=custom", "--no-owner", f"--file={target}")
    return target


def run_postgresql(tool: str, *arguments: str) -> None:
    """Run one of PostgreSQL's own tools on this database; the password goes by the environment, never the arguments."""
    given = connection.settings_dict
    path = shutil.which(tool)
    if path is None:
        raise Refused(_("%(tool)s is not installed; it comes with PostgreSQL's client tools.") % {"tool": tool})
    environment = {**os.environ, **({"PGPASSWORD": given["PASSWORD"]} if given["PASSWORD"] else {})}
    options = {"--host": given["HOST"], "--port": given["PORT"], "--username": given["USER"], "--dbname": given["NAME"]}
    command = [path, *(f"{name}={value}" for name, value in options.items() if value), *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 our own tool and settings
    if done.returncode:
        raise Refused(_("%(tool)s failed: %(reason)s") % {"tool": tool, "reason": done.stderr.strip()[-500:]})


def restore(source: Path) -> None:
    """Put a backup back. Refuses what is damaged, newer than this program, or would overwrite anything."""
    refuse_unless_empty()
    with room(settings.DATA, "unfinished-restore-") as folder:
        unpack(source, folder)
        check(folder)
        if (folder / SQLITE).exists() != (connection.vendor == "sqlite"):
            raise Refused(
                _("The backup is of another kind of database; use `pilothouse export` and `import` to change over.")
            )
        connection.close()
        put_back(folder)


def refuse_unless_empty() -> None:
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        if "people_user" in tables:
            cursor.execute("SELECT count(*) FROM people_user")
            if cursor.fetchone()[0]:
                raise Refused(_("The database holds people already; restore into an empty data folder and database."))


def unpack(source: Path, folder: Path) -> None:
    try:
        with tarfile.open(source, "r:gz") as archive:
            archive.extractall(folder, filter="data")
    except (OSError, EOFError, tarfile.TarError) as error:
        reason = getattr(error, "strerror", None) or error
        words = _("%(file)s cannot be read as a backup: %(reason)s") % {"file": source, "reason": reason}
        raise Refused(words) from None


def check(folder: Path) -> None:
    try:
        manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text())
        files = manifest["files"]
        made_with, form = manifest["version"], int(manifest["format"])
    except (OSError, ValueError, KeyError, TypeError):
        raise Refused(_("This is not a backup: its manifest is missing or unreadable.")) from None
    if form > FORMAT or numbers(made_with) > numbers(__version__):
        words = _("The backup was made by version %(made)s, which is newer than this one (%(own)s).")
        raise Refused(words % {"made": made_with, "own": __version__})
    for name, expected in files.items():
        path = folder / name
        if not path.is_file() or sha256(path) != expected:
            raise Refused(_("The backup is damaged: %(name)s is missing or differs.") % {"name": name})


def numbers(version: str) -> list[int]:
    return [int(part) for part in version.split(".") if part.isdecimal()]


def put_back(folder: Path) -> None:
    """The database last: until it is there, nothing is, and a restore that was interrupted is begun anew."""
    if (folder / "files").exists():
        shutil.copytree(folder / "files", settings.MEDIA_ROOT, dirs_exist_ok=True)
    if (folder / "secret-key").exists():
        (folder / "secret-key").replace(settings.DATA / "secret-key")
    if connection.vendor == "sqlite":
        target = Path(connection.settings_dict["NAME"])
        for leftover in target.parent.glob(f"{target.name}-*"):
            leftover.unlink()
        (folder / SQLITE).replace(target)
    else:
        run_postgresql(
            "pg_restore", "--no-owner", "--clean", "--if-exists", "--single-transaction", str(folder / POSTGRESQL)
        )
