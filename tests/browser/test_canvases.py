"""A SWOT is made by key alone, rearranged by mouse and by finger, and seen by a colleague who looks on by phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import axe_violations, sign_in

pytestmark = pytest.mark.browser


def test_a_swot_is_made_by_key_and_a_note_goes_elsewhere_by_mouse(open_page, server):
    page = open_page(language="en")
    sign_in(page, server)
    page.goto(f"{server.url}/w/tidewater/TW/canvases/new?layout=swot")
    page.keyboard.type("By key alone")
    page.keyboard.press("Enter")
    page.wait_for_url("**/canvas")
    write_and_move_by_key(page)
    looking_on = open_page(width=390, language="en")
    sign_in(looking_on, server)
    looking_on.goto(page.url)
    drag(page, "Crews are friendly", "threats")
    expect(inside(looking_on, "threats", "Crews are friendly")).to_be_visible()
    drag_by_finger(looking_on, "within two seconds", "weaknesses")
    expect(inside(page, "weaknesses", "within two seconds")).to_be_visible()
    page.reload()
    expect(inside(page, "threats", "Crews are friendly")).to_be_visible()
    assert not axe_violations(page)


def inside(page: Page, cell: str, text: str):
    return page.locator(f"[data-cell={cell}] [data-note]", has_text=text)


def write_and_move_by_key(page: Page) -> None:
    """Enter writes the next note; M offers the places, Alt and the arrows go there at once; Delete is taken back."""
    page.get_by_label("Add a note to Strengths").focus()
    for text in ("Tickets open fast", "Crews are friendly"):
        page.keyboard.type(text)
        page.keyboard.press("Enter")
        expect(inside(page, "strengths", text)).to_be_visible()
    page.get_by_role("link", name="Tickets open fast").focus()
    page.keyboard.press("m")
    expect(page.locator("#note-move [aria-checked=true]")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(inside(page, "weaknesses", "Tickets open fast")).to_be_visible()
    note = page.get_by_role("link", name="Tickets open fast")
    expect(note).to_be_focused()
    page.keyboard.press("Alt+ArrowLeft")
    expect(inside(page, "strengths", "Tickets open fast")).to_be_visible()
    expect(note).to_be_focused()
    page.keyboard.press("e")
    expect(page.locator(".note-editor")).to_be_focused()
    page.keyboard.type("Tickets open within two seconds")
    page.keyboard.press("Enter")
    expect(inside(page, "strengths", "within two seconds")).to_be_visible()
    expect(page.get_by_role("link", name="within two seconds")).to_be_focused()
    page.keyboard.press("Delete")
    expect(inside(page, "strengths", "within two seconds")).to_have_count(0)
    page.evaluate("stayed = true")
    page.get_by_label("Add a note to Threats").fill("half a thought")
    page.locator("[data-toast] [data-undo]").last.press("Enter")
    expect(inside(page, "strengths", "within two seconds")).to_be_visible()
    expect(page.get_by_label("Add a note to Threats")).to_have_value("half a thought")
    assert page.evaluate("stayed"), "taken back without reading the page anew"
    page.get_by_label("Add a note to Threats").fill("")


def drag(page: Page, text: str, cell: str) -> None:
    """Held over the cell until the canvas has followed: a busy machine takes a moment."""
    page.wait_for_function("performance.getEntriesByType('resource').some(entry => entry.name.includes('sortable'))")
    start, end = (
        page.locator("[data-note]", has_text=text).bounding_box(),
        page.locator(f"[data-cell={cell}]").bounding_box(),
    )
    page.mouse.move(start["x"] + 30, start["y"] + 12)
    page.mouse.down()
    page.mouse.move(start["x"] + 50, start["y"] + 24, steps=4)
    for nudge in range(60):
        page.mouse.move(end["x"] + 40 + nudge % 2, end["y"] + 50, steps=6)
        if inside(page, cell, text).count():
            break
    with page.expect_response(lambda answer: answer.url.endswith("/place") and answer.ok):
        page.mouse.up()


def drag_by_finger(page: Page, text: str, cell: str) -> None:
    """Pressed until the note is taken up, then drawn to the cell; a finger that moves at once scrolls instead."""
    page.wait_for_function("performance.getEntriesByType('resource').some(entry => entry.name.includes('sortable'))")
    finger = page.context.new_cdp_session(page)
    note = page.locator("[data-note]", has_text=text)
    note.scroll_into_view_if_needed()
    start = note.bounding_box()

    def touch(kind: str, *points: dict[str, float]) -> None:
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})

    touch("touchStart", {"x": start["x"] + 30, "y": start["y"] + 12})
    expect(page.locator("[data-note].sortable-chosen")).to_have_count(1)
    for nudge in range(60):
        end = page.locator(f"[data-cell={cell}]").bounding_box()
        touch("touchMove", {"x": end["x"] + 40 + nudge % 2, "y": min(end["y"] + 30 + nudge % 3, 800)})
        if inside(page, cell, text).count():
            break
    with page.expect_response(lambda answer: answer.url.endswith("/place") and answer.ok):
        touch("touchEnd")
