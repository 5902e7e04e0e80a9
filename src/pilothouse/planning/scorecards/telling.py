"""What a scorecard says, in words: who leads and how surely, where people disagree, what is still missing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pilothouse.jinja import decimal, sentences
from pilothouse.planning.scorecards import features
from pilothouse.planning.scorecards.table import Sheet
from pilothouse.workbench.models import Item

LEVEL = 1e-9


def reading(found: Sheet) -> dict[str, Any]:
    """{"sentence", "sure", "caveats"} for the component of the same name."""
    ranking = found.ranking
    names = {item.pk: item for item in found.items}
    if found.problem:
        return {"sentence": found.problem, "sure": None, "caveats": []}
    if not ranking.order and found.card.way != "features":
        return {"sentence": _("Nothing is scored yet: fill a row, and the order begins."), "sure": None, "caveats": []}
    if found.card.way == "features":
        rows = features.standings(found)
        sure = sentences(features.widest(rows)) or None
        return {"sentence": features.sentence(rows), "sure": sure, "caveats": features.remarks(found)}
    return {"sentence": leader(found, names), "sure": certainty(found), "caveats": caveats(found, names)}


def leader(found: Sheet, names: dict[int, Item]) -> str:
    order, scores = found.ranking.order, found.ranking.scores
    first = names[order[0]]
    figures = {"ref": first.ref, "title": first.title, "score": decimal(scores[first.pk], found.card.declared.decimals)}
    if found.card.way == "moscow":
        return moscow_sentence(found)
    if found.card.way == "decision":
        return decision_sentence(found, names)
    if len(order) == 1:
        return _("%(ref)s “%(title)s” scores %(score)s; nothing else is scored yet.") % figures
    second = scores[order[1]]
    if second == scores[first.pk]:
        level = sum(score == second for score in scores.values())
        return _("%(n)s items stand level at the top with %(score)s.") % {"n": level, **figures}
    if second <= 0:
        return _("%(ref)s “%(title)s” comes first with %(score)s.") % figures
    figures["lead"] = decimal((scores[first.pk] / second - 1) * 100, 0)
    return _("%(ref)s “%(title)s” comes first with %(score)s, %(lead)s %% ahead of the next.") % figures


def decision_sentence(found: Sheet, names: dict[int, Item]) -> str:
    """By titles: options are known by what they are."""
    order, scores = found.ranking.order, found.ranking.scores
    figures = {"title": names[order[0]].title, "score": decimal(scores[order[0]], 2)}
    if len(order) == 1:
        return _("“%(title)s” reaches %(score)s; no other option is complete yet.") % figures
    figures |= {"other": names[order[1]].title, "lead": decimal(scores[order[0]] - scores[order[1]], 2)}
    if scores[order[0]] - scores[order[1]] < LEVEL:
        return _("“%(title)s” and “%(other)s” stand level with %(score)s.") % figures
    return _("“%(title)s” comes first with %(score)s, %(lead)s ahead of “%(other)s”.") % figures


def moscow_sentence(found: Sheet) -> str:
    result = found.ranking.result[1]
    if not result.share:
        return _("Nothing has an effort yet, so there are no shares to judge.")
    figures = {letter: decimal(result.share[letter] * 100, 0) for letter in ("M", "S", "C")}
    if found.options.get("capacity"):
        return capacity_sentence(found, figures)
    if result.must_over_60:
        return _("Musts take %(M)s %% of the effort, over the 60 %% that leave room for a surprise.") % figures
    return (
        _("Musts take %(M)s %% of the effort, Shoulds %(S)s %% and Coulds %(C)s %%: there is room to give way.")
        % figures
    )


def capacity_sentence(found: Sheet, figures: dict[str, str]) -> str:
    figures["capacity"] = decimal(found.options["capacity"], 1)
    if found.ranking.result[1].must_over_60:
        return _("Musts take %(M)s %% of the capacity of %(capacity)s, over the 60 %% that leave room.") % figures
    return _("Musts take %(M)s %% of the capacity of %(capacity)s, Shoulds %(S)s %%, Coulds %(C)s %%.") % figures


def certainty(found: Sheet) -> str:
    if found.card.way == "decision" and len(found.ranking.order) > 1:
        return decision_certainty(found)
    people = {entry.person_id for row in found.cells.values() for cell in row.values() for entry in cell.entries}
    scored, all_items = len(found.ranking.scores), len(found.items)
    text = ngettext(
        "%(scored)s of %(all)s items scored, by %(n)s person.",
        "%(scored)s of %(all)s items scored, by %(n)s people.",
        len(people),
    )
    return text % {"scored": scored, "all": all_items, "n": len(people)}


def decision_certainty(found: Sheet) -> str:
    cells = [cell for row in found.cells.values() for cell in row.values()]
    grounded = sum(any(entry.evidence_id or entry.source for entry in cell.entries) for cell in cells)
    wins = decimal(found.ranking.result.win_share[str(found.ranking.order[0])] * 100, 0)
    said = _("It wins in %(wins)s %% of weights shaken at random; %(n)s of %(all)s numbers name their evidence.")
    return said % {"wins": wins, "n": grounded, "all": len(cells)}


def caveats(found: Sheet, names: dict[int, Item]) -> list[str]:
    said = []
    if missing := len(found.ranking.missing):
        said.append(ngettext("%(n)s item lacks a number.", "%(n)s items lack a number.", missing) % {"n": missing})
    if problems := len(found.ranking.problems):
        said.append(
            ngettext(
                "%(n)s item has numbers without a score.", "%(n)s items have numbers without a score.", problems
            ) % {"n": problems}
        )  # fmt: skip
    if disputed := found.disputed:
        item, criterion, _cell = disputed[0]
        said.append(
            ngettext(
                "People lie far apart in %(n)s cell, most in %(criterion)s of %(ref)s.",
                "People lie far apart in %(n)s cells, most in %(criterion)s of %(ref)s.",
                len(disputed),
            ) % {"n": len(disputed), "criterion": criterion.name, "ref": item.ref}
        )  # fmt: skip
    return said + [REMARKS[code](figures, names) for code, figures in found.ranking.remarks if code in REMARKS]


def of(figures: dict[str, Any], name: str, names: dict[int, Item]) -> str:
    return names[figures[name]].ref


REMARKS: dict[str, Callable[[dict[str, Any], dict[int, Item]], str]] = {
    "first_rests_on_confidence": lambda figures, names: (
        _("If everything were certain, %(ref)s would come first.") % {"ref": of(figures, "first", names)}
    ),
    "product_and_mean_differ": lambda figures, names: _("Product and mean give different orders: keep to one of them."),
    "no_one": lambda figures, names: (
        _("No row has a 1 in “%(criterion)s”: the smallest should get it.") % {"criterion": figures["criterion"]}
    ),
    "alike": lambda figures, names: (
        _("“%(first)s” and “%(second)s” say nearly the same, so it counts twice.")
        % {"first": figures["first"], "second": figures["second"]}
    ),
    "must_over_60": lambda figures, names: _(
        "With so much a must, a late surprise has nothing to give way: move a must down or the date out."
    ),
    "needs_weaker": lambda figures, names: (
        _("%(item)s cannot be had without %(needs)s, which stands in a weaker class.")
        % {"item": of(figures, "item", names), "needs": of(figures, "needs", names)}
    ),
}
