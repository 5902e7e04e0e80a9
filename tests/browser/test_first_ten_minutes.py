"""A newcomer's first ten minutes: from the link that is printed at the start to a scored requirement with its thread,
without documentation. Each step is the one that the page proposes; every click and key is counted.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import running
from tests.browser.words import speaker
from tests.prepared import prepared

pytestmark = pytest.mark.browser

# What it takes: 22 presses of the mouse or of a key, and 12 fields with what only the newcomer knows. At five seconds
# for each press and half a minute for each field that is under eight minutes.
MOST_PRESSES, MOST_FIELDS = 22, 12
PASSWORD = "the 7:40 boat"
SAID = {
    "en": ("No signal in the lift, so the card never connects. I missed my boat on Tuesday.", "I missed my boat on Tuesday."),
    "zh": ("电梯里没有信号，船票一直打不开。周二害我误了船。", "周二害我误了船。"),
}  # fmt: skip
WORDS = {
    "en": ("Tidewater", "Tickets are opened where there is no signal", "When I board, I want my ticket at once", "Keep the ticket on the phone"),
    "zh": ("潮汐", "船票总在没有信号的地方打开", "上船的时候，我想马上打开船票", "把船票存在手机里"),
}  # fmt: skip


class Newcomer:
    """Acts by what the page shows, and counts: a press is a click or a key, a field is one that is typed into."""

    def __init__(self, page, language: str) -> None:
        self.page, self.say = page, speaker("zh-hans" if language == "zh" else "en")
        self.presses, self.fields = 0, 0

    def press(self, target: Locator) -> None:
        target.click()
        self.presses += 1

    def key(self, name: str) -> None:
        self.page.keyboard.press(name)
        self.presses += 1

    def onward(self) -> None:
        """To the next field by Tab, past the buttons between."""
        self.key("Tab")
        while self.page.locator("button:focus").count():
            self.key("Tab")

    def write(self, text: str) -> None:
        """Into what has the focus: a page where it is elsewhere fails here."""
        expect(self.page.locator("input:focus, textarea:focus")).to_be_editable()
        self.page.keyboard.insert_text(text)
        self.fields += 1

    def select(self, passage: str) -> None:
        """With the mouse over the words: one press."""
        ends = self.page.evaluate(
            """passage => {
                const text = document.querySelector("[data-quotable]").firstChild, at = text.data.indexOf(passage);
                const range = document.createRange();
                range.setStart(text, at);
                range.setEnd(text, at + passage.length);
                const [first, last] = [range.getClientRects()[0], [...range.getClientRects()].at(-1)];
                return [first.left + 1, first.top + first.height / 2, last.right + 2, last.top + last.height / 2];
            }""",
            passage,
        )
        self.page.mouse.move(*ends[:2])
        self.page.mouse.down()
        self.page.mouse.move(*ends[2:], steps=5)
        self.page.mouse.up()
        self.presses += 1

    def next_step(self, action: str) -> None:
        """The way that the page proposes."""
        self.press(self.page.locator(".what-next").get_by_role("link", name=self.say(action)).first)


@pytest.fixture
def fresh(tmp_path_factory):
    """An installation that nobody has opened yet, without anything else in it."""
    yield from running(prepared(tmp_path_factory, tmp_path_factory.mktemp("fresh"), practice=True))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_from_the_first_link_to_a_scored_requirement_with_its_thread(fresh, open_page, language):
    page = open_page(language="zh-hans" if language == "zh" else "en")
    mei = Newcomer(page, language)
    set_up(mei, fresh)
    write_down(mei, language)
    mark(mei, language)
    lift(mei, language)
    score(mei)
    sees_the_thread(mei, language)
    assert mei.presses <= MOST_PRESSES
    assert mei.fields <= MOST_FIELDS


def set_up(mei: Newcomer, server) -> None:
    """The link, four fields, a product with a name: the page of the empty product says what to do first."""
    mei.page.goto(server.setup_url)
    for place, text in enumerate(("Mei 陈", "mei@example.com", PASSWORD, "Harbour")):
        if place:
            mei.onward()
        mei.write(text)
    mei.key("Enter")
    mei.page.wait_for_url(re.compile("/products/new"))


def write_down(mei: Newcomer, language: str) -> None:
    mei.write(WORDS[language][0])
    expect(mei.page.locator("[name=key]")).to_have_value(re.compile("^[A-Z0-9]{2,}$"))  # proposed from the name
    mei.key("Enter")
    expect(mei.page.locator(".what-next")).to_have_count(1)
    mei.next_step("Write it down")
    mei.page.wait_for_url(re.compile("/feedback/new"))
    mei.write(SAID[language][0])
    mei.key("Control+Enter")
    mei.page.wait_for_url(re.compile(r"-1(\?|#|$)"))


def mark(mei: Newcomer, language: str) -> None:
    """The page of the feedback says how; what was marked offers what is made of it."""
    page, passage = mei.page, SAID[language][1]
    expect(page.locator(".what-next")).to_contain_text(
        mei.say("Select the words that carry the point, and mark them as a quote")
    )
    expect(page.locator("[data-quotable]")).to_contain_text(passage)
    mei.select(passage)
    mei.press(page.get_by_role("button", name=mei.say("Mark as quote")).first)
    quoted = page.locator(".quote-list li", has_text=passage)
    mei.press(quoted.get_by_role("link", name=mei.say("Insight"), exact=True))


def lift(mei: Newcomer, language: str) -> None:
    """From the insight to the need and the requirement, each proposed by the page before."""
    page, (_product, insight, need, requirement) = mei.page, WORDS[language]
    for title, action in ((insight, "Make a need"), (need, "Make a requirement"), (requirement, "")):
        page.wait_for_url(re.compile("/lift/"))
        mei.write(title)
        mei.key("Control+Enter")
        page.wait_for_url(lambda url: "/lift/" not in url)
        expect(page.locator("#item-title textarea")).to_have_value(title)
        if action:
            mei.next_step(action)


def score(mei: Newcomer) -> None:
    page = mei.page
    mei.next_step("Score it")
    page.wait_for_url(re.compile("score=open"))
    for text in ("5200", "", "80", "2.5"):
        if text:
            mei.write(text)
        else:
            mei.key("3")  # massive, by its first character
        mei.key("Tab" if text != "2.5" else "Enter")


def sees_the_thread(mei: Newcomer, language: str) -> None:
    """First value: the requirement has a score, and its line leads back to the words it rests on."""
    page = mei.page
    expect(page.locator("#score .section-line")).to_contain_text("4,992")
    expect(page.locator("#item-head .thread-line li[data-linked]")).to_have_count(5)
    expect(page.locator("#tip-quote, #tip-feedback").filter(has_text=SAID[language][1]).first).to_be_attached()
