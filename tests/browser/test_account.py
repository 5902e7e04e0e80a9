"""The way in, in a real browser: the first owner, an invitation, and passkeys under the strict content policy."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import axe_violations, running, sign_in

pytestmark = pytest.mark.browser

PASSWORD = "seven forty boat"
OUTSIDE = ("accounts/login/", "accounts/password/reset/", "nowhere")
SETTINGS = (
    "settings", "tokens", "members", "invitations/new", "workspace", "log", "products", "products/new", "CX/settings",
    "CX/settings/fields/task", "CX/settings/states/task", "CX/settings/states/task/todo", "CX/settings/states/task/todo/removal",
)  # fmt: skip
ACCOUNT = (
    "2fa/",
    "sessions/",
    "password/change/",
    "2fa/totp/activate/",
    "2fa/webauthn/add/",
    "reauthenticate/",
    "logout/",
)


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    """An installation that nobody has claimed yet."""
    yield from running(tmp_path_factory.mktemp("claimed"))


def named(server) -> str:
    """Passkeys belong to a name, not to a number."""
    return server.url.replace("127.0.0.1", "localhost")


def authenticator(page) -> None:
    """A key with a fingerprint reader that always says yes."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable", {"enableUI": False})
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_from_the_first_start_to_a_passkey(fresh, open_page):
    page = open_page(language="zh-hans", timezone_id="Asia/Shanghai")
    page.goto(fresh.setup_url.replace("127.0.0.1", "localhost"))
    expect(page.get_by_label("时区")).to_have_value("Asia/Shanghai")
    page.get_by_label("你的名字").fill("林海")
    page.get_by_label("邮箱").fill("lin@example.com")
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="显示密码").click()
    expect(page.get_by_label("密码", exact=True)).to_have_attribute("type", "text")
    page.get_by_label("工作区名称").fill("潮汐航运")
    page.get_by_role("button", name="创建工作区").click()
    page.wait_for_url("**/w/chao-xi-hang-yun/products/new")

    page.get_by_label("名称", exact=True).press_sequentially("智能家居")
    expect(page.get_by_label("标识")).to_have_value("ZNJJ")
    page.get_by_role("button", name="创建产品").click()
    page.wait_for_url("**/w/chao-xi-hang-yun/ZNJJ/")

    authenticator(page)
    page.goto(f"{named(fresh)}/accounts/2fa/webauthn/add/")
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_label("名称", exact=True).fill("笔记本")
    page.get_by_role("button", name="添加通行密钥").click()
    page.wait_for_url("**/accounts/2fa/recovery-codes/")
    expect(page.locator(".codes li")).to_have_count(10)
    page.goto(f"{named(fresh)}/accounts/2fa/")
    expect(page.get_by_text("笔记本", exact=True)).to_be_visible()

    sign_out(page)
    page.get_by_role("button", name="用通行密钥登录").click()
    page.wait_for_url("**/w/chao-xi-hang-yun/**")

    sign_out(page)
    page.locator("input[name=login]").fill("lin@example.com")
    page.locator("input[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/accounts/2fa/authenticate/**")
    assert not axe_violations(page)
    page.get_by_role("button", name="用通行密钥").click()
    page.wait_for_url("**/w/chao-xi-hang-yun/**")


def sign_out(page) -> None:
    page.goto(re.match(r"\w+://[^/]+", page.url)[0] + "/accounts/logout/")
    page.get_by_role("button", name="退出登录").click()
    page.wait_for_url("**/accounts/login/**")


def test_someone_is_invited_and_joins(server, open_page):
    boss = open_page()
    sign_in(boss, server)
    boss.goto(f"{server.url}/w/tidewater/invitations/new")
    boss.get_by_label("E-mail").fill("mei@example.com")
    boss.get_by_label("Guest").check()
    boss.locator(".guest-products input").first.check()
    boss.get_by_role("button", name="Create the invitation").click()
    link = boss.get_by_role("textbox", name="Copy the link").input_value()

    mei = open_page(width=390, theme="dark")
    mei.goto(link)
    assert not axe_violations(mei)
    mei.get_by_label("Your name").fill("Mei")
    mei.get_by_label("Password", exact=True).fill(PASSWORD)
    mei.get_by_role("button", name="Join the workspace").click()
    mei.wait_for_url("**/w/tidewater/")

    boss.goto(f"{server.url}/w/tidewater/members")
    boss.get_by_label("Role of Mei").select_option("member")
    boss.get_by_text("Mei is now Member.").wait_for()
    boss.get_by_role("button", name="Remove Mei").click()
    boss.locator("dialog[open] [data-yes]").click()
    boss.get_by_text("Mei is no longer in this workspace.").wait_for()
    assert mei.goto(f"{server.url}/w/tidewater/products").status == 404


@pytest.mark.parametrize(("width", "theme", "language"), [(1440, "light", "en"), (390, "dark", "zh-hans")])
def test_these_pages_are_accessible_and_fit(server, open_page, width, theme, language):
    page = open_page(width=width, theme=theme, language=language)
    problems = visit(page, [f"{server.url}/{path}" for path in OUTSIDE])
    sign_in(page, server)
    page.goto(f"{server.url}/accounts/2fa/totp/activate/")
    page.locator("input[name=password]").fill(server.password)
    page.keyboard.press("Enter")
    page.wait_for_url("**/totp/activate/")
    problems |= visit(page, [f"{server.url}/w/tidewater/{path}" for path in SETTINGS])
    problems |= visit(page, [f"{server.url}/accounts/{path}" for path in ACCOUNT] + [f"{server.url}/workspaces"])
    assert not problems, json.dumps(problems, indent=1, ensure_ascii=False)


def visit(page, addresses: list[str]) -> dict[str, list[str]]:
    problems = {}
    for address in addresses:
        page.goto(address)
        found = axe_violations(page)
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"):
            found.append("wider than the screen")
        if found:
            problems[address] = found
    return problems
