"""Every page, in both languages and themes, on a desk and on a phone: no violation, no overflow, no console message."""

from __future__ import annotations

import pytest

from tests.browser.conftest import axe_violations, sign_in

pytestmark = pytest.mark.browser

WAYS = [(1440, "light", "en"), (390, "dark", "zh-hans")]
ITEM_PAGES = ("", "/thread", "/history")
PAGES = ("", "mine", "inbox", "search?q=offline", "search?q=离线", "products", "guide", "members", "settings", "tokens")


@pytest.fixture(scope="module")
def addresses(server) -> list[str]:
    from pilothouse.kinds import KINDS

    base = f"{server.url}/w/tidewater/"
    lists = [f"{base}CX/{slug}/" for slug in KINDS]
    views = [f"{base}CX/requirement/?view={view}" for view in ("list", "table", "board")] + [
        f"{base}CX/quote/?view=cards"
    ]
    forms = [f"{base}CX/{part}" for part in ("requirement/new", "feedback/import", "settings", "activity", "trash", "")]
    items = [f"{base}CX-{number}{page}" for number in (3, 4, 40, 46, 60) for page in ITEM_PAGES]
    return [f"{server.url}/patterns", *(base + page for page in PAGES), *lists, *views, *forms, *items]


@pytest.mark.parametrize(("width", "theme", "language"), WAYS)
def test_every_page_is_accessible_and_fits(server, open_page, addresses, width, theme, language):
    page = open_page(width=width, theme=theme, language=language)
    sign_in(page, server)
    problems = {}
    for address in addresses:
        answer = page.goto(address, wait_until="load")
        assert answer.status == 200, address
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1")
        found = axe_violations(page) + (["wider than the screen"] if wide else [])
        if found:
            problems[address.removeprefix(server.url)] = found
    assert not problems
