"""One loaded product for all tests of this folder."""

from __future__ import annotations

import pytest
from django.db import transaction


@pytest.fixture(scope="package")
def practice(django_db_setup, django_db_blocker):
    """What each test changes is taken back after it."""
    from pilothouse.practice.load import make_people, tell

    with django_db_blocker.unblock(), transaction.atomic():
        actors = make_people("a password for practice")
        tell(actors)
        yield actors
        transaction.set_rollback(True)
