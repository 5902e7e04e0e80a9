"""The answers of a survey as rows of cells: raw, with the codes that an import reads back, or as a person would say it.

Rows come as a stream, so that a hundred thousand need no more memory than a hundred. The respondents' own addresses are
secrets of theirs: a row is told by its number, or by the id that it had elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from pilothouse.surveys.definition import Questionnaire
from pilothouse.surveys.files.codebook import Cells, Place, Variable, variables
from pilothouse.surveys.models import Response, Survey

CHUNK = 2_000
HIDDEN = "hidden."
Value = str | float | int | bool | date | datetime | None


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What goes into a file. `flagged` keeps answers that look odd and those that were taken out by hand."""

    labelled: bool = False
    language: str = ""
    unfinished: bool = False
    flagged: bool = True


@dataclass(frozen=True)
class Fact:
    """What is known of a response beside its answers."""

    name: str
    label: str
    measure: str
    value: Callable[[Response], Value]


def facts() -> list[Fact]:
    """Their heads are words of the reader's language; rows may be made when that is gone."""
    zone = timezone.get_current_timezone()
    return [
        Fact("response", _("Response"), "number", lambda row: row.pk),
        Fact("external_id", _("Id in the other system"), "text", lambda row: own_id(row)),
        Fact("status", _("Status"), "nominal", lambda row: row.status),
        Fact("source", _("Came by"), "nominal", lambda row: row.source),
        Fact("version", _("Version it saw"), "number", lambda row: row.version.number),
        Fact("language", _("Language"), "text", lambda row: row.language),
        Fact("started_at", _("Started"), "date", lambda row: local(row.started_at, zone)),
        Fact("finished_at", _("Finished"), "date", lambda row: local(row.finished_at, zone)),
        Fact("seconds", _("Seconds"), "number", lambda row: row.seconds),
        Fact("flags", _("Looks odd because"), "text", lambda row: ", ".join(map(flag_name, row.flags))),
        Fact("excluded", _("Taken out"), "flag", lambda row: row.excluded),
        Fact("weight", _("Weight"), "number", lambda row: row.weight),
    ]


def own_id(row: Response) -> str:
    """An import's own marks are nobody else's ids."""
    return "" if (row.external_id or "").startswith("file:") else row.external_id or ""


def flag_name(flag: Any) -> str:
    return str(flag.get("code", "")) if isinstance(flag, Mapping) else str(flag)


def local(moment: datetime | None, zone: Any) -> datetime | None:
    """As the reader's clock shows it; files know no zones."""
    return moment.astimezone(zone).replace(tzinfo=None, microsecond=0) if moment else None


class Table:
    """One survey's answers as a file wants them."""

    def __init__(self, survey: Survey, wanted: Wanted) -> None:
        self.survey, self.wanted = survey, wanted
        self.versions = {version.pk: version for version in survey.versions.order_by("-number")}
        self.cells = {pk: Cells(version.questionnaire) for pk, version in self.versions.items()}
        with translation.override(self.language):
            self.facts = facts() if not wanted.labelled else [in_words(fact) for fact in facts()]
            self.variables = variables(self.questionnaires, self.taken)
            self.readers = [reader(variable, self) for variable in self.variables]

    @cached_property
    def questionnaires(self) -> list[Questionnaire]:
        return [version.questionnaire for version in self.versions.values()] or [self.survey.questionnaire]

    @cached_property
    def hidden(self) -> list[str]:
        return list(dict.fromkeys(hidden.code for one in self.questionnaires for hidden in one.hidden))

    @property
    def taken(self) -> list[str]:
        return [fact.name for fact in self.facts] + [HIDDEN + code for code in self.hidden]

    @cached_property
    def language(self) -> str:
        known = self.questionnaires[0].languages
        return self.wanted.language if self.wanted.language in known else known[0]

    @property
    def source(self) -> str:
        return self.questionnaires[0].source

    def responses(self) -> QuerySet[Response]:
        rows = Response.objects.filter(survey=self.survey)
        if not self.wanted.unfinished:
            rows = rows.exclude(status=Response.STARTED)
        if not self.wanted.flagged:
            rows = rows.filter(flags=[], excluded=False)
        return rows

    def heads(self) -> list[str]:
        if not self.wanted.labelled:
            return self.taken + [variable.name for variable in self.variables]
        labels = [fact.label for fact in self.facts] + self.hidden
        return labels + [variable.label(self.language, self.source) for variable in self.variables]

    def rows(self) -> Iterator[list[Value]]:
        for response, found in self.read():
            yield [
                *(fact.value(response) for fact in self.facts),
                *(str(response.hidden.get(code, "")) for code in self.hidden),
                *(read(found.get(variable.place)) for variable, read in zip(self.variables, self.readers, strict=True)),
            ]

    def read(self) -> Iterator[tuple[Response, dict[Place, Any]]]:
        """Each response with its cells; the versions are read once."""
        for response in self.responses().order_by("pk").iterator(chunk_size=CHUNK):
            response.version = self.versions[response.version_id]
            yield response, self.cells[response.version.pk].read(response.answers)


def in_words(fact: Fact) -> Fact:
    names = {"status": dict(Response.STATUSES), "source": dict(Response.SOURCES)}.get(fact.name)
    if fact.name == "excluded":
        yes, no = _("Yes"), _("No")
        return Fact(fact.name, fact.label, "text", lambda row: yes if row.excluded else no)
    if names is None:
        return fact
    words = {slug: str(name) for slug, name in names.items()}
    return Fact(fact.name, fact.label, fact.measure, lambda row: words.get(str(fact.value(row)), fact.value(row)))


def reader(variable: Variable, table: Table) -> Callable[[Any], Value]:
    """How one column's cells are written."""
    column, labelled = variable.column, table.wanted.labelled
    if column.measure == "flag":
        yes, no = (_("Yes"), _("No")) if labelled else (1, 0)
        return lambda cell: None if cell is None else yes if cell else no
    if column.measure in ("nominal", "ordinal") and labelled:
        labels = variable.labels(table.language, table.source)
        return lambda cell: None if cell is None else labels.get(str(cell), str(cell))
    if column.measure == "ordinal" and all(is_whole(code) for code in column.codes):
        return lambda cell: None if cell is None else int(cell)
    if column.measure == "file":
        return lambda cell: cell.get("name") if isinstance(cell, Mapping) else None
    if column.measure == "date":
        return lambda cell: date.fromisoformat(cell) if cell else None
    return tidy


def is_whole(code: str) -> bool:
    """A point of a scale, which files hold as a number."""
    return code.lstrip("-").isdecimal() and str(int(code)) == code


def tidy(cell: Any) -> Value:
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53:
        return int(cell)
    return cell if isinstance(cell, str | int | float | None) else str(cell)
