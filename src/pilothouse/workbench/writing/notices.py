"""Who hears of what: people mentioned, people made owner, people who watch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pilothouse.markdown import MENTION
from pilothouse.people.models import Membership, User
from pilothouse.workbench.models import Event, Notice, Watch
from pilothouse.workbench.writing.cleaning import sees


def notify(events: Sequence[Event], *, text: str = "") -> None:
    """Write inbox entries for these events; never to the person who acted, one for each person and event."""
    if not events:
        return
    wanted: dict[tuple[int, int], Notice] = {}
    for reason, pairs in (
        ("mention", mentioned(events, text)),
        ("assigned", assigned(events)),
        ("watch", watching(events)),
    ):
        for user_id, entry in pairs:
            if user_id != entry.actor_id:
                wanted.setdefault((user_id, entry.pk), Notice(user_id=user_id, event=entry, reason=reason))
    Notice.objects.bulk_create(wanted.values(), ignore_conflicts=True, batch_size=500)


def mentioned(events: Sequence[Event], text: str) -> Iterable[tuple[int, Event]]:
    """People named as @address in a comment, if they may see the product."""
    addresses = {address.lower().rstrip(".") for address in MENTION.findall(text)}
    if not addresses:
        return []
    product = events[0].item.product  # type: ignore[union-attr]
    people = User.objects.filter(email__in=addresses, memberships__workspace=product.workspace, is_active=True)
    return [(person.pk, events[0]) for person in people if sees(person, product)]


def assigned(events: Sequence[Event]) -> Iterable[tuple[int, Event]]:
    return [(entry.changes["owner"][1], entry) for entry in events if entry.changes.get("owner", [None, None])[1]]


def watching(events: Sequence[Event]) -> Iterable[tuple[int, Event]]:
    by_item = {entry.item_id: entry for entry in events if entry.item_id is not None}
    rows = Watch.objects.filter(item_id__in=list(by_item)[:1_000]).values_list("user_id", "item_id")
    still_here = set(
        Membership.objects.filter(user_id__in={user_id for user_id, _ in rows}).values_list("user_id", flat=True)
    )
    return [(user_id, by_item[item_id]) for user_id, item_id in rows if user_id in still_here]
