"""The components as people meet them: by eye and by key, in both languages and themes, at a desk and on a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LOOKS = [("en", "light", "desk"), ("zh-hans", "dark", "desk"), ("en", "dark", "phone"), ("zh-hans", "light", "phone")]


@pytest.fixture
def patterns(cast, open_page):
    return lambda **look: open_page(cast.alice.user, "/patterns", **look)


@pytest.mark.parametrize(("language", "theme", "size"), LOOKS)
def test_no_violation_of_accessibility_and_no_sideways_scrolling(patterns, language, theme, size):
    page = patterns(language=language, theme=theme, size=size)
    found = Axe().run(page).response["violations"]
    assert [(row["id"], [node["html"] for node in row["nodes"]]) for row in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def row_under_cursor(page: Page) -> str:
    return page.evaluate("document.activeElement.closest('[data-row]')?.dataset.row")


def test_keys_walk_the_list_and_select_a_range(patterns):
    page = patterns()
    page.locator("#pattern-list").evaluate("list => list.querySelector('[data-row-link]').focus()")
    for key in ("x", "j", "j", "Shift+X"):
        page.keyboard.press(key)
    assert row_under_cursor(page) == "2"
    assert page.locator("#pattern-list [data-row-check]:checked").count() == 3


def test_keys_are_quiet_while_typing_and_composing(patterns):
    page = patterns()
    page.locator("#f-title").focus()
    page.keyboard.type("?cj")
    expect(page.locator("#f-title")).to_have_value("Ticket opens without a signal?cj")
    page.locator("#f-title").blur()
    page.evaluate("window.dispatchEvent(new KeyboardEvent('keydown', {key: '?', code: 'Slash', isComposing: true}))")
    expect(page.locator("#keys")).to_be_hidden()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()


def test_single_keys_can_be_switched_off(cast, patterns):
    cast.alice.user.single_keys = False
    cast.alice.user.save()
    page = patterns()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_hidden()


def test_a_menu_is_walked_by_arrows_and_gives_the_focus_back(patterns):
    page = patterns()
    button = page.locator("[popovertarget=pattern-menu]").first
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("menuitemradio", name="In progress")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("menuitemradio", name="Planned")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#pattern-menu")).to_be_hidden()
    expect(button).to_be_focused()


def test_a_card_the_server_refuses_goes_back_where_it_was(patterns):
    page = patterns()
    page.locator("[data-card=open0] .card-title").focus()
    page.keyboard.press("m")
    page.get_by_role("menuitemradio", name="In review").click()
    expect(page.get_by_role("status").get_by_text("Nothing was changed")).to_be_visible()
    assert page.locator("[data-column=open] [data-card]").evaluate_all(
        "cards => cards.map(card => card.dataset.card)"
    ) == ["open0", "open1"]
    page.messages[:] = [text for text in page.messages if "405" not in text]


def test_a_card_is_dragged_by_mouse(patterns):
    page = patterns()
    page.evaluate(
        "window.fetch = async (url, {body}) => { window.moved = [url, String(body)]; return new Response('') }"
    )
    card, target = page.locator("[data-card=open0]"), page.locator("[data-column=review] [data-cards]")
    card.scroll_into_view_if_needed()
    page.wait_for_function("performance.getEntriesByType('resource').some(entry => entry.name.includes('sortable'))")
    start, end = card.bounding_box(), target.bounding_box()
    page.mouse.move(start["x"] + 40, start["y"] + 40)
    page.mouse.down()
    page.mouse.move(start["x"] + 60, start["y"] + 60, steps=4)
    page.mouse.move(end["x"] + 60, end["y"] + end["height"] - 6, steps=12)
    page.mouse.up()
    expect(page.locator("[data-column=review] [data-card]")).to_have_count(2)
    assert page.evaluate("window.moved") == ["#move-open0", "column=review&before=review0&after="]


def test_the_thread_is_walked_by_arrows_and_its_list_is_put_away_by_escape(patterns):
    page = patterns()
    page.locator(".pattern-theme [data-station]").first.focus()
    page.keyboard.press("ArrowRight")
    tip = page.locator("#tip-light-quote")
    expect(tip).to_be_visible()
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()


def test_asking_before_deleting_can_be_answered_no(patterns):
    page = patterns()
    page.get_by_role("button", name="Delete 3 rows").click()
    dialog = page.get_by_role("alertdialog")
    expect(dialog).to_contain_text("30 days")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def test_a_chosen_theme_stays(patterns):
    page = patterns()
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_the_menu_column_stays_hidden_on_the_next_page(patterns):
    page = patterns()
    page.keyboard.press("[")
    page.reload()
    expect(page.locator("#nav")).to_be_hidden()
    expect(page.locator("html")).to_have_attribute("data-nav", "closed")
