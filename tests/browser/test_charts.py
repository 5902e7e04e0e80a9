"""Charts in a real browser: drawn under the strict policy, walked by key, in both themes, saved with their glyphs."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import axe_violations, sign_in

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def signed_in(server, browser) -> dict:
    context = browser.new_context()
    sign_in(context.new_page(), server)
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def charts(server, open_page, signed_in):
    def opened(**look) -> Page:
        page = open_page(storage_state=signed_in, accept_downloads=True, **look)
        page.goto(f"{server.url}/patterns?language=zh-hans#charts")
        page.locator("#charts").scroll_into_view_if_needed()
        expect(page.locator("#charts [data-chart][data-drawn]").first).to_be_attached()
        return page

    return opened


def saved(page: Page, kind: str) -> tuple[str, bytes]:
    with page.expect_download() as download:
        page.locator(f"#charts [data-chart-save={kind}]").first.dispatch_event("click")
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def test_nothing_is_fetched_where_no_chart_is_near(server, open_page, signed_in):
    page = open_page(storage_state=signed_in)
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto(f"{server.url}/w/tidewater/")
    assert not [url for url in fetched if "/chart" in url]


def test_marks_are_walked_by_key_and_say_what_they_are(charts):
    page = charts()
    marks = page.locator("#charts [data-chart]").first.locator("[data-mark]")
    marks.first.focus()
    tip = page.locator("#charts [data-chart-tip]").first
    expect(tip).to_contain_text("41%")
    page.keyboard.press("ArrowDown")
    expect(tip).to_contain_text("27%")
    page.keyboard.press("End")
    expect(marks.last).to_be_focused()
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()


def test_a_chart_follows_the_theme(charts):
    page = charts(theme="light")
    bar = page.locator("#charts [data-mark]").first
    by_day = bar.get_attribute("fill")
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    expect(page.locator("#charts [data-mark]").first).not_to_have_attribute("fill", by_day)


def test_a_saved_chart_has_its_title_and_fonts_for_chinese(charts):
    page = charts(theme="dark")
    name, svg = saved(page, "svg")
    text = svg.decode()
    assert name == "没赶上船的原因.svg"
    assert "没赶上船的原因" in text
    assert "Noto Sans CJK SC" in text
    assert 'fill="#ffffff"' in text  # by day, whatever the page shows
    assert "var(" not in text
    name, png = saved(page, "png")
    assert name.endswith(".png")
    assert png.startswith(b"\x89PNG")
    assert len(png) > 5_000


def test_charts_fit_a_phone_and_are_accessible(charts):
    page = charts(width=390)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert not [row for row in axe_violations(page) if "chart" in row]
