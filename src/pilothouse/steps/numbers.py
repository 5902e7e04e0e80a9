"""What the numbers behind a step are called, wherever they are shown."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

NUMBERS = {
    "n": pgettext_lazy("number behind a step", "counted"),
    "of": pgettext_lazy("number behind a step", "looked at"),
    "least": pgettext_lazy("number behind a step", "least"),
    "most": pgettext_lazy("number behind a step", "most"),
    "days": pgettext_lazy("number behind a step", "days"),
    "limit": pgettext_lazy("number behind a step", "limit"),
    "people": _("People"),
    "team": pgettext_lazy("number behind a step", "people who see it"),
    "segment": _("Segment"),
    "segments": pgettext_lazy("number behind a step", "segments"),
    "channels": pgettext_lazy("number behind a step", "channels"),
    "languages": pgettext_lazy("number behind a step", "languages"),
    "survey": _("Survey"),
    "state": _("State"),
    "kind": _("Kind"),
    "unused": pgettext_lazy("number behind a step", "not used"),
    "asked": pgettext_lazy("number behind a step", "surveys that asked"),
    "metrics": _("Metrics"),
    "cards": _("Scorecards"),
    "plans": _("Release plans"),
    "notes": pgettext_lazy("number behind a step", "notes"),
    "led": pgettext_lazy("number behind a step", "led on"),
    "done": pgettext_lazy("number behind a step", "finished"),
}
