"""Where we lead, where we lag, and what nobody has looked up lately."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from pilothouse.planning.scorecards.criteria import Criterion
from pilothouse.planning.scorecards.matrices import share
from pilothouse.planning.scorecards.table import Sheet
from pilothouse.workbench.models import Item

LEVEL = 1e-9


@dataclass(frozen=True)
class Standing:
    """`gap` is our share minus the best of theirs (above zero: we lead), None while one of the two is unknown; `best`
    are those who offer the most of it."""

    criterion: Criterion
    gap: float | None
    best: tuple[Item, ...]

    @property
    def weight(self) -> float:
        return abs(self.gap or 0.0) * self.criterion.weight


def standings(found: Sheet) -> list[Standing]:
    """One for each feature, in the order of the card."""
    ours = found.card.item_id
    return [standing(found, one, ours) for one in found.card.columns]


def standing(found: Sheet, criterion: Criterion, ours: int) -> Standing:
    shares = {key: share(criterion, row[criterion.slug].value) for key, row in found.cells.items()}
    mine = shares.pop(ours, None)
    known = {key: value for key, value in shares.items() if value is not None}
    if mine is None or not known:
        return Standing(criterion, None, ())
    best = max(known.values())
    those = tuple(item for item in found.items if known.get(item.pk) == best and best > 0)
    return Standing(criterion, mine - best, those)


def sentence(rows: list[Standing]) -> str:
    known = [one for one in rows if one.gap is not None]
    if not known:
        return _("Fill our own column and one competitor's: then gaps and leads show.")
    figures = {
        "n": len(known), "lead": sum((one.gap or 0) > LEVEL for one in known),
        "gaps": sum((one.gap or 0) < -LEVEL for one in known),
    }  # fmt: skip
    return (
        ngettext(
            "Of %(n)s feature we lead in %(lead)s and lag in %(gaps)s.",
            "Of %(n)s features we lead in %(lead)s and lag in %(gaps)s.",
            len(known),
        )
        % figures
    )


def remarks(found: Sheet) -> list[str]:
    """What is old, without a source, or missing."""
    said = []
    cells = [cell for row in found.cells.values() for cell in row.values()]
    if old := sum(cell.stale for cell in cells):
        text = ngettext("%(n)s cell is older than 180 days.", "%(n)s cells are older than 180 days.", old)
        said.append(text % {"n": old})
    bare = sum(
        cell.newest is not None and not (cell.newest.source or cell.newest.evidence_id)
        for key, row in found.cells.items()
        for cell in row.values()
        if key != found.card.item_id
    )
    if bare:
        said.append(ngettext("%(n)s cell names no source.", "%(n)s cells name no source.", bare) % {"n": bare})
    if missing := sum(cell.value is None for cell in cells):
        said.append(ngettext("%(n)s cell is empty.", "%(n)s cells are empty.", missing) % {"n": missing})
    return said


def widest(rows: list[Standing]) -> list[str]:
    """The widest gap and the widest lead, by weight."""
    comma = pgettext("between the parts of a list", ", ")
    behind = max((one for one in rows if (one.gap or 0) < -LEVEL), key=lambda one: one.weight, default=None)
    ahead = max((one for one in rows if (one.gap or 0) > LEVEL), key=lambda one: one.weight, default=None)
    said = []
    if behind:
        who = comma.join(item.title for item in behind.best[:3])
        figures = {"feature": behind.criterion.name, "who": who}
        said.append(_("The widest gap: “%(feature)s”, offered by %(who)s.") % figures)
    if ahead:
        said.append(_("The widest lead: “%(feature)s”.") % {"feature": ahead.criterion.name})
    return said
