"""Writing a batch: items, events and the import's position in one transaction, so never half and never twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import F

from pilothouse.exchange.models import Import, Problem
from pilothouse.exchange.reading.cells import visible
from pilothouse.exchange.reading.source import Row
from pilothouse.exchange.taking.decide import Decider, Decision
from pilothouse.people.access import Actor
from pilothouse.workbench.jobs import Running, Superseded
from pilothouse.workbench.writing import actions
from pilothouse.workbench.writing.changes import apply_each

BATCH = 1_000
MOST_PROBLEMS = 100_000


@transaction.atomic
def write_batch(job: Running, actor: Actor, source: Import, decider: Decider, rows: Sequence[tuple[Row, int]]) -> None:
    """Carry out one batch. Raises Superseded when another worker has done it already, Cancelled when asked to stop."""
    before = source.position
    job.row.done = before + len(rows)
    job.report()
    decisions = decider.batch(rows, lock=True)
    carry_out(actor, source, decider, decisions)
    counts = Counter(decision.outcome for decision in decisions)
    note(source, decisions, checking=False)
    changed = Import.objects.filter(pk=source.pk, position=before).update(
        position=before + len(rows), **{outcome: F(outcome) + count for outcome, count in counts.items()}
    )
    if not changed:
        raise Superseded
    source.position = before + len(rows)


def carry_out(actor: Actor, source: Import, decider: Decider, decisions: Sequence[Decision]) -> None:
    new = [decision.values for decision in decisions if decision.outcome == "created" and decision.item is None]
    if new:
        actions.create_cleaned(actor, decider.product, source.kind, new, batch=source.batch, quiet=True)
    revived = [decision.item for decision in decisions if decision.revived and decision.item]
    if revived:
        actions.restore(actor, revived, batch=source.batch)
        for item in revived:
            item.trashed_at = None
    pairs = [
        (decision.item, decision.values)
        for decision in decisions
        if decision.item and (decision.revived or decision.outcome == "updated")
    ]
    if pairs:
        apply_each(actor, pairs, batch=source.batch)


def note(source: Import, decisions: Sequence[Decision], *, checking: bool) -> None:
    """Keep why rows were not taken: of a dry run the first thousand, of an import a hundred thousand."""
    found = [decision for decision in decisions if decision.reasons]
    room = (1_000 if checking else MOST_PROBLEMS) - source.problems.filter(checking=checking).count() if found else 0
    rows = [
        Problem(source=source, checking=checking, row=decision.row, outcome=decision.outcome, reasons=reasons(decision))
        for decision in found[: max(room, 0)]
    ]
    Problem.objects.bulk_create(rows, batch_size=500)


def reasons(decision: Decision) -> list[dict[str, Any]]:
    found = decision.reasons[:20]
    return [{"column": reason["column"][:200], "message": visible(reason["message"])[:500]} for reason in found]
