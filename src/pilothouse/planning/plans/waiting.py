"""A schedule in words: how long it takes and how sure that is, what each item waits for, and what comes too late."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import reduce
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from pilothouse.jinja import day, decimal
from pilothouse.planning.plans.telling import refs
from pilothouse.planning.plans.timetable import Timetable
from pilothouse.planning.plans.workdays import HALVES


def sentence(kept: Mapping[str, Any]) -> str:
    count = len(kept["items"])
    return ngettext(
        "%(n)s requirement takes %(days)s working days, from %(first)s to %(last)s.",
        "%(n)s requirements take %(days)s working days, from %(first)s to %(last)s.",
        count,
    ) % {
        "n": count, "days": decimal(kept["halves"] / HALVES), "first": day(date.fromisoformat(kept["from"])),
        "last": day(date.fromisoformat(kept["until"])),
    }  # fmt: skip


def certainty(kept: Mapping[str, Any]) -> str:
    """How far from the best it may be, and what more people would bring at most."""
    late = any(too_late(one) for one in kept["items"])
    if kept["proved"] and kept["punctual"]:
        said = (
            _("No schedule with these people is less late or shorter.")
            if late
            else _("No schedule with these people is shorter.")
        )
    elif kept["proved"]:
        said = _("A less late schedule may exist; none that is as late is shorter.")
    else:
        said = _("At most %(gap)s %% shorter is possible: not below %(days)s working days.") % {
            "gap": decimal(kept["gap"] * 100), "days": decimal(kept["bound"] / HALVES),
        }  # fmt: skip
    more = _("With any number of people it would take %(days)s.") % {"days": decimal(kept["unlimited"] / HALVES)}
    return joined([said, more])


def joined(sentences: Sequence[str]) -> str:
    return reduce(lambda said, more: _("%(sentence)s %(next)s") % {"sentence": said, "next": more}, sentences)


def too_late(one: Mapping[str, Any]) -> int:
    """By how many days an item ends after it is due."""
    if not one["due"]:
        return 0
    return max(0, (date.fromisoformat(one["finish"]) - date.fromisoformat(one["due"])).days)


def lateness(one: Mapping[str, Any]) -> str:
    days = too_late(one)
    return ngettext("%(n)s day late", "%(n)s days late", days) % {"n": days} if days else ""


def late_lines(made: Timetable, kept: Mapping[str, Any]) -> list[str]:
    return [late_line(made, one) for one in kept["items"] if too_late(one) and one["number"] in made.found.items]


def late_line(made: Timetable, one: Mapping[str, Any]) -> str:
    item, release = made.found.items[one["number"]], made.release.get(one["number"])
    due = date.fromisoformat(one["due"])
    days = {"ref": item.ref, "title": item.title, "last": day(date.fromisoformat(one["finish"])), "due": day(due)}
    if release is not None and release.due_on == due:
        text = _("%(ref)s %(title)s ends on %(last)s; %(release)s is due on %(due)s.")
        return text % {**days, "release": release.title}
    return _("%(ref)s %(title)s ends on %(last)s; it is due on %(due)s.") % days


def loose(made: Timetable) -> list[str]:
    """Releases whose typed days say nothing of when, as they have no due date."""
    typed = [one for one in made.found.releases if any(room.typed for room in made.found.room[one.pk].values())]
    names = [one.title for one in typed if not made.windows[one.pk]]
    if not names:
        return []
    text = _("%(releases)s: without a due day, days that were typed do not say when; people work at their usual pace.")
    return [text % {"releases": pgettext("between the parts of a list", ", ").join(names)}]


def waits(made: Timetable, one: Mapping[str, Any]) -> list[str]:
    """Why an item begins when it does, and a skill of it later than the others."""
    return [wait(made, why) for why in one["why"]]


def wait(made: Timetable, why: Mapping[str, Any]) -> str:
    words = {"refs": refs(made.found, why["items"]), "who": people(why)}
    if why["reason"] == "link":
        return _("Waits for %(refs)s.") % words
    if why["reason"] == "busy":
        return (
            _("%(who)s is busy with %(refs)s.") % words if words["refs"] else _("%(who)s is busy until then.") % words
        )
    if why["reason"] == "away":
        return _("%(who)s is away until then.") % words
    if why["reason"] == "earliest":
        return _("Its release begins then.")
    return _("Begins at once.")


def people(part: Mapping[str, Any]) -> str:
    """A skill with the names of who has it, as far as they are few."""
    if not part["who"]:
        return str(part["skill"])
    names = pgettext("between the parts of a list", ", ").join(part["who"][:3]) + (" …" if len(part["who"]) > 3 else "")
    return _("%(skill)s (%(names)s)") % {"skill": part["skill"], "names": names}


def chain(made: Timetable, kept: Mapping[str, Any]) -> Sequence[Any]:
    """The items that make it so long, in order."""
    return [made.found.items[key] for key in kept["chain"] if key in made.found.items]
