"""A real server on a fresh data folder, and a real Chromium. Any message in the console fails the test."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.prepared import prepared

playwright = pytest.importorskip("playwright.sync_api")

# Without a window of its own it opens a page three times as fast, and shows the same.
CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip

# 44 px belong to it: a touch 21 px above or below its middle still meets it, its label, or what it stands in.
AS_HIGH_AS_A_THUMB = """target => {
    const { left, top, width, height } = target.getBoundingClientRect();
    return [-21, 21].map(off => top + height / 2 + off).filter(y => y > 0 && y < innerHeight).every(y => {
        const met = document.elementFromPoint(left + width / 2, y);
        return target.contains(met) || [...target.labels ?? []].some(label => label.contains(met));
    });
}"""


@dataclass
class Server:
    """A running workbench: its address, the practice product's sign-in, and the link for its first owner."""

    url: str
    data: Path
    email: str
    password: str
    setup_url: str


@pytest.fixture(scope="session")
def server(tmp_path_factory) -> Iterator[Server]:
    yield from running(prepared(tmp_path_factory, tmp_path_factory.mktemp("served"), practice=True))


def running(data: Path) -> Iterator[Server]:
    """`pilothouse serve` as a person starts it; what it prints tells how to sign in."""
    port = free_port()
    clean = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "PILOTHOUSE_DATA")}
    log = data / "serve.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "pilothouse.cli", "serve", "--data", str(data), "--port", str(port)],
            env=clean, stdout=output, stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        url = f"http://127.0.0.1:{port}"
        wait_until_well(url, process, log)
        told = log.read_text()
        email, password = re.search(r"e-mail (\S+) · password (\S+)", told).groups()
        yield Server(url, data, email, password, re.search(r"http\S+/setup/\S+", told)[0])
    finally:
        process.terminate()
        process.wait(timeout=30)


def free_port() -> int:
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_well(url: str, process: subprocess.Popen, log: Path) -> None:
    for _ in range(600):
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{url}/healthz", timeout=2):
            return
        assert process.poll() is None, log.read_text()
        time.sleep(0.1)
    pytest.fail(f"the server did not answer: {log.read_text()}")


def chromium_path() -> str:
    path = next(filter(None, map(shutil.which, CHROMIUM)), None)
    assert path, f"Chromium is not installed (Debian: apt-get install {CHROMIUM[0]})."
    return path


@pytest.fixture(scope="session")
def browser() -> Iterator:
    # Its driver leaves a loop running in this thread, and the next test of this worker may ask the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser) -> Iterator[Callable]:
    """open_page(width=1440, theme="light", language="en", **context) -> a page in a context of its own."""
    contexts, messages = [], []

    def opened(*, width: int = 1440, theme: str = "light", language: str = "en", **options):
        phone = width < 600
        context = browser.new_context(
            viewport={"width": width, "height": 844 if phone else 900}, color_scheme=theme, has_touch=phone,
            locale="zh-CN" if language.startswith("zh") else "en-GB", reduced_motion="reduce", **options,
        )  # fmt: skip
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on(
            "console", lambda message: messages.append(message.text) if message.type in ("error", "warning") else None
        )
        page.on("pageerror", lambda error: messages.append(str(error)))
        return page

    yield opened
    for context in contexts:
        context.close()
    fine = r"status of (401|404|409|413|422)|Transition was aborted"  # a page left while it was still being drawn
    unexpected = [text for text in messages if not re.search(fine, text)]
    assert not unexpected, unexpected


def sign_in(page, server: Server, email: str = "", password: str = "") -> None:
    page.goto(f"{server.url}/accounts/login/")
    page.locator("input[name=login]").fill(email or server.email)
    page.locator("input[name=password]").fill(password or server.password)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/w/"))
    speak_as_the_browser(page, server)


def speak_as_the_browser(page, server: Server) -> None:
    """A person's own language goes before the browser's: here they are made the same."""
    language = "zh-hans" if page.evaluate("navigator.language").startswith("zh") else "en"
    if page.locator("html").get_attribute("lang").lower() == language:
        return
    page.goto(f"{server.url}/w/tidewater/settings")
    page.locator("select[name=language]").select_option(language)
    page.locator("form:has(select[name=language]) button[type=submit]").click()
    page.locator(f"html[lang={language} i]").wait_for(state="attached")


def axe_violations(page) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [f"{row['id']}: {node['html'][:160]}" for row in found for node in row["nodes"]]


def drag(page, card, cards) -> None:
    """A card of a board, held over a column until the board has followed: a busy machine takes a moment."""
    start, end, there = card.bounding_box(), cards.bounding_box(), cards.locator("[data-card]")
    before = there.count()
    page.mouse.move(start["x"] + 20, start["y"] + 12)
    page.mouse.down()
    page.mouse.move(start["x"] + 40, start["y"] + 20, steps=4)
    for nudge in range(100):
        page.mouse.move(end["x"] + 40 + nudge % 2, end["y"] + 30, steps=6)
        if there.count() > before:
            break
    page.mouse.up()
