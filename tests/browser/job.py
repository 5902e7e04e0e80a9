"""The main job in its steps, each a few lines of what a person does and sees; a story plays them in their order."""

from __future__ import annotations

import csv
import re
from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import Locator, Response, expect

from tests.browser.conftest import drag
from tests.browser.words import speaker

PASSWORD = "the 7:40 boat"
ROWS = [
    ("2026-05-02", 2, "Card never connects in the lift", "No signal in the lift, so the card never connects. I missed my boat on Tuesday."),
    ("2026-05-03", 1, "设备连接失败", "在电梯里设备总是连接失败，周二害我误了船。"),
    ("2026-05-04", 5, "Works at the hotel", "Bought it at the hotel, it opened on the boat at once."),
    *((f"2026-05-{day:02}", 3, f"Slow {day}", f"The timetable is slow on day {day}.") for day in range(5, 29)),
]  # fmt: skip
PASSAGE = "I missed my boat on Tuesday."


def reviews(folder: Path) -> Path:
    """A file as Excel in China writes it: GB18030, no mark, Chinese headings."""
    path = folder / "评论.csv"
    with path.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows([("时间", "评分", "标题", "内容"), *ROWS])
    return path


def is_post(answer: Response) -> bool:
    return answer.request.method == "POST"


class Job:
    """At a desk: by mouse, and by key where that is quicker."""

    def __init__(self, page, server, language: str) -> None:
        self.page, self.server, self.language, self.say = page, server, language, speaker(language)
        self.base = ""

    def button(self, text: str, **options):
        return self.page.get_by_role("button", name=self.say(text), **options)

    def press(self, target: Locator) -> None:
        target.click()

    def send(self, field: Locator) -> None:
        """What was typed, by the key for it."""
        field.press("Control+Enter")

    def go(self, path: str) -> None:
        """By a typed address, as one does at a desk."""
        self.page.goto(f"{self.base}{path}")

    def item(self, ref: str, part: str = "") -> None:
        self.go(f"{ref}{part}")

    def made(self) -> str:
        """The reference of the item whose page is open."""
        self.page.wait_for_url(re.compile(r"/PH-\d+(\?|#|$)"))
        return re.search(r"PH-\d+", self.page.url)[0]

    def set_up(self) -> None:
        self.page.goto(self.server.setup_url)
        for name, value in {
            "name": "Mei 陈",
            "email": "mei@example.com",
            "password": PASSWORD,
            "workspace": "Harbour",
        }.items():
            self.page.locator(f"[name={name}]").fill(value)
        self.page.locator("select[name=language]").select_option(self.language)
        self.press(self.page.locator("form:has([name=password]) button[type=submit]"))
        self.page.wait_for_url(re.compile("/w/harbour/"))
        self.base = f"{self.server.url}/w/harbour/"

    def make_the_product(self) -> None:
        self.page.wait_for_url(re.compile("/products/new"))
        self.page.locator("[name=name]").fill("Pilothouse")
        self.page.locator("[name=key]").fill("PH")
        self.press(self.page.locator("form:has([name=key]) button[type=submit]").first)
        self.page.wait_for_url(re.compile("/PH/"))

    def invite_a_teammate(self) -> None:
        self.go("invitations/new")
        self.page.locator("[name=email]").fill("bob@example.com")
        self.press(self.page.locator("form:has([name=email]) button[type=submit]").first)
        link = self.page.locator("[data-copy*='/invitation/']").first
        expect(link).to_have_attribute("data-copy", re.compile("/invitation/"))

    def import_feedback(self, file: Path, created: int) -> None:
        self.go("PH/feedback/import")
        self.page.set_input_files("input[type=file]", str(file))
        self.press(self.button("Continue"))
        self.page.wait_for_url(re.compile("/reading"))
        self.page.get_by_text("设备连接失败").first.wait_for()
        self.press(self.button("Continue"))
        self.page.wait_for_url(re.compile("/columns"))
        self.press(self.button("Check all rows"))
        if created:
            self.press(self.page.locator("form[action$='/start'] button[type=submit]"))
            self.page.get_by_role("button", name=self.say("Undo this import")).wait_for()
            self.sees_figure("Created", created)
        else:
            self.sees_figure("Unchanged", len(ROWS))

    def sees_figure(self, name: str, value: int) -> None:
        self.page.get_by_text(re.compile(rf"{re.escape(self.say(name))}\s*{value:,}$")).first.wait_for()

    def search_and_edit_many(self) -> None:
        self.search("连接", "设备连接失败")
        self.select_all_about("timetable")
        self.press(self.page.locator("[popovertarget=bulk-state]"))
        self.press(self.page.locator("#bulk-state [value='state=dropped']"))
        self.page.locator(".toast").first.wait_for()
        self.narrow("state", "dropped")
        self.page.get_by_role("heading", name=re.compile(r"\b24\b")).wait_for()

    def search(self, words: str, found: str) -> None:
        self.go(f"search?q={words}")
        self.page.get_by_role("link", name=re.compile(found)).first.wait_for()

    def narrow(self, column: str, value: str) -> None:
        self.go(f"PH/feedback/?{column}={value}&view=list")

    def select_all_about(self, words: str) -> None:
        self.narrow("q", words)
        self.page.keyboard.press("j")
        self.page.keyboard.press("x")
        self.press(self.page.locator("[data-bulk-all]"))

    def mark_a_quote(self) -> str:
        self.narrow("q", "lift")
        self.press(self.page.locator(".row-title").first)
        self.page.wait_for_url(re.compile(r"PH-\d+"))
        self.item(self.made(), "?text=source")
        self.select_passage()
        self.press(self.button("Mark as quote").first)
        quote = self.page.locator(".quote-list li").first
        expect(quote).to_contain_text(PASSAGE)
        return quote.locator(".item-id").inner_text()

    def select_passage(self) -> None:
        """As the mouse does it: the words are selected, and the selection is over."""
        self.page.evaluate(
            """passage => {
                const box = document.querySelector("[data-quotable]"), text = box.firstChild, at = text.data.indexOf(passage);
                getSelection().setBaseAndExtent(text, at, text, at + passage.length);
                box.dispatchEvent(new PointerEvent("pointerup", {bubbles: true}));
            }""",
            PASSAGE,
        )

    def lift_it_to_a_requirement(self, quote: str) -> str:
        insight = self.lift(quote, "insight", "Tickets are opened where there is no signal")
        need = self.lift(insight, "need", "When I board, I want my ticket at once 上船就能打开")
        return self.lift(need, "requirement", "Keep the ticket on the phone 船票离线可用")

    def lift(self, ref: str, kind: str, title: str) -> str:
        self.item(ref, f"/lift/{kind}")
        self.page.locator("#lift [name=title]").fill(title)
        self.send(self.page.locator("#lift [name=title]"))
        self.page.wait_for_url(lambda url: "/lift/" not in url)
        return self.made()

    def score(self, requirement: str) -> None:
        self.item(requirement)
        self.press(self.page.locator("#score summary", has_text=self.say("Score it")))
        for name, value in {"reach": "5200", "confidence": "80", "effort": "2.5"}.items():
            self.page.locator(f"#score [name={name}]").fill(value)
        self.page.locator("#score [name=impact]").select_option("3")
        self.page.locator("#score-preview").get_by_text("4,992").wait_for()
        self.press(self.page.locator("#score form button[type=submit]"))
        self.page.locator("#score .section-line").get_by_text("4,992").wait_for()

    def plan(self, requirement: str) -> tuple[str, str, str]:
        release = self.lift(requirement, "release", "2.4 Offline")
        metric = self.lift(release, "metric", "Opened within two seconds")
        self.item(requirement, "/lift/task")
        self.page.locator("#lift [name=title]").fill("Store the ticket\nOpen it first")
        self.press(self.page.locator("#lift button[type=submit]").first)
        self.page.wait_for_url(lambda url: "/lift/" not in url)
        self.item(requirement)
        task = self.page.locator("#links li", has_text="Store the ticket").locator(".item-id").inner_text()
        return release, task, metric

    def predict_and_approve(self, release: str, metric: str) -> None:
        self.item(release)
        self.press(self.page.locator("#outcome summary", has_text=self.say("Predict")))
        for name, value in {
            "baseline": "71",
            "expected": "92",
            "probability": "80",
            "review_on": f"{date.today() + timedelta(days=30)}",
        }.items():
            self.page.locator(f"#outcome [name={name}]").fill(value)
        self.press(self.page.locator("#outcome form.score-form button[type=submit]"))
        self.page.locator("#outcome .prediction").wait_for()
        self.set_state("approved")
        self.set_state("released")

    def set_state(self, state: str) -> None:
        self.press(self.page.locator("[popovertarget=state-menu]"))
        self.press(self.page.locator(f"#state-menu [value={state}]"))
        self.page.locator(f"#state-menu [value={state}][aria-checked=true]").wait_for(state="attached")

    def move_on_the_board(self, task: str) -> None:
        """Without a mouse, by the card's own menu; then by the mouse."""
        self.go("PH/task/?view=board")
        card = self.page.locator(".card", has_text=task)
        card.locator("[popovertarget=move-menu]").focus()
        self.page.keyboard.press("Enter")
        self.page.locator("#move-menu :focus").wait_for()
        self.page.locator("#move-menu [data-move-to=doing]").focus()
        with self.page.expect_response(is_post):
            self.page.keyboard.press("Enter")
        self.page.locator("[data-column=doing] .card", has_text=task).wait_for()
        with self.page.expect_response(is_post):
            drag(self.page, card, self.page.locator("[data-column=review] [data-cards]"))
        self.page.reload()
        self.page.locator("[data-column=review] .card", has_text=task).wait_for()

    def comment(self, requirement: str) -> None:
        self.item(requirement)
        box = self.page.locator("textarea[data-mention-url]").first
        box.fill("Looks right to me 看起来不错")
        box.press_sequentially("@Mei")
        expect(self.page.locator(".mentions [role=option]")).to_be_in_viewport()
        box.press("Enter")
        expect(box).to_have_value(re.compile("不错@mei@example.com "))
        self.send(box)
        self.page.locator(".timeline").get_by_text("Looks right to me").wait_for()

    def measure(self, metric: str) -> None:
        self.item(metric)
        self.press(self.page.locator("#readings summary", has_text=self.say("Paste several")))
        rows = [
            f"{date.today() - timedelta(days=n)}, {value}, , , 4200"
            for n, value in ((60, 70.4), (40, 71.9), (20, 71.2))
        ]
        later = [
            f"{date.today() + timedelta(days=n)}, {value}, , , 4400" for n, value in ((1, 93.8), (8, 94.6), (15, 95.3))
        ]
        self.page.locator("#reading-rows").fill("\n".join(rows + later))
        self.press(self.page.locator("form[action$='/readings/paste'] button[type=submit]"))
        self.page.locator(".readings-chart").wait_for()

    def close_with_a_verdict(self, release: str) -> None:
        self.item(release)
        self.press(self.page.get_by_role("link", name=self.say("Close with a verdict")))
        expect(self.page.locator("[name=verdict][value=moved]")).to_be_checked()
        self.page.locator("[name=why]").fill("It opens without a signal now.")
        self.press(self.button("Close the release"))
        self.page.wait_for_url(lambda url: "/verdict" not in url)

    def see_the_whole_thread(self, requirement: str) -> None:
        self.item(requirement, "/thread")
        seen = self.page.locator("main").inner_text()
        for words in (
            PASSAGE,
            "Tickets are opened where",
            "上船就能打开",
            "2.4 Offline",
            "Store the ticket",
            "Opened within two",
        ):
            assert words in seen, (words, seen)
        assert self.say("Closed with a verdict") in seen
        expect(self.page.locator("html")).to_have_attribute("lang", re.compile(f"^{self.language[:2]}"))
