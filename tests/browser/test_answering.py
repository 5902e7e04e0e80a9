"""A survey answered in a real browser: on a phone by thumb, by keys alone, and without JavaScript."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import axe_violations

pytestmark = pytest.mark.browser


@pytest.fixture(scope="session")
def survey(server) -> str:
    environment = {**os.environ, "PILOTHOUSE_DATA": str(server.data)}
    environment.pop("DATABASE_URL", None)
    made = subprocess.run(
        [sys.executable, "-m", "tests.browser.made_surveys"], env=environment, check=True, stdout=subprocess.PIPE, text=True
    )  # fmt: skip
    return server.url + made.stdout.split()[-1]


def on(page) -> None:
    page.click(".answer-actions [data-tone=primary]")


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_on_a_phone_by_thumb(open_page, survey, language):
    page = open_page(width=390, language=language)
    page.goto(survey)
    found = axe_violations(page)
    page.tap("[data-begin]")
    page.wait_for_url(re.compile("/r/"))
    expect(page.locator("[data-question=q2]")).to_have_count(0)
    page.tap("[data-question=q1] .pick >> nth=0")
    page.fill("[data-question=q2] input", "typed, not sent")  # it came up without a new page
    page.reload()
    page.tap("[data-question=q1] .pick >> nth=0")
    page.wait_for_selector("[data-question=q2]")
    on(page)
    page.wait_for_url(re.compile("page=p2"))
    page.tap(".rank-toggle >> nth=2")
    page.tap(".rank-toggle >> nth=2")
    expect(page.locator(".rank-number").nth(0)).to_have_text("1")
    expect(page.locator(".rank-number").nth(1)).to_have_text("2")
    page.tap("[data-question=nps] .point >> nth=10")
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390
    found += axe_violations(page)
    on(page)
    page.wait_for_url(re.compile("page=p3"))
    boxes = page.locator("[data-question=sum] input")
    boxes.nth(0).fill("60")
    expect(page.locator("[data-off]")).to_have_count(1)
    boxes.nth(1).fill("40")
    expect(page.locator("[data-off]")).to_have_count(0)
    on(page)
    page.wait_for_selector("[data-done]")
    assert not found + axe_violations(page)


def test_by_keys_alone(open_page, survey):
    page = open_page()
    page.goto(survey)
    page.focus("[data-begin]")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/r/"))
    page.keyboard.press("2")
    expect(page.locator("[data-question=q1] input >> nth=1")).to_be_checked()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("page=p2"))


def test_without_javascript_and_cookies(open_page, survey):
    page = open_page(width=390, java_script_enabled=False)
    page.goto(survey)
    page.click("[data-begin]")
    page.context.clear_cookies()
    page.check("[data-question=q1] input >> nth=0")
    on(page)
    expect(page.locator("[data-question=q2]")).to_have_count(1)  # asked for on the same page
    page.fill("[data-question=q2] input", "because")
    on(page)
    page.select_option(".rank select >> nth=0", "2")
    page.select_option(".rank select >> nth=1", "1")
    on(page)
    page.wait_for_url(re.compile("page=p3"))
    on(page)
    expect(page.locator("[data-done]")).to_have_count(1)
