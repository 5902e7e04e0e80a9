"""Planning releases as the product does it: a plan is read from the database, solved by its job, kept and explained.

    PILOTHOUSE_DATA=/tmp/bench python -m bench.planning [--candidates 200 1000] [--classic FOLDER] [--stages 1 9 50]

Prints when each better plan was kept, its value and how far it may be from the best possible. FOLDER holds the classic
next-release instances (nrp1.txt …): customers are requirements of no effort that wait for what they asked for.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pilothouse.settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from bench.methods.releases import problem  # noqa: E402
from pilothouse.methods import nrp  # noqa: E402
from pilothouse.people.access import Actor  # noqa: E402
from pilothouse.people.models import Membership, Product, Role, User, Workspace  # noqa: E402
from pilothouse.planning.models import Capacity, Estimate, Plan, Skill  # noqa: E402
from pilothouse.planning.plans import actions, solving  # noqa: E402
from pilothouse.workbench.models import Item, Link  # noqa: E402
from pilothouse.workbench.writing import actions as items  # noqa: E402

RATIOS = (0.3, 0.5, 0.7)
OPTIMA = {
    "nrp1": (1204, 1840, 2507), "nrp2": (4970, 8065, 11316), "nrp3": (7488, 11159, 14196),
}  # fmt: skip


@dataclass
class Asked:
    """Values and efforts by key, capacity by release, and what ties keys together."""

    values: Mapping[Any, float]
    efforts: Mapping[Any, Mapping[str, float]]
    room: Sequence[Mapping[str, float]]
    ahead: Sequence[tuple[Any, Any]] = ()
    together: Sequence[tuple[Any, Any]] = ()
    hurry: float = 0.9


@dataclass
class Watch:
    """Stands in for the job that the worker runs; says at each stage what is kept so far."""

    plan: Plan
    begun: float = field(default_factory=time.perf_counter)
    seen: float = -1.0

    def tick(self, *stage: Any, **more: Any) -> None:
        self.say()

    def say(self) -> None:
        self.plan.refresh_from_db(fields=["result"])
        result, now = self.plan.result, time.perf_counter() - self.begun
        if result and result["gap"] != self.seen:
            self.seen = result["gap"]
            proved = "proved" if result["proved"] else f"gap {result['gap']:.2%}"
            print(f"  {now:5.1f} s  value {result['value']:>10,.1f}  {proved}, {len(result['plan'])} in", flush=True)


def workspace() -> Actor:
    call_command("migrate", verbosity=0)
    place, new = Workspace.objects.get_or_create(slug="bench", defaults={"name": "Bench"})
    if new:
        user = User.objects.create_user("ada@example.com", "not used here", name="Ada")
        Membership.objects.create(workspace=place, user=user, role=Role.OWNER)
    return Actor(User.objects.get(email="ada@example.com"), place, Role.OWNER)


def filled(actor: Actor, asked: Asked) -> Plan:
    """A product of its own for each run."""
    number = Product.objects.count() + 1
    product = Product.objects.create(workspace=actor.workspace, key=f"B{number}", name=f"Bench {number}")
    made = items.create_many(actor, product, "requirement", [{"title": f"R {key}"} for key in asked.values])
    rows = dict(zip(asked.values, made, strict=True))
    for key, item in rows.items():
        item.score = asked.values[key]
    Item.objects.bulk_update(made, ["score"], batch_size=500)
    names = dict.fromkeys(skill for effort in asked.efforts.values() for skill in effort)
    skills = {name: Skill.objects.create(product=product, name=name) for name in names}
    Estimate.objects.bulk_create(
        Estimate(item=rows[key], skill=skills[name], low=days, likely=days, high=days)
        for key, effort in asked.efforts.items()
        for name, days in effort.items()
    )
    Link.objects.bulk_create(
        Link(source=rows[one], target=rows[other], relation=relation)
        for relation, pairs in (("blocks", asked.ahead), ("goes_with", asked.together))
        for one, other in dict.fromkeys(pairs)
    )
    releases = items.create_many(
        actor, product, "release", [{"title": f"Release {n + 1}"} for n in range(len(asked.room))]
    )
    Capacity.objects.bulk_create(
        Capacity(release=release, skill=skills[name], days=days)
        for release, room in zip(releases, asked.room, strict=True)
        for name, days in room.items()
    )
    plan = actions.create_plan(actor, product, {"title": "Bench"}, releases)
    Plan.objects.filter(pk=plan.pk).update(hurry=asked.hurry)
    return plan


def generated(count: int) -> Asked:
    """Half as many prerequisites as candidates, some couplings; three releases, four skills, room for half the work."""
    given = problem(count)
    rows = given["items"]
    return Asked(
        {key: row["value"] for key, row in rows.items()}, {key: row["effort"] for key, row in rows.items()},
        [release["capacity"] for release in given["releases"]], given["precedence"], given["couplings"],
    )  # fmt: skip


def classic(path: Path, ratio: float) -> Asked:
    instance = nrp.read_file(path.read_text())
    values = {f"r{key}": 0.0 for key in instance.costs}
    values |= {f"c{key}": float(one["value"]) for key, one in instance.customers.items()}
    efforts = {f"r{key}": {"cost": float(cost)} for key, cost in instance.costs.items()}
    efforts |= {f"c{key}": {"cost": 0.0} for key in instance.customers}
    ahead = [(f"r{before}", f"r{after}") for before, after in instance.precedence]
    ahead += [(f"r{one}", f"c{key}") for key, customer in instance.customers.items() for one in customer["items"]]
    return Asked(values, efforts, [{"cost": int(ratio * instance.total_cost + 0.5)}], ahead)


def run(actor: Actor, name: str, asked: Asked) -> None:
    plan = filled(actor, asked)
    actor = Actor(actor.user, actor.workspace, actor.role)  # one that knows the new product
    print(f"{name}: {len(asked.values):,} candidates, {len(asked.room)} releases", flush=True)
    watch = Watch(plan)
    solving.solve(watch, actor, plan=plan.pk)  # type: ignore[arg-type]
    watch.say()
    print(f"  {time.perf_counter() - watch.begun:5.1f} s  explained", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--candidates", type=int, nargs="*", default=[200, 1000])
    parser.add_argument("--classic", type=Path)
    parser.add_argument("--stages", type=float, nargs="*", help="seconds of each try, instead of the product's own")
    given = parser.parse_args()
    solving.STAGES = tuple(given.stages or solving.STAGES)
    actor = workspace()
    for count in given.candidates:
        run(actor, f"{count} candidates", generated(count))
    for name, optima in OPTIMA.items() if given.classic else ():
        for ratio, best in zip(RATIOS, optima, strict=True):
            run(
                actor,
                f"{name} at {ratio} of all cost, published {best:,}",
                classic(given.classic / f"{name}.txt", ratio),
            )


if __name__ == "__main__":
    main()
