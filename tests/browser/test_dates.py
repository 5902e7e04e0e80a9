"""Dates are typed and shown as 2026-11-22 in every browser, and the browser's own calendar is one press away."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import axe_violations, sign_in

pytestmark = pytest.mark.browser


@pytest.fixture
def page(server, open_page):
    page = open_page()
    sign_in(page, server)
    page.goto(f"{server.url}/w/tidewater/CX/task/new")
    return page


def test_a_date_is_typed_in_any_order_of_signs_and_kept_as_one(page):
    due = page.get_by_label("Due")
    for typed, kept in {
        "20261203": "2026-12-03",
        "2026/12/4": "2026-12-04",
        "2026年12月5日": "2026-12-05",
        "soon": "soon",
    }.items():
        due.fill(typed)
        due.press("Tab")
        expect(due).to_have_value(kept)
    page.locator("[name=title]").fill("Print the timetable")
    page.locator("[name=title]").press("Control+Enter")
    assert due.evaluate("input => input.validity.patternMismatch")
    due.fill("2026.12.6")
    page.locator("[name=title]").press("Control+Enter")
    page.wait_for_url(re.compile(r"/CX-\d+$"))
    expect(page.locator("#fact-due_on")).to_have_value("2026-12-06")


def test_the_calendar_fills_the_box_and_a_property_is_saved_by_it(page):
    page.locator("[name=title]").fill("Paint the wharf")
    page.locator("[name=title]").press("Control+Enter")
    page.wait_for_url(re.compile(r"/CX-\d+$"))
    page.locator(".more-facts summary").click()
    row = page.locator("#row-due_on")
    row.locator("[data-date-open]").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    assert not axe_violations(page)
    with page.expect_response(lambda answer: answer.request.method == "POST") as saved:
        row.locator("[data-date-calendar]").evaluate(
            "box => { box.value = '2026-12-24'; box.dispatchEvent(new Event('change', {bubbles: true})); }"
        )
    assert saved.value.ok
    page.reload()
    expect(page.locator("#fact-due_on")).to_have_value("2026-12-24")
