"""Every address of the product, tried by everyone who should not be there, and walked by those who should."""

from __future__ import annotations

import hashlib
import re
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

from pilothouse.people.models import Token
from tests.promises.world import CODE, INTERVIEW, MARK, TOKEN, fill, number

VALUES = {
    "workspace": "harbor", "key": "TW", "ref": "TW-1", "kind": "need", "target": "requirement", "batch": "0" * 8 + "-0000-4000-8000-" + "0" * 12,
    "token": TOKEN, "slug": "x", "code": CODE, "number": str(number("requirement")), "criterion": "reach", "at": "welcome", "question": "q1",
    "verb": "pause", "file": "svg",
}  # fmt: skip
# Which kind of item an address is about, by what stands behind its reference.
ABOUT = {
    "survey": "survey", "scorecard": "scorecard", "plan": "plan", "launch": "release", "readings": "metric",
    "predictions": "release", "verdict": "release", "canvas": "canvas",
}  # fmt: skip
# What a guest may send: words and files on an item, and what concerns only themselves.
GUEST_MAY = re.compile(
    r"comments|attachments|watch|inbox|settings|preferences|tokens|sessions|departure|palette|views|language|theme"
    r"|preview/pages"  # a rehearsal of a survey keeps nothing
)


def routes(resolver=None, prefix="") -> list[tuple[str, URLPattern]]:
    found = []
    for entry in (resolver or get_resolver()).url_patterns:
        path = prefix + str(entry.pattern)
        found += routes(entry, path) if isinstance(entry, URLResolver) else [(path, entry)]
    return found


def address(path: str) -> str:
    def value(match: re.Match) -> str:
        converter, _, name = match[1].rpartition(":")
        if converter == "uuid":
            return str(INTERVIEW) if path.startswith("s/") else VALUES["batch"]
        if name == "ref":
            return ref_for(path)
        if name == "number" and "/canvas/" in path:
            return str(number("note"))
        return VALUES.get(name) or {"int": "1", "kind": "need", "ref": "TW-1", "key": "TW"}.get(converter, "x")

    return "/" + re.sub(r"<([^>]+)>", value, re.sub(r"[\^$]|\\Z", "", path))


def ref_for(path: str) -> str:
    """An item of the world that the address has something to show of."""
    part = re.search(r"<ref:ref>/(\w+)", path)
    return f"TW-{number(ABOUT[part[1]])}" if part and part[1] in ABOUT else "TW-1"


WORKSPACE = sorted({address(path) for path, _ in routes() if path.startswith("w/")})


def test_every_workspace_view_passes_the_gate():
    assert len(WORKSPACE) > 10
    assert not [
        path for path, entry in routes() if path.startswith("w/") and not getattr(entry.callback, "gated", False)
    ]


@pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete"])
def test_strangers_find_nothing_and_change_nothing(client, cast, method):
    fill(cast)
    before = everything()
    for path in WORKSPACE:
        answer = getattr(client, method)(path)
        assert answer.status_code in (302, 401, 405), (method, path, answer.status_code)
        assert answer.status_code != 302 or "/accounts/login" in answer.headers["Location"]
    client.force_login(cast.charlie.user)
    for path in WORKSPACE:
        answer = getattr(client, method)(path)
        assert answer.status_code in (404, 405), (method, path, answer.status_code)
        assert MARK not in answer.content.decode(errors="replace")
    assert everything() == before


def test_a_guest_sends_nothing_but_words_and_their_own_settings(client, cast):
    fill(cast)
    client.force_login(cast.gwen.user)
    client.get(cast.gwen.workspace.url)  # where a person was last is written at their first page
    before = everything()
    allowed = []
    for path in (path for path in WORKSPACE if not GUEST_MAY.search(path)):
        answer = client.post(path)
        allowed += [] if answer.status_code in (404, 405) else [f"{path} {answer.status_code}"]
    assert not allowed, "\n".join(allowed)
    assert everything() == before


@pytest.mark.parametrize(
    ("who", "language"),
    [("alice", "en"), ("alice", "zh-hans"), ("bob", "en"), ("gwen", "zh-hans"), ("charlie", "en")],
)
def test_walking_every_link_finds_no_dead_end_and_changes_nothing(client, cast, who, language):
    fill(cast)
    actor = getattr(cast, who)
    actor.user.language = language
    actor.user.save()
    client.force_login(actor.user)
    client.get(actor.workspace.url)
    before = everything()
    seen = walk(client, actor.workspace.url, most=220)
    assert len(seen) > (15 if who == "charlie" else 40)
    assert everything() == before
    leaks = (
        [path for path, text in seen.items() if MARK in text]
        if who == "charlie"
        else [path for path, text in seen.items() if f"{MARK} private" in text and who != "alice"]
    )
    assert not leaks
    assert not [
        path
        for path, text in seen.items()
        if "<script>alert" in text or ("onerror=alert(1)>" in text and "&lt;img" not in text)
    ]


def walk(client, start: str, most: int) -> dict[str, str]:
    """Follow every link on every page, breadth first; of addresses that differ only in their query, or in the method
    that they tell of, a few."""
    waiting, seen, shapes = [start], {}, {}
    while waiting and len(seen) < most:
        path = waiting.pop(0)
        shape = re.sub(r"\d+|(?<=/guide/methods/)\w+", "n", urlsplit(path).path)
        if path in seen or shapes.get(shape, 0) >= 4:
            continue
        shapes[shape] = shapes.get(shape, 0) + 1
        answer = client.get(path, follow=True)
        assert answer.status_code == 200, (path, answer.status_code)
        page = "html" in answer.headers["Content-Type"]
        seen[path] = answer.content.decode() if page and not answer.streaming else ""
        hrefs = re.findall(r'<a\b[^>]*?\bhref="([^"]+)"', seen[path])
        links = (urljoin(path, unescape(href)) for href in hrefs)
        waiting += [
            link for link in links if link.startswith("/") and not link.startswith(("/accounts/logout", "/static/"))
        ]
    return seen


def everything() -> str:
    """A digest of all that is kept, but for who was last seen where."""
    quiet = {"Session", "UserSession", "Token", "Reply", "ContentType", "Permission", "Group"}
    rows = [
        (model.__name__, *sorted(map(str, model.objects.values_list())))
        for model in apps.get_models()
        if model.__name__ not in quiet and model.__module__.startswith("pilothouse")
    ]
    return hashlib.sha256(repr([row for row in rows if row[0] != "User"]).encode()).hexdigest()


def test_the_api_refuses_everyone_without_a_token(client, cast):
    fill(cast)
    _, secret = Token.issue(user=cast.charlie.user, workspace=cast.charlie.workspace, name="t", scope="write")
    description = client.get("/api/v1/openapi.json").json()
    for path, methods in description["paths"].items():
        for method in methods:
            real = re.sub(r"\{(\w+)\}", lambda match: VALUES.get(match[1], "1"), path)
            send = getattr(client, method)
            assert send(real).status_code == 401, path
            answer = (
                send(real, headers={"Authorization": f"Bearer {secret}"}, content_type="application/json")
                if method in ("post", "patch")
                else send(real, headers={"Authorization": f"Bearer {secret}"})
            )
            assert answer.status_code in (200, 404, 422), (path, answer.status_code)
            assert MARK not in answer.content.decode()
