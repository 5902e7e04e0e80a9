"""A product moves from SQLite to PostgreSQL and back by `pilothouse export` and `import`, and is equal at the end."""

from __future__ import annotations

import json

import psycopg
import pytest

from tests import postgresql
from tests.commands.test_commands import CLEAN, PEOPLE, pilothouse, python
from tests.prepared import prepared

STORY = (
    PEOPLE
    + """
from pilothouse.outcomes import actions as outcomes, closing
from pilothouse.workbench.writing.lifting import lift
a = Actor(u, w, Role.OWNER)
p = a.product("TW")
need = actions.create(a, p, "need", {"title": "离线 🚢", "tags": "app, 离线"})
[made] = lift(a, [need], "requirement", [{"title": "Offline", "reach": 1200.5}])
metric = actions.create(a, p, "metric", {"title": "Boardings"})
release = actions.create(a, p, "release", {"title": "2.4", "released_on": "2026-11-05"})
outcomes.predict(a, release, metric, {"baseline": 0.1, "expected": 0.3, "probability": 70, "review_on": "2026-12-01"})
outcomes.record(a, metric, [{"on": "2026-11-01", "value": 0.1 + 0.2}, {"on": "2026-11-06", "value": 1e-9}])
closing.close(a, release, "cannot_tell", "Too early.")
"""
)
MIGRATE = "from django.core.management import call_command\ncall_command('migrate', verbosity=0)\n"
OWNER = PEOPLE[: PEOPLE.index("p = Product")]


@pytest.fixture
def server():
    running = postgresql.start()
    with psycopg.connect(running.url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE moved")
    yield running.url.replace("/postgres?", "/moved?")
    running.stop()


def test_a_product_moves_to_postgresql_and_back_and_is_equal(server, tmp_path, tmp_path_factory, monkeypatch):
    for name in ("one", "three"):
        prepared(tmp_path_factory, tmp_path / name, practice=False)
    first = carry(tmp_path / "one", STORY, None, tmp_path / "1.json")
    monkeypatch.setitem(CLEAN, "DATABASE_URL", server)
    second = carry(tmp_path / "two", OWNER, tmp_path / "1.json", tmp_path / "2.json")
    monkeypatch.delitem(CLEAN, "DATABASE_URL")
    third = carry(tmp_path / "three", OWNER, tmp_path / "2.json", tmp_path / "3.json")
    assert first == second == third
    assert all(first[table] for table in ("items", "links", "readings", "predictions", "runs", "events", "people"))


def carry(folder, people, file, out):
    """Open a data folder, bring the product in, and say what comes out."""
    python(folder, MIGRATE + people)
    if file:
        taken = pilothouse(folder, "import", str(file), "--product", "TW")
        assert taken.returncode == 0, taken.stderr
    written = pilothouse(folder, "export", str(out), "--product", "TW")
    assert written.returncode == 0, written.stderr
    document = json.loads(out.read_text())
    document["product"].pop("created_at")
    return document
