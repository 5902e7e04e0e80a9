"""What became of a committed plan: the baseline beside what is planned now."""

from __future__ import annotations

from dataclasses import dataclass

from pilothouse.people.access import Actor
from pilothouse.planning.models import Plan
from pilothouse.workbench.models import Item, Link


@dataclass(frozen=True)
class Drift:
    """Items by what happened to them since: `done`, still `there`, `moved` to another release, `dropped` from all, and
    `added` to one of the plan's releases afterwards."""

    done: list[Item]
    there: list[Item]
    moved: list[Item]
    dropped: list[Item]
    added: list[Item]


def drift(actor: Actor, plan: Plan) -> Drift:
    """In three queries; items thrown away since count as dropped."""
    baseline = {int(key): release for key, release in (plan.result or {}).get("plan", {}).items()}
    links = Link.objects.filter(
        relation="planned_in", source__trashed_at=None, target__trashed_at=None, target__product=plan.item.product
    )
    now: dict[int, set[int]] = {}
    for source, target in links.filter(source__number__in=baseline).values_list("source__number", "target__number"):
        now.setdefault(source, set()).add(target)
    later = links.filter(target__number__in=plan.releases, source__kind="requirement")
    added = list(dict.fromkeys(later.exclude(source__number__in=baseline).values_list("source__number", flat=True)))
    rows = Item.objects.visible_to(actor).filter(product=plan.item.product, number__in=[*baseline, *added])
    items = {item.number: item for item in rows}
    for item in items.values():
        item.product = plan.item.product
    parts: dict[str, list[Item]] = {"done": [], "there": [], "moved": [], "dropped": []}
    for key, release in baseline.items():
        if key in items:
            parts[fate(items[key], release, now.get(key, set()))].append(items[key])
    return Drift(**parts, added=[items[key] for key in added if key in items])


def fate(item: Item, release: int, now: set[int]) -> str:
    if item.trashed_at is None and item.state_declared.category == "done":
        return "done"
    if item.trashed_at is not None or not now:
        return "dropped"
    return "there" if release in now else "moved"
