"""Runs a job in a process of its own and reports wall seconds, CPU seconds and peak memory;

prints them side by side.
"""

from __future__ import annotations

import importlib
import multiprocessing
import os
import resource
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Run:
    """What a job took. `answer` is what it found, so that rivals can be held against each other."""

    name: str
    wall: float
    cpu: float
    memory: float
    answer: Any


def run(name: str, job: Callable[..., Any], *args: Any, libraries: Sequence[str] = ()) -> Run:
    """A fresh process a job: its peak memory is its own. The `libraries` it uses are loaded before the clock starts."""
    context = multiprocessing.get_context("spawn")
    queue = context.Queue()
    process = context.Process(target=_inside, args=(queue, job, args, tuple(libraries)))
    process.start()
    found = queue.get()
    process.join()
    if isinstance(found, str):
        raise RuntimeError(f"{name}: {found}")
    return Run(name, *found)


def _inside(queue: Any, job: Callable[..., Any], args: tuple[Any, ...], libraries: tuple[str, ...]) -> None:
    try:
        for library in libraries:
            importlib.import_module(library)
        begin, used = time.perf_counter(), time.process_time()
        answer = job(*args)
        wall, cpu = time.perf_counter() - begin, time.process_time() - used
        queue.put((wall, cpu, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6, answer))
    except Exception as failed:
        queue.put(f"{type(failed).__name__}: {failed}")


def opened(path: Path) -> Any:
    """A database to read from, without its progress bar."""
    import duckdb

    connection = duckdb.connect(str(path), read_only=True)
    connection.execute("set enable_progress_bar = false")
    return connection


def table(title: str, runs: list[Run]) -> None:
    """The ratio is of CPU time, to the first, which is ours: wall time depends on what else runs, as the load says."""
    print(f"\n{title} (load {os.getloadavg()[0]:.0f} on {os.cpu_count()} processors)")
    print(f"{'':44} {'wall s':>8} {'CPU s':>8} {'GB':>6} {'ratio':>6}")
    for one in runs:
        print(f"{one.name:44} {one.wall:8.2f} {one.cpu:8.2f} {one.memory:6.2f} {one.cpu / runs[0].cpu:6.1f}")
        print(f"    {one.answer}")
