"""The two real feedback files: every row arrives, twice is not double, and it can all be taken back."""

from __future__ import annotations

import csv
from collections import Counter

import pytest

from pilothouse.exchange.taking import steps
from pilothouse.workbench import search
from pilothouse.workbench.models import Item
from tests.exchange.helpers import again, dry_run, receive, run, take, work

pytestmark = pytest.mark.usefixtures("media")


def facts(path, encoding="utf-8-sig"):
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.reader(file))[1:]


def test_github_issues_arrive_once_and_can_be_taken_back(cast, shared):
    path = shared / "data/github_issues/issues_train.csv"
    rows = facts(path)
    source = receive(cast.alice, cast.product, path)
    assert [column["target"] for column in source.plan["columns"]] == ["new", "said_on", "category", "title", "body"]
    assert source.plan["constants"] == {"channel": "issue"}
    unique = len({(row[0], row[1], row[3]) for row in rows})
    assert dry_run(cast.alice, source) == {"created": len(rows)} if unique == len(rows) else {}
    assert run(cast.alice, source) == {"created": len(rows)}
    items = Item.objects.live().filter(product=cast.product)
    assert Counter(item.fields["category"] for item in items) == Counter(row[2] for row in rows)
    assert Counter(item.body for item in items) == Counter(row[4].replace("\r\n", "\n") for row in rows)
    assert items.filter(fields__own_repo="facebook-react").count() == sum(row[0] == "facebook/react" for row in rows)
    assert take(cast.alice, cast.product, path) == {"unchanged": len(rows)}
    second = receive(cast.bob, cast.product, path)  # the field is there by now, also for who may not add one
    assert second.plan["columns"][0]["target"] == "own_repo"
    assert steps.problems_of(again(cast.bob), second) == []
    assert Item.objects.count() == len(rows)
    work(steps.begin_undo(again(cast.alice), source))
    assert not items.all().exists()
    assert take(cast.alice, cast.product, path) == {"created": len(rows)}
    assert Item.objects.count() == items.all().count() == len(rows)


@pytest.mark.parametrize("name", ["海尔智家", "华为智能家居"])
def test_chinese_reviews_arrive_with_their_ratings(cast, shared, name):
    path = shared / f"data/app_reviews_zh_smarthome/reviews_{name}.csv"
    rows = facts(path)
    source = receive(cast.alice, cast.product, path)
    assert [column["target"] for column in source.plan["columns"]] == ["said_on", "rating", "title", "body"]
    counts = run(cast.alice, source)
    assert sum(counts.values()) == len(rows)
    assert set(counts) <= {"created", "skipped"}
    assert counts.get("skipped", 0) == len(rows) - len({(row[0], row[2], row[3]) for row in rows})
    items = Item.objects.live().filter(product=cast.product)
    assert items.filter(fields__channel="review").count() == counts["created"]
    if "skipped" not in counts:
        assert Counter(item.fields["rating"] for item in items) == Counter(int(row[1]) for row in rows)
    found = search.matching(items, "连接", again(cast.alice).product_ids)
    assert found.count() >= sum("连接" in row[2] + row[3] for row in rows) * 0.9
    second = take(cast.alice, cast.product, path)
    assert "created" not in second
    assert sum(second.values()) == len(rows)
