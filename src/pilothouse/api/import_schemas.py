"""Imports, as the API says and takes them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from ninja import Schema
from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from pilothouse.api.schemas import Given
from pilothouse.exchange.models import Import
from pilothouse.exchange.reading.delimited import DELIMITERS
from pilothouse.exchange.reading.encodings import ENCODINGS
from pilothouse.exchange.reading.source import DATE_ORDERS
from pilothouse.exchange.taking.plan import POLICIES
from pilothouse.exchange.taking.telling import Told
from pilothouse.workbench.models import Job

CHOICES: dict[str, Collection[str]] = {
    "policy": POLICIES, "encoding": ENCODINGS, "delimiter": DELIMITERS, "dates": DATE_ORDERS,
}  # fmt: skip
READING = ("encoding", "delimiter", "sheet", "header", "dates")


class Mapping(Given):
    """What is said here goes before what is guessed; names that are absent are guessed."""

    columns: dict[str, str] = Field(
        default_factory=dict,
        description='a column of the file to the name it becomes: "title", a field of the kind, "" to leave it out, '
        '"new:number" for an own field (owners and admins)',
    )
    constants: dict[str, str] = Field(default_factory=dict, description="the same for every row")
    key: list[str] = Field(default_factory=list, description="the columns by which a row is known again")
    policy: str | None = Field(None, description="of rows that are here already: changed, fill or skip")
    encoding: str | None = None
    delimiter: str | None = None
    sheet: int | None = Field(None, ge=0, le=999)
    header: int | None = Field(None, ge=0, le=100, description="the row that names the columns, 0 for none")
    dates: str | None = Field(None, description="dmy or mdy, where dates are not written 2026-11-22")

    @field_validator(*CHOICES)
    @classmethod
    def known(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value is not None and value not in CHOICES[str(info.field_name)]:
            known = ", ".join(str(one) for one in CHOICES[str(info.field_name)])
            raise PydanticCustomError("literal_error", "not one of the known values", {"expected": known})
        return value

    def told(self) -> Told:
        given = {name: value for name in READING if (value := getattr(self, name)) is not None}
        reading = {name: str(value) for name, value in given.items()}
        return Told(
            columns=self.columns, constants=self.constants, key=self.key, policy=self.policy or "", reading=reading
        )


class JobOut(Schema):
    id: str
    status: str = Field(description="waiting, running, done, failed or cancelled")
    done: int
    total: int | None
    message: str


class ReasonOut(Schema):
    column: str
    message: str


class ProblemRow(Schema):
    row: int = Field(description="as a spreadsheet numbers it")
    outcome: str = Field(description="failed or skipped")
    reasons: list[ReasonOut]


class ImportOut(Schema):
    id: str
    product: str
    kind: str
    file: str
    created_at: datetime
    step: str = Field(description="check (the dry run), import or undo: what `job` does")
    job: JobOut
    counts: dict[str, int] = Field(
        description="rows that were, or would be, created, updated, unchanged, skipped, failed"
    )
    columns: dict[str, str] = Field(description="what each column becomes")
    problems: list[ProblemRow] = Field(description="rows that were not taken; 200 at a time")
    next: str | None = Field(description="pass as `cursor` for more problems; null at the end")
    url: str


def import_out(source: Import, problems: list[Any], following: str | None) -> dict[str, Any]:
    step, job = step_of(source)
    checking = step == "check"
    return {
        "id": str(source.pk),
        "product": source.product.key,
        "kind": source.kind,
        "file": source.name,
        "created_at": source.created_at,
        "step": step,
        "job": job_out(job),
        "counts": (job.result or {}) if checking else source.counts,
        "columns": {column["name"]: target_of(column) for column in source.plan["columns"]},
        "problems": [{"row": row.row, "outcome": row.outcome, "reasons": row.reasons} for row in problems],
        "next": following,
        "url": source.url,
    }


def step_of(source: Import) -> tuple[str, Job]:
    """The last thing that was begun."""
    steps = (("undo", source.undo_job), ("import", source.job), ("check", source.check_job))
    return next((name, job) for name, job in steps if job is not None)


def job_out(job: Job) -> dict[str, Any]:
    names = ("status", "done", "total", "message")
    return {"id": str(job.pk), **{name: getattr(job, name) for name in names}}


def target_of(column: dict[str, Any]) -> str:
    return f"new:{column['type']}" if column["target"] == "new" else column["target"]
