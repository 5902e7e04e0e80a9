"""A date that is not known is told as a range: by when with 50, with 80 and with 95 per cent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from pilothouse.jinja import day

LEVELS = (50, 80, 95)


@dataclass(frozen=True)
class Range:
    """The days by which something is done with a chance of 50, 80 and 95 %; None for a day more than three years ahead.
    `by_estimates` says that it rests on estimates and not on weeks gone by."""

    half: date | None
    likely: date | None
    sure: date | None
    by_estimates: bool = False

    @classmethod
    def of(cls, days: Iterable[date | None], *, by_estimates: bool = False) -> Range:
        """The range of three days, in the order of the levels."""
        half, likely, sure = days
        return cls(half, likely, sure, by_estimates)

    @property
    def known(self) -> bool:
        return self.half is not None

    @property
    def text(self) -> str:
        figures = {"by50": told(self.half), "by80": told(self.likely), "by95": told(self.sure)}
        said = _("done by %(by50)s with 50 %%, by %(by80)s with 80 %%, by %(by95)s with 95 %%") % figures
        return _("%(said)s (by the estimates)") % {"said": said} if self.by_estimates else said


def told(when: date | None) -> str:
    return day(when) if when else _("over three years from now")
