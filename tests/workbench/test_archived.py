"""An archived product rests: everything in it can be read, searched and exported, and nothing changed by anybody."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from pilothouse.outcomes import actions as outcomes
from pilothouse.people.access import Actor, Archived
from pilothouse.people.models import Product
from pilothouse.workbench import jobs
from pilothouse.workbench.models import Event, Item, Job, Link
from pilothouse.workbench.writing import actions, conversation, shaping
from pilothouse.workbench.writing.lifting import lift
from pilothouse.workbench.writing.merge import merge
from pilothouse.workbench.writing.quoting import quote
from pilothouse.workbench.writing.scoring import score
from pilothouse.workbench.writing.undo import undo
from tests.api.calls import Api
from tests.cast import Cast
from tests.workbench.chain import make_chain

REASON = "is archived, so nothing in it can be changed"


@pytest.fixture
def chain(cast: Cast) -> dict[str, Item]:
    chain = make_chain(cast)
    actions.comment(cast.bob, chain["need"], "So do I.")
    cast.other = actions.create(cast.alice, cast.private, "feedback", {"title": "Elsewhere"})
    Product.objects.filter(pk=cast.product.pk).update(archived_at=timezone.now())
    return chain


def as_of_now(actor: Actor) -> Actor:
    """A new request: what the actor remembers of the products is read again."""
    return Actor(actor.user, actor.workspace, actor.role)


CHANGES = {
    "create": lambda a, c, p: actions.create(a, p, "task", {"title": "One more"}),
    "change": lambda a, c, p: actions.change(a, c["need"], {"title": "Other"}),
    "change_many": lambda a, c, p: actions.change_many(a, [c["need"]], {"title": "Other"}),
    "move": lambda a, c, p: actions.move(a, c["task"], after=None, before=None),
    "trash": lambda a, c, p: actions.trash(a, [c["need"]]),
    "restore": lambda a, c, p: actions.restore(a, [c["need"]]),
    "purge": lambda a, c, p: actions.purge(a, [c["need"]]),
    "link": lambda a, c, p: actions.link(a, c["need"], "relates", c["task"]),
    "link_many": lambda a, c, p: actions.link_many(a, [c["need"]], "relates", c["task"]),
    "unlink": lambda a, c, p: actions.unlink(a, Link.objects.first()),
    "comment": lambda a, c, p: actions.comment(a, c["need"], "Hello"),
    "edit_comment": lambda a, c, p: conversation.edit_comment(a, c["need"].comments.get(), "Hello"),
    "remove_comment": lambda a, c, p: conversation.remove_comment(a, c["need"].comments.get()),
    "attach": lambda a, c, p: conversation.attach(a, c["need"], SimpleUploadedFile("a.txt", b"a")),
    "lift": lambda a, c, p: lift(a, [c["need"]], "requirement", [{"title": "One more"}]),
    "merge": lambda a, c, p: merge(a, c["need"], [c["need"]]),
    "quote": lambda a, c, p: quote(a, c["feedback"], "in the lift"),
    "score": lambda a, c, p: score(a, c["requirement"], {"reach": 1}),
    "undo": lambda a, c, p: undo(a, Event.objects.filter(actor=a.user, product=p).latest("id").batch),
    "field": lambda a, c, p: shaping.add_field(a, p, "task", {"name": "Size"}),
    "reading": lambda a, c, p: outcomes.record(a, c["metric"], [{"on": "2026-11-01", "value": 1}]),
    "predict": lambda a, c, p: outcomes.predict(a, c["release"], c["metric"], {}),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_no_verb_changes_anything(cast, chain, name):
    cast.product.refresh_from_db()
    before = (Event.objects.count(), Item.objects.count(), Link.objects.count())
    with pytest.raises(Archived, match=REASON):
        CHANGES[name](as_of_now(cast.alice), chain, cast.product)
    assert (Event.objects.count(), Item.objects.count(), Link.objects.count()) == before


def test_nothing_is_linked_to_it_from_outside(cast, chain):
    with pytest.raises(Archived):
        actions.link(as_of_now(cast.alice), cast.other, "relates", chain["need"])


POSTS = {
    "{need}/edit": {"title": "x"}, "{need}/comments": {"comment": "x"}, "{need}/trash": {}, "{need}/merge": {"other": "1"},
    "TW/need/new": {"title": "x"}, "TW/need/bulk": {"set": "state=dropped"}, "TW/need/paste": {"rows": "x"}, "TW/feedback/import": {},
    "TW/trash": {"set": "restore"},
}  # fmt: skip


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize("fragment", [True, False])
def test_pages_say_why(cast, chain, client, path, fragment):
    client.force_login(cast.bob.user)
    headers = {"HX-Request": "true"} if fragment else {}
    answer = client.post(f"/w/harbor/{path.format(need=chain['need'].ref)}", POSTS[path], headers=headers)
    assert answer.status_code == 423
    assert REASON in answer.text
    assert answer.headers["Content-Type"].startswith("text/plain" if fragment else "text/html")


def test_the_api_says_why(cast, chain, client):
    api, ref = Api(client, cast.alice), chain["need"].ref
    for method, path, body in (
        ("POST", "/products/TW/items", {"kind": "task", "title": "x"}),
        ("PATCH", f"/items/{ref}", {"title": "x"}),
        ("DELETE", f"/items/{ref}", None),
        ("POST", f"/items/{ref}/comments", {"body": "x"}),
        ("POST", f"/items/{ref}/links", {"relation": "relates", "target": chain["task"].ref}),
    ):
        answer = api(method, path, body)
        assert (answer.status_code, answer.headers["Content-Type"]) == (423, "application/problem+json")
        assert REASON in answer.data["title"]
    assert api("GET", f"/items/{ref}").status_code == 200


def test_reading_searching_and_exporting_stay(cast, chain, client):
    client.force_login(cast.bob.user)
    ref = chain["need"].ref
    for path in (
        "TW/", "TW/need/", "TW/need/?view=board", "TW/need/?view=table", "TW/need/export.csv", "TW/export", "TW/export.json", "TW/imports", "TW/trash",
        "TW/activity", ref, f"{ref}/thread", f"{ref}/history",
    ):  # fmt: skip
        assert client.get(f"/w/harbor/{path}").status_code == 200, path
    assert chain["need"].ref in client.get("/w/harbor/search?q=signal").text


def test_the_page_says_why_and_offers_the_way_out_to_whoever_manages_it(cast, chain, client):
    url = f"/w/harbor/{chain['need'].ref}"
    for person, offered in ((cast.alice, True), (cast.bob, False), (cast.gwen, False)):
        client.force_login(person.user)
        page = client.get(url).text
        assert "has been in the archive since" in page
        assert ("Take it out of the archive" in page) is offered
    client.force_login(cast.alice.user)
    back = client.post("/w/harbor/TW/settings/archive", {"archived": "0", "next": url})
    assert back.url == url
    away = client.post("/w/harbor/TW/settings/archive", {"archived": "0", "next": "//evil.example/w/harbor/"})
    assert away.url == "/w/harbor/TW/settings"
    assert "in the archive since" not in client.get(url).text
    assert client.post(f"{url}/comments", {"comment": "Awake"}).status_code in (200, 302)


@jobs.handler
def change_something(job, actor):
    actions.create(actor, actor.product("TW"), "task", {"title": "One more"})


def test_a_job_that_comes_too_late_says_why(cast, chain):
    job = jobs.start(cast.alice, change_something, "Work")
    jobs.run.call(str(job.pk))
    job.refresh_from_db()
    assert job.status == Job.FAILED
    assert REASON in job.message
