"""One whole thread, from what a commuter said to the review of what was done about it."""

from __future__ import annotations

from pilothouse.workbench.models import Item
from pilothouse.workbench.writing import actions
from tests.cast import Cast

BODY = "The card never connects in the lift 🚢, so I miss my boat. 卡片在电梯里连不上。"
ROWS = {
    "feedback": {"title": "Card fails in the lift", "body": BODY, "person": "Lin", "segment": "Commuters", "said_on": "2026-11-10"},
    "quote": {"title": "I miss my boat", "body": "I miss my boat", "speaker": "Lin", "segment": "Commuters", "said_on": "2026-11-10"},
    "insight": {"title": "Commuters open the app in the lift, where there is no signal."},
    "need": {"title": "Open the ticket without a signal"},
    "requirement": {"title": "Offline tickets"},
    "release": {"title": "2.4 Offline tickets"},
    "task": {"title": "Store the ticket"},
    "metric": {"title": "Boardings in two seconds", "direction": "up"},
    "decision": {"title": "Keep tickets for 24 hours"},
}  # fmt: skip
LINKS = (
    ("feedback", "quoted_as", "quote"),
    ("quote", "supports", "insight"),
    ("insight", "leads_to", "need"),
    ("need", "addressed_by", "requirement"),
    ("requirement", "planned_in", "release"),
    ("requirement", "delivered_by", "task"),
    ("release", "measured_by", "metric"),
    ("release", "reviewed_in", "decision"),
)


def make_chain(cast: Cast) -> dict[str, Item]:
    chain = {kind: actions.create(cast.alice, cast.product, kind, row) for kind, row in ROWS.items()}
    for source, relation, target in LINKS:
        actions.link(cast.alice, chain[source], relation, chain[target])
    return chain
