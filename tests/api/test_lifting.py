"""Merging, quoting and lifting by the API: what it makes can be taken back, and nobody reaches what is not theirs."""

from __future__ import annotations

import pytest

from pilothouse.workbench.writing import actions
from tests.api.calls import Api


@pytest.fixture
def alice(client, cast):
    return Api(client, cast.alice)


@pytest.fixture
def need(cast):
    return actions.create(cast.alice, cast.product, "need", {"title": "Offline 离线", "who": "Lin"})


def test_duplicates_merge_once_and_the_merge_is_taken_back_by_who_did_it(client, alice, cast, need):
    twin = actions.create(cast.bob, cast.product, "need", {"title": "Offline tickets", "who": "Ana"})
    hidden = actions.create(cast.alice, cast.private, "need", {"title": "Secret"})
    task = actions.create(cast.alice, cast.product, "task", {"title": "Store it"})
    bob, path = Api(client, cast.bob), f"/items/{need.ref}/merges"
    for others, status in (([hidden.ref], 404), (["TW-99"], 404), ([task.ref], 422), ([need.ref], 422), ([], 422)):
        refused = bob("POST", path, {"others": others})
        assert refused.status_code == status, (others, refused.data)
        assert status == 404 or list(refused.data["errors"]) == ["others"]
    first, again = (alice("POST", path, {"others": [twin.ref]}, Idempotency_Key="merge") for _ in range(2))
    assert (first.status_code, first.data["merged"], first.data["kept"]["ref"]) == (201, [twin.ref], need.ref)
    assert first.data == again.data
    assert bob("POST", path, {"others": [twin.ref]}).status_code == 422  # merged already
    assert alice("GET", f"/items/{twin.ref}").data["category"] == "dropped"
    assert alice("GET", f"/items/{need.ref}/events").data[0]["batch"] == first.data["batch"]
    back = f"/undo/{first.data['batch']}"
    assert Api(client, cast.alice, "read")("POST", back).status_code == bob("POST", back).status_code == 404
    assert alice("POST", back).data["stayed"] == []
    assert alice("GET", f"/items/{twin.ref}").data["category"] == "new"
    assert alice("GET", f"/items/{need.ref}/links").data == []
    assert alice("POST", back).status_code == 404


def test_words_become_a_quote_and_items_what_they_lead_to(client, alice, cast, need):
    said = actions.create(cast.bob, cast.product, "feedback", {"title": "Lift", "body": "No net. No boat.", "segment": "Crew"})  # fmt: skip
    path, words = f"/items/{said.ref}/quotes", {"words": "No boat."}
    for who, where, data, status in (
        (cast.charlie, path, words, 404), (cast.gwen, path, words, 404), (cast.bob, path, {"words": "never said"}, 422),
        (cast.bob, f"/items/{need.ref}/quotes", {"words": "Offline"}, 422),
        (cast.bob, f"/items/{need.ref}/lifts", {"kind": "insight", "title": "x"}, 422),
        (cast.bob, f"/items/{need.ref}/lifts", {"kind": "requirement", "title": "x", "also": ["TW-99"]}, 404),
        (cast.charlie, f"/items/{need.ref}/lifts", {"kind": "requirement", "title": "x"}, 404),
    ):  # fmt: skip
        assert Api(client, who)("POST", where, data).status_code == status, (where, data)
    quote = alice("POST", path, words).data
    assert (quote["body"], quote["fields"]["start"], quote["fields"]["segment"]) == ("No boat.", 8, "Crew")
    assert alice("POST", path, words).data["ref"] == quote["ref"]
    other = alice("POST", path, {"words": "No net."}).data
    made = alice(
        "POST", f"/items/{quote['ref']}/lifts", {"kind": "insight", "title": "Late", "also": [other["ref"]]}
    ).data
    assert {(row["relation"], row["source"]) for row in alice("GET", f"/items/{made['ref']}/links").data} == {
        ("supports", quote["ref"]), ("supports", other["ref"]),
    }  # fmt: skip
    assert alice("GET", f"/items/{quote['ref']}").data["state"] == "used"
    batch = alice("GET", f"/items/{made['ref']}/events").data[0]["batch"]
    assert alice("POST", f"/undo/{batch}").status_code == 200
    assert alice("GET", f"/items/{made['ref']}").data["trashed"] is True
