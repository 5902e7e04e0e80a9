"""Named requests, timed one after another over one kept-open connection."""

from __future__ import annotations

import http.client
import time
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit

TIMEOUT = 60


@dataclass
class Request:
    name: str
    path: str
    method: str = "GET"
    body: str | Callable[[int], str] = ""
    type: str = "application/x-www-form-urlencoded"
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Timing:
    name: str
    milliseconds: list[float]
    size: int
    status: int

    def at(self, share: float) -> float:
        ordered = sorted(self.milliseconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


class Client:
    def __init__(self, base: str, headers: dict[str, str]) -> None:
        parts = urlsplit(base)
        self.place = parts.hostname or "", parts.port or 80
        self.headers = headers
        self.connect()

    def connect(self) -> None:
        """A new connection, also after one on which no answer came."""
        self.connection = http.client.HTTPConnection(*self.place, timeout=TIMEOUT)

    def send(self, request: Request, turn: int) -> tuple[float, int, int]:
        body = request.body(turn) if callable(request.body) else request.body
        headers = {**self.headers, **request.headers, **({"Content-Type": request.type} if body else {})}
        begun = time.perf_counter()
        self.connection.request(request.method, quote(request.path, safe="/?&=%:,.-"), body.encode() or None, headers)
        answer = self.connection.getresponse()
        content = answer.read()
        return (time.perf_counter() - begun) * 1_000, len(content), answer.status

    def time(self, requests: list[Request], rounds: int) -> list[Timing]:
        """Requests in turns, so that each meets the machine as fast or slow as the others do."""
        for turn in range(3):
            for request in requests:
                self.send(request, -turn - 1)
        sent = [[self.send(request, turn) for request in requests] for turn in range(rounds)]
        return [timing(request, list(each)) for request, each in zip(requests, zip(*sent, strict=True), strict=True)]


def timing(request: Request, sent: list[tuple[float, int, int]]) -> Timing:
    return Timing(request.name, [each[0] for each in sent], sent[-1][1], sent[-1][2])


def from_file(path: Path) -> tuple[Client, list[Request]]:
    """Another server's requests; the README shows the file."""
    told = tomllib.loads(path.read_text())
    requests = [Request(name=name, **row) for name, row in told["requests"].items()]
    return Client(told["base"], told.get("headers", {})), requests
