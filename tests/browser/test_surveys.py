"""From requirements to an order that people decided: asked, answered in three ways, read, and used, in each language."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import axe_violations, sign_in
from tests.browser.words import speaker

pytestmark = pytest.mark.browser

PRODUCT = "/w/tidewater/CX/"
ASKED = 3


@pytest.fixture(params=["en", "zh-hans"])
def language(request) -> str:
    return request.param


def test_a_kano_and_nps_survey_becomes_the_order(server, open_page, language):
    page, say = open_page(language=language), speaker(language)
    sign_in(page, server)
    survey = begin_with_requirements(page, server, say)
    write_a_question(page, say)
    translate_it(page, survey)
    address = publish(page, survey, say)
    by_thumb(open_page(width=390, language=language), address)
    by_key(open_page(language=language), address)
    without_scripts(open_page(width=390, language=language, java_script_enabled=False), address)
    read_the_results(page, survey)
    use_as_priority(page, survey, say)


def begin_with_requirements(page, server, say, instruments=("kano", "nps")) -> str:
    """Three rows of the list are selected and become a survey."""
    page.goto(f"{server.url}{PRODUCT}requirement/?view=list")
    for check in page.locator("[data-row-check]").all()[:ASKED]:
        check.check(force=True)
    page.get_by_role("button", name=say("Owner, tags, more")).click()
    page.locator("#bulk-more button[formaction$='surveys/new']").click()
    expect(page.locator(".asked-about li")).to_have_count(ASKED)
    for slug in instruments:
        page.locator(f"input[name=instrument][value={slug}]").check()
    page.get_by_role("button", name=say("Make the survey")).click()
    page.wait_for_url(re.compile(r"/survey/edit"))
    return page.url.partition("/edit")[0]


def write_a_question(page, say) -> None:
    """A choice with answers typed one after the other; a comment only for who gave the first of them."""
    add(page, say("Single choice"))
    page.keyboard.type("On which boat?")
    lines = page.locator("[data-line]")
    lines.nth(0).fill("7:40")
    lines.nth(1).fill("8:10")
    lines.nth(1).press("Enter")
    lines.nth(2).and_(page.locator(":focus")).wait_for()
    page.keyboard.type("None of them")
    settled(page, say)
    add(page, say("Long text"))
    page.keyboard.type("What was it like on {{Q1}}?")
    settled(page, say)
    page.locator("button[value='add-test']").click()
    test = page.locator("select[name='if-0-op']")
    test.wait_for()
    test.select_option("is")
    answer = page.locator("select[name='if-0-value']")
    answer.wait_for()
    answer.select_option(label="7:40")
    settled(page, say)
    expect(page.locator(".outline-row[aria-current]")).to_have_text(re.compile(r"^\s*Q2"))


def add(page, name: str) -> None:
    page.locator("[popovertarget=add-menu]").click()
    with page.expect_response(re.compile("/edit/outline")):
        page.get_by_role("menuitem", name=name, exact=True).click()
    page.locator("[name=text]:focus").wait_for()


def settled(page, say) -> None:
    """Nothing counts as kept before the server said so."""
    page.wait_for_timeout(900)
    page.locator("form[data-saving]").wait_for(state="detached")
    page.locator("#saved", has_text=say("Saved")).wait_for()


def translate_it(page, survey: str) -> None:
    page.goto(f"{survey}/languages?show=missing")
    fields = page.locator("[data-translation] textarea")
    for field in fields.all():
        field.fill("译 Übersetzt")
        with page.expect_response(re.compile("/languages")):
            field.blur()
    page.goto(f"{survey}/languages?show=missing")
    expect(page.locator("[data-translation]")).to_have_count(0)


def publish(page, survey: str, say) -> str:
    page.goto(f"{survey}/publish")
    page.get_by_role("button", name=say("Publish"), exact=True).click()
    page.wait_for_url(re.compile("/survey/collect"))
    return page.locator(".share-line code").inner_text()


def by_thumb(page, address: str) -> None:
    page.goto(address)
    assert not axe_violations(page)
    forward(page)
    for _page in range(12):
        if page.locator(".answer-end").count():
            return
        assert not axe_violations(page)
        choose_all(page)
        forward(page)
    pytest.fail(f"no end was reached: {page.locator('main').inner_text()}")


def choose_all(page) -> None:
    """The first answer of every question on the page."""
    names = page.locator("input[type=radio]").evaluate_all("boxes => [...new Set(boxes.map(box => box.name))]")
    for name in names:
        page.locator(f'label:has(input[type=radio][name="{name}"])').first.tap()
    for area in page.locator("main textarea").all():
        area.fill("Calm, and warm below deck")


def forward(page) -> None:
    """The button that goes on; the first of the form is the one that Enter presses."""
    with page.expect_navigation():
        page.locator(".answer-actions [data-tone=primary]").first.click()


def by_key(page, address: str) -> None:
    """Tab, Space and Enter alone."""
    page.goto(address)
    for _step in range(400):
        if page.locator(".answer-end").count():
            return
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "(() => { const e = document.activeElement; return [e.type, e.checked, e.dataset.tone, e.tagName]; })()"
        )
        if focused[0] == "radio" and not focused[1]:
            page.keyboard.press("Space")
        elif focused[2] == "primary":
            with page.expect_navigation():
                page.keyboard.press("Enter")
    pytest.fail("no end was reached")


def without_scripts(page, address: str) -> None:
    page.goto(address)
    forward(page)
    for _page in range(12):
        if page.locator(".answer-end").count():
            return
        names = {box.get_attribute("name") for box in page.locator("input[type=radio]").all()}
        for name in names:
            page.locator(f'label:has(input[type=radio][name="{name}"])').first.tap()
        forward(page)
    pytest.fail(f"no end was reached: {page.locator('main').inner_text()}")


def read_the_results(page, survey: str) -> None:
    answer = page.goto(f"{survey}/results")
    assert answer.status == 200
    assert not axe_violations(page)
    page.goto(survey)
    expect(page.locator(".stats dd").first).to_have_text(re.compile(r"^\s*3"))


def use_as_priority(page, survey: str, say) -> None:
    page.goto(f"{survey}/priority")
    page.get_by_role("button", name=say("Use as priority")).click()
    page.wait_for_url(re.compile("/survey/priority"))
    requirement = page.locator(".survey-order a").first.get_attribute("href")
    page.goto(requirement if requirement.startswith("http") else re.match(r"https?://[^/]+", survey)[0] + requirement)
    expect(page.locator(".kano-mark").first).to_be_attached()


PAGES = ("", "/edit", "/edit?at=welcome", "/edit?at=ends", "/edit?at=quotas", "/edit?at=hidden", "/languages", "/collect",
         "/publish", "/preview", "/results", "/responses", "/priority", "/export")  # fmt: skip


@pytest.mark.parametrize(("width", "theme", "language"), [(1440, "light", "en"), (390, "dark", "zh-hans")])
def test_every_page_of_a_survey_is_accessible_and_fits(server, open_page, width, theme, language):
    page = open_page(width=width, theme=theme, language=language)
    sign_in(page, server)
    page.goto(f"{server.url}{PRODUCT}surveys/new")
    assert not axe_violations(page)
    page.locator("input[name=instrument][value=kano]").check()
    page.locator(".sticky-actions button").click()
    page.wait_for_url(re.compile(r"/survey/edit"))
    survey, problems = page.url.partition("/edit")[0], {}
    for path in PAGES:
        assert page.goto(survey + path).status == 200, path
        found = axe_violations(page)
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"):
            found.append("wider than the screen")
        problems |= {path: found} if found else {}
    assert not problems
