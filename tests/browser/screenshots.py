"""The README's picture, taken from the practice product as it is served: bin/screenshots."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser.conftest import FLAGS, Server, chromium_path, running, sign_in

IMAGES = Path(__file__).parents[2] / "docs/images"
SIZE = {"width": 1440, "height": 810}


def main() -> None:
    serving = contextlib.contextmanager(running)
    with tempfile.TemporaryDirectory() as data, serving(Path(data)) as server, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        page = browser.new_page(viewport=SIZE, locale="en-GB", color_scheme="light", reduced_motion="reduce")
        thread_of_a_shipped_requirement(page, server)
        browser.close()


def thread_of_a_shipped_requirement(page: Page, server: Server) -> None:
    sign_in(page, server)
    page.goto(f"{server.url}/w/tidewater/TW/requirement/?view=list&state=shipped")
    page.goto(page.locator("[data-row-link]").first.evaluate("link => link.href"))
    IMAGES.mkdir(exist_ok=True)
    page.screenshot(path=IMAGES / "thread.png")


if __name__ == "__main__":
    main()
