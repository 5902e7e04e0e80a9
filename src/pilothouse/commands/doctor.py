"""Look the installation over and say, in a line each, what is well and what is not."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

NAME = "doctor"
HELP = "check the installation: database, files, search index, settings"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--fix", action="store_true", help="rebuild the search index where it has gaps")


def run(options: argparse.Namespace) -> int:
    from pilothouse.commands.django_setup import setup

    setup()
    problems = 0
    for well, line in checks(options.fix):
        problems += not well
        print(f"{'ok ' if well else 'BAD'} {line}")
    return 1 if problems else 0


def checks(fix: bool) -> Iterator[tuple[bool, str]]:
    yield database()
    pending = pending_migrations()
    yield not pending, f"migrations: {f'{pending} to apply; start the server once' if pending else 'up to date'}"
    if pending:
        return
    yield integrity()
    yield search_index(fix)
    yield files()
    yield assets()
    yield mail()


def database() -> tuple[bool, str]:
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sqlite_version()")
            version = cursor.fetchone()[0]
            sound = tuple(int(part) for part in version.split(".")) >= (3, 51, 3)
            return sound, f"database: SQLite {version}" + (
                "" if sound else " can corrupt its log; 3.51.3 or newer is needed"
            )
        cursor.execute("SHOW server_version")
        return True, f"database: PostgreSQL {cursor.fetchone()[0]}"


def pending_migrations() -> int:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def integrity() -> tuple[bool, str]:
    from django.db import connection

    if connection.vendor != "sqlite":
        return True, "integrity: kept by PostgreSQL"
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        answer = cursor.fetchone()[0]
        cursor.execute("PRAGMA foreign_key_check")
        broken = len(cursor.fetchall())
    return answer == "ok" and not broken, f"integrity: {answer}, {broken} broken references"


def search_index(fix: bool) -> tuple[bool, str]:
    from pilothouse.workbench import search

    missing = search.unindexed()
    if missing and fix:
        search.rebuild()
        return True, f"search: rebuilt, {missing} items were missing"
    return not missing, f"search: {f'{missing} items are not indexed; run doctor --fix' if missing else 'complete'}"


def files() -> tuple[bool, str]:
    from pilothouse.workbench.models import Attachment

    rows = Attachment.objects.filter(removed_at=None)
    missing = [row.name for row in rows.iterator() if not row.file.storage.exists(str(row.file.name))]
    return not missing, f"files: {f'{len(missing)} missing, for example {missing[0]}' if missing else 'all there'}"


def assets() -> tuple[bool, str]:
    from pilothouse.jinja import manifest

    return bool(manifest()), "assets: " + ("built" if manifest() else "not built; run bin/setup")


def mail() -> tuple[bool, str]:
    from django.conf import settings

    return True, f"mail: {settings.EMAIL_HOST or 'off (set PILOTHOUSE_SMTP_HOST to send it)'}"
