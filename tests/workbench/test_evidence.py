"""Evidence strength: sources, not quotes; recency, segments and contradictions; the same cost for many rows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from pilothouse.workbench.thread.evidence import Evidence, evidence_for
from pilothouse.workbench.writing import actions
from pilothouse.workbench.writing.lifting import lift


def level(sources, age=10, segments=("a", "b"), contradictions=0):
    return Evidence(sources, age, tuple(segments), contradictions).level


@pytest.mark.parametrize(
    ("expected", "given"),
    [
        (0, {"sources": 0}), (1, {"sources": 1}), (2, {"sources": 2}), (2, {"sources": 4}), (4, {"sources": 5}),
        (3, {"sources": 5, "segments": ["a"]}), (3, {"sources": 5, "segments": []}), (4, {"sources": 5, "age": 180}),
        (3, {"sources": 5, "age": 181}), (2, {"sources": 5, "age": 366}), (3, {"sources": 5, "age": None}),
        (1, {"sources": 1, "age": 900}), (1, {"sources": 2, "age": 900, "contradictions": 2}),
        (4, {"sources": 6, "contradictions": 1}), (3, {"sources": 6, "contradictions": 2}),
    ],
)  # fmt: skip
def test_the_level_follows_the_rules(expected, given):
    assert level(**given) == expected


@pytest.fixture
def insight(cast):
    return actions.create(cast.alice, cast.product, "insight", {"title": "The lift has no signal"})


def say(cast, target, who, relation="supports", kind="quote", **fields):
    row = actions.create(cast.alice, cast.product, kind, {"title": f"{who} says", **fields})
    actions.link(cast.alice, row, relation, target)
    return row


def test_ten_quotes_of_one_person_are_one_source(cast, insight):
    voice = actions.create(cast.alice, cast.product, "feedback", {"title": "Lift", "email": "Lin@example.com"})
    for n in range(10):
        quote = say(cast, insight, f"Lin {n}", speaker="Lin")
        actions.link(cast.alice, voice, "quoted_as", quote)
    say(cast, insight, "Lin again", speaker="lin@example.com", segment="Commuters")
    found = evidence_for(cast.alice, [insight])[insight.pk]
    assert (found.sources, found.segments, found.age, found.level) == (1, ("Commuters",), 0, 1)


def test_age_segments_and_contradictions_are_read_from_upstream(cast, insight):
    day = timezone.localdate() - timedelta(days=12)
    for n in range(5):
        say(cast, insight, f"p{n}", speaker=f"p{n}", segment="Commuters", said_on=(day - timedelta(days=n)).isoformat())
    [need] = lift(cast.alice, [insight], "need", [{"title": "Open without a signal"}])
    say(cast, insight, "Ana", relation="contradicts", speaker="Ana")
    say(cast, insight, "Ana", relation="contradicts", speaker="ana")
    found = evidence_for(cast.alice, [need])[need.pk]
    assert found.reason == "5 sources, newest 12 days old, one segment only, 1 contradicts"
    assert found.level == 3
    with translation.override("zh-hans"):
        assert found.reason == "5 个来源，最新 12 天前，只有一个人群，1 个反例"


def test_many_rows_cost_as_much_as_one(cast, insight, django_assert_num_queries):
    needs = lift(cast.alice, [insight], "need", [{"title": f"Need {n}"} for n in range(6)])
    say(cast, insight, "Lin", speaker="Lin")
    assert cast.alice.product_ids
    for rows in (needs[:1], needs):
        with django_assert_num_queries(2):
            assert all(found.sources == 1 for found in evidence_for(cast.alice, rows).values())


def test_what_was_imported_without_a_date_is_undated(cast):
    item = actions.create(cast.alice, cast.product, "feedback", {"title": "Old", "external_id": "x-1"})
    assert evidence_for(cast.alice, [item])[item.pk].age is None


def test_a_stranger_learns_nothing(cast, insight):
    say(cast, insight, "Lin", speaker="Lin")
    assert evidence_for(cast.charlie, [insight])[insight.pk].sources == 0
