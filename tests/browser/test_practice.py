"""Practising by hand: work is marked where it stands, the key comes to whoever asks, and what would go is said before."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import axe_violations, sign_in
from tests.browser.words import speaker

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("language", "width"), [("en", 390), ("zh-hans", 1440)])
def test_an_exercise_is_missed_shown_and_passed(server, open_page, language, width):
    page, say = open_page(width=width, language=language), speaker(language)
    sign_in(page, server)
    page.goto(f"{server.url}/w/tidewater/CX/practice")
    exercise = page.locator("#price")
    exercise.locator("input[name=difference]").fill("-6.2")
    exercise.locator("select[name=sure]").select_option("no")
    exercise.get_by_role("button", name=say("Check my work")).click()
    expect(exercise.locator("[data-right]")).to_have_count(1)
    expect(exercise.locator("[data-missed]")).to_have_count(1)
    exercise.get_by_role("button", name=say("Show the key")).click()
    expect(exercise.locator(".exercise-key")).to_contain_text("-6.2")
    exercise.locator("select[name=sure]").select_option("yes")
    exercise.get_by_role("button", name=say("Check my work")).click()
    expect(exercise).to_have_attribute("data-state", "passed")
    page.locator("[data-open=remove-practice]").click()
    expect(page.locator("#remove-practice")).to_contain_text(re.compile("ada@tidewater.example"))
    assert not axe_violations(page)
