"""Whether something leads to a row, or follows from it, as a condition of a query.

Written out in SQL: put together from querysets, the same condition takes the processor longer than the database takes
to answer it, on every item page. Only declared names are written into the text; every value is a parameter.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import BooleanField, F, Func, IntegerField

from pilothouse.people.access import Actor

# The item at the far end is looked up by its key: joined, SQLite would walk a whole product instead.
LINKS = """FROM workbench_link l WHERE l.{near}_id = {row} AND l.relation IN ({relations}) AND EXISTS (
    SELECT 1 FROM workbench_item i
    WHERE i.id = l.{far}_id AND i.trashed_at IS NULL AND i.product_id IN ({products}) {kind}
    AND i.id NOT IN (SELECT item_id FROM workbench_veil WHERE person_id <> %s))"""


class Linked(Func):
    """There is a link of one of these relations whose `far` end ("source" or "target") this person sees, not in the
    trash; of `kind`, where one is named."""

    output_field = BooleanField()
    template = "EXISTS (SELECT 1 {links})"

    def __init__(self, far: str, relations: Sequence[str], actor: Actor, kind: str = "") -> None:
        super().__init__(F("pk"))
        self.far, self.relations, self.kind = far, tuple(relations), kind
        self.products, self.person = tuple(actor.product_ids), actor.user.pk

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        row, params = compiler.compile(self.source_expressions[0])
        links = LINKS.format(
            near="target" if self.far == "source" else "source", far=self.far, row=row,
            relations=marks(self.relations), products=marks(self.products) or "NULL",
            kind="AND i.kind = %s" if self.kind else "",
        )  # fmt: skip
        values = [*self.relations, *self.products, *filter(None, [self.kind]), self.person]
        return self.template.format(links=links), [*params, *values]


class LinkCount(Linked):
    output_field = IntegerField()  # type: ignore[assignment]
    template = "(SELECT COUNT(*) {links})"


def marks(values: Sequence[Any]) -> str:
    return ", ".join(["%s"] * len(values))
