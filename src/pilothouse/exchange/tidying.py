"""Uploaded files are personal data: they go a month after their import is done; reports and the way back stay. What was
uploaded and never started goes after a week, with all that was said about it."""

from __future__ import annotations

import logging
import shutil
import threading
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connections
from django.utils import timezone

from pilothouse.exchange.models import Import
from pilothouse.exchange.taking.steps import discard
from pilothouse.surveys.answering import retention

log = logging.getLogger(__name__)
KEPT, EXPORT_KEPT = timedelta(days=30), timedelta(days=1)
DRAFTS_KEPT = timedelta(days=7)
DAY_SECONDS = 24 * 3600.0


def tidy() -> int:
    """Remove what is older; the number of files that went."""
    return tidy_done() + tidy_drafts()


def tidy_done() -> int:
    done = Import.objects.filter(finished_at__lt=timezone.now() - KEPT)
    old = [source.folder for source in done.only("id").iterator() if source.folder.exists()]
    for folder in old:
        shutil.rmtree(folder, ignore_errors=True)
    return len(old) + tidy_exports()


def tidy_exports() -> int:
    before = (timezone.now() - EXPORT_KEPT).timestamp()
    folder = Path(settings.MEDIA_ROOT) / "exports"
    old = [file for file in folder.glob("*") if file.stat().st_mtime < before]
    for file in old:
        file.unlink(missing_ok=True)
    return len(old)


def tidy_drafts() -> int:
    """A check that ran may have been read last week: what counts is the upload."""
    old = list(
        Import.objects.filter(job=None, position=0, finished_at=None, created_at__lt=timezone.now() - DRAFTS_KEPT)
    )
    for source in old:
        discard(source)
    return len(old)


def tidy_daily(over: threading.Event) -> None:
    """For a thread beside the server: now, and then once a day."""
    while True:
        try:
            tidy()
            retention.nightly()
        except Exception:
            log.exception("what is past its time was not removed")
        finally:
            connections.close_all()
        if over.wait(DAY_SECONDS):
            return
