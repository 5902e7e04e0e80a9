"""Where a survey's scores show: on the items they are about, in their history, in undo, and when somebody answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pilothouse.jinja import is_chinese, sentences
from pilothouse.kinds import KINDS
from pilothouse.kinds.define import KANO
from pilothouse.people.access import Actor
from pilothouse.surveys.answering import hooks
from pilothouse.surveys.instruments import live, taking_back
from pilothouse.surveys.instruments.priority import KEPT, SURVEYED, USED
from pilothouse.surveys.instruments.ranking import PLACE
from pilothouse.surveys.instruments.words import number, percent, spread
from pilothouse.surveys.scored import Score
from pilothouse.workbench.models import Event, Item
from pilothouse.workbench.sections import add_section
from pilothouse.workbench.showing import words
from pilothouse.workbench.writing import undo

NAMES = {option.slug: option.name for option in KANO}


def register() -> None:
    for kind in KINDS.values():
        if PLACE in kind.field_by_slug:
            add_section(kind.slug, section)
    undo.BY_VERB.update({
        SURVEYED: taking_back.undo_scores, USED: taking_back.undo_use, KEPT: taking_back.undo_live
    })  # fmt: skip
    words.TOLD.update({SURVEYED: told_scores, USED: told_use, KEPT: told_live})
    words.ICONS.update({SURVEYED: "list-ordered", USED: "list-ordered", KEPT: "refresh-cw"})
    hooks.finished(live.answered)


def section(actor: Actor, item: Item) -> dict[str, Any] | None:
    """What surveys say about this item, the one that leads first."""
    # Read first: joined, SQLite would walk the whole product to find these few.
    scores = list(Score.objects.filter(item=item).values_list("pk", flat=True))
    if not scores:
        return None
    rows = Score.objects.visible_to(actor).filter(pk__in=scores).select_related("survey__item__product__workspace")
    found = [told(score) for score in rows.filter(survey__item__trashed_at=None).order_by("-leads", "-at")]
    return {"template": "surveys/instruments/scored.html", "context": {"scores": found}} if found else None


def told(score: Score) -> dict[str, Any]:
    values, details = score.values, score.detail
    return {
        "score": score, "survey": score.survey, "category": values.get("kano", ""),
        "name": category_name(values.get("kano", "")), "counts": counts(details),
        "lines": [*filter(None, lines(values, details))],
        "unsure": bool(details.get("counts")) and not details.get("sure"),
    }  # fmt: skip


def lines(values: Mapping[str, Any], details: Mapping[str, Any]) -> tuple[str, str, str]:
    return coefficients(values, details), share_line(values), opportunity_line(values, details)


def category_name(category: str) -> str:
    return str(NAMES.get(category, category))


def counts(details: Mapping[str, Any]) -> list[dict[str, Any]]:
    """How many answers fell into each category, for a bar; those with none are left out."""
    given = details.get("counts") or {}
    total = sum(given.values()) or 1
    return [
        {"category": code, "name": category_name(code), "n": given[code], "share": 100 * given[code] / total}
        for code in NAMES
        if given.get(code)
    ]


def kano_line(values: Mapping[str, Any], details: Mapping[str, Any]) -> str:
    if not values.get("kano"):
        return ""
    stop = "。" if is_chinese() else "."
    return sentences([f"{category_name(values['kano'])}{stop}", coefficients(values, details)])


def coefficients(values: Mapping[str, Any], details: Mapping[str, Any]) -> str:
    """Better and Worse with their intervals, where anybody's answers have them."""
    if values.get("kano_better") is None:
        return ""
    return _("Better %(better)s (%(better_ci)s), Worse %(worse)s (%(worse_ci)s)") % {
        "better": number(values["kano_better"]), "better_ci": spread(details["better_ci"]),
        "worse": number(values["kano_worse"]), "worse_ci": spread(details["worse_ci"]),
    }  # fmt: skip


def share_line(values: Mapping[str, Any]) -> str:
    if values.get("maxdiff") is None:
        return ""
    return _("MaxDiff: %(share)s of preference") % {"share": percent(values["maxdiff"] / 100, 1)}


def opportunity_line(values: Mapping[str, Any], details: Mapping[str, Any]) -> str:
    if values.get("opportunity") is None:
        return ""
    return _("Opportunity %(score)s (%(interval)s)") % {
        "score": number(values["opportunity"], 1), "interval": spread(details.get("opportunity_ci"), 1)
    }  # fmt: skip


def told_scores(entry: Event) -> str:
    """Placed this 2nd by TW-40: Must-be."""
    changes = entry.changes
    place, kano = (changes.get(name, [None, None])[1] for name in (PLACE, "kano"))
    if kano and place:
        text = _("scored this by the survey %(survey)s: %(category)s, place %(place)s")
    elif kano:
        text = _("scored this by the survey %(survey)s: %(category)s")
    elif place:
        text = _("scored this by the survey %(survey)s: place %(place)s")
    else:
        text = _("scored this by the survey %(survey)s")
    return text % {
        "survey": changes.get("survey", ""),
        "category": category_name(kano or ""),
        "place": f"{place or 0:g}",
    }


def told_use(entry: Event) -> str:
    n = entry.changes["items"]
    text = ngettext(
        "used its %(answers)s answers to rank %(n)s item", "used its %(answers)s answers to rank %(n)s items", n
    )
    return text % {"answers": entry.changes["n"], "n": n}


def told_live(entry: Event) -> str:
    if entry.changes["live"][1]:
        return _("lets new answers change the order")
    return _("lets new answers change the order no longer")
