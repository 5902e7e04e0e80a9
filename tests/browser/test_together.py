"""What is done on many rows at once, and by several people on one: kept views, merged duplicates, a text that two have changed."""

from __future__ import annotations

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server, sign_in
from tests.browser.words import speaker

pytestmark = pytest.mark.browser

TEAMMATE = "wei@tidewater.example"


@pytest.fixture
def ada(server, open_page) -> Person:
    return Person(open_page(), server, "en")


@pytest.fixture
def wei(server, open_page) -> Person:
    return Person(open_page(language="zh-hans", width=390, theme="dark"), server, "zh-hans", TEAMMATE)


class Person:
    """Somebody signed in, in the practice product, who reads one language."""

    def __init__(self, page: Page, server: Server, language: str, email: str = "") -> None:
        self.page, self.say, self.base = page, speaker(language), f"{server.url}/w/tidewater/"
        sign_in(page, server, email)

    def go(self, path: str) -> None:
        self.page.goto(self.base + path)

    def write(self, kind: str, title: str, body: str = "") -> str:
        """A new item; the answer is its address."""
        self.go(f"CX/{kind}/new")
        self.page.locator("[name=title]").fill(title)
        if body:
            self.page.locator("[name=body]").fill(body)
        self.page.locator("[name=title]").press("Control+Enter")
        self.page.wait_for_url(re.compile(r"/CX-\d+$"))
        return self.page.url.rsplit("/", 1)[1]

    def menu(self, menu: str, item: str) -> None:
        self.page.locator(f"[popovertarget={menu}]").click()
        self.page.locator(f"#{menu} {item}").click()

    def tab(self, name: str):
        return self.page.locator(".tabs").get_by_role("link", name=name)

    def told(self, text: str) -> None:
        expect(self.page.locator(".toast").last).to_contain_text(text)


@pytest.mark.parametrize("shared", [False, True], ids=["mine", "shared"])
def test_a_view_is_kept_opened_again_and_all_its_rows_are_changed(ada, wei, shared):
    name = "Jetties 栈桥" if shared else "Wharves 码头"
    paste(ada, "need", [f"{name} {n}" for n in range(60)])
    narrow_and_group(ada, name)
    keep_the_view(ada, name, shared)

    ada.go("CX/need/")
    ada.tab(name).click()
    expect(ada.page.locator(".filter-chip")).to_contain_text(name)
    expect(ada.page.locator("[data-row]")).to_have_count(50)
    wei.go("CX/need/")
    expect(wei.tab(name)).to_have_count(1 if shared else 0)

    drop_all(ada, matching=60)
    expect(ada.page.get_by_role("heading", name=re.compile(r"\b60\b"))).to_be_visible()
    ada.page.locator(".toast [data-undo]").click()
    expect(ada.page.locator("[data-row] [data-category=dropped]")).to_have_count(0)


def paste(person: Person, kind: str, titles: list[str]) -> None:
    person.go(f"CX/{kind}/paste")
    person.page.locator("[name=rows]").fill("\n".join(titles))
    person.page.get_by_role("button", name=person.say("Preview")).click()
    person.page.locator("[name=create]").click()
    person.page.wait_for_url(re.compile("sort=-created"))


def narrow_and_group(person: Person, words: str) -> None:
    """By the filter and the display of a list, as a person finds them."""
    person.go("CX/need/?view=list")
    person.menu("filter-fields", "[href*='column=q']")
    editor = person.page.locator("#view-editor")
    editor.locator("[name=value]").fill(words)
    editor.locator("[type=submit]").click()
    person.page.locator(".filter-chip").wait_for()
    person.page.get_by_role("link", name=person.say("Display")).click()
    editor.locator("[name=group]").select_option("owner")
    editor.locator("[type=submit]").click()
    person.page.wait_for_url(re.compile("group=owner"))


def keep_the_view(person: Person, name: str, shared: bool) -> None:
    person.menu("view-menu", "[data-open=save-view]")
    dialog = person.page.locator("#save-view")
    dialog.locator("[name=name]").fill(name)
    dialog.locator("[name=shared]").set_checked(shared)
    dialog.locator("[type=submit]").click()
    person.told(name)


def drop_all(person: Person, matching: int) -> None:
    page = person.page
    page.locator("[data-row-check]").first.check(force=True)
    every = page.locator("[data-bulk-all]")
    expect(every).to_contain_text(str(matching))
    every.click()
    person.menu("bulk-state", "[value='state=dropped']")
    page.locator(".toast").wait_for()


def test_merged_duplicates_keep_every_wording_and_come_apart_again(ada):
    kept = ada.write("feedback", "Ticket gone after the update", "It was there on Monday.")
    other = ada.write("feedback", "Ticket gone after the update, too", "更新之后船票不见了。")
    third = ada.write("feedback", "The ticket is gone since the update", "Where is my season ticket?")
    ada.go(kept)
    ada.menu("item-menu", f"[href$='/{kept}/merge']")
    for each in (other, third):
        ada.page.locator(f"[name=other][value={each}]").check()
    ada.page.get_by_role("button", name="Merge").click()

    wordings = ada.page.locator("#wordings")
    expect(wordings).to_contain_text("3 wordings")
    wordings.locator("summary").first.click()
    for words in (other, third, "更新之后船票不见了。"):
        expect(wordings).to_contain_text(words)
    ada.go(other)
    expect(ada.page.locator(".banner")).to_contain_text(kept)
    ada.page.go_back()

    ada.go(f"{kept}/history")
    ada.page.get_by_role("button", name="Undo this").first.click()
    ada.page.locator(".toast").wait_for()
    ada.go(kept)
    expect(wordings).to_have_count(0)
    ada.go(other)
    expect(ada.page.locator(".banner")).to_have_count(0)
    expect(ada.page.locator("[data-tone=dropped], .state-pill [data-category=dropped]")).to_have_count(0)


def test_whoever_saves_second_sees_both_texts_and_loses_nothing(ada, wei):
    ref = ada.write("requirement", "Tickets for a group 团体票", "One ticket a person.")
    for person in (ada, wei):
        person.go(ref)
        person.page.locator("#body [data-key=e]").click()
    wei.page.locator("#body [name=body]").fill("一张船票，整队同行。")
    wei.page.locator("#body [type=submit]").click()
    expect(wei.page.locator("#body .prose")).to_contain_text("整队同行")

    ada.page.locator("#body [name=body]").fill("One ticket for the whole crew.")
    ada.page.locator("#body [name=body]").press("Control+Enter")
    conflict = ada.page.locator("form.conflict")
    expect(conflict).to_contain_text("小韦 saved this while you were writing.")
    for words in ("One ticket for the whole crew.", "一张船票，整队同行。"):
        expect(conflict).to_contain_text(words)
    conflict.get_by_text("Both, yours below the other").click()
    conflict.get_by_role("button", name="Save my choice").click()
    expect(ada.page.locator("#body .prose")).to_have_text(
        re.compile("一张船票，整队同行。\\s+One ticket for the whole crew.")
    )

    wei.go(f"{ref}/history")
    wei.page.get_by_role("link", name=wei.say("Show what changed")).click()
    for words in ("One ticket for the whole crew.", "一张船票，整队同行。"):
        expect(wei.page.locator("main")).to_contain_text(words)


def test_what_is_typed_stays_while_a_change_brings_its_section_along(ada):
    ada.go(ada.write("release", "Typed meanwhile"))
    ada.page.locator("#outcome summary", has_text="Predict").click()
    expected = ada.page.locator("#outcome [name=expected]")
    expected.fill("92")
    ada.menu("state-menu", "[value=approved]")
    expect(ada.page.locator("#state-menu [value=approved]")).to_have_attribute("aria-checked", "true")
    expect(expected).to_have_value("92")
    expected.fill("")
    ada.menu("state-menu", "[value=released]")
    expect(ada.page.locator("#facts")).to_contain_text(str(date.today().year))
