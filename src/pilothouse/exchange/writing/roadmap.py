"""The roadmap as rows of cells and as Markdown: what its tab shows, in the reader's words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pilothouse.exchange.writing.table import Value
from pilothouse.jinja import day, decimal
from pilothouse.planning.forecast.ladder import Foretold
from pilothouse.planning.forecast.ranges import LEVELS
from pilothouse.planning.roadmap.rows import Row
from pilothouse.planning.roadmap.showing import Section

SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~&-])")
SLUGS = (
    "section", "ref", "title", "state", "owner", "from", "to", "release", "due", "goal", "score", "way", "strength",
    "evidence", "prediction", "by50", "by80", "by95",
)  # fmt: skip


def heads() -> list[str]:
    return [
        _("Section"), _("Reference"), _("Title"), _("State"), _("Owner"), _("Planned from"), _("Planned to"),
        _("Release"), _("Release due"), _("Goal"), _("Score"), _("Scored by"), _("Evidence"), _("Rests on"),
        _("Predicted at approval"), *(_("Done by, with %(level)s %%") % {"level": level} for level in LEVELS),
    ]  # fmt: skip


def rows_of(sections: Sequence[Section], foretold: Foretold) -> Iterator[list[Value]]:
    for section in sections:
        for row in section.rows:
            ends = foretold.items.get(row.item.pk)
            yield [section.title, *cells(row), *((ends.half, ends.likely, ends.sure) if ends else (None, None, None))]


def cells(row: Row) -> list[Value]:
    item, evidence = row.item, row.evidence
    return [
        item.ref, item.title, str(item.state_declared.name), str(item.owner or ""), row.starts, row.ends,
        listed(one.title for one in row.releases), next((one.due_on for one in row.releases if one.due_on), None),
        listed(one.title for one in row.metrics), item.score, row.way, strength(evidence.level) if evidence else "",
        evidence.reason if evidence else "", row.predicted,
    ]  # fmt: skip


def listed(parts: object) -> str:
    return pgettext("between the parts of a list", ", ").join(parts)  # type: ignore[arg-type]


def strength(level: int) -> str:
    return [_("No evidence"), _("Weak"), _("Fair"), _("Good"), _("Strong")][level]


def markdown(title: str, sections: Sequence[Section]) -> str:
    """Every text from people is escaped, so that it stays the text it was."""
    lines = [f"# {plain(title)}", "", day(timezone.localdate()), ""]
    for section in sections:
        lines += [f"## {plain(section.title)}", "", *([plain(section.note), ""] if section.note else [])]
        lines += [line(row) for row in section.rows] or [f"*{_('Nothing here yet.')}*"]
        lines.append("")
    return "\n".join(lines)


def line(row: Row) -> str:
    item = row.item
    facts = [str(item.state_declared.name), *(one.title for one in row.releases), between(row.starts, row.ends)]
    facts += [f"{row.way} {decimal(item.score)}".strip()] if item.score is not None else []
    facts += [f"{strength(row.evidence.level)}: {row.evidence.reason}"] if row.evidence else []
    facts += [str(item.owner)] if item.owner else []
    told = " · ".join(plain(fact) for fact in facts if fact)
    predicted = f"\n  *{plain(row.predicted)}*" if row.predicted else ""
    return f"- **{plain(item.title)}** ({plain(item.ref)})\n  {told}{predicted}"


def between(starts: date | None, ends: date | None) -> str:
    return f"{day(starts) or '…'} – {day(ends) or '…'}" if starts or ends else ""


def plain(text: str) -> str:
    return SPECIAL.sub(r"\\\1", " ".join(str(text).split()))
