"""The search page: what it finds, marks and leaves out, page by page."""

from __future__ import annotations

import re
from html import unescape

import pytest

from pilothouse.workbench import search
from pilothouse.workbench.models import Item, Veil
from pilothouse.workbench.showing.marking import marked, marking, snippet
from pilothouse.workbench.writing import actions

URL = "/w/harbor/search"


@pytest.fixture
def at(client, cast):
    client.force_login(cast.alice.user)
    return client


def test_words_are_found_and_marked_where_they_stand(at, cast):
    body = "x " * 200 + "手机与设备连接失败，电梯里没有信号。It never connects. " + "y " * 200
    actions.create(cast.alice, cast.product, "feedback", {"title": "离线", "body": body})
    html = at.get(URL, {"q": "连接"}).content.decode()
    assert "<mark>连接</mark>失败" in html
    assert "…" in html
    assert "<mark>connect</mark>s" in at.get(URL, {"q": "connecting"}).content.decode()
    assert "<mark>ＷｉＦｉ</mark> of <mark>café</mark>s" in str(marked("ＷｉＦｉ of cafés", marking("wifi cafe")))
    assert "<mark>C++</mark>, C and css" in str(marked("C++, C and css", marking("c++")))


def test_the_number_comes_first_then_titles_then_the_rest(at, cast):
    """Newest first within each, on every page of it, in the palette and the API alike."""
    rows = [{"title": "Something else", "body": "the reader"}, {"title": "A reader"}, {"title": "Another reader"}]
    rows += [{"title": "More", "body": "says TW-2, a reader"}, {"title": "Reading on"}]
    made = actions.create_many(cast.alice, cast.product, "task", rows)
    other, older, newer, mention, _none = made
    wanted = [newer.ref, older.ref, mention.ref, other.ref]
    assert refs(at, q="reader") == wanted
    assert re.findall(r"TW-\d+", at.get("/w/harbor/palette.json", {"q": "reader"}).content.decode())[::2] == wanted
    for typed in ("TW-2", "tw-2", "#2", "２"):
        assert refs(at, q=typed)[0] == older.ref == "TW-2"
    assert refs(at, q="TW-2")[1:] == [mention.ref]
    assert ">A reader<" in at.get("/w/harbor/TW/task/", {"q": "TW-2"}).content.decode()


def refs(client, **query):
    return re.findall(r'"item-id">(\w+-\d+)<', client.get(URL, query).content.decode())


@pytest.mark.parametrize(
    ("title", "found", "missed"),
    [
        ("Node.js reads C++ e-mails", ["node.js", "C++", "e-mail", "node js"], ["C#", '"js node"']),
        ("Ｗｉ-Ｆｉ 手机无法连接 café timetable", ["wi-fi 连接", "cafe", "CAFÉ", "timetab", "手机，连接", "“手机无法”"], ["手机连接", "“wi 手机”"]),
        ("Season tickets of a group", ['"season ticket"', "group season", "“group”", "tick"], ['"tickets season"', '"tick"']),
    ],
)  # fmt: skip
def test_words_are_found_as_they_are_written(at, cast, title, found, missed):
    actions.create(cast.alice, cast.product, "task", {"title": title, "body": title if "Node" in title else ""})
    assert [words for words in found if count(at, q=words) != 1] == []
    assert [words for words in missed if count(at, q=words)] == []


def test_it_says_how_many_of_which_kind(at, cast, monkeypatch):
    actions.create_many(cast.alice, cast.product, "task", [{"title": f"reader {n}"} for n in range(4)])
    actions.create_many(cast.alice, cast.product, "need", [{"title": f"reader {n}"} for n in range(3)])
    gone, alone, hidden = actions.create_many(cast.alice, cast.product, "need", [{"title": "reader"}] * 3)
    actions.trash(cast.alice, [gone])
    Veil.objects.create(item=alone, person=cast.bob.user, by=hidden)
    Item.objects.filter(pk=hidden.pk).update(product=cast.foreign)
    assert amount(at, q="reader") == ["7 items", "7", "4", "3"]
    assert amount(at, q="reader", kind="need") == ["3 items", "7", "4", "3"]
    monkeypatch.setattr(search.match, "MOST_KNOWN", 6)
    monkeypatch.setattr(search.order, "MOST_KNOWN", 6)
    assert amount(at, q="reader") == ["3+ items"]  # of the six newest three are not for Alice
    assert amount(at, q="reader", kind="need") == ["3 items"]
    assert count(at, q="reader") == 7


def amount(client, **query):
    html = client.get(URL, query).content.decode()
    return re.findall(r'<p role="status">(.*?)</p>', html) + re.findall(r'<span class="num">(.*?)</span>', html)


def test_where_nothing_is_found_there_is_a_way_on(at, cast):
    gone = actions.create(cast.alice, cast.product, "task", {"title": "手机无法连接"})
    assert "手机 连接: 1 item" in ways(at, q="手机连接")
    assert "手机: 1 item" in ways(at, q="手机 zzz")
    assert "手机: 1 item" in ways(at, q="手机", kind="need")
    actions.trash(cast.alice, [gone])
    assert "TW-1 is in the trash" in ways(at, q="TW-1")
    assert ways(at, q="手机 zzz") == []


def ways(client, **query):
    return re.findall(r'<a class="chip" href="[^"]*">([^<]*)</a>', client.get(URL, query).content.decode())


def test_kind_and_product_narrow_it(at, cast):
    actions.create(cast.alice, cast.product, "feedback", {"title": "Reader one"})
    actions.create(cast.alice, cast.private, "task", {"title": "Reader two"})
    assert count(at, q="reader") == 2
    assert count(at, q="reader", kind="task") == 1
    assert count(at, q="reader", product="TW") == 1
    assert count(at, q="reader", product="FX") == 0
    assert count(at, q="reader", kind="password") == 0


def count(client, **query):
    return client.get(URL, query).content.decode().count("data-row=")


def test_pages_follow_each_other(at, cast):
    actions.create_many(cast.alice, cast.product, "task", [{"title": f"reader {n}"} for n in range(70)])
    seen, url = [], f"{URL}?q=reader"
    while url:
        html = unescape(at.get(url).content.decode())
        seen += re.findall(r'data-row="(\d+)"', html)
        match = re.search(r'href="([^"]*after=t?\d+)"', html)
        url = match[1] if match else None
    assert len(seen) == len(set(seen)) == 70


@pytest.mark.parametrize("last_hits", [2, 31, 200])
def test_a_rare_kind_is_found_behind_many_newer_hits_of_another(at, cast, monkeypatch, last_hits):
    monkeypatch.setattr(search.order, "LAST_HITS", last_hits)
    actions.create_many(cast.alice, cast.product, "need", [{"title": f"reader {n}"} for n in range(3)])
    actions.create_many(cast.alice, cast.product, "task", [{"title": f"reader {n}"} for n in range(40)])
    assert count(at, q="reader", kind="need") == 3
    assert count(at, q="reader") == 30


def test_queries_do_not_grow(at, cast, django_assert_max_num_queries):
    actions.create_many(cast.alice, cast.product, "task", [{"title": f"reader {n}"} for n in range(50)])
    at.get(URL, {"q": "reader"})
    with django_assert_max_num_queries(11):
        at.get(URL, {"q": "reader"})


def test_nothing_found_is_said_and_nothing_asked_is_no_error(at):
    assert "Nothing found for" in at.get(URL, {"q": "nowhere"}).content.decode()
    assert at.get(URL).status_code == 200


def test_others_see_their_own(client, cast):
    actions.create(cast.alice, cast.private, "task", {"title": "Hidden reader"})
    for actor, url, status in (
        (cast.gwen, URL, 200),
        (cast.charlie, URL, 404),
        (cast.charlie, "/w/elsewhere/search", 200),
    ):
        client.force_login(actor.user)
        answer = client.get(url, {"q": "reader"})
        assert answer.status_code == status
        assert "Hidden" not in answer.content.decode()


@pytest.mark.parametrize("typed", ["\x00", '"', "(", "x" * 9_999, "a* OR b", "<script>alert(1)</script>", "% _"])
def test_hostile_words_are_only_words(at, cast, typed):
    actions.create(cast.alice, cast.product, "task", {"title": "<script>alert(1)</script>", "body": "(a) <b>b</b>"})
    html = at.get(URL, {"q": typed}).content.decode()
    assert "<script>alert" not in html
    assert "<b>b" not in html


def test_marks_never_open_markup():
    words = marking("script")
    assert str(marked("<script> & Script", words)) == "&lt;<mark>script</mark>&gt; &amp; <mark>Script</mark>"
    assert snippet(["no such word " * 40], words).startswith("no such word")
