"""Look the installation over and say, in a line each, what is well and what is not."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from pilothouse.commands.speaking import _

NAME = "doctor"
HELP = _("check the installation: database, files, search index, settings")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--fix", action="store_true", help=_("rebuild the search index where it has gaps"))


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
    behind = _("migrations: %(n)s to apply; start the server once") % {"n": pending}
    yield not pending, behind if pending else _("migrations: up to date")
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
            fit, unfit = (
                _("database: SQLite %(version)s"),
                _("database: SQLite %(version)s can corrupt its log; 3.51.3 or newer is needed"),
            )
            return sound, (fit if sound else unfit) % {"version": version}
        cursor.execute("SHOW server_version")
        return True, _("database: PostgreSQL %(version)s") % {"version": cursor.fetchone()[0]}


def pending_migrations() -> int:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def integrity() -> tuple[bool, str]:
    from django.db import connection

    if connection.vendor != "sqlite":
        return True, _("integrity: kept by PostgreSQL")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        answer = cursor.fetchone()[0]
        cursor.execute("PRAGMA foreign_key_check")
        broken = len(cursor.fetchall())
    told = _("integrity: %(answer)s, %(n)s broken references") % {"answer": answer, "n": broken}
    return answer == "ok" and not broken, told


def search_index(fix: bool) -> tuple[bool, str]:
    from pilothouse.workbench import search

    missing = search.unindexed()
    if missing and fix:
        search.rebuild()
        return True, _("search: rebuilt, %(n)s items were missing") % {"n": missing}
    gap = _("search: %(n)s items are not indexed; run doctor --fix") % {"n": missing}
    return not missing, gap if missing else _("search: complete")


def files() -> tuple[bool, str]:
    from pilothouse.workbench.models import Attachment

    rows = Attachment.objects.filter(removed_at=None)
    missing = [row.name for row in rows.iterator() if not row.file.storage.exists(str(row.file.name))]
    if missing:
        return False, _("files: %(n)s missing, for example %(name)s") % {"n": len(missing), "name": missing[0]}
    return True, _("files: all there")


def assets() -> tuple[bool, str]:
    from pilothouse.jinja import manifest

    return bool(manifest()), _("assets: built") if manifest() else _("assets: not built; run bin/setup")


def mail() -> tuple[bool, str]:
    from django.conf import settings

    off = _("mail: off (set PILOTHOUSE_SMTP_HOST to send it)")
    return True, _("mail: %(host)s") % {"host": settings.EMAIL_HOST} if settings.EMAIL_HOST else off
