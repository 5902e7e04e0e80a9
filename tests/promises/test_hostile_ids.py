"""Numbers and references that are not one's own, in every address and every field of a post: never an error of ours,
never a change, never a word of what is not to be seen."""

from __future__ import annotations

import inspect
import itertools
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from pilothouse.outcomes import actions as outcomes
from pilothouse.people.models import Membership, Token, User
from pilothouse.workbench.models import Attachment, Event, Link, SavedView
from pilothouse.workbench.writing import actions, conversation
from tests.promises.test_urls import VALUES, everything, routes
from tests.promises.world import MARK, fill

OUTSIDER = 900_001
ABSURD = ["0", "-1", str(2**63), str(10**30), "9" * 5_000, "²", "x", "1\x00", "' OR 1=1 --", "🚢"]
READ = re.compile(r"""(?:POST|GET)\.get(?:list)?\(\s*["']([\w-]+)["']|given\.get(?:list)?\(["']([\w-]+)["']""")


@pytest.fixture
def world(cast):
    """One of everything that has a number, in TW, in the private product and in the other workspace."""
    made = fill(cast)
    outsider = User.objects.create_user("dora@example.com", pk=OUTSIDER)
    Membership.objects.create(workspace=cast.charlie.workspace, user=outsider)
    hidden = actions.create(cast.alice, cast.private, "need", {"title": f"{MARK} private two"})
    foreign = {
        kind: actions.create(cast.charlie, cast.foreign, kind, {"title": "foreign"})
        for kind in ("need", "requirement", "release", "metric")
    }
    tie = actions.link(cast.alice, made["need"], "relates", hidden)
    picture = SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\n1")
    conversation.attach(cast.alice, hidden, picture)
    conversation.attach(cast.alice, made["task"], SimpleUploadedFile("b.txt", b"b"))
    own = actions.comment(cast.alice, made["task"], "Alice's own")
    view = SavedView.objects.create(product=cast.product, kind="need", owner=cast.alice.user, name="mine", query="")
    token, _ = Token.issue(user=cast.alice.user, workspace=cast.alice.workspace, name="t", scope="write")
    outcomes.record(cast.alice, made["metric"], [{"on": "2026-11-01", "value": "3"}])
    return {
        "made": made, "hidden": hidden, "foreign": foreign, "tie": tie, "comment": own, "view": view, "token": token,
        "file": Attachment.objects.get(item=hidden), "other_file": Attachment.objects.get(item=made["task"]),
        "batch": Event.objects.filter(item=made["need"], verb="created").get().batch,
    }  # fmt: skip


def pointed(cast, world) -> list[tuple[str, dict]]:
    """Posts that would do harm if a number in them were believed. `{evil}` stands for each number in turn."""
    made, task = world["made"], world["made"]["task"].ref
    need, metric, release = made["need"], made["metric"].ref, made["release"].ref
    every = [
        (f"{need.ref}/edit?name=parent&part=fact", {"parent": "{evil}", "version": "1"}),
        (f"{need.ref}/edit?name=owner&part=fact", {"owner": "{evil}", "version": "1"}),
        (f"{need.ref}/cell?column=parent&version=1", {"parent": "{evil}"}),
        (f"{need.ref}/cell?column=owner&version=1", {"owner": "{evil}"}),
        ("TW/need/bulk", {"ids": "{evil}", "set": "trash=1"}),
        *(("TW/need/bulk", {"ids": str(need.pk), "set": name + "={evil}"}) for name in ("parent", "owner", "release")),
        *(("TW/need/new", {"title": "x", name: "{evil}"}) for name in ("parent", "owner")),
        ("TW/need/quick?owner={evil}", {"title": "x"}),
        (f"{need.ref}/lift/requirement", {"existing": "{evil}"}),
        ("TW/lift/requirement", {"ids": "{evil}", "title": "x"}),
        (f"{need.ref}/merge", {"other": "{evil}"}),
        (f"{need.ref}/merge", {"other": "{evil}", "keep": "other"}),
        (f"{need.ref}/links", {"relation": "relates", "target": "{evil}"}),
        (f"{need.ref}/links", {"relation": "-blocks", "target": "{evil}"}),
        (f"{release}/predictions", {"metric": "{evil}", "expected": "5", "review_on": "2027-01-01"}),
        ("TW/trash", {"ids": "{evil}", "set": "purge"}),
    ]
    numbers = ["{evil}", str(world["tie"].pk), str(world["comment"].pk), str(world["view"].pk)]
    every += [
        (path.replace("{n}", number), {"comment": "x", "name": "x", "delete": "1", "value": "1"})
        for number in numbers
        for path in (
            f"{need.ref}/comments/{{n}}", f"{task}/comments/{{n}}", f"{task}/comments/{{n}}/removal", f"{metric}/readings/{{n}}9/removal",
            f"{release}/predictions/{{n}}", f"{need.ref}/history/{{n}}99/text", "TW/need/views/{n}", "TW/requirement/views/{n}",
            "tokens/{n}/revocation", "members/{n}/role", "members/{n}/removal", "invitations/{n}/revocation",
        )
    ]  # fmt: skip
    every += [(f"{need.ref}/links/{world['tie'].pk}", {}), (f"undo/{world['batch']}", {})]
    every += [(f"{need.ref}/attachments/{world[name].pk}/removal", {}) for name in ("file", "other_file")]
    return every


def test_numbers_of_others_are_refused_and_change_nothing(client, cast, world):
    client.force_login(cast.bob.user)
    hidden, foreign = world["hidden"], world["foreign"]["need"]
    client.get(cast.bob.workspace.url)  # where a person was last is written at their first page
    evils = [*ABSURD, hidden.ref, foreign.ref, str(hidden.pk), str(foreign.pk), str(OUTSIDER), "SEC-999999"]
    before = everything()
    for path, data in pointed(cast, world):
        for evil in evils if "{evil}" in path + str(data) else [""]:
            sent = {name: value.replace("{evil}", evil) for name, value in data.items()}
            answer = client.post(f"/w/harbor/{path.replace('{evil}', evil)}", sent)
            assert answer.status_code in (302, 400, 404, 422), (path, evil, answer.status_code)
            assert f"{MARK} private" not in answer.content.decode(), (path, evil)
        assert everything() == before, path


def test_any_word_in_any_field_of_any_post_is_borne(client, cast, world):
    """What each view reads, by its own source; the rows of the other products stay as they are."""
    client.force_login(cast.alice.user)
    refs = [world["made"][kind].ref for kind in ("need", "metric", "release")]
    words = itertools.cycle(("", "-1", str(10**30), "9" * 5_000, "{{7*7}}<script>%(x)s", "SEC-1"))
    for path, entry in routes():
        if not path.startswith("w/") or "departure" in path:
            continue
        view = inspect.unwrap(entry.callback)
        names = {name for pair in READ.findall(inspect.getsource(inspect.getmodule(view))) for name in pair if name}
        for ref in refs if "ref:" in path else refs[:1]:
            unkept = (
                ("x\x00",) if ref == refs[0] else ()
            )  # what one database takes and the other does not: at every door
            for evil in (*unkept, next(words)):
                with transaction.atomic():
                    address = filled(path, ref, world)
                    client.post(address, dict.fromkeys(sorted(names) or ["x"], evil))
                    client.get(address, dict.fromkeys(sorted(names) or ["x"], evil))
                    transaction.set_rollback(True)


def filled(path: str, ref: str, world) -> str:
    values = {**VALUES, "ref": ref, "batch": str(world["batch"]), "pk": str(world["made"]["need"].pk)}

    def value(match: re.Match) -> str:
        converter, _, name = match[1].rpartition(":")
        if converter == "uuid":
            return str(world["batch"])
        return values.get(name, "1")

    return "/" + re.sub(r"<([^>]+)>", value, path)


@pytest.mark.parametrize("number", ["0", str(2**63), str(10**30), "9" * 5_000])
def test_addresses_bear_any_number(client, cast, world, number):
    client.force_login(cast.alice.user)
    for path, _entry in routes():
        if path.startswith("w/") and "<int:" in path:
            address = re.sub(r"<int:\w+>", number, path)
            for send in (client.get, client.post):
                answer = send(filled(address, world["made"]["need"].ref, world))
                assert answer.status_code in (400, 404, 405, 422), (address[:80], answer.status_code)


def test_what_is_private_shines_through_nowhere(client, cast, world):
    """A link, a parent or an event that leads into the private product says nothing to who may not go there."""
    for who in (cast.bob, cast.gwen):
        client.force_login(who.user)
        _, secret = Token.issue(user=who.user, workspace=who.workspace, name="t", scope="read")
        need = world["made"]["need"].ref
        pages = [f"/w/harbor/{need}{part}" for part in ("", "/thread", "/history", "/comments")]
        pages += ["/w/harbor/", "/w/harbor/TW/", "/w/harbor/TW/activity", "/w/harbor/search?q=private", "/w/harbor/palette.json?q=private"]  # fmt: skip
        pages += [f"/w/harbor/TW/need/?view={view}" for view in ("list", "table", "board", "cards")]
        pages += ["/w/harbor/TW/need/export.csv", "/w/harbor/TW/export.json", f"/w/harbor/{need}/links?target=private"]
        pages += [f"/api/v1/items/{need}{part}" for part in ("", "/links", "/events")]
        pages += ["/api/v1/search?q=private", "/api/v1/products/TW/items"]
        for page in pages:
            headers = {"Authorization": f"Bearer {secret}"} if page.startswith("/api") else {}
            answer = client.get(page, headers=headers)
            text = (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()
            assert f"{MARK} private" not in text, page
            assert "SEC-" not in text, (who.user.name, page, text[max(0, text.find("SEC-") - 200) :][:300])


def test_links_that_are_not_seen_are_not_cut(client, cast, world):
    client.force_login(cast.bob.user)
    assert client.post(f"/w/harbor/{world['made']['need'].ref}/links/{world['tie'].pk}").status_code == 404
    assert Link.objects.filter(pk=world["tie"].pk).exists()
