"""A phone: one column, a bar under the thumb, items as pages of their own, cards moved by menu and by finger."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import AS_HIGH_AS_A_THUMB, sign_in

pytestmark = pytest.mark.browser


@pytest.fixture(params=["en", "zh-hans"])
def phone(request, server, open_page) -> Page:
    page = open_page(width=390, theme="dark", language=request.param, is_mobile=True)
    sign_in(page, server)
    return page


def at(page: Page, server, path: str) -> None:
    page.goto(f"{server.url}/w/tidewater/CX/{path}")


def fits(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth + 1")


def test_an_item_opens_as_a_page_and_back_leads_to_the_list(phone, server):
    at(phone, server, "feedback/?view=list")
    assert fits(phone)
    first = phone.locator("[data-row-link]").first
    title = first.inner_text()
    first.tap()
    phone.wait_for_url(re.compile(r"/CX-\d+$"))
    expect(phone.locator("#panel")).to_be_empty()
    expect(phone.locator("#main .sheet-title textarea")).to_have_value(title)
    assert fits(phone)
    phone.go_back()
    phone.wait_for_url("**/CX/feedback/**")
    expect(first).to_be_visible()


def test_the_bar_under_the_thumb_leads_everywhere(phone, server):
    at(phone, server, "task/?view=board")
    bar = phone.locator(".thumbbar")
    height = phone.viewport_size["height"]
    for button in bar.locator("a, button").all():
        box = button.bounding_box()
        assert box["height"] >= 44
        assert box["y"] + box["height"] <= height + 1
    bar.locator("a").last.tap()
    phone.wait_for_url("**/inbox")
    expect(bar.locator("a").last).to_have_attribute("aria-current", "page")
    bar.locator("[data-menu-toggle]").tap()
    phone.locator(".nav a[href$='/CX/requirement/']").tap()
    phone.wait_for_url("**/CX/requirement/**")
    assert fits(phone)


def test_whatever_is_pressed_is_as_high_as_a_thumb(phone, server):
    small = []
    for path in (
        "",
        "requirement/?view=list",
        "requirement/?view=cards",
        "task/?view=board",
        "requirement/new",
        "settings",
    ):
        at(phone, server, path)
        for target in (
            phone.locator("#main, .stage-head").locator("button, select, summary, [type=checkbox], .tab").all()
        ):
            if target.is_visible() and target.get_attribute("tabindex") != "-1":
                target.evaluate("target => target.scrollIntoView({ block: 'center', inline: 'center' })")
                if not target.evaluate(AS_HIGH_AS_A_THUMB):
                    small.append((path, target.evaluate("target => target.outerHTML.slice(0, 120)")))
    assert not small


def test_searching_from_the_bar(phone, server):
    at(phone, server, "")
    phone.locator(".thumbbar [data-palette-open]").tap()
    phone.keyboard.insert_text("离线船票")
    option = phone.locator("#palette [role=option]", has_text="2.4 离线船票")
    option.first.tap()
    phone.wait_for_url(re.compile(r"/CX-\d+"))
    expect(phone.locator(".sheet-title textarea")).to_have_value("2.4 离线船票")


def test_a_card_is_moved_by_its_menu_and_back(phone, server):
    at(phone, server, "task/?view=board")
    assert fits(phone)
    name = phone.locator("[data-column=todo] .item-id").first.inner_text()
    for column in ("doing", "todo"):
        phone.locator("[data-card]", has_text=name).locator("[popovertarget=move-menu]").tap()
        with phone.expect_response(lambda answer: answer.request.method == "POST") as moved:
            phone.locator(f"#move-menu [data-move-to={column}]").tap()
        assert moved.value.status < 300
        expect(phone.locator(f"[data-column={column}] [data-card]", has_text=name)).to_have_count(1)
        phone.reload()
        expect(phone.locator(f"[data-column={column}] [data-card]", has_text=name)).to_have_count(1)


def test_a_card_is_dragged_by_finger_after_a_moment(phone, server):
    at(phone, server, "task/?view=board")
    drawn = "performance.getEntriesByType('resource').some(entry => entry.name.includes('sortable'))"
    deadline = time.monotonic() + 15
    while not phone.evaluate(drawn) and time.monotonic() < deadline:  # the page's policy lets no text be run by itself
        phone.wait_for_timeout(100)
    names = phone.locator("[data-column=done] .item-id")
    phone.locator("[data-column=done] [data-card]").first.scroll_into_view_if_needed()
    before = names.all_inner_texts()
    with phone.expect_response(lambda answer: answer.request.method == "POST") as moved:
        drag_down(phone, phone.locator("[data-column=done] [data-card]").first.bounding_box())
    assert moved.value.status < 300
    phone.reload()
    after = names.all_inner_texts()
    assert after != before
    assert sorted(after) == sorted(before)
    assert fits(phone)


def drag_down(page: Page, box: dict) -> None:
    """Hold the card until it comes loose, then draw it below the next one."""
    finger = page.context.new_cdp_session(page)
    x, y = box["x"] + 60, box["y"] + box["height"] / 2

    def touch(kind: str, *points: dict) -> None:
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})

    touch("touchStart", {"x": x, "y": y})
    page.wait_for_timeout(350)
    for step in range(1, 11):
        touch("touchMove", {"x": x, "y": y + box["height"] * 1.4 * step / 10})
        page.wait_for_timeout(20)
    touch("touchEnd")
