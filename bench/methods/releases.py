"""Next release with hundreds of candidates: nrp against the usual list by value over effort, and against CP-SAT.

python -m bench.methods.releases --candidates 200 --seconds 10
"""

from __future__ import annotations

import argparse
import random
from typing import Any

from bench.methods.measure import run, table
from pilothouse.methods import nrp

SKILLS = ("backend", "frontend", "design", "data")
RELEASES = 3
LIBRARIES = ("scipy.optimize", "scipy.sparse", "ortools.sat.python.cp_model")


def problem(count: int, seed: int = 1) -> dict[str, Any]:
    """Half as many prerequisites as candidates, some couplings and exclusions; room for about half of the work."""
    rng = random.Random(seed)
    items = {
        n: {"value": rng.randint(1, 100), "effort": {skill: rng.choice((0, 0, 1, 2, 3, 5, 8)) for skill in SKILLS}}
        for n in range(count)
    }
    whole = {skill: sum(item["effort"][skill] for item in items.values()) for skill in SKILLS}
    releases = [
        {
            "id": f"r{step}",
            "capacity": {skill: total // (2 * RELEASES) for skill, total in whole.items()},
            "weight": 1 - step / 10,
        }
        for step in range(RELEASES)
    ]

    def pairs(amount: int) -> list[tuple[int, int]]:
        return [tuple(sorted(rng.sample(range(count), 2))) for _ in range(amount)]

    return {
        "items": items,
        "releases": releases,
        "precedence": pairs(count // 2),
        "couplings": pairs(count // 20),
        "exclusions": pairs(count // 50),
    }


def ours(count: int, seconds: float) -> Any:
    given = problem(count)
    found = nrp.analyse(given.pop("items"), given.pop("releases"), **given, seconds=seconds, explain=0)
    return f"value {found.value:.1f}, gap {found.gap:.2%}"


def by_ratio(count: int, seconds: float) -> Any:
    """What a spreadsheet does: best value over effort first, into the first release with room for all it needs."""
    given = problem(count)
    items, releases = given["items"], given["releases"]
    room = [dict(release["capacity"]) for release in releases]
    needs = {n: [a for a, b in given["precedence"] if b == n] for n in items}
    mates = {n: [x for pair in given["couplings"] for x in pair if n in pair and x != n] for n in items}
    rivals = {n: [x for pair in given["exclusions"] for x in pair if n in pair and x != n] for n in items}
    order = sorted(items, key=lambda n: -items[n]["value"] / (1 + sum(items[n]["effort"].values())))
    place: dict[int, int] = {}
    for n in order * 3:
        if n in place or mates[n] or any(a not in place for a in needs[n]) or any(r in place for r in rivals[n]):
            continue
        for step in range(max((place[a] for a in needs[n]), default=0), RELEASES):
            if all(room[step][skill] >= effort for skill, effort in items[n]["effort"].items()):
                place[n] = step
                for skill, effort in items[n]["effort"].items():
                    room[step][skill] -= effort
                break
    return f"value {sum(items[n]['value'] * releases[step]['weight'] for n, step in place.items()):.1f}"


def with_cp_sat(count: int, seconds: float) -> Any:
    """The same model in a constraint solver, eight workers."""
    from ortools.sat.python import cp_model as cp

    given = problem(count)
    items, releases = given["items"], given["releases"]
    model = cp.CpModel()
    x = {(n, step): model.new_bool_var("") for n in items for step in range(RELEASES)}
    at_most = {n: sum(x[n, step] for step in range(RELEASES)) for n in items}
    for n in items:
        model.add(at_most[n] <= 1)
    for step, release in enumerate(releases):
        for skill in SKILLS:
            model.add(sum(items[n]["effort"][skill] * x[n, step] for n in items) <= release["capacity"][skill])
        for a, b in given["precedence"]:
            model.add(sum(x[b, s] for s in range(step + 1)) <= sum(x[a, s] for s in range(step + 1)))
        for a, b in given["couplings"]:
            model.add(x[a, step] == x[b, step])
    for a, b in given["exclusions"]:
        model.add(at_most[a] + at_most[b] <= 1)
    model.maximize(sum(items[n]["value"] * (10 - step) * x[n, step] for n, step in x))
    solver = cp.CpSolver()
    solver.parameters.max_time_in_seconds, solver.parameters.num_workers = seconds, 8
    solver.solve(model)
    value, bound = solver.objective_value, solver.best_objective_bound
    return f"value {value / 10:.1f}, gap {(bound - value) / bound:.2%}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--candidates", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=10)
    given = parser.parse_args()
    jobs = (("nrp (HiGHS)", ours), ("CP-SAT, 8 workers", with_cp_sat), ("list by value over effort", by_ratio))
    runs = [run(name, job, given.candidates, given.seconds, libraries=LIBRARIES) for name, job in jobs]
    table(f"next release: {given.candidates} candidates, {RELEASES} releases, {len(SKILLS)} skills", runs)
