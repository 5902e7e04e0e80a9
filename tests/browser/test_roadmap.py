"""The roadmap by mouse, by key and by thumb: bars move by whole days in any zone, cards change their horizon."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import axe_violations, sign_in

pytestmark = pytest.mark.browser


def roadmap(page: Page, server, query: str = "") -> None:
    page.goto(f"{server.url}/w/tidewater/CX/roadmap/{query}")


def with_dates(page: Page, server, start: str, end: str) -> str:
    """Give the first requirement without dates some, by the plain form; its number comes back."""
    roadmap(page, server, "?view=timeline")
    href = page.locator(".gantt-list a.button").first.get_attribute("href")
    page.goto(server.url + href)
    page.fill("[name=from]", start)
    page.fill("[name=to]", end)
    page.locator("#main form button[type=submit]").click()
    page.wait_for_url("**view=timeline**")
    return href.split("/")[-2]


def bar_of(page: Page, number: str):
    return page.locator(f'[data-bar][data-url$="/{number}/dates"]')


def days(bar) -> tuple[str, str]:
    return bar.get_attribute("data-from"), bar.get_attribute("data-to")


def after(day: str, by: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=by)).isoformat()


@pytest.mark.parametrize(
    ("language", "theme", "zone"), [("en", "light", "Pacific/Kiritimati"), ("zh-hans", "dark", "America/Los_Angeles")]
)
def test_a_bar_is_moved_by_key_and_by_mouse_and_taken_back(open_page, server, language, theme, zone):
    page = open_page(language=language, theme=theme, timezone_id=zone)
    sign_in(page, server)
    today = date.today().isoformat()
    start, end = after(today, 3), after(today, 20)
    number = with_dates(page, server, start, end)
    bar = bar_of(page, number)
    bar.focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "Shift+ArrowRight", "Shift+ArrowRight"):
        page.keyboard.press(key)
    expect(bar).to_have_attribute(
        "aria-label", re.compile(f"{after(start, 1)}.*{after(end, 3)}")
    )  # said once it is saved
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    assert days(bar) == (after(start, 1), after(end, 3))
    drag_and_reload(page, bar, number, after(start, 1), after(end, 3))
    assert not axe_violations(page)


def drag_and_reload(page: Page, bar, number: str, start: str, end: str) -> None:
    """By the middle it moves, by its end it grows; five days at 14 px each in weeks."""
    page.locator('.layouts a[href*="zoom=week"]').click()
    bar.scroll_into_view_if_needed()
    box = bar.bounding_box()
    middle, height = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    carry(page, number, (middle, height), 70)
    expect(bar).to_have_attribute("data-from", after(start, 5))
    box = bar.bounding_box()
    carry(page, number, (box["x"] + box["width"] - 3, height), -42)
    page.reload()
    assert days(bar) == (after(start, 5), after(end, 2))


def carry(page: Page, number: str, at: tuple[float, float], by: int) -> None:
    with page.expect_response(lambda answer: answer.url.endswith(f"/{number}/dates")) as saved:
        page.mouse.move(*at)
        page.mouse.down()
        page.mouse.move(at[0] + by / 2, at[1], steps=3)
        page.mouse.move(at[0] + by, at[1], steps=3)
        page.mouse.up()
    assert saved.value.status == 200


@pytest.mark.parametrize("width", [1440, 390])
def test_a_card_goes_to_another_horizon_by_its_menu(open_page, server, width):
    page = open_page(width=width)
    sign_in(page, server)
    roadmap(page, server)
    card = page.locator('[data-column=""] [data-card]').first
    ref = card.get_attribute("data-card")
    card.hover()
    card.locator("[popovertarget]").click()
    with page.expect_response(lambda answer: "/place" in answer.url) as moved:
        page.locator('#move-menu [data-move-to="later"]').click()
    assert moved.value.status == 200
    expect(page.locator(f'[data-column="later"] [data-card="{ref}"]')).to_be_visible()
    page.reload()
    expect(page.locator(f'[data-column="later"] [data-card="{ref}"]')).to_be_attached()


@pytest.mark.parametrize(("width", "theme", "language"), [(1440, "light", "en"), (390, "dark", "zh-hans")])
def test_every_tab_can_be_read_by_everybody(open_page, server, width, theme, language):
    page = open_page(width=width, theme=theme, language=language)
    sign_in(page, server)
    found = {}
    for query in ("", "?view=timeline", "?view=goal", "?view=release", "shares"):
        roadmap(page, server, query)
        found[query] = axe_violations(page)
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        found[query] += ["wider than the screen"] if wide else []
    assert not {query: rows for query, rows in found.items() if rows}


def test_a_link_opens_for_a_stranger_with_its_password(open_page, server):
    page = open_page()
    sign_in(page, server)
    roadmap(page, server, "shares")
    page.fill("[name=name]", "Key customers")
    page.fill("[name=password]", "the 7:40 boat")
    page.locator(".share-form button[type=submit]").click()
    link = page.locator(".share-link code").first.inner_text()
    stranger = open_page(width=390)
    stranger.goto(server.url + "/r/" + link.rsplit("/", 1)[-1])
    assert not axe_violations(stranger)
    stranger.fill("[name=password]", "the 7:40 boat")
    stranger.keyboard.press("Enter")
    expect(stranger.locator(".open-columns")).to_be_visible()
    assert not axe_violations(stranger)
