"""What each method needs for rows handed to it as plain Python objects, 100,000 where a user may have as many.

python -m bench.methods.rows
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Callable

from pilothouse.methods import (
    crosstab,
    dependencies,
    forecast_mc,
    kano,
    krippendorff_alpha,
    nps,
    raking,
    van_westendorp,
)

ROWS = 100_000
WAYS = ("functional", "dysfunctional")


def main() -> None:
    chance = random.Random(1)
    print(f"{'import of pilothouse.methods':40} {imported():6.3f} s CPU")
    for name, prepare in JOBS.items():
        work = prepare(chance)
        begin = time.process_time()
        work()
        print(f"{name:40} {time.process_time() - begin:6.3f} s CPU")


def imported() -> float:
    timed = "import time; begin = time.process_time(); import pilothouse.methods; print(time.process_time() - begin)"
    return min(float(subprocess.check_output([sys.executable, "-c", timed])) for _ in range(5))


def kano_answers(chance: random.Random) -> Callable[[], object]:
    rows = [{"feature": "search", **{way: chance.randint(1, 5) for way in WAYS}} for _ in range(ROWS)]
    return lambda: kano.analyse(rows)


def ratings(chance: random.Random) -> Callable[[], object]:
    rows = [chance.randint(0, 10) for _ in range(ROWS)]
    return lambda: nps.analyse(rows)


def crossed(chance: random.Random) -> Callable[[], object]:
    rows = [{"a": chance.randint(1, 4), "b": chance.randint(1, 5), "w": 1.5} for _ in range(ROWS)]
    return lambda: crosstab.from_answers(rows, row="a", col="b", weight="w")


def raked(chance: random.Random) -> Callable[[], object]:
    rows = [{"u": chance.choice("abc"), "v": chance.choice("xyz")} for _ in range(ROWS)]
    margins = {"u": {"a": 50, "b": 30, "c": 20}, "v": {"x": 20, "y": 20, "z": 60}}
    return lambda: raking.analyse(rows, margins=margins)


def agreement(chance: random.Random) -> Callable[[], object]:
    judged = [[chance.randint(1, 5) for _ in range(ROWS)] for _ in range(2)]
    return lambda: krippendorff_alpha.analyse(judged, level="ordinal", draws=200)


def prices(chance: random.Random) -> Callable[[], object]:
    likely = {"pi_cheap": 4, "pi_expensive": 2}
    asked = [sorted(chance.random() for _ in range(4)) for _ in range(20_000)]
    rows = [dict(zip(van_westendorp.QUESTIONS, four, strict=True)) | likely for four in asked]
    return lambda: van_westendorp.analyse(rows)


def forecast(chance: random.Random) -> Callable[[], object]:
    samples = [chance.randint(0, 8) for _ in range(30)]
    return lambda: forecast_mc.analyse(samples, 100)


def network(_chance: random.Random) -> Callable[[], object]:
    durations = {task: task % 5 + 1 for task in range(10_000)}
    links = [(task, task + step) for task in durations for step in (1, 7, 100) if task + step in durations]
    return lambda: dependencies.analyse(durations, links)


JOBS: dict[str, Callable[[random.Random], Callable[[], object]]] = {
    "Kano, 100,000 answers": kano_answers,
    "NPS, 100,000 ratings": ratings,
    "weighted cross-tab, 100,000 answers": crossed,
    "raking, 100,000 rows, two margins": raked,
    "Krippendorff's alpha, 100,000 units": agreement,
    "Van Westendorp, 20,000 people": prices,
    "forecast, 10,000 trials": forecast,
    "critical path, 10,000 tasks": network,
}


if __name__ == "__main__":
    main()
