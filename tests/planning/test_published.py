"""The classic next-release problem through the product: imported, linked, scored, estimated, planned."""

from __future__ import annotations

from pilothouse.methods import nrp
from pilothouse.planning.models import Estimate, Skill
from pilothouse.planning.plans import actions as plans
from pilothouse.planning.plans.problem import gather
from pilothouse.planning.plans.solving import attempt, solve
from pilothouse.planning.scorecards import actions as cards
from pilothouse.workbench.models import Item
from pilothouse.workbench.writing import actions as items
from tests.api.calls import Api
from tests.api.test_imports import finished, media, send  # noqa: F401 a fixture
from tests.datasets import dataset

OPTIMUM = 1204  # Veerapen and others, 2015, at three tenths of all cost, rounded


class Quiet:
    def tick(self, *args, **kwargs): ...


def imported(client, cast, instance):
    """A row a requirement and a row a customer, by the same endpoint that people's scripts use."""
    rows = ["id,title,effort"]
    rows += [f"r{key},Requirement {key},{cost / 20}" for key, cost in instance.costs.items()]
    rows += [f"c{key},Customer {key}," for key in instance.customers]
    columns = {"id": "external_id", "title": "title", "effort": "effort"}
    done = finished(
        Api(client, cast.alice),
        send(Api(client, cast.alice), "\n".join(rows), mapping={"columns": columns}, kind="requirement"),
    )
    assert done["counts"]["created"] == len(rows) - 1
    found = {}
    for item in Item.objects.filter(kind="requirement"):
        item.product = cast.product
        found[item.external_id] = item
    return found


def test_the_plan_reaches_the_published_optimum(cast, client, media):  # noqa: F811
    instance = nrp.read_file(dataset("nrp_classic", "nrp1.txt").read_text())
    rows = imported(client, cast, instance)
    for after in {after for _before, after in instance.precedence}:
        before = [rows[f"r{one}"] for one, other in instance.precedence if other == after]
        items.link_many(cast.alice, before, "blocks", rows[f"r{after}"])
    release = items.create(cast.alice, cast.product, "release", {"title": "Next"})
    asking = [rows[f"c{key}"] for key in instance.customers]
    card = cards.create_card(cast.alice, cast.product, "own", {"title": "Profit"}, asking)
    cards.set_criteria(cast.alice, card, card.columns[:1], {"formula": "value * 10"})
    plan = plans.create_plan(cast.alice, cast.product, {"title": "Classic"}, [release], card)
    skill = Skill.objects.get(product=cast.product)
    for key, customer in instance.customers.items():
        row = rows[f"c{key}"]
        items.link_many(cast.alice, [rows[f"r{asked}"] for asked in customer["items"]], "blocks", row)
        cards.set_cell(cast.alice, card, row, card.columns[0].slug, {"value": str(customer["value"] / 10)})
        plans.set_estimate(cast.alice, row, skill, "0")
    plans.set_capacity(cast.alice, release, skill, str(round(0.3 * instance.total_cost)))
    solve(Quiet(), cast.alice, plan=plan.pk)
    plan.refresh_from_db()
    assert 0.99 * OPTIMUM <= plan.result["value"] <= OPTIMUM + 1e-6 <= plan.result["bound"] + 2e-6
    best = attempt(gather(cast.alice, plan), 120, gap=0)
    assert (round(best.value, 6), best.proved) == (OPTIMUM, True)
    assert Estimate.objects.count() == len(asking)
    plans.commit(cast.alice, plan)
    inside = Item.objects.filter(links_out__target=release, links_out__relation="planned_in")
    assert sum(instance.costs[int(one.external_id[1:])] for one in inside if one.external_id[0] == "r") <= 257
