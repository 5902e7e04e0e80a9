"""Public links: what a stranger sees is what was ticked, and nothing that was not."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from pilothouse.people.models import Change
from pilothouse.planning.models import Share
from pilothouse.planning.roadmap import sharing
from pilothouse.workbench.writing import actions
from pilothouse.workbench.writing.cleaning import Invalid
from tests.promises.world import MARK, fill

SHARES = "/w/harbor/TW/roadmap/shares"
PASSWORD = "the 7:40 boat"


def share(cast, releases=(), **data):
    given = {"name": "Key customers", "horizons": sharing.HORIZONS, "fields": (), **data}
    return sharing.create(cast.alice, cast.product, given, releases)


def make(cast, title="Offline ticket", kind="requirement", **data):
    return actions.create(cast.alice, cast.product, kind, {"title": title, **data})


@pytest.fixture
def stranger():
    cache.clear()
    return Client()


@pytest.fixture
def item(cast):
    """A requirement about which everything is known."""
    made = make(cast, horizon="now", body="Body **words**.\n\nMore.", owner="me", planned_from="2026-11-10", planned_to="2026-12-24")  # fmt: skip
    for relation, kind, title in (("planned_in", "release", "Release words"), ("measured_by", "metric", "Goal words")):
        actions.link(cast.alice, made, relation, make(cast, title, kind))
    feedback = make(cast, "Feedback words", "feedback", email="a@example.com", segment="Commuters")
    need = make(cast, "Need words", "need")
    actions.link(cast.alice, feedback, "supports", need)
    actions.link(cast.alice, need, "addressed_by", made)
    type(made).objects.filter(pk=made.pk).update(score=4_213.5)
    actions.comment(cast.alice, made, "Comment words")
    return made


SHOWS = {
    "body": "Body words.", "state": "Idea", "dates": "2026-12-24", "release": "Release words", "goal": "Goal words",
    "evidence": "1 source", "score": "4,213.5", "owner": "Alice",
}  # fmt: skip


@pytest.mark.parametrize("field", ["", *sharing.FIELDS])
def test_a_stranger_sees_what_was_ticked_and_nothing_else(cast, stranger, item, field):
    page = stranger.get(sharing.path_of(share(cast, fields=[field] if field else [])))
    text = page.content.decode()
    assert page.status_code == 200
    assert "Offline ticket" in text
    assert {name for name, words in SHOWS.items() if words in text} == ({field} if field else set())
    for never in ("TW-", "Comment words", "Need words", "Feedback words", "example.com", "More.", "/w/", "harbor", "csrf", "<script"):  # fmt: skip
        assert never not in text, never
    assert not stranger.cookies
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert "no-store" in page.headers["Cache-Control"]


def test_only_the_chosen_horizons_and_releases_are_there(cast, stranger, item):
    make(cast, "Next thing", horizon="next")
    make(cast, "Unplaced thing")
    dropped = make(cast, "Dropped thing", horizon="now")
    actions.change(cast.alice, dropped, {"state": "dropped"})
    trashed = make(cast, "Trashed thing", horizon="now")
    actions.trash(cast.alice, [trashed])
    text = stranger.get(sharing.path_of(share(cast, horizons=["now"]))).content.decode()
    assert "Offline ticket" in text
    assert not re.search("Next thing|Unplaced|Dropped|Trashed", text)
    other = make(cast, "Secret release", "release")
    actions.link(cast.alice, item, "planned_in", other)
    chosen = next(link.target for link in item.links_out.filter(relation="planned_in").exclude(target=other))
    text = stranger.get(sharing.path_of(share(cast, [chosen.number], fields=["release"]))).content.decode()
    assert "Release words" in text
    assert "Secret release" not in text
    assert "Next thing" not in text


def test_nothing_of_another_product_is_told(cast, stranger, item):
    hidden = actions.create(cast.alice, cast.private, "release", {"title": "Hidden release"})
    metric = actions.create(cast.alice, cast.private, "metric", {"title": "Hidden metric"})
    actions.link(cast.alice, item, "planned_in", hidden)
    actions.link(cast.alice, item, "measured_by", metric)
    assert "Hidden" not in stranger.get(sharing.path_of(share(cast, fields=sharing.FIELDS))).content.decode()


def end_by_time(made):
    Share.objects.filter(pk=made.pk).update(expires_at=timezone.now() - timedelta(seconds=1))


def end_by_hand(made):
    Share.objects.filter(pk=made.pk).update(revoked_at=timezone.now())


def archive(made):
    type(made.product).objects.filter(pk=made.product_id).update(archived_at=timezone.now())


@pytest.mark.parametrize("end", [end_by_time, end_by_hand, archive])
def test_what_has_ended_looks_like_what_never_was(cast, stranger, item, end):
    made = share(cast, password=PASSWORD)
    path = sharing.path_of(made)
    end(made)
    never = stranger.get("/r/abcdefghijklmnopqrstuvwxyz234567")
    ended = stranger.get(path)
    assert (ended.status_code, never.status_code) == (404, 404)
    assert ended.content == never.content
    assert "leads nowhere" in ended.content.decode()
    assert stranger.post(path, {"password": PASSWORD}).status_code == 404


@pytest.mark.parametrize("token", ["x", "%00", "..%2f..", "a" * 3000, "路线图", "1%27%20or%201=1--"])
def test_made_up_tokens_lead_nowhere(db, stranger, token):
    assert stranger.get(f"/r/{token}").status_code == 404


def test_a_password_is_asked_for_and_ends_with_the_link(cast, stranger, item):
    made = share(cast, password=PASSWORD, fields=["owner"])
    path = sharing.path_of(made)
    door = stranger.get(path)
    assert door.status_code == 200
    assert not re.search("Offline|Tidewater|Alice|Key customers", door.content.decode())
    wrong = stranger.post(path, {"password": "wrong words"})
    assert wrong.status_code == 422
    assert "Offline" not in wrong.content.decode()
    assert stranger.post(path, {"password": PASSWORD}).status_code == 302
    kept = stranger.cookies["roadmap"]
    assert (kept["httponly"], kept["samesite"], kept["path"]) == (True, "Lax", path)
    assert "Offline ticket" in stranger.get(path).content.decode()
    other = share(cast, password="another password")
    assert "Offline ticket" not in stranger.get(sharing.path_of(other), headers={"cookie": f"roadmap={kept.value}"}).content.decode()  # fmt: skip
    assert PASSWORD not in made.password
    assert made.digest not in path


def test_passwords_are_not_tried_for_ever(cast, stranger):
    made = share(cast, password=PASSWORD)
    codes = [stranger.post(sharing.path_of(made), {"password": f"guess {n}"}).status_code for n in range(12)]
    assert codes[:10] == [422] * 10
    assert codes[10:] == [429, 429]
    assert stranger.post(sharing.path_of(made), {"password": PASSWORD}).status_code == 429


def test_a_link_speaks_its_own_language_or_the_readers(cast, stranger, item):
    own = stranger.get(sharing.path_of(share(cast, language="zh-hans")), headers={"accept-language": "en"})
    assert 'lang="zh-Hans"' in own.content.decode()
    assert own.headers["Content-Language"] == "zh-hans"
    path = sharing.path_of(share(cast))
    assert 'lang="en"' in stranger.get(path, headers={"accept-language": "en"}).content.decode()
    assert 'lang="zh-Hans"' in stranger.get(path, headers={"accept-language": "zh-CN"}).content.decode()


def test_the_public_page_costs_no_more_for_more_rows(cast, stranger, item, django_assert_max_num_queries):
    path = sharing.path_of(share(cast, fields=sharing.FIELDS))
    actions.create_many(cast.alice, cast.product, "requirement", [{"title": f"R{n}", "horizon": "next"} for n in range(60)])  # fmt: skip
    with django_assert_max_num_queries(12):
        stranger.get(path)


def test_links_are_made_listed_and_withdrawn_by_those_who_write(client, cast, item):
    client.force_login(cast.bob.user)
    given = {"name": "Board", "horizons": ["now"], "fields": ["state"], "until": "2099-01-31", "password": PASSWORD}
    assert client.post(SHARES, given).status_code == 302
    made = Share.objects.get()
    page = client.get(SHARES).content.decode()
    assert f"http://127.0.0.1:8000{sharing.path_of(made)}" in page
    assert "2099-01-31" in page
    assert PASSWORD not in page
    for who, status in ((cast.gwen, 404), (cast.charlie, 404)):
        client.force_login(who.user)
        assert client.get(SHARES).status_code == status
        assert client.post(SHARES, given).status_code == status
        assert client.post(f"{SHARES}/{made.pk}/revocation").status_code == status
    client.force_login(cast.alice.user)
    assert client.post(f"{SHARES}/{made.pk}/revocation").status_code == 302
    assert Client().get(sharing.path_of(made)).status_code == 404
    assert sharing.path_of(made) not in client.get(SHARES).content.decode()
    assert list(Change.objects.order_by("id").values_list("verb", flat=True)) == ["roadmap_shared", "roadmap_unshared"]


BAD = {
    "name": {"name": "  "}, "horizons": {"horizons": ["someday"]}, "fields": {"fields": ["comments"]},
    "until": {"until": "2020-01-01"}, "password": {"password": "short"}, "language": {"language": "xx"},
}  # fmt: skip


@pytest.mark.parametrize("field", BAD)
def test_what_cannot_be_is_named_and_the_rest_is_kept(client, cast, field):
    client.force_login(cast.alice.user)
    given = {"name": "Board", "horizons": ["now"], "fields": ["goal"], "until": "", "password": "", **BAD[field]}
    answer = client.post(SHARES, given)
    assert answer.status_code == 422
    assert not Share.objects.exists()
    if field != "name":
        assert 'value="Board"' in answer.content.decode()
    with pytest.raises(Invalid) as refusal:
        share(cast, **BAD[field])
    assert set(refusal.value.errors) == {field}
    assert client.post(SHARES, {"name": "x\x00"}).status_code == 422


def test_a_strangers_walk_of_everything_finds_no_mark(cast, stranger):
    """With one of everything in the product, a link that shows nothing but titles shows titles alone."""
    made = fill(cast)
    actions.change(cast.alice, made["requirement"], {"horizon": "now"})
    text = stranger.get(sharing.path_of(share(cast))).content.decode()
    assert re.findall(rf"{MARK} [^<]*", text) == [f"{MARK} requirement"]


def test_the_door_opens_in_a_browser_that_tells_where_it_comes_from(cast, item):
    cache.clear()
    browser = Client(enforce_csrf_checks=True)
    path = sharing.path_of(share(cast, password=PASSWORD))
    door = browser.get(path)
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', door.content.decode())[1]
    assert door.headers["Referrer-Policy"] == "same-origin"
    given = {"password": PASSWORD, "csrfmiddlewaretoken": token}
    assert browser.post(path, given, headers={"origin": "null"}).status_code == 403
    assert browser.post(path, given, headers={"origin": "http://testserver"}).status_code == 302
