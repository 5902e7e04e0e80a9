"""Backup and restore on PostgreSQL, by its own tools, into a second, empty database."""

from __future__ import annotations

import psycopg
import pytest

from tests import postgresql
from tests.commands import test_commands as sqlite


@pytest.fixture(scope="module")
def databases():
    server = postgresql.start()
    with psycopg.connect(server.url, autocommit=True) as connection:
        for name in ("before", "after"):
            connection.execute(f"CREATE DATABASE {name}")
    yield [server.url.replace("/postgres?", f"/{name}?") for name in ("before", "after")]
    server.stop()


def test_a_backup_of_postgresql_restores_into_an_empty_database_and_nowhere_else(databases, tmp_path, monkeypatch):
    before, after = databases
    archive, dump = (
        tmp_path / "backup.tar.gz",
        "from pilothouse.workbench.models import *\nprint([str(i) for i in Item.objects.all()])",
    )

    monkeypatch.setitem(sqlite.CLEAN, "DATABASE_URL", before)
    assert sqlite.pilothouse(tmp_path / "one", "user", "list").returncode == 0
    sqlite.python(tmp_path / "one", sqlite.PEOPLE)
    written = sqlite.pilothouse(tmp_path / "one", "backup", str(archive))
    assert written.returncode == 0, written.stderr
    kept = sqlite.python(tmp_path / "one", dump)

    monkeypatch.setitem(sqlite.CLEAN, "DATABASE_URL", after)
    restored = sqlite.pilothouse(tmp_path / "two", "restore", str(archive))
    assert restored.returncode == 0, restored.stderr
    assert sqlite.python(tmp_path / "two", dump) == kept != "[]\n"
    assert "ok  search: complete" in sqlite.pilothouse(tmp_path / "two", "doctor").stdout
    again = sqlite.pilothouse(tmp_path / "two", "restore", str(archive))
    assert (again.returncode, "holds people already" in again.stderr) == (1, True)

    monkeypatch.delitem(sqlite.CLEAN, "DATABASE_URL")
    other = sqlite.pilothouse(tmp_path / "three", "restore", str(archive))
    assert (other.returncode, "another kind of database" in other.stderr) == (1, True)
