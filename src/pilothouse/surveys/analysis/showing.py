"""How what is done with answers stands in a survey's history, and how it is taken back."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pilothouse.surveys.analysis import actions, coding, weighting
from pilothouse.workbench.models import Event
from pilothouse.workbench.showing import words
from pilothouse.workbench.writing import undo


def register() -> None:
    undo.BY_VERB.update(
        excluded=actions.undo_exclusion, included=actions.undo_exclusion, coded=coding.undo_coding,
        uncoded=coding.undo_coding, weighed=weighting.undo_weighing, erased=lambda entry: False,
    )  # fmt: skip
    words.TOLD.update(
        excluded=told_excluded, included=told_included, coded=told_coded, uncoded=told_uncoded,
        weighed=told_weighed, erased=lambda entry: _("deleted one person's answers for good"),
    )  # fmt: skip
    words.ICONS.update(
        excluded="user-x", included="user-check", coded="tag", uncoded="tag", weighed="scale", erased="trash-2"
    )


def told_excluded(entry: Event) -> str:
    n = len(entry.changes["responses"])
    text = ngettext(
        "took %(n)s response out of the analysis: %(reason)s", "took %(n)s responses out of the analysis: %(reason)s", n
    )
    return text % {"n": n, "reason": entry.changes["reason"]}


def told_included(entry: Event) -> str:
    n = len(entry.changes["responses"])
    return ngettext("took %(n)s response back in", "took %(n)s responses back in", n) % {"n": n}


def told_coded(entry: Event) -> str:
    n = len(entry.changes["responses"])
    return ngettext("coded %(n)s answer as “%(code)s”", "coded %(n)s answers as “%(code)s”", n) % {
        "n": n, "code": entry.changes["name"]
    }  # fmt: skip


def told_uncoded(entry: Event) -> str:
    n = len(entry.changes["responses"])
    return ngettext("took the code “%(code)s” from %(n)s answer", "took the code “%(code)s” from %(n)s answers", n) % {
        "n": n, "code": entry.changes["name"]
    }  # fmt: skip


def told_weighed(entry: Event) -> str:
    return _("weighted the answers") if entry.changes["weighting"][1] else _("let all answers count alike")
