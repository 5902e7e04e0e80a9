"""The cast and the databases. Alice owns the workspace, Bob is a member, Gwen a guest, Charlie a stranger with his own.

`--database postgresql` runs the suite on a PostgreSQL server that is started here, on a socket, as an unprivileged user.
The settings are named here and not in pyproject.toml, because pytest-django would read those before this file could say
which database it is to be. For the same reason no conftest imports models at its top.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

folder = tempfile.TemporaryDirectory(prefix="pilothouse-test-")
os.environ["PILOTHOUSE_DATA"] = folder.name

import pytest  # noqa: E402 the data folder must be set before settings are read

from tests.datasets import BESIDE  # noqa: E402


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", default="sqlite", choices=["sqlite", "postgresql"], help="which database to run on")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--database") == "postgresql":
        from tests import postgresql

        # Workers of xdist are handed the controller's server through the environment.
        if "DATABASE_URL" not in os.environ:
            server = postgresql.start()
            os.environ["DATABASE_URL"] = server.url
            config.add_cleanup(server.stop)
    else:
        os.environ.pop("DATABASE_URL", None)
    os.environ["DJANGO_SETTINGS_MODULE"] = "pilothouse.settings"
    import django

    django.setup()


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """Argon2 is slow on purpose; a test of it asks for it."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS]


@pytest.fixture(autouse=True)
def long_moments(monkeypatch):
    """However slow the machine, a form that a test sends twice comes twice within a moment."""
    monkeypatch.setattr("pilothouse.people.once.MOMENT", 600)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory, django_db_modify_db_settings_parallel_suffix):
    """Each worker's database begins as a copy of one that is up to date."""
    from django.db import connection

    from tests.prepared import prepared, template

    test = connection.settings_dict["TEST"]
    if connection.vendor == "sqlite":
        copy = prepared(tmp_path_factory, tmp_path_factory.mktemp("database"), practice=False)
        test["NAME"] = str(copy / "pilothouse.sqlite3")
    else:
        test["TEMPLATE"] = template(tmp_path_factory, os.environ["DATABASE_URL"])


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """SQLite is to take the file that was put there; PostgreSQL's server is thrown away as a whole."""
    from django.db import connection

    return connection.vendor == "sqlite"


@pytest.fixture
def cast(db):
    from tests.cast import make_cast

    return make_cast()


@pytest.fixture
def work(transactional_db) -> Callable[[], None]:
    """Lets the job worker do what waits. Between tasks it drops connections that are in a transaction, as Django does
    between requests, so a test that calls it must not run inside one of its own.
    """
    from django.core.management import call_command

    return lambda: call_command("db_worker", "--batch", "--no-startup-delay", "--interval", "0", verbosity=0)


@pytest.fixture
def media(settings, tmp_path) -> Path:
    """Uploaded files lie in a folder of this test."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT


@pytest.fixture
def shared() -> Path:
    """Real data beside the checkout; tests that need it skip, saying so, where it is absent."""
    if not BESIDE.exists():
        pytest.skip("the real data sets are not beside this checkout")
    return BESIDE


@pytest.fixture(scope="module")
def practice(django_db_setup, django_db_blocker):
    """The practice product, loaded once for all tests of a module: what each changes is taken back after it."""
    from django.db import transaction

    from pilothouse.practice.load import make_people, tell

    with django_db_blocker.unblock(), transaction.atomic():
        actors = make_people("a password for practice")
        tell(actors)
        yield actors
        transaction.set_rollback(True)
