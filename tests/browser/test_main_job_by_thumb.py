"""The main job once more, from the set-up link to the verdict, on a phone and by touch alone: no key, no mouse, no typed address."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Error, Locator, expect

from tests.browser.conftest import AS_HIGH_AS_A_THUMB, running
from tests.browser.job import ROWS, Job, reviews
from tests.prepared import prepared

pytestmark = pytest.mark.browser

HEED_A_CLICK = """() => {
    window.clicked = false;
    addEventListener("click", () => { window.clicked = true; }, { capture: true, once: true });
}"""


@pytest.fixture
def fresh(tmp_path, tmp_path_factory):
    yield from running(prepared(tmp_path_factory, tmp_path, practice=True))


def test_from_feedback_to_a_verdict(fresh, open_page, tmp_path):
    job = Thumb(open_page(width=390, theme="dark", language="zh-hans", is_mobile=True), fresh, "zh-hans")
    job.set_up()
    job.make_the_product()
    job.invite_a_teammate()
    job.import_feedback(reviews(tmp_path), created=len(ROWS))
    job.search_and_edit_many()
    quote = job.mark_a_quote()
    requirement = job.lift_it_to_a_requirement(quote)
    job.score(requirement)
    release, task, metric = job.plan(requirement)
    job.predict_and_approve(release, metric)
    job.move_on_the_board(task)
    job.comment(requirement)
    job.measure(metric)
    job.close_with_a_verdict(release)
    job.see_the_whole_thread(requirement)


class Thumb(Job):
    """Where a thumb does it otherwise: the bar at the bottom leads, and every step fits the screen."""

    def press(self, target: Locator) -> None:
        target.evaluate("target => target.scrollIntoView({ block: 'center' })")
        for _ in range(50):  # an answer that arrives just now draws the list anew
            if target.evaluate(AS_HIGH_AS_A_THUMB):
                return self.touch(target)
            self.page.wait_for_timeout(50)
        pytest.fail(f"{target} is lower than a thumb")

    def touch(self, target: Locator) -> None:
        """On a busy machine a touch may last so long that it counts as a long press: then one touches again."""
        for _ in range(3):
            self.page.evaluate(HEED_A_CLICK)
            target.tap()
            if self.has_clicked():
                return
        pytest.fail(f"{target} takes no touch")

    def has_clicked(self) -> bool:
        for _ in range(40):
            try:
                if self.page.evaluate("window.clicked") is not False:
                    return True
            except Error:  # it leads to another page just now
                return True
            self.page.wait_for_timeout(50)
        return False

    def send(self, field: Locator) -> None:
        self.press(field.locator("xpath=ancestor::form").locator("[type=submit], button:not([type])").first)

    def follow(self, link: Locator) -> None:
        """To another page, which has to fit the screen."""
        with self.page.expect_navigation():
            self.press(link)
        assert self.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth + 1")

    def find(self, words: str, answer: str = "") -> None:
        """By the bar's search, as one looks for a name or a number."""
        self.press(self.page.locator(".thumbbar [data-palette-open]"))
        self.page.keyboard.insert_text(words)
        self.follow(self.page.locator("#palette [role=option]", has_text=answer or words).first)

    def kind(self, kind: str) -> None:
        self.press(self.page.locator(".thumbbar [data-menu-toggle]"))
        self.follow(self.page.locator(f".nav a[href$='/PH/{kind}/']"))

    def item(self, ref: str, part: str = "") -> None:
        self.find(ref)
        if part:
            self.follow(self.page.locator(f"a[href*='/{ref}{part}']:visible").first)

    def invite_a_teammate(self) -> None:
        self.press(self.page.locator(".thumbbar [data-menu-toggle]"))
        self.press(self.page.locator(".product-switch"))
        self.follow(self.page.locator("#products a[href$='/members']"))
        self.follow(self.page.locator("a[href$='/invitations/new']"))
        super().invite_a_teammate()

    def import_feedback(self, file: Path, created: int) -> None:
        self.kind("feedback")
        self.press(self.page.locator("[popovertarget=view-menu]"))
        self.follow(self.page.locator("#view-menu a[href$='/import']"))
        super().import_feedback(file, created)

    def go(self, path: str) -> None:
        """The steps before have led here already."""
        self.page.wait_for_url(re.compile(re.escape(path.split("?")[0])))

    def search(self, words: str, found: str) -> None:
        self.find(words, found)
        expect(self.page.locator(".sheet-title textarea")).to_have_value(found)

    def narrow(self, column: str, value: str) -> None:
        """By the filter of a list: a field, then what it should be."""
        self.kind("feedback")
        self.press(self.page.locator("[popovertarget=filter-fields]"))
        self.press(self.page.locator(f"#filter-fields [href*='column={column}']"))
        editor = self.page.locator("#view-editor")
        if column == "state":
            self.press(editor.locator(f"[value={value}]"))
        else:
            editor.locator("[name=value]").fill(value)
        self.follow(editor.locator("[type=submit]"))

    def select_all_about(self, words: str) -> None:
        self.narrow("q", words)
        self.press(self.page.locator("[popovertarget=view-menu]"))
        self.press(self.page.locator("[data-select-rows]"))
        self.press(self.page.locator("[data-row-check]").first)
        self.press(self.page.locator("[data-bulk-all]"))

    def move_on_the_board(self, task: str) -> None:
        """By the card's own menu, column by column."""
        self.kind("task")
        self.follow(self.page.locator(".layouts [href*='view=board']"))
        for column in ("doing", "review"):
            self.press(self.page.locator(".card", has_text=task).locator("[popovertarget=move-menu]"))
            self.press(self.page.locator(f"#move-menu [data-move-to={column}]"))
            self.page.locator(f"[data-column={column}] .card", has_text=task).wait_for()
