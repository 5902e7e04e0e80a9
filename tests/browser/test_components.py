"""The components as people meet them, by mouse and by key. That every page is accessible and fits is test_every_page's."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import sign_in

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def signed_in(server, browser) -> dict:
    """The cookies of someone who signed in once, for all tests here."""
    context = browser.new_context()
    sign_in(context.new_page(), server)
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def patterns(server, open_page, signed_in):
    def opened(address: str = "/patterns?language=en", **look) -> Page:
        page = open_page(storage_state=signed_in, **look)
        page.goto(server.url + address)
        return page

    return opened


def row_under_cursor(page: Page) -> str:
    return page.evaluate("document.activeElement.closest('[data-row]')?.dataset.row")


def test_keys_walk_the_list_and_select_a_range(patterns):
    page = patterns()
    page.locator("#pattern-list").evaluate("list => list.querySelector('[data-row-link]').focus()")
    for key in ("x", "j", "j", "Shift+X"):
        page.keyboard.press(key)
    assert row_under_cursor(page) == "2"
    expect(page.locator("#pattern-list [data-row-check]:checked")).to_have_count(3)


def test_keys_are_quiet_while_typing_and_composing(patterns):
    page = patterns()
    page.locator("#f-title").press("End")
    page.keyboard.type("?cj")
    expect(page.locator("#f-title")).to_have_value("Ticket opens without a signal?cj")
    page.locator("#f-title").blur()
    page.evaluate("window.dispatchEvent(new KeyboardEvent('keydown', {key: '?', code: 'Slash', isComposing: true}))")
    expect(page.locator("#keys")).to_be_hidden()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()


def test_single_keys_can_be_switched_off(patterns):
    page = patterns()
    page.locator("html").evaluate("html => { html.dataset.keys = 'off' }")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_hidden()
    page.keyboard.press("Control+k")
    expect(page.locator("#palette")).to_be_visible()


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
    refusal = {"status": 422, "content_type": "text/html", "body": "<p>Review is full.</p>"}
    page.route("**/patterns*", lambda route: route.fulfill(**refusal))
    page.locator("[data-card=open0] .card-title").focus()
    page.keyboard.press("m")
    page.get_by_role("menuitemradio", name="In review").click()
    expect(page.locator("#toasts")).to_contain_text("Review is full.")
    assert page.locator("[data-column=open] [data-card]").evaluate_all(
        "cards => cards.map(card => card.dataset.card)"
    ) == ["open0", "open1"]


def test_a_card_is_dragged_by_mouse(patterns):
    page = patterns()
    page.route("**/patterns*", lambda route: route.fulfill(status=204))
    card, target = page.locator("[data-card=open0]"), page.locator("[data-column=review] [data-cards]")
    card.scroll_into_view_if_needed()
    page.wait_for_function("performance.getEntriesByType('resource').some(entry => entry.name.includes('sortable'))")
    start, end = card.bounding_box(), target.bounding_box()
    page.mouse.move(start["x"] + 40, start["y"] + 40)
    page.mouse.down()
    page.mouse.move(start["x"] + 60, start["y"] + 60, steps=4)
    for nudge in range(40):  # a busy machine takes a moment to follow
        page.mouse.move(end["x"] + 60 + nudge % 2, end["y"] + end["height"] - 6, steps=6)
        if page.locator("[data-column=review] [data-card=open0]").count():
            break
        page.wait_for_timeout(50)
    with page.expect_request("**/patterns*") as sent:
        page.mouse.up()
    assert sent.value.post_data == "column=review&before=review0&after="
    expect(page.locator("[data-column=review] [data-card]")).to_have_count(2)


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


def test_a_cell_is_left_as_it_was_by_escape_and_not_saved_while_composing(patterns):
    page = patterns()
    cell = page.locator("[data-edit-cell]").first
    cell.click()
    page.keyboard.type("9")
    page.evaluate(
        "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', isComposing: true}))"
    )
    expect(page.locator(".cell-input")).to_be_focused()
    page.keyboard.press("Escape")
    expect(cell).to_have_text("4,200")
    expect(cell).to_be_focused()


def test_the_palette_gives_the_focus_back(patterns):
    page = patterns()
    page.locator("#f-title").focus()
    page.keyboard.press("Control+k")
    expect(page.get_by_role("combobox", name="Search and commands")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#f-title")).to_be_focused()


def test_being_offline_is_said(patterns):
    page = patterns()
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    expect(page.locator(".offline")).to_be_visible()
    page.context.set_offline(False)
    expect(page.locator(".offline")).to_have_count(0)


def test_a_card_is_dragged_by_finger_after_a_moment(patterns):
    page = patterns(width=390)
    page.route("**/patterns*", lambda route: route.fulfill(status=204))
    card = page.locator("[data-card=open0]")
    card.scroll_into_view_if_needed()
    page.wait_for_function("performance.getEntriesByType('resource').some(entry => entry.name.includes('sortable'))")
    box, finger = card.bounding_box(), page.context.new_cdp_session(page)
    x, y = box["x"] + 60, box["y"] + 30

    def touch(kind: str, *points: dict) -> None:
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})

    touch("touchStart", {"x": x, "y": y})
    page.wait_for_timeout(350)
    with page.expect_request("**/patterns*") as sent:
        for step in range(1, 11):
            touch("touchMove", {"x": x, "y": y + step * 14})
            page.wait_for_timeout(20)
        touch("touchEnd")
    assert sent.value.post_data == "column=open&before=open1&after="
