"""Twelve months that never were: enough of everything, alike in both languages, in the order of their days."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from pilothouse.outcomes import closing
from pilothouse.outcomes.calibration import reading, said
from pilothouse.outcomes.models import Prediction, Reading
from pilothouse.people.models import Product
from pilothouse.planning.forecast.history import FEWEST, history
from pilothouse.practice.chronicle import Chronicle
from pilothouse.practice.year import talking, talks
from pilothouse.surveys.models import Response
from pilothouse.workbench.models import Event, Item, Link, Notice

pytestmark = pytest.mark.django_db
FEWEST_OF = {
    "feedback": 230, "quote": 25, "insight": 15, "need": 12, "requirement": 45, "release": 7, "task": 150, "metric": 9,
    "decision": 18, "option": 7, "scorecard": 4, "competitor": 5, "customer": 25, "contact": 24, "survey": 3, "canvas": 6, "note": 50, "reading": 5,
}  # fmt: skip


@pytest.fixture
def ada(practice):
    return replace(practice[0])


def shape(product: Product) -> dict[str, object]:
    """What can be counted without reading a word."""
    items = list(Item.objects.filter(product=product).order_by("number"))
    return {
        "items": [(item.number, item.kind, item.state, item.external_id, item.created_at.date()) for item in items],
        "links": sorted(Link.objects.filter(source__product=product).values_list("source__number", "relation", "target__number")),
        "events": Counter(Event.objects.filter(product=product).values_list("verb", flat=True)),
        "readings": Reading.objects.filter(metric__product=product).count(),
        "responses": Counter(Response.objects.filter(survey__item__product=product).values_list("hidden__wave", flat=True)),
    }  # fmt: skip


def test_both_languages_have_the_same_year_with_enough_of_everything(ada):
    english, chinese = (Product.objects.get(workspace=ada.workspace, key=key) for key in ("TW", "CX"))
    assert shape(english) == shape(chinese)
    counts = Counter(Item.objects.filter(product=english).values_list("kind", flat=True))
    assert {kind: counts[kind] for kind, least in FEWEST_OF.items() if counts[kind] < least} == {}


def test_texts_are_told_apart_and_in_their_own_language():
    stems = [text for topic in talking.TOPICS.values() for *_rest, body in topic[4] for text in [body]]
    assert len({body[0] for body in stems} | {talk[6][1][0] for talk in talks.TALKS.values()}) >= 120
    assert len({body[1] for body in stems}) == len({body[0] for body in stems}) == len(stems)


def test_no_chinese_stands_in_the_english_product_and_hardly_any_english_in_the_chinese(ada):
    def with_han(key: str) -> list[str]:
        rows = Item.objects.filter(product__key=key).values_list("title", flat=True)
        return [title for title in rows if any("\u4e00" <= letter <= "\u9fff" for letter in title)]

    assert with_han("TW") == []
    assert len(with_han("CX")) >= Item.objects.filter(product__key="CX").count() - 3


def test_the_same_day_tells_the_same_year(ada):
    today = timezone.localdate()
    assert talking.voices(today) == talking.voices(today)
    product = Product.objects.get(key="TW")
    first, second = (Chronicle([ada, ada], product, 0, today) for _time in range(2))
    assert [first.at(ago) for ago in range(5)] == [second.at(ago) for ago in range(5)]


def test_the_year_lies_in_the_past_and_its_history_in_order(ada):
    now = timezone.now()
    for product in Product.objects.all():
        moments = list(Event.objects.filter(product=product).order_by("pk").values_list("at", flat=True))
        assert moments == sorted(moments)
        assert now - timedelta(days=380) < moments[0] < now - timedelta(days=340)
        assert moments[-1] <= now
        late = Item.objects.filter(product=product, created_at__gt=now - timedelta(days=1))
        assert not late.exists()
    assert Notice.objects.exists()


def test_five_releases_have_a_verdict_and_one_waits_for_it(ada):
    for key in ("TW", "CX"):
        product = ada.product(key)
        releases = list(Item.objects.filter(product=product, kind="release"))
        assert Counter(item.state for item in releases) == {"closed": 5, "released": 1, "planning": 1}
        verdicts = Counter(
            row["verdict"]
            for row in Event.objects.filter(product=product, verb="closed").values_list("changes", flat=True)
        )
        assert verdicts == {"moved": 2, "not_moved": 2, "cannot_tell": 1}
        waiting = next(item for item in releases if item.state == "released")
        waiting.product = product
        assert closing.overall(closing.judged(ada, waiting)) == "moved"
    assert Prediction.objects.count() == 14


def test_what_needs_a_year_can_be_computed(ada):
    product = ada.product("TW")
    found = history(ada, product, "task")
    assert len(found.counts) > FEWEST
    assert found.total > 40
    result = reading(said(ada, product, None))["result"]
    assert result.n >= 10
