"""One of everything in Alice's workspace, each text marked, for promises that walk the whole product."""

from __future__ import annotations

from pilothouse.kinds import KINDS
from pilothouse.workbench import actions
from pilothouse.workbench.models import Item

MARK = "CANARY"


def fill(cast) -> dict[str, Item]:
    """One item of each kind in TW, linked down the thread; and one in the private product."""
    made = {}
    for slug in KINDS:
        data = {"title": f"{MARK} {slug}", "body": f"{MARK} body of {slug}: <script>alert(1)</script>"}
        made[slug] = actions.create(cast.alice, cast.product, slug, {**data, "tags": [f"{MARK} tag"], "owner": "me"})
    for slug, kind in KINDS.items():
        for target, relation in kind.lifts_to.items():
            actions.link(cast.alice, made[slug], relation, made[target])
    actions.comment(cast.alice, made["requirement"], f"{MARK} comment @bob@example.com <img src=x onerror=alert(1)>")
    actions.create(cast.alice, cast.private, "need", {"title": f"{MARK} private"})
    return made
