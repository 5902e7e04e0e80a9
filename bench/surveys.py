"""200 people answer a survey of 20 questions at the same time; and one page of 1,000 questions is shown and sent.

Each person reads a page for a few seconds and sends it, over a connection of their own, without a script. Times are
those of whole requests, seen from outside; every answer is compared with what the database holds afterwards.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import urlencode

from bench import pages

PAUSE = 4.0, 8.0  # seconds that a page is read


class Person:
    """One respondent: what was sent, and how long each request took."""

    def __init__(self, code: str, seed: int) -> None:
        self.code, self.choice = code, random.Random(seed)
        self.times: list[tuple[str, float]] = []
        self.sent: dict[str, str] = {}
        self.key, self.failed = "", ""
        self.connection = http.client.HTTPConnection("127.0.0.1", pages.PORT, timeout=60)

    def ask(self, kind: str, path: str, data: dict | None = None) -> tuple[int, str, str]:
        body = urlencode(data, doseq=True) if data is not None else None
        headers = {"Content-Type": "application/x-www-form-urlencoded"} if body is not None else {}
        begun = time.perf_counter()
        self.connection.request("POST" if body is not None else "GET", path, body, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        self.times.append((kind, (time.perf_counter() - begun) * 1_000))
        return answer.status, answer.headers.get("Location", ""), text

    def run(self, pause: tuple[float, float]) -> None:
        try:
            self.answer(pause)
        except (OSError, http.client.HTTPException) as error:
            self.failed = repr(error)

    def answer(self, pause: tuple[float, float]) -> None:
        time.sleep(self.choice.uniform(0, pause[1]))
        _status, _place, html = self.ask("welcome", f"/s/{self.code}")
        time.sleep(self.choice.uniform(*pause) / 2)
        _status, place, _text = self.ask("begin", f"/s/{self.code}", fields(html))
        self.key = place.rpartition("/")[2]
        while True:
            _status, _place, html = self.ask("page", place)
            if "data-done" in html:
                return
            time.sleep(self.choice.uniform(*pause))
            chosen = {name: self.choice.choice("abcde") for name in sorted(set(re.findall(r'name="(\w+:)"', html)))}
            status, place, text = self.ask("send", f"/s/{self.code}/r/{self.key}", {**fields(html), **chosen})
            if status != 303:
                self.failed = f"{status} {text[:200]}"
                return
            self.sent |= {name[:-1]: value for name, value in chosen.items()}


def fields(html: str) -> dict[str, str]:
    """The hidden fields of the form."""
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--port", type=int, default=pages.PORT)
    parser.add_argument("--database", default="sqlite", choices=["sqlite", "postgresql"])
    options = parser.parse_args()
    pages.PORT, pages.BASE = options.port, f"http://127.0.0.1:{options.port}"
    with tempfile.TemporaryDirectory(prefix="pilothouse-bench-") as folder, pages.database(options.database) as url:
        environment = {
            **os.environ, "PILOTHOUSE_DATA": folder, "PILOTHOUSE_URL": pages.BASE, "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "pilothouse.settings", "PYTHONPATH": str(Path.cwd()),
        }  # fmt: skip
        small, large = prepared(environment).split()
        with pages.serving(environment):
            warm(small)
            print(f"{options.people} people, {options.database}, load {os.getloadavg()[0]:.1f}; times in ms")
            before = worked(folder)
            people = together(small, options.people)
            requests = sum(len(person.times) for person in people)
            print(f"{1_000 * (worked(folder) - before) / requests:.1f} ms of the web server's processor time a request")
            one_large(large)
            compare(people, json.loads(prepared(environment, small)))
            print(f"load at the end {os.getloadavg()[0]:.1f}")


def prepared(environment: dict[str, str], *arguments: str) -> str:
    command = [sys.executable, "-m", "bench.survey_prepare", *arguments]
    return subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout


def warm(code: str) -> None:
    """Both web processes have read their templates, as after the first minute of any day."""
    for seed in range(8):
        Person(code, -seed - 1).run((0, 0))


def worked(folder: str) -> float:
    """Seconds of processor time that the server's processes have used, by the folder in their environment."""
    ticks = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if folder.encode() in (process / "environ").read_bytes():
                ticks += sum(map(int, (process / "stat").read_text().rpartition(")")[2].split()[11:13]))
        except (OSError, ProcessLookupError):
            continue
    return ticks / os.sysconf("SC_CLK_TCK")


def together(code: str, count: int) -> list[Person]:
    people = [Person(code, seed) for seed in range(count)]
    threads = [threading.Thread(target=person.run, args=(PAUSE,)) for person in people]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times = [taken for person in people for taken in person.times]
    print(f"{len(times)} requests in {time.perf_counter() - begun:.0f} s")
    for kind in ("welcome", "begin", "page", "send"):
        report(kind, [taken for name, taken in times if name == kind])
    report("all", [taken for _name, taken in times])
    return people


def one_large(code: str) -> None:
    """Three times: the first reads the questionnaire."""
    for turn in range(3):
        person = Person(code, turn)
        person.run((0, 0))
        shown = [taken for kind, taken in person.times if kind == "page"]
        sent = [taken for kind, taken in person.times if kind == "send"]
        print(
            f"1,000 questions: shown in {shown[0]:.0f}, {len(person.sent)} answers taken in {max(sent, default=0):.0f}"
        )
        if person.failed:
            print("failed:", person.failed)


def report(kind: str, times: list[float]) -> None:
    ordered = sorted(times)
    at = {share: ordered[min(len(ordered) - 1, int(share * len(ordered)))] for share in (0.5, 0.95, 0.99)}
    print(f"{kind:8} {len(ordered):5}  median {at[0.5]:6.1f}  p95 {at[0.95]:6.1f}  p99 {at[0.99]:6.1f}")


def compare(people: list[Person], kept: dict) -> None:
    """What was sent against what is there."""
    for failed in [person.failed for person in people if person.failed][:5]:
        print("failed:", failed)
    lost = [person.key for person in people if kept["answers"].get(person.key) != person.sent]
    filled = sum(answers.get("q0_0") == "a" for answers in kept["answers"].values())
    answers = sum(len(one) for one in kept["answers"].values())
    print(f"{len(kept['answers'])} complete, {answers} answers, {len(lost)} lost or changed")
    print(f"counters {kept['counts']}, in the answers {len(kept['answers'])} and {filled}")


if __name__ == "__main__":
    main()
