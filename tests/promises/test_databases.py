"""What a run says it ran on is what it ran on, alone and in parallel."""

from __future__ import annotations

from django.db import connection


def test_the_suite_runs_on_the_database_that_was_asked_for(pytestconfig):
    assert connection.vendor == pytestconfig.getoption("--database")
