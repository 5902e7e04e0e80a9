"""The core of the main job with nothing but a keyboard, in both languages. What is used is reached by Tab, never clicked."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import sign_in
from tests.browser.words import speaker

pytestmark = pytest.mark.browser

WORDS = "The ticket opened on the boat, but never in the lift."
PASSAGE = "never in the lift"


@pytest.fixture(params=["en", "zh-hans"])
def keyboard(request, server, open_page) -> Keyboard:
    page = open_page(language=request.param)
    sign_in(page, server)
    return Keyboard(page, f"{server.url}/w/tidewater/", request.param)


class Keyboard:
    """A person's hands on the keys."""

    def __init__(self, page: Page, base: str, language: str) -> None:
        self.page, self.base, self.say = page, base, speaker(language)

    def go(self, path: str) -> None:
        self.page.goto(self.base + path)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.insert_text(text)

    def reach(self, target: Locator, key: str = "Tab") -> None:
        target.wait_for()
        for _ in range(150):
            if target.evaluate("element => element === document.activeElement"):
                return
            self.press(key)
        pytest.fail(f"{target} cannot be reached by {key}")

    def command(self, text: str) -> None:
        """By the palette: what it offers first for these words."""
        self.press("Control+k")
        self.type(text)
        expect(self.page.locator("#palette [role=option][aria-selected=true]")).to_contain_text(text)
        self.press("Enter")

    def ref(self) -> str:
        self.page.wait_for_url(re.compile(r"/CX-\d+(\?|#|$)"))
        return re.search(r"CX-\d+", self.page.url)[0]


def test_from_words_to_an_insight(keyboard):
    feedback = write_feedback(keyboard)
    quote = quote_by_typing(keyboard, feedback)
    lift_to_an_insight(keyboard, quote)
    comment(keyboard, feedback)


def write_feedback(keyboard: Keyboard) -> str:
    keyboard.go("CX/feedback/")
    keyboard.command(keyboard.say("New %(kind)s") % {"kind": keyboard.say("Feedback").lower()})
    keyboard.page.wait_for_url("**/CX/feedback/new*")
    expect(keyboard.page.locator("[name=body]")).to_be_focused()
    keyboard.type(WORDS)
    keyboard.reach(keyboard.page.locator("[name=title]"))
    keyboard.type("Ticket in the lift 电梯里的票")
    keyboard.press("Control+Enter")
    return keyboard.ref()


def quote_by_typing(keyboard: Keyboard, feedback: str) -> str:
    keyboard.go(f"{feedback}?text=source")
    keyboard.reach(keyboard.page.locator(".quote-by-key summary"))
    keyboard.press("Enter", "Tab")
    keyboard.type(PASSAGE)
    keyboard.press("Tab", "Enter")
    quote = keyboard.page.locator(".quote-list li")
    expect(quote).to_contain_text(PASSAGE)
    return quote.locator(".item-id").inner_text()


def lift_to_an_insight(keyboard: Keyboard, quote: str) -> None:
    keyboard.go(quote)
    keyboard.reach(keyboard.page.locator(f"a.button[href$='/{quote}/lift/insight']").first)
    keyboard.press("Enter")
    keyboard.page.wait_for_url("**/lift/insight")
    expect(keyboard.page.locator("#lift [name=title]")).to_be_focused()
    keyboard.type("Lifts have no signal 电梯里没有信号")
    keyboard.press("Control+Enter")
    keyboard.page.wait_for_url(lambda url: "/lift/" not in url)
    insight = keyboard.ref()
    keyboard.go(f"{insight}/thread")
    expect(keyboard.page.locator(".course")).to_contain_text(PASSAGE)


def comment(keyboard: Keyboard, feedback: str) -> None:
    keyboard.go(feedback)
    keyboard.reach(keyboard.page.locator("textarea[data-mention-url]"))
    keyboard.type("Seen 看到了")
    keyboard.press("Control+Enter")
    expect(keyboard.page.locator(".timeline")).to_contain_text("Seen 看到了")


def test_a_list_is_walked_and_an_item_opened_beside_it(keyboard):
    page = keyboard.page
    keyboard.go("CX/requirement/?view=list")
    links = page.locator("[data-row-link]")
    keyboard.press("j", "j")
    expect(links.nth(1)).to_be_focused()
    keyboard.press("k", "x")
    expect(page.locator("[data-bulk]")).to_be_visible()
    keyboard.press("Escape")
    expect(page.locator("[data-bulk]")).to_be_hidden()
    expect(links.first).to_be_focused()

    keyboard.press("Enter")
    expect(page.locator("#panel .sheet-title")).to_be_visible()
    keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_empty()
    expect(links.first).to_be_focused()
    expect(page).to_have_url(re.compile("view=list"))


def test_state_and_text_change_by_their_keys(keyboard):
    page = keyboard.page
    keyboard.go("CX/requirement/?view=list&state=idea")
    page.goto(page.locator("[data-row-link]").first.evaluate("link => link.href"))
    keyboard.press("s")
    chosen = page.get_by_role("menuitemradio", checked=True)
    expect(chosen).to_be_focused()
    keyboard.press("ArrowDown", "Enter")
    expect(page.locator("#state-menu [value=idea]")).to_have_attribute("aria-checked", "false")

    keyboard.press("e")
    box = page.locator("#body textarea[name=body]")
    expect(box).to_be_focused()
    keyboard.press("Control+End")
    keyboard.type(" One tap 一点就开")
    keyboard.press("Control+Enter")
    expect(page.locator("#body .prose")).to_contain_text("One tap 一点就开")
    keyboard.press("s")
    expect(chosen).to_be_focused()
    keyboard.press("ArrowUp", "Enter")
    expect(page.locator("#state-menu [value=idea]")).to_have_attribute("aria-checked", "true")


def test_a_card_is_moved_by_its_menu(keyboard):
    page = keyboard.page
    keyboard.go("CX/task/?view=board")
    keyboard.press("j")
    card = page.locator("[data-column=todo] [data-card]").first
    name = card.locator(".item-id").inner_text()
    expect(card.locator("[data-row-link]")).to_be_focused()
    keyboard.press("m")
    expect(page.locator("#move-menu [aria-checked=true]")).to_be_focused()
    with page.expect_response(lambda answer: answer.request.method == "POST") as moved:
        keyboard.press("ArrowDown", "ArrowDown", "Enter")
    assert moved.value.status < 300
    expect(page.locator("[data-column=review] [data-card]", has_text=name)).to_be_visible()
    page.reload()
    expect(page.locator("[data-column=review] [data-card]", has_text=name)).to_be_visible()
