"""Two people score apart, see where they disagree, choose an order, and plan releases by it; once in each language."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import axe_violations, drag, sign_in
from tests.browser.test_surveys import begin_with_requirements, by_thumb, publish
from tests.browser.words import speaker

pytestmark = pytest.mark.browser

TEAMMATE = "wei@tidewater.example"
OWN = ("900", "2", "80", "2")
THEIRS = ("5000", "0.5", "50", "1")


@pytest.fixture(params=["en", "zh-hans"])
def story(request, server, open_page) -> Story:
    return Story(open_page(language=request.param), open_page(language=request.param, width=390), server, request.param)


class Story:
    """Ada at a desk, her teammate on a phone, and the scorecard and plan they make."""

    def __init__(self, ada: Page, wei: Page, server, language: str) -> None:
        self.ada, self.wei, self.say = ada, wei, speaker(language)
        self.base = f"{server.url}/w/tidewater/CX/"
        self.days = "300" if language == "en" else "310"  # another value than in the story played before
        sign_in(ada, server)
        sign_in(wei, server, TEAMMATE)

    def press(self, name: str) -> None:
        self.ada.get_by_role("button", name=self.say(name), exact=True).click()

    def from_menu(self, menu: str, item: str) -> None:
        self.ada.locator(f"[popovertarget={menu}]").click()
        self.ada.locator(f"#{menu} {item}").click()


def test_requirements_scored_apart_become_a_plan_and_a_launch(story, server, open_page):
    card = make_a_card_for_two(story)
    score_the_first_row_by_key(story.ada, OWN)
    story.wei.goto(card)
    nothing_of_the_other_is_seen(story)
    score_the_first_row_by_key(story.wei, THEIRS)
    story.wei.get_by_role("button", name=story.say("I am done")).click()
    expect(story.ada.locator("#seats")).to_contain_text(story.say("done"))
    story.press("I am done")
    disagreement_is_shown(story.ada)
    expect(story.wei.locator("[data-disputed]").first).to_be_visible()
    sort_by_it(story, card)
    compare_with_wsjf(story)
    sort_into_lanes(story)
    ask_for_opportunities(story, server, open_page)
    plan = plan_the_releases(story, card)
    change_and_commit(story, plan)
    launch(story, plan)


def make_a_card_for_two(story: Story) -> str:
    story.ada.goto(f"{story.base}scorecards/new")
    story.ada.locator("input[name=people]").first.check()
    story.press("Make the scorecard")
    story.ada.wait_for_url(re.compile("/scorecard$"))
    return story.ada.url


def score_the_first_row_by_key(page: Page, values: tuple[str, ...]) -> None:
    """Enter opens the first cell, Tab goes on; a cell counts once the server has answered with it."""
    row = page.locator("#scores tbody tr").first
    row.locator(".cell-edit").first.focus()
    page.keyboard.press("Enter")
    for number, value in enumerate(values):
        field = row.locator(".cell-input")
        if field.evaluate("field => field.tagName") == "SELECT":
            field.evaluate("(field, value) => { field.value = value; }", value)
        else:
            page.keyboard.type(value)
        with page.expect_response(re.compile(r"/rows/\d+/\w+$")):
            page.keyboard.press("Tab" if number + 1 < len(values) else "Enter")


def nothing_of_the_other_is_seen(story: Story) -> None:
    expect(story.wei.locator("#seats")).to_contain_text("4")
    expect(story.wei.locator("#scores tbody tr").first.locator("td:not([data-kept]) > .cell-edit")).to_have_count(0)
    expect(story.wei.locator("#outcome")).to_contain_text("0")


def disagreement_is_shown(page: Page) -> None:
    disputed = page.locator("#scores [data-disputed]")
    expect(disputed.first).to_contain_text("900")
    expect(disputed.first).to_contain_text("5,000")
    expect(page.locator("#outcome .caveats, #outcome")).to_contain_text(re.compile("CX-"))


def sort_by_it(story: Story, card: str) -> None:
    story.press("Sort by this")
    expect(story.ada.locator(".toast [data-undo]")).to_be_visible()
    story.ada.locator("#scores .row-title").first.click()
    story.ada.wait_for_url(re.compile(r"/CX-\d+$"))
    expect(story.ada.locator("#standing .num").first).to_be_visible()
    story.ada.goto(card)
    assert not axe_violations(story.ada)


def compare_with_wsjf(story: Story) -> None:
    story.ada.goto(f"{story.base}scorecards/new?way=wsjf")
    story.press("Make the scorecard")
    story.ada.wait_for_url(re.compile("/scorecard$"))
    score_the_first_row_by_key(story.ada, ("8", "5", "3", "5"))
    expect(story.ada.locator("#scores strong.num").first).to_have_text("3.2")
    story.ada.goto(f"{story.base}scorecards/compare")
    expect(story.ada.locator("th", has_text="WSJF").first).to_be_visible()
    assert not axe_violations(story.ada)


def sort_into_lanes(story: Story) -> None:
    """One card by its menu and the keyboard, one by the mouse; shares are told anew after each."""
    story.ada.goto(f"{story.base}scorecards/new?way=moscow")
    story.press("Make the scorecard")
    lane = story.ada.locator("[data-column='4'] [data-cards]")
    unsorted = story.ada.locator("[data-column=''] [data-card]")
    unsorted.first.locator("[popovertarget]").focus()
    story.ada.keyboard.press("Enter")
    story.ada.locator("#lane-menu :focus").wait_for()
    story.ada.locator("#lane-menu [data-move-to='4']").press("Enter")
    expect(lane.locator("[data-card]")).to_have_count(1)
    expect(story.ada.locator(".lane-shares")).to_contain_text(re.compile("100 ?%"))
    drag(story.ada, unsorted.first, story.ada.locator("[data-column='3'] [data-cards]"))
    expect(story.ada.locator("[data-column='3'] [data-card]")).to_have_count(1)
    expect(story.ada.locator(".lane-shares")).not_to_contain_text(re.compile("100 ?%"))
    assert not axe_violations(story.ada)


def ask_for_opportunities(story: Story, server, open_page) -> None:
    """A survey of importance and satisfaction, answered on a phone and used, stands beside the scorecards."""
    survey = begin_with_requirements(story.ada, server, story.say, ("opportunity",))
    by_thumb(open_page(width=390), publish(story.ada, survey, story.say))
    story.ada.goto(f"{survey}/priority")
    story.press("Use as priority")
    story.ada.wait_for_url(re.compile("/survey/priority"))
    story.ada.goto(f"{story.base}scorecards/compare")
    for name in ("MoSCoW", "WSJF", story.say("Opportunity, by survey")):
        expect(story.ada.locator("th", has_text=name).first).to_be_visible()
    assert not axe_violations(story.ada)


def plan_the_releases(story: Story, card: str) -> str:
    number = re.search(r"CX-(\d+)/scorecard", card)[1]
    story.ada.goto(f"{story.base}plans/new?scorecard={number}")
    expect(story.ada.locator("select[name=scorecard]")).to_have_value(number)
    story.press("Make the plan")
    story.ada.wait_for_url(re.compile("/plan$"))
    type_into(story.ada, "#room", story.days)
    type_into(story.ada, "#numbers", "2 3 6")
    with story.ada.expect_response(re.compile("/choices/")):
        story.ada.locator("#numbers select").nth(1).select_option("out")
    story.press("Plan the releases")
    expect(story.ada.locator("#left-out")).to_contain_text(story.say("You kept it out."), timeout=30_000)
    assert not axe_violations(story.ada)
    return story.ada.url


def type_into(page: Page, table: str, value: str) -> None:
    page.locator(f"{table} .cell-edit").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.type(value)
    with page.expect_response(re.compile(r"/(capacity|estimates)/")):
        page.keyboard.press("Enter")


def change_and_commit(story: Story, plan: str) -> None:
    """A what-if is tried and left; the plan itself says when it no longer fits its numbers, and is then committed."""
    story.from_menu("plan-menu", "[data-open=what-if]")
    story.ada.locator("#what-if [type=submit]").click()
    story.ada.wait_for_url(lambda url: url != plan and url.endswith("/plan"))
    story.ada.locator("#numbers select").first.select_option("out")
    expect(story.ada.locator("#stale .banner")).to_be_visible()
    story.ada.goto(plan)
    expect(story.ada.locator("#stale .banner")).to_have_count(0)
    story.press("Commit")
    story.ada.locator("dialog[open]").get_by_role("button", name=story.say("Commit"), exact=True).click()
    expect(story.ada.locator("#drift")).to_be_visible()
    assert not axe_violations(story.ada)


def launch(story: Story, plan: str) -> None:
    story.ada.locator(".plan-release h2 a").first.click()
    expect(story.ada.locator(f"#launch a[href='{re.sub(r'^https?://[^/]+', '', plan)}']")).to_be_visible()
    story.ada.goto(f"{story.ada.url}/launch")
    gates = story.ada.locator("form[action*='/launch/gates/']:has([name=done])")
    if not gates.count():
        story.press("Start with the usual gates")
    still_open = gates.locator("[name=done][value='1']").count()
    story.ada.locator("form:has([name=done][value='1']) button").first.click()
    expect(gates.locator("[name=done][value='1']")).to_have_count(still_open - 1)
    expect(story.ada.locator("[name=changelog]")).to_have_value(re.compile(r"\*\*"))
    expect(story.ada.locator(".launch-asker").first).to_be_visible()
    assert not axe_violations(story.ada)


PAGES = ("scorecards/new", "scorecards/compare", "plans/new", "team", "forecast?kind=requirement", "calibration")


@pytest.mark.parametrize(("width", "theme", "language"), [(1440, "light", "en"), (390, "dark", "zh-hans")])
def test_the_pages_round_a_plan_are_accessible_and_fit(server, open_page, width, theme, language):
    page = open_page(width=width, theme=theme, language=language)
    sign_in(page, server)
    problems = {}
    for path in PAGES:
        assert page.goto(f"{server.url}/w/tidewater/TW/{path}").status == 200, path
        found = axe_violations(page)
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"):
            found.append("wider than the screen")
        problems |= {path: found} if found else {}
    assert not problems
