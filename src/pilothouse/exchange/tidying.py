"""Uploaded files are personal data: they go a month after their import is done. Reports and the way back stay."""

from __future__ import annotations

import logging
import shutil
import threading
from datetime import timedelta

from django.db import connections
from django.utils import timezone

from pilothouse.exchange.models import Import

log = logging.getLogger(__name__)
KEPT = timedelta(days=30)
DAY_SECONDS = 24 * 3600.0


def tidy() -> int:
    """Remove what is older; the number of files that went."""
    done = Import.objects.filter(finished_at__lt=timezone.now() - KEPT)
    old = [source.folder for source in done.only("id").iterator() if source.folder.exists()]
    for folder in old:
        shutil.rmtree(folder, ignore_errors=True)
    return len(old)


def tidy_daily(over: threading.Event) -> None:
    """For a thread beside the server: now, and then once a day."""
    while True:
        try:
            tidy()
        except Exception:
            log.exception("old uploads were not removed")
        finally:
            connections.close_all()
        if over.wait(DAY_SECONDS):
            return
