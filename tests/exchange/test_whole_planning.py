"""Scorecards and plans travel with their product: who said what, estimates, capacities, choices and the result."""

from __future__ import annotations

from datetime import date

import pytest

from pilothouse.exchange.whole.incoming import bring_in
from pilothouse.people.models import Product
from pilothouse.planning.models import DayOff, Plan, Skill, Worker
from pilothouse.planning.plans import actions as plans
from pilothouse.planning.plans.solving import solve
from pilothouse.planning.scorecards import actions as scorecards
from pilothouse.workbench.writing import actions
from tests.exchange.helpers import again
from tests.exchange.test_whole import as_file, canonical, exported

pytestmark = pytest.mark.usefixtures("media")


class NoJob:
    def tick(self, *args, **kwargs): ...


@pytest.fixture
def full(cast):
    """A card scored by two, and a committed plan with a what-if."""
    for number in range(3):  # so that no key of the database happens to be its number
        actions.create(cast.alice, cast.private, "requirement", {"title": f"Other {number}"})
    made = [actions.create(cast.alice, cast.product, "requirement", {"title": title}) for title in ("A", "B")]
    release = actions.create(cast.alice, cast.product, "release", {"title": "2.5", "due_on": "2026-12-18"})
    card = scorecards.create_card(cast.alice, cast.product, "ice", {"title": "Spring"}, made, people=[cast.bob.user])
    for actor in (cast.alice, cast.bob):
        for item in made:
            for column in card.columns:
                scorecards.set_cell(actor, card, item, column.slug, {"value": "5", "note": "风浪", "evidence": made[0]})
    ahp = scorecards.create_card(cast.alice, cast.product, "ahp", {"title": "Weights"}, made)
    scorecards.judge(cast.alice, ahp, "value", "cost", 3)
    scorecards.adopt(cast.alice, card)
    plan = plans.create_plan(cast.alice, cast.product, {"title": "Plan"}, [release], card)
    skill = Skill.objects.get()
    worker = Worker.objects.create(skill=skill, name="小林")
    DayOff.objects.create(product=cast.product, worker=worker, from_on=date(2026, 12, 1), to_on=date(2026, 12, 2))
    plans.set_capacity(cast.alice, release, skill, "4")
    for item in made:
        plans.set_estimate(cast.alice, item, skill, "1 2 5")
    plans.choose(cast.alice, plan, made[0], "fixed", release)
    solve(NoJob(), cast.alice, plan=plan.pk)
    plan = plans.plan_for(plan.item)
    plans.copy_plan(cast.alice, plan, "What if")
    plans.commit(cast.alice, plan)
    return Product.objects.select_related("workspace").get(pk=cast.product.pk)


def test_planning_comes_in_again_equal(cast, full):
    text = exported(full)
    made = bring_in(again(cast.alice), as_file(text), "COPY")
    copy = Product.objects.select_related("workspace").get(pk=made.pk)
    first, second = canonical(text), canonical(exported(copy))
    for name in first:
        if name.startswith(("skill", "worker", "days", "capac", "estim", "score", "plan")):
            assert first[name], name
            assert first[name] == second[name], name
    plan = Plan.objects.get(item__product=copy, committed_at__isnull=False)
    assert plan.result["plan"] == {"1": 3, "2": 3}
    assert Plan.objects.get(item__product=copy, base=plan)
