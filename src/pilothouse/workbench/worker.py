"""The job worker as a child of the server: started again when it dies, and its interrupted jobs with it."""

from __future__ import annotations

import ctypes
import logging
import signal
import subprocess
import sys
import threading

from django.db import DatabaseError, connections

from pilothouse.workbench import jobs

log = logging.getLogger(__name__)
COMMAND = [sys.executable, "-m", "django", "db_worker", "--no-startup-delay"]
PAUSE_SECONDS = 1.0
LOOK_SECONDS = 60.0
DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG


class Worker:
    """`start` returns at once; `stop` lets the worker finish what it is at."""

    def __init__(self) -> None:
        self.stopping = threading.Event()
        self.process: subprocess.Popen | None = None
        self.thread = threading.Thread(target=self.keep, name="job worker", daemon=True)

    def start(self) -> None:
        self.thread.start()

    def stop(self) -> None:
        self.stopping.set()
        if self.process:
            self.process.terminate()
        self.thread.join(timeout=20)

    def keep(self) -> None:
        while not self.stopping.is_set():
            self.revive()
            self.process = subprocess.Popen(COMMAND, preexec_fn=die_with_parent)  # noqa: S603
            while self.works():
                self.revive()
            self.stopping.wait(PAUSE_SECONDS)

    def works(self) -> bool:
        """Whether the worker is still there after a while: another server's may have been killed meanwhile."""
        try:
            self.process.wait(LOOK_SECONDS)  # type: ignore[union-attr]
        except subprocess.TimeoutExpired:
            return True
        return False

    def revive(self) -> None:
        """A database that is away or locked for long must not end this thread: nothing would work jobs off any more."""
        try:
            jobs.revive()
        except DatabaseError:
            log.exception("interrupted jobs are looked for again before the next worker")
        finally:
            connections.close_all()


def die_with_parent() -> None:
    """Linux only: a killed server must not leave an old worker behind."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGTERM)
