"""How imports of answers are told in the history of a survey."""

from __future__ import annotations

from django.utils.translation import gettext as _

from pilothouse.workbench.models import Event
from pilothouse.workbench.showing import words


def register() -> None:
    words.TOLD.update(answers_imported=imported, answers_taken_back=taken_back)
    words.ICONS.update(answers_imported="upload", answers_taken_back="undo-2")


def imported(entry: Event) -> str:
    counts = entry.changes["counts"]
    return _("imported answers from %(file)s: %(created)s new, %(updated)s changed") % {
        "file": entry.changes["upload"], "created": counts["created"], "updated": counts["updated"]
    }  # fmt: skip


def taken_back(entry: Event) -> str:
    return _("took back the answers imported from %(file)s") % {"file": entry.changes["upload"]}
