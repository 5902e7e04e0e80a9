"""Text that wants to be something else, in every field there is: kept as text or refused in words, never run."""

from __future__ import annotations

import csv
import io
import json
from html.parser import HTMLParser

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pilothouse.exchange.models import Import
from pilothouse.kinds import KINDS
from pilothouse.outcomes import actions as outcomes
from pilothouse.people.models import Token
from pilothouse.workbench.models import CustomField, SavedView
from pilothouse.workbench.writing import actions, conversation, shaping
from pilothouse.workbench.writing.cleaning import Invalid
from tests.promises.test_urls import everything, walk
from tests.promises.world import fill

TRICKS = {
    "script": "<script>evil()</script>", "picture": "<img src=x onerror=evil()>", "quote": "\"'><b id=evil onclick=evil()>",
    "link": "[x](javascript:evil()) <javascript:evil()> [y]( \tjavascript:evil()) ![z](data:text/html,evil)",
    "htmx": '<a hx-get="/evil" hx-on:click="evil()">', "template": "{{7*7}}{%raw%}${7*7}", "percent": "%(x)s %s %d {0}",
    "formula": "=HYPERLINK(\"//evil\")", "at": "@SUM(1)", "bidi": "\u202eevil\u202c \u2066x", "zero": "a\u200b\u200db\ufeff",
    "emoji": "🚢👩‍👩‍👧 e\u0301", "close": "</textarea></title></style><svg/onload=evil()>", "crlf": "a\r\nSet-Cookie: evil=1",
}  # fmt: skip
TOO_MUCH = {
    "nul": "x\x00y",
    "long": "长" * 100_000,
    "longer": "<b>" * 66_667,
    "invisible": "\u200b\u200d\ufeff",
    "digits": "9" * 5_000,
}
SOUP = " ".join(TRICKS.values())
EVERY = {"soup": SOUP, **{name: TRICKS[name] for name in ("script", "quote", "formula", "percent")}, **TOO_MUCH}
# What pages are asked by their address.
VIEW = ("sort", "group", "cols", "view", "after", "column", "search", "title", "created.gt", "due", "owner", "state", "score.gt", "2.tag", "release")  # fmt: skip
QUESTIONS = {
    "search": ("q", "kind", "product", "after"), "palette.json": ("q", "product"), "inbox": ("before",), "log": ("before",),
    "mine": ("before",), "TW/activity": ("before",), "TW-1": ("text", "talk", "q"), "TW-1/thread": ("open",), "TW-1/history": ("before",),
    "TW/need/": VIEW, "TW/need/filter": ("sort", "column", "was", "in"), "TW/need/export.csv": ("sort", "title"),
}  # fmt: skip


class Dangers(HTMLParser):
    """What a browser would run: a tag, a handler or an address that came out of somebody's text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        for name, value in attrs:
            text = (value or "").strip().lower()
            address = name in ("href", "src", "action", "formaction", "hx-get", "hx-post")
            if name.startswith(("on", "hx-on")) or (address and text.startswith(("javascript:", "data:text", "/evil"))):
                self.found.append(f"<{tag} {name}={value!r}>")
            if name in ("id", "class") and value == "evil":
                self.found.append(f"<{tag} {name}=evil>")
        if tag in ("svg", "script") and ("onload", "evil()") in attrs:
            self.found.append(tag)

    def handle_data(self, data: str) -> None:
        if self.lasttag == "script" and self.cdata_elem == "script" and "evil" in data:
            self.found.append(data[:80])


def dangers(answer) -> list[str]:
    html = not answer.streaming and "html" in answer.headers.get("Content-Type", "")
    return Dangers(answer.content.decode()).found if html else []


@pytest.fixture
def soup(client, cast):
    """Every text field of every kind, and every name, holds every trick."""
    made = fill(cast)
    for slug, kind in KINDS.items():
        texts = {field.slug: SOUP for field in kind.fields if field.type in ("text", "long", "person")}
        actions.create(cast.alice, cast.product, slug, {"title": SOUP[:500], "body": SOUP, **texts, "tags": [text.replace(",", "")[:60] for text in TRICKS.values()]})  # fmt: skip
    for text in TRICKS.values():
        actions.comment(cast.alice, made["requirement"], text + " @bob@example.com")
        conversation.attach(cast.alice, made["requirement"], SimpleUploadedFile("f.png", b"<svg onload=evil()>"))
        SavedView.objects.create(
            product=cast.product, kind="need", owner=cast.alice.user, name=text[:100], query="", shared=True
        )
    actions.comment(cast.alice, made["requirement"], SOUP)
    shaping.add_field(cast.alice, cast.product, "need", {"name": SOUP[:60], "type": "choice", "required": False, "new_options": [text[:100] for text in TRICKS.values()]})  # fmt: skip
    shaping.add_state(
        cast.alice, cast.product, "need", {"name": TRICKS["quote"][:60], "category": "active", "limit": None}
    )
    outcomes.record(
        cast.alice, made["metric"], [{"on": "2026-11-01", "value": "3", "source": SOUP[:100], "note": SOUP[:200]}]
    )
    cast.product.name, cast.product.purpose = TRICKS["quote"], SOUP
    cast.product.save()
    cast.alice.workspace.name = TRICKS["picture"]
    cast.alice.workspace.save()
    type(cast.bob.user).objects.filter(pk__in=[cast.alice.user.pk, cast.bob.user.pk]).update(name=TRICKS["script"])
    client.force_login(cast.alice.user)
    return made


def test_no_page_runs_what_people_wrote(client, cast, soup):
    pages = walk(client, cast.alice.workspace.url, most=160)
    pages |= {path: client.get(path).content.decode() for path in (
        f"{soup['requirement'].url}?text=source", f"{soup['requirement'].url}/thread", "/w/harbor/search?q=evil",
        *(f"/w/harbor/TW/need/?view={view}&group=none" for view in ("list", "table", "board", "cards") if view != "board"),
    )}  # fmt: skip
    assert len(pages) > 100
    assert not {path: found for path, text in pages.items() if (found := Dangers(text).found)}
    assert not [path for path, text in pages.items() if "49" in text and "{{7*7}}" not in text and "7*7" in text]


def doors(made) -> list[tuple[str, dict]]:
    """Every post that takes words; `{evil}` stands for them."""
    need, requirement, evil = made["need"].ref, made["requirement"].ref, "{evil}"
    texts = {slug: {field.slug: evil for field in kind.fields} for slug, kind in KINDS.items()}
    return [
        *((f"TW/{slug}/new", {"title": evil, "body": evil, "tags": evil, "start_on": evil, "due_on": evil, **texts[slug]}) for slug in KINDS),
        ("TW/need/new", {"title": evil}), ("TW/need/new", {"title": "x", "body": evil}), ("TW/need/new", {"title": "x", "tags": evil}),
        ("TW/need/quick", {"title": evil}), ("TW/need/paste", {"rows": evil, "create": "1"}), ("TW/need/paste", {"rows": "Title\tState\n{evil}\t{evil}\n"}),
        (f"{need}/edit?name=title", {"title": evil, "version": "9"}), (f"{need}/edit?name=body&part=body", {"body": evil, "version": "9"}),
        (f"{need}/edit?name=who&part=fact", {"who": evil, "version": "9"}), (f"{need}/edit?name={{evil}}&part=fact", {"x": "1"}),
        (f"{need}/cell?column=title&version=9", {"title": evil}), (f"{need}/children", {"title": evil}),
        (f"{need}/comments", {"comment": evil}), (f"{need}/quotes", {"text": evil, "start": evil}),
        (f"{need}/links", {"relation": evil, "target": evil}), (f"{need}/merge", {"other": evil}),
        (f"{need}/lift/requirement", {"title": evil, "body": evil}), (f"{requirement}/score", dict.fromkeys(("reach", "impact", "confidence", "effort"), evil)),
        (f"{made['metric'].ref}/readings", {"on": evil, "value": evil, "source": evil, "note": evil}),
        (f"{made['metric'].ref}/readings", {"on": "2026-11-02", "value": "1", "source": evil, "note": evil, "n": "5"}),
        (f"{made['metric'].ref}/readings/paste", {"rows": evil}),
        (f"{made['release'].ref}/predictions", {"metric": str(made["metric"].pk), "expected": evil, "note": evil, "review_on": "2027-01-01"}),
        (f"{made['release'].ref}/verdict", {"verdict": evil, "why": evil}),
        ("TW/need/bulk", {"ids": str(made["need"].pk), "set": "add_tags={evil}"}), ("TW/need/bulk", {"ids": str(made["need"].pk), "set": "who={evil}"}),
        ("TW/need/views", {"name": evil, "query": evil}), ("TW/need/views", {"name": evil, "query": "view=list"}),
        ("TW/settings", {"name": evil, "purpose": evil}), ("TW/settings/fields/need", {"name": evil, "type": "choice", "new_options": evil}),
        (f"TW/settings/fields/need/{CustomField.objects.get().pk}", {"name": "x", "new_options": evil, "option-a": evil}),
        ("TW/settings/states/need", {"name": evil, "category": "active", "limit": evil}),
        ("workspace", {"name": evil}), ("settings", {"name": evil, "language": evil, "time_zone": evil, "theme": evil}),
        ("tokens", {"name": evil, "scope": "read", "days": "30"}), ("invitations/new", {"email": evil, "role": "member"}),
        ("products/new", {"name": evil, "key": "NEW", "purpose": evil}), ("members/1/role", {"role": evil}),
    ]  # fmt: skip


@pytest.mark.parametrize("name", EVERY)
def test_every_door_keeps_it_or_refuses_it_in_words(client, cast, name):
    made, evil = fill(cast), EVERY[name]
    CustomField.objects.create(
        product=cast.product, kind="need", slug="x_a", name="A", type="choice", options=[{"slug": "a", "name": "a"}]
    )
    client.force_login(cast.alice.user)
    client.get("/w/harbor/")
    talk = made["requirement"].comments.get()
    every = [*doors(made), (f"{made['requirement'].ref}/comments/{talk.pk}", {"comment": "{evil}"})]
    before = everything()
    for path, data in every[list(EVERY).index(name) % 3 :: 3]:  # a door meets every third word
        sent = {key: value.replace("{evil}", evil) for key, value in data.items()}
        answer = client.post("/w/harbor/" + path.replace("{evil}", evil[:200]), sent)
        assert answer.status_code in (200, 201, 302, 400, 404, 413, 422), (path, answer.status_code)
        after = everything()
        assert answer.status_code < 400 or after == before, (path, "half written")
        before = after
        assert not dangers(answer), path
    assert "\\x00" not in str(list(CustomField.objects.values("name", "options")))


@pytest.mark.parametrize("name", [*EVERY, "surrogate"])
def test_an_import_keeps_it_or_names_its_row(client, cast, name, work, media):
    evil = {**EVERY, "surrogate": "x\udcff"}[name]
    typed = evil.replace("\udcff", "")
    rows = io.StringIO()
    csv.writer(rows).writerows([["Title", "Text", evil], ["good", "b", "c"], [evil, evil, evil]])
    client.force_login(cast.alice.user)
    file = SimpleUploadedFile(f"{typed[:50]}.csv", rows.getvalue().encode("utf-8", "surrogateescape"))
    begun = client.post("/w/harbor/TW/need/import", {"file": file})
    assert begun.status_code in (302, 422), begun.status_code
    if begun.status_code == 422:
        return
    url = Import.objects.get().url
    client.post(f"{url}/reading", {"encoding": "utf-8-sig", "next": "1"})
    columns = {"target-0": "title", "target-1": "body", "target-2": "new", "type-2": "choice", "key": "0", "next": "1"}
    for address, data in (
        ("columns", columns), ("columns", {**columns, "target-2": "who", "constant-tags": typed}), ("start", {}), ("template", {"name": typed}),
    ):  # fmt: skip
        answer = client.post(f"{url}/{address}", data)
        assert answer.status_code in (302, 422), (address, answer.status_code)
        work()
        for page in ("", "/reading", "/columns", "/check", "/failed.csv"):
            seen = client.get(f"{url}{page}")
            assert seen.status_code in (200, 302, 404), (page, seen.status_code)
            assert not dangers(seen), page
    source = Import.objects.get()
    assert source.created + source.failed == 2, (source.created, source.failed)
    assert not [path for path, page in walk(client, f"{cast.product.url}need/", most=8).items() if Dangers(page).found]


def test_a_comment_is_refused_by_the_name_it_was_given_by(cast):
    made = fill(cast)["requirement"]
    for evil in ("x\ud800", "x\x00", "\u200b\u2060", "", "x" * 50_001):
        with pytest.raises(Invalid) as refused:
            actions.comment(cast.alice, made, evil)
        assert list(refused.value.errors) == ["body"]
        with pytest.raises(Invalid) as refused:
            conversation.edit_comment(cast.alice, made.comments.get(), evil)
        assert list(refused.value.errors) == ["comment"]


@pytest.mark.parametrize("name", ["\u200b\u200d", "\u2060", "\u3000\u200b", "\u202e\u202c", "\u00ad"])
def test_a_name_can_be_seen(client, cast, name):
    made = fill(cast)
    client.force_login(cast.alice.user)
    client.get("/w/harbor/")
    names = {"TW/settings": {}, "TW/settings/fields/need": {"type": "text"}, "TW/settings/states/need": {"category": "active"}, "workspace": {},
             "settings": {"language": "en", "time_zone": "UTC", "theme": "system"}, "tokens": {"scope": "read"}, "products/new": {"key": "NEW"},
             "TW/need/views": {"query": ""}, f"{made['need'].ref}/edit?name=tags&part=fact": {"tags": f"{name},x", "version": "9"}}  # fmt: skip
    before = everything()
    for path, data in names.items():
        answer = client.post(f"/w/harbor/{path}", {"name": name, **data})
        assert answer.status_code == 422, path
        assert everything() == before, path


@pytest.mark.parametrize("name", ["soup", "quote", "nul", "digits"])
def test_every_question_is_answered(client, cast, name):
    fill(cast)
    client.force_login(cast.alice.user)
    for page, parameter in ((page, parameter) for page, parameters in QUESTIONS.items() for parameter in parameters):
        answer = client.get(f"/w/harbor/{page}", {parameter: EVERY[name][:3_000]})
        assert answer.status_code in (200, 302, 400, 404), (page, parameter, answer.status_code)
        assert not dangers(answer), (page, parameter)


@pytest.mark.parametrize("name", [*EVERY, "surrogate"])
def test_the_api_keeps_it_or_refuses_it_in_words(client, cast, name):
    fill(cast)
    evil = {**EVERY, "surrogate": "x\ud800"}[name]
    _, secret = Token.issue(user=cast.alice.user, workspace=cast.alice.workspace, name="t", scope="write")
    headers = {"Authorization": f"Bearer {secret}"}
    bodies = [
        ("post", "products/TW/items", {"kind": "need", "title": evil, "body": evil, "fields": {"who": evil}, "tags": [evil]}),
        ("post", "products/TW/items", {"kind": evil, "title": "x"}), ("patch", "items/TW-1", {"fields": {evil: evil}}),
        ("post", "items/TW-1/comments", {"body": evil}), ("post", "items/TW-1/links", {"relation": evil, "target": evil}),
        ("patch", "items/TW-1", {"owner": evil, "parent": evil, "state": evil, "id": 1, "product": 2}),
    ]  # fmt: skip
    before = everything()
    for method, path, body in bodies:
        answer = getattr(client, method)(
            f"/api/v1/{path}", json.dumps(body), content_type="application/json", headers=headers
        )
        assert answer.status_code in (200, 201, 400, 404, 422), (path, answer.status_code)
        after = everything()
        assert answer.status_code < 400 or after == before, (path, "half written")
        before = after
    if name != "surrogate":
        for query in (
            "search?q",
            "products/TW/items?q",
            "products/TW/items?state",
            "products/TW/items?cursor",
            "items/TW-1/events?before",
        ):
            path, _, parameter = query.partition("?")
            answer = client.get(f"/api/v1/{path}", {parameter: evil[:3_000]}, headers=headers)
            assert answer.status_code in (200, 400, 404, 422), (query, answer.status_code)
