"""Every kind of page, in both languages and themes, on a desk and on a phone: no violation, no overflow, no message.

The pages of the way in and of the settings are walked in test_account."""

from __future__ import annotations

import json

import pytest

from tests.browser.conftest import axe_violations, sign_in

pytestmark = pytest.mark.browser

WAYS = [(1440, "light", "en"), (390, "dark", "zh-hans")]
PAGES = ("", "mine", "inbox", "search?q=离线", "search?q=zzz", "products", "guide", "guide/13", "guide/methods/",
         "guide/methods/nrp", "guide/terms/")  # fmt: skip
PRODUCT = ("", "steps", "practice", "activity", "trash", "export", "requirement/new", "feedback/import", "requirement/?view=table",
           "requirement/?view=cards", "task/?view=board", "task/?q=zzz", "requirement/?group=state&sort=-score")  # fmt: skip
# Of these the first item is opened too: together they show every part that an item page can have.
KINDS = ("feedback", "quote", "insight", "requirement", "release", "metric", "decision", "customer")


@pytest.mark.parametrize(("width", "theme", "language"), WAYS)
def test_every_page_is_accessible_and_fits(server, open_page, width, theme, language):
    page = open_page(width=width, theme=theme, language=language)
    sign_in(page, server)
    base = f"{server.url}/w/tidewater/"
    problems = {}
    for path in ("/patterns", *(base + path for path in PAGES), *(f"{base}CX/{path}" for path in PRODUCT)):
        problems |= look(page, path if path.startswith("http") else server.url + path)
    for kind in KINDS:
        problems |= look(page, f"{base}CX/{kind}/?view=list")
        item = page.locator("[data-row-link]").first.evaluate("link => link.href")
        problems |= look(page, item)
        if kind == "requirement":
            for part in ("/thread", "/history", "/lift/task", "/merge"):
                problems |= look(page, item + part)
        if kind == "release":
            problems |= look(page, item + "/verdict")
    assert not problems, json.dumps(problems, indent=1, ensure_ascii=False)


def look(page, address: str) -> dict[str, list[str]]:
    answer = page.goto(address, wait_until="load")
    if answer.status != 200:
        return {address: [f"answered {answer.status}"]}
    found = axe_violations(page)
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"):
        found.append("wider than the screen")
    return {address: found} if found else {}
