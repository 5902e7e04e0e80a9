"""What the palette finds: by id, by words, by first letters in both languages; and nothing that one may not see."""

from __future__ import annotations

import json

import pytest
from django.utils import translation

from pilothouse.kinds import KINDS
from pilothouse.workbench.initials import answers_to, initials
from pilothouse.workbench.writing import actions

URL = "/w/harbor/palette.json"


@pytest.fixture
def find(client, cast):
    client.force_login(cast.alice.user)
    return lambda typed: json.loads(client.get(URL, {"q": typed}).content)


def titles(options):
    return [option["title"] for option in options]


def test_an_id_leads_to_its_item_at_once(find, cast):
    actions.create_many(cast.alice, cast.product, "task", [{"title": "First"}, {"title": "Second"}])
    for typed in ("TW-2", "tw-2", "2"):
        assert "Second" in titles(find(typed))
    assert titles(find("TW-99")) == []


def test_words_find_items_in_both_languages(find, cast):
    actions.create(cast.alice, cast.product, "feedback", {"title": "手机连接失败", "body": "The reader never connects"})
    for typed in ("连接", "connect", "手机连"):
        found = find(typed)
        assert "手机连接失败" in titles(found)
        assert found[0]["url"] == "/w/harbor/TW-1"


def test_places_and_actions_answer_to_their_letters(find, cast):
    assert "Requirements" in titles(find("req"))
    assert "New requirement" in [title.capitalize() for title in titles(find("nr"))]
    assert "Dark theme" in titles(find("dark"))
    cast.alice.user.language = "zh-hans"
    cast.alice.user.save()
    with translation.override("zh-hans"):
        name = str(KINDS["requirement"].plural)
    assert name in titles(find("xq"))


def test_nothing_typed_offers_what_can_be_done(find):
    assert "Import a file" in titles(find(""))


def test_guests_and_strangers_find_their_own_only(client, cast):
    actions.create(cast.alice, cast.private, "task", {"title": "Hidden reader"})
    actions.create(cast.alice, cast.product, "task", {"title": "Open reader"})
    client.force_login(cast.gwen.user)
    found = json.loads(client.get(URL, {"q": "reader"}).content)
    assert titles(found) == ["Open reader"]
    assert not [
        option for option in json.loads(client.get(URL, {"q": "new"}).content) if option["title"].startswith("New")
    ]
    client.force_login(cast.charlie.user)
    assert client.get(URL, {"q": "reader"}).status_code == 404
    assert json.loads(client.get("/w/elsewhere/palette.json", {"q": "TW-1"}).content) == []


@pytest.mark.parametrize("typed", ["\x00", '"', "x" * 10_000, "%", "AND OR NOT", "*", "<b>"])
def test_hostile_words_find_nothing_and_break_nothing(find, typed):
    assert isinstance(find(typed), list)


@pytest.mark.parametrize(
    ("name", "letters"),
    [("需求", "xq"), ("用户画像", "yhhx"), ("任务", "rw"), ("版本", "bb"), ("反馈", "fk"), ("New requirement", "nr"),
     ("洞察", "dc"), ("联系人", "lxr"), ("客户", "kh"), ("竞品", "jp"), ("指标", "zb"), ("决策", "jc"), ("啊座", "az")],
)  # fmt: skip
def test_first_letters(name, letters):
    assert initials(name) == letters
    assert answers_to(name, letters[:1])


def test_queries_do_not_grow(find, cast, django_assert_max_num_queries):
    actions.create_many(cast.alice, cast.product, "task", [{"title": f"reader {n}"} for n in range(40)])
    find("reader")
    with django_assert_max_num_queries(11):
        find("reader")
