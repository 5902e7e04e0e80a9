"""Merging duplicates: nothing is lost, everything stays reachable, one undo takes it back."""

from __future__ import annotations

import pytest

from pilothouse.workbench.models import Item, Watch
from pilothouse.workbench.thread.duplicates import near_duplicates
from pilothouse.workbench.thread.evidence import evidence_for
from pilothouse.workbench.thread.graph import walk
from pilothouse.workbench.thread.line import at_stations
from pilothouse.workbench.writing import actions
from pilothouse.workbench.writing.cleaning import Invalid
from pilothouse.workbench.writing.merge import merge, wordings
from pilothouse.workbench.writing.quoting import quote
from pilothouse.workbench.writing.undo import undo


def say(cast, title, **fields):
    return actions.create(cast.alice, cast.product, "feedback", {"title": title, **fields})


@pytest.fixture
def three(cast):
    return [
        say(cast, "Card never connects in the lift", person="Lin", body="The card never connects."),
        say(cast, "The card does not connect in the lift", person="Ana", body="No signal, no boat."),
        say(cast, "电梯里卡片连不上", person="Mei"),
    ]


def test_every_wording_quote_comment_and_watcher_stays_reachable(cast, client, three):
    kept, second, third = three
    made = quote(cast.alice, second, "no boat")
    actions.comment(cast.bob, second, "Same here")
    Watch.objects.create(item=second, user=cast.bob.user)
    merge(cast.alice, second, [third])
    merge(cast.alice, kept, [second])
    second.refresh_from_db()
    assert second.state == "dropped"
    found = {wording.item: (wording.quotes, wording.comments) for wording in wordings(cast.alice, kept)}
    assert found == {second: (1, 1), third: (0, 0)}
    assert Watch.objects.filter(item=kept, user=cast.bob.user).exists()
    stations = at_stations(walk(cast.alice, [kept.pk]), kept.pk)
    assert (len(stations["quote"]), len(stations["feedback"])) == (1, 2)
    assert evidence_for(cast.alice, [kept])[kept.pk].sources == 3
    client.force_login(cast.alice.user)
    html = client.get(kept.url).content.decode()
    assert "3 wordings" in html
    assert third.title in html
    assert second.ref in client.get(third.url).content.decode()
    assert made.ref in client.get(f"{kept.url}/thread").content.decode()


def test_one_undo_takes_a_merge_back(cast, three):
    kept, second, _third = three
    Watch.objects.create(item=second, user=cast.bob.user)
    undo(cast.alice, merge(cast.alice, kept, [second]))
    second.refresh_from_db()
    assert second.state == "inbox"
    assert not second.links_out.exists()
    assert not Watch.objects.filter(item=kept).exists()


def test_what_cannot_be_merged_is_refused(cast, three):
    kept, second, _third = three
    need = actions.create(cast.alice, cast.product, "need", {"title": "Need"})
    merge(cast.alice, kept, [second])
    for target, others in ((kept, [kept]), (kept, [need]), (second, [kept])):
        with pytest.raises(Invalid):
            merge(cast.alice, target, others)


def test_near_duplicates_are_found_in_both_languages_and_only_those(cast, three):
    alike = say(cast, "卡片在电梯里连不上网")
    say(cast, "Group passes for schools")
    assert near_duplicates(cast.alice, three[0]) == [three[1]]
    assert near_duplicates(cast.alice, three[2]) == [alike]
    assert near_duplicates(cast.alice, say(cast, "“”…")) == []
    deleted = "（该条评论已经被删除）"
    fails = say(cast, "无法连接网络", body=f"{deleted}一直无法连接网络")
    for title, words in (("无法下载", f"{deleted}无法下载"), ("好", "好的"), ("网络", "网络")):
        say(cast, title, body=words)
    assert near_duplicates(cast.alice, fails) == []


def test_near_duplicates_cost_the_same_in_a_large_product(cast, three, django_assert_max_num_queries):
    actions.create_many(
        cast.alice, cast.product, "feedback", [{"title": f"Card never connects on deck {n}"} for n in range(600)]
    )
    assert cast.alice.product_ids
    with django_assert_max_num_queries(1):
        assert len(near_duplicates(cast.alice, three[0])) == 5


def test_merging_over_http(cast, client, three):
    kept, second, third = three
    client.force_login(cast.bob.user)
    assert second.ref in client.get(f"{kept.url}/merge").content.decode()
    answer = client.post(f"{kept.url}/merge", {"other": [second.ref, f"{third.ref}, "]})
    assert (answer.status_code, answer.url) == (302, kept.url)
    assert Item.objects.filter(links_out__target=kept, links_out__relation="duplicates").count() == 2
    for name, typed in (("other", ""), ("other", "TW-999"), ("other", kept.ref), ("q", "no number")):
        assert client.post(f"{kept.url}/merge", {name: typed}).status_code == 422
    fresh = say(cast, "Card fails again")
    assert fresh.ref in client.get(f"{kept.url}/merge", {"q": "fails again"}).text
    assert f'value="{fresh.ref}" checked' in client.get(f"{kept.url}/merge", {"q": "none", "other": fresh.ref}).text
    chosen = client.post("/w/harbor/TW/merge", {"ids": [kept.pk, fresh.pk]})
    assert chosen.url == f"{kept.url}/merge?other={fresh.ref}"
    assert f'value="{fresh.ref}" checked' in client.get(chosen.url).text
    client.force_login(cast.charlie.user)
    assert client.post("/w/harbor/TW/merge", {"ids": [kept.pk]}).status_code == 404
    client.force_login(cast.bob.user)
    client.post(f"{fresh.url}/merge", {"other": kept.ref, "keep": "other"})
    assert fresh.links_out.get(relation="duplicates").target == kept
