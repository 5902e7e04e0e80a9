"""A plan in words: what it reaches, why an item is out and what would let it in, and why there is no plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from pilothouse.jinja import decimal
from pilothouse.methods import MethodError
from pilothouse.planning.plans.problem import Problem

MOST_NAMED = 5


def sentence(found: Problem, result: Mapping[str, Any]) -> str:
    inside = len(result["plan"])
    figures = {"inside": inside, "all": len(found.items), "n": len(found.releases)}
    return (
        ngettext(
            "%(inside)s of %(all)s open requirements fit into %(n)s release.",
            "%(inside)s of %(all)s open requirements fit into %(n)s releases.",
            len(found.releases),
        )
        % figures
    )


def certainty(result: Mapping[str, Any]) -> str:
    if result["proved"] or result["gap"] < 0.0005:
        return _("No other choice would bring more value within this capacity.")
    return _("At most %(gap)s %% more value would be possible within this capacity.") % {
        "gap": decimal(result["gap"] * 100, 1)
    }


def why_out(found: Problem, key: int, result: Mapping[str, Any]) -> list[str]:
    """Sentences, the deciding one first."""
    if key in found.aside:
        return [ASIDE[found.aside[key]]()]
    why = result["out"].get(str(key))
    if why is None:
        return [_("It came after this plan was made.")]
    said = [REASONS[code](found, why) for code in why["reasons"] if code in REASONS]
    if why["value_needed"] is not None:
        said.append(entry(found, key, why))
    return said or [_("It brings less than what is in.")]


def entry(found: Problem, key: int, why: Mapping[str, Any]) -> str:
    figures = {"value": decimal(why["value_needed"], 1), "now": decimal(found.values.get(key, 0), 1)}
    if not why["replaces"]:
        return _("It would come in from a score of %(value)s (now %(now)s).") % figures
    figures["refs"] = refs(found, why["replaces"])
    return _("From a score of %(value)s (now %(now)s) it would replace %(refs)s.") % figures


def refs(found: Problem, keys: Iterable[int]) -> str:
    known = [found.items[key].ref for key in keys if key in found.items]
    return pgettext("between the parts of a list", ", ").join(known[:MOST_NAMED]) + (
        " …" if len(known) > MOST_NAMED else ""
    )


def shortage(found: Problem, why: Mapping[str, Any]) -> str:
    days = pgettext("between the parts of a list", ", ").join(
        _("%(days)s more days of %(skill)s") % {"days": decimal(amount, 1), "skill": skill}
        for skill, amount in why["shortage"].items()
    )
    release = next((one.title for one in found.releases if one.number == why["release"]), "")
    return _("%(release)s would need %(days)s.") % {"release": release, "days": days}


REASONS: dict[str, Any] = {
    "capacity": shortage,
    "too_big": lambda found, why: _("It takes more days than any release it may go into has."),
    "prerequisite_out": lambda found, why: _("It waits for %(refs)s.") % {"refs": refs(found, why["needs"])},
    "excluded_by": lambda found, why: _("%(refs)s is in instead.") % {"refs": refs(found, why["excluded_by"])},
    "no_value": lambda found, why: _("Its score is zero."),
}
ASIDE: dict[str, Any] = {
    "chosen_out": lambda: _("You kept it out."),
    "no_effort": lambda: _("Nobody has estimated it."),
    "no_value": lambda: _("It has no score."),
    "waits": lambda: _("It waits for something that nobody has estimated, or that you kept out."),
}


def refusal(found: Problem, error: MethodError) -> str:
    """Why there is no plan at all, naming the items, the skill and by how much."""
    details = error.details
    if error.code == "must_haves_over_capacity":
        releases = {release.number: release.title for release in found.releases}
        short = "; ".join(
            _("%(release)s lacks %(days)s days of %(skill)s")
            % {
                "release": releases.get(one["release"], "?"), "days": decimal(one["amount"], 1),
                "skill": one["skill"],
            }
            for one in details["short"]
        )  # fmt: skip
        musts = refs(found, [key for key in found.candidates if key in found.choices])
        return _("What must be in does not fit: %(short)s. Must-haves: %(musts)s.") % {"short": short, "musts": musts}
    if error.code == "cycle":
        return _("These wait for each other in a circle: %(refs)s.") % {"refs": refs(found, details["path"])}
    if error.code == "must_haves_contradict":
        return _("What must be in contradicts itself: an item is fixed before something that it waits for.")
    if error.code == "deadline_before_earliest":
        return _("%(refs)s is due before it can begin.") % {"refs": refs(found, [error.row])}  # type: ignore[list-item]
    if error.code in ("too_few", "no_items"):
        return _("There is nothing to plan: items need a score and an estimate.")
    return _("These numbers have no plan (%(code)s).") % {"code": error.code}
