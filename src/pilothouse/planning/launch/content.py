"""What is in a release, read from the thread: its requirements, who asked for them, and drafts of what to say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from pilothouse.people.access import Actor
from pilothouse.people.models import Product
from pilothouse.planning.models import Told
from pilothouse.workbench.models import Event, Item, Link
from pilothouse.workbench.products import with_products
from pilothouse.workbench.thread.graph import by_root, walk

MOST_REQUIREMENTS, MOST_PEOPLE, MOST_CHANGES = 500, 500, 200
ASKING = ("feedback", "contact", "customer")


def requirements_of(actor: Actor, release: Item) -> list[Item]:
    """Planned into the release, best score first."""
    rows = Item.objects.live().visible_to(actor).filter(
        kind="requirement", links_out__relation="planned_in", links_out__target=release
    )  # fmt: skip
    found = sorted(rows.distinct()[:MOST_REQUIREMENTS], key=lambda item: -(item.score or 0))
    with_products(actor, found)
    return found


@dataclass
class Asker:
    """Somebody who asked, and for which of the release's requirements; `item` is their feedback or their own item."""

    item: Item
    name: str
    address: str
    wanted: list[Item] = field(default_factory=list)
    told: Told | None = None

    def message(self, product: Product) -> str:
        """A first draft, to be changed before it is sent."""
        names = "\n".join(f"- {requirement.title}" for requirement in self.wanted)
        greeting = _("Hello %(name)s,") % {"name": self.name} if self.name else _("Hello,")
        text = _("you told us about this, and it is out now in %(product)s:") % {"product": product.name}
        return f"{greeting}\n\n{text}\n\n{names}\n\n{_('Does it do what you needed? A line back helps us.')}\n"


def askers(actor: Actor, release: Item, requirements: Sequence[Item]) -> list[Asker]:
    """People who can be told: feedback with a name or an address upstream of a requirement, and contacts or customers
    linked to what was asked. A constant number of queries."""
    graph = walk(actor, [requirement.pk for requirement in requirements])
    reached = by_root(graph.roots, graph.upstream)
    wanted: dict[int, list[Item]] = {}
    for requirement in requirements:
        for node in {requirement.pk, *reached.get(requirement.pk, ())}:
            wanted.setdefault(node, []).append(requirement)
    for source, target in Link.objects.filter(relation="asked_by", source__in=wanted).values_list(
        "source_id", "target_id"
    ):
        wanted[target] = list(dict.fromkeys([*wanted.get(target, []), *wanted[source]]))
    rows = Item.objects.live().visible_to(actor).filter(pk__in=wanted, kind__in=ASKING).order_by("pk")
    items = list(rows[: MOST_PEOPLE * 4])
    with_products(actor, items)
    found = once([asker for item in items if (asker := asker_of(item, wanted[item.pk]))])
    told = {row.asked_id: row for row in Told.objects.filter(release=release).select_related("by")}
    for asker in found:
        asker.told = told.get(asker.item.pk)
    return found[:MOST_PEOPLE]


def once(found: Sequence[Asker]) -> list[Asker]:
    """Who said several things is told once, about all of them."""
    people: dict[tuple[str, str], Asker] = {}
    for asker in found:
        key = (asker.name.casefold(), asker.address.casefold())
        known = people.setdefault(key, asker)
        if known is not asker:
            known.wanted = list(dict.fromkeys([*known.wanted, *asker.wanted]))
    return list(people.values())


def asker_of(item: Item, wanted: list[Item]) -> Asker | None:
    fields = item.fields
    if item.kind == "feedback":
        name, address = str(fields.get("person") or ""), str(fields.get("email") or "")
        return Asker(item, name, address, wanted) if name or address else None
    return Asker(item, item.title, str(fields.get("email") or ""), wanted)


def notes(release: Item, requirements: Sequence[Item]) -> str:
    """Release notes as Markdown, drafted from what is in the release; dropped requirements are left out."""
    shipped = [one for one in requirements if one.state_declared.category != "dropped"]
    lines = [f"## {release.title}", ""]
    for requirement in shipped:
        first = next((line for line in requirement.body.splitlines() if line.strip()), "")
        lines.append(f"- **{requirement.title}**" + (f" – {first.strip()[:300]}" if first else ""))
    return "\n".join(lines) + "\n"


@dataclass(frozen=True)
class ScopeChange:
    """Something that came into the release or left it after it was approved."""

    event: Event
    item: Item
    came: bool


def scope_changes(actor: Actor, release: Item) -> list[ScopeChange]:
    """From the events of the release, the newest first; only those after its approval."""
    approved = approval(release)
    if approved is None:
        return []
    rows = Event.objects.filter(item=release, verb__in=("linked", "unlinked"), pk__gt=approved, undone_at=None)
    events = list(rows.select_related("actor").order_by("-pk")[:MOST_CHANGES])
    planned = [one for one in events if one.changes.get("link", {}).get("relation") == "planned_in"]
    items = Item.objects.visible_to(actor).in_bulk([one.changes["link"]["source"] for one in planned])
    with_products(actor, list(items.values()))
    return [
        ScopeChange(one, items[one.changes["link"]["source"]], one.verb == "linked")
        for one in planned
        if one.changes["link"]["source"] in items
    ]


def approval(release: Item) -> int | None:
    """The event that first took the release out of planning."""
    rows = Event.objects.filter(item=release, verb="changed", undone_at=None, changes__has_key="state").order_by("pk")
    first = release.declared.states[0].slug
    return next((pk for pk, changes in rows.values_list("pk", "changes") if changes["state"][0] == first), None)
