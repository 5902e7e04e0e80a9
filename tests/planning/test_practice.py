"""The practice product plans its next release: scored, solved and committed as anybody's is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pilothouse.people.access import Actor
from pilothouse.planning.models import Gate, Plan, Scorecard, Skill
from pilothouse.planning.plans import scheduling, waiting
from pilothouse.planning.plans.drift import drift
from pilothouse.planning.scorecards.features import remarks, standings, widest
from pilothouse.planning.scorecards.table import sheet
from pilothouse.planning.scorecards.turning import turning

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(practice) -> Actor:
    return replace(practice[0])


def test_two_people_have_scored_apart_and_disagree(ada):
    cards = list(Scorecard.objects.filter(way="rice").select_related("item__product").order_by("pk"))
    assert [card.item.product.key for card in cards] == ["CX", "TW"]
    for card in cards:
        found = sheet(ada, card)
        assert card.blind
        assert not card.hidden
        assert card.adopted_at
        assert all(seat.done_at for seat in found.seats)
        assert len(found.seats) == 2
        assert [(criterion.slug) for _item, criterion, _cell in found.disputed][:1] == ["reach"]
        assert all(len(cell.entries) == 2 for row in found.cells.values() for cell in row.values())
        first = found.rows[0]
        first.refresh_from_db()
        assert first.score == pytest.approx(found.ranking.scores[first.pk])


def test_the_next_release_is_committed_within_its_days_and_says_what_is_out(ada):
    for plan in Plan.objects.select_related("item__product"):
        assert plan.committed_at
        assert plan.result["out"]
        days = [pair for by_skill in plan.result["used"].values() for pair in by_skill.values()]
        assert len(days) == 2
        assert all(0 < used <= limit for used, limit in days)
        since = drift(ada, plan)
        assert len(since.there) == len(plan.result["plan"])
        assert not (since.moved)
        assert not (since.dropped)
        assert not (since.added)
        assert scheduling.current(ada, plan)[1]
        assert plan.schedule["proved"]
        assert any(map(waiting.too_late, plan.schedule["items"]))


def test_the_team_and_the_gates_speak_the_language_of_their_product(ada):
    assert list(Skill.objects.order_by("pk").values_list("name", flat=True)) == [
        "开发",
        "设计",
        "Development",
        "Design",
    ]
    for key, first in (("CX", "范围已定"), ("TW", "What is in is final")):
        gates = list(Gate.objects.filter(release__product__key=key).order_by("pk"))
        assert gates[0].name == first
        assert [gate.done_at is not None for gate in gates] == [True, True, False, False, False, False]


def test_two_decisions_are_weighed_and_competitors_compared_feature_by_feature(ada):
    for card in Scorecard.objects.filter(way="decision").select_related("item__product", "item__parent"):
        found = sheet(ada, card)
        assert not found.ranking.missing
        assert len(turning(found)) >= 2
        first = found.rows[0]
        decided = card.item.parent.state != "open"
        assert (first.state == "chosen") is decided
        assert (card.item.state == "agreed") is decided
    for card in Scorecard.objects.filter(way="features").select_related("item__product"):
        found = sheet(ada, card)
        rows = standings(found)
        assert {(one.gap or 0) > 0 for one in rows} == {True, False}
        assert len(widest(rows)) == 2
        assert len(remarks(found)) == 3  # what is old, without a source, and missing
    assert Scorecard.objects.exclude(way="rice").count() == 6
