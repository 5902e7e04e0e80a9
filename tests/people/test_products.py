"""Products: who may make, see and change them, and what a key may be."""

from __future__ import annotations

import pytest

from pilothouse.people.models import Change, Product
from pilothouse.people.naming import suggest_key, suggest_slug

NEW = "/w/harbor/products/new"


@pytest.mark.parametrize(
    ("name", "key", "slug"),
    [("智能家居", "ZNJJ", "zhi-neng-jia-ju"), ("Tidewater 潮汐", "TCX", "tidewater-chao-xi"), ("Harbour Lines", "HL", "harbour-lines"),
     ("Tidewater", "TID", "tidewater"), ("船", "CHU", "chuan"), ("Überflieger App", "UA", "uberflieger-app"), ("3D 打印", "DY", "3d-da-yin"),
     ("🚢", "PP", "workspace"), ("", "PP", "workspace"), ("2048", "PP", "2048"), ("A", "AP", "a")],
)  # fmt: skip
def test_short_names_follow_from_long_ones(name, key, slug):
    assert (suggest_key(name), suggest_slug(name)) == (key, slug)
    Product._meta.get_field("key").run_validators(key)


def test_taken_keys_get_a_number_and_stay_short():
    assert suggest_key("智能家居", {"ZNJJ", "ZNJJ2"}) == "ZNJJ3"
    taken = {suggest_slug("x" * 99)}
    assert len(suggest_slug("x" * 99, taken)) == 39


def test_a_member_makes_a_product_and_keeps_its_settings(cast, browser):
    client = browser(cast.bob)
    assert client.get("/w/harbor/products/key", {"name": "潮汐"}).json() == {"key": "CX"}
    answer = client.post(NEW, {"name": "潮汐", "key": "CX", "purpose": "海岛居民的船票", "private": "1"})
    assert answer.url == "/w/harbor/CX/"
    product = Product.objects.get(key="CX")
    assert (product.created_by, list(product.members.all())) == (cast.bob.user, [cast.bob.user])
    assert client.get("/w/harbor/CX/settings").status_code == 200
    client.post("/w/harbor/CX/settings/people", {"people": []})
    assert client.get("/w/harbor/CX/settings").status_code == 200
    assert client.get("/w/harbor/TW/settings").status_code == 404


def test_guests_and_strangers_make_nothing(cast, browser):
    for actor in (cast.gwen, cast.charlie):
        client = browser(actor)
        for answer in (
            client.get(NEW),
            client.post(NEW, {"name": "X", "key": "XX"}),
            client.get("/w/harbor/products/key"),
        ):
            assert answer.status_code == 404
    assert Product.objects.count() == 3


@pytest.mark.parametrize(
    "key", ["", "p", "P", "ph", "1A", "PH-1", "ABCDEFGHIJK", "ＡＢ", "PH\n", "TW", "SEC", "../", "A B"]
)
def test_poor_and_taken_keys_are_named(cast, browser, key):
    """SEC is a private product that Bob cannot see; the key is taken all the same."""
    answer = browser(cast.bob).post(NEW, {"name": "New", "key": key})
    made = Product.objects.filter(name="New")
    if key.strip() == "PH":
        assert made.get().key == "PH"
    else:
        assert answer.status_code == 422
        assert 'id="f-key-error"' in answer.content.decode()
        assert not made.exists()


def test_settings_change_only_what_they_show(cast, browser):
    client = browser(cast.alice)
    evil = {
        "key": "ZZ",
        "last_number": 99,
        "workspace": cast.foreign.workspace_id,
        "id": 1,
        "created_by": cast.bob.user.pk,
    }
    answer = client.post("/w/harbor/TW/settings", {"name": "Tide", "purpose": "x", "private": "1", **evil})
    assert answer.url == "/w/harbor/TW/settings"
    cast.product.refresh_from_db()
    assert (cast.product.name, cast.product.private, cast.product.key, cast.product.last_number) == (
        "Tide",
        True,
        "TW",
        0,
    )
    assert (cast.product.workspace, cast.product.created_by) == (cast.alice.workspace, None)
    assert Change.objects.get(verb="product_changed").details["changes"]["name"] == ["Tidewater 潮汐", "Tide"]
    assert "changed the name, the purpose, the privacy of Tide" in client.get("/w/harbor/log").content.decode()
    assert browser(cast.bob).get("/w/harbor/products").content.decode().count("/w/harbor/TW/") == 0


@pytest.mark.parametrize("path", ["settings", "settings/people", "settings/archive"])
@pytest.mark.parametrize("who", ["bob", "gwen", "charlie"])
def test_settings_are_for_those_who_run_the_product(cast, browser, path, who):
    client = browser(getattr(cast, who))
    assert client.post(f"/w/harbor/TW/{path}", {"name": "Mine", "archived": "1"}).status_code == 404
    assert client.post(f"/w/elsewhere/TW/{path}", {"name": "Mine", "archived": "1"}).status_code == 404
    cast.product.refresh_from_db()
    assert (cast.product.name, cast.product.archived_at) == ("Tidewater 潮汐", None)


def test_who_sees_a_private_product(cast, browser):
    bob = browser(cast.bob)
    assert "Secret" not in bob.get("/w/harbor/products").content.decode()
    alice = browser(cast.alice)
    alice.post("/w/harbor/SEC/settings/people", {"people": [cast.bob.user.pk, cast.gwen.user.pk]})
    assert "Secret" in bob.get("/w/harbor/products").content.decode()
    assert "Secret" in browser(cast.gwen).get("/w/harbor/products").content.decode()
    alice.post("/w/harbor/SEC/settings/people", {"people": [cast.gwen.user.pk]})
    assert "Secret" not in bob.get("/w/harbor/products").content.decode()
    assert {"access_given", "access_taken"} <= set(Change.objects.values_list("verb", flat=True))


@pytest.mark.parametrize("people", [["charlie"], ["bob", "charlie"], ["x"], ["-1"], ["9" * 40], ["1 or 1=1"]])
def test_only_people_of_this_workspace_are_named(cast, browser, people):
    ids = [getattr(cast, name).user.pk if hasattr(cast, name) else name for name in people]
    assert browser(cast.alice).post("/w/harbor/SEC/settings/people", {"people": ids}).status_code == 404
    assert not cast.private.members.exists()


def test_archiving_deletes_nothing_and_can_be_taken_back(cast, browser):
    client = browser(cast.alice)
    client.post("/w/harbor/TW/settings/archive", {"archived": "1"})
    cast.product.refresh_from_db()
    assert cast.product.archived_at
    assert "Archived" in client.get("/w/harbor/products").content.decode()
    client.post("/w/harbor/TW/settings/archive", {"archived": "0"})
    cast.product.refresh_from_db()
    assert cast.product.archived_at is None
