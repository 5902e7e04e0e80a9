"""What became of it, as the API says and takes it: readings, predictions, the verdict, a score, the whole thread."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any, Literal

from ninja import Schema
from pydantic import Field

from pilothouse.api.schemas import Given, ItemOut
from pilothouse.outcomes.closing import Judged
from pilothouse.outcomes.models import Prediction, Reading
from pilothouse.workbench.models import Item
from pilothouse.workbench.sections import Gap
from pilothouse.workbench.thread.whole import Stop, WholeThread


class ReadingIn(Given):
    on: date
    value: float
    low: float | None = Field(None, description="the interval's lower end; both ends or none")
    high: float | None = None
    n: int | None = Field(None, description="people or events behind the value")
    source: str = ""
    note: str = ""


class ReadingOut(ReadingIn):
    id: int
    recorded_by: str | None
    created_at: datetime


class ReadingPage(Schema):
    items: list[ReadingOut]
    next: str | None = Field(None, description="pass as `cursor` to read on; null at the end")


class PredictionIn(Given):
    metric: str = Field(description="the metric that should move, like PH-31")
    baseline: float
    expected: float
    probability: float = Field(description="how sure, in per cent")
    review_on: date
    note: str = ""


class PredictionPatch(Given):
    """What may change while nothing was approved on it; names that are absent stay as they are."""

    baseline: float | None = None
    expected: float | None = None
    probability: float | None = Field(None, description="how sure, in per cent")
    review_on: date | None = None
    note: str | None = None

    def given(self) -> dict[str, Any]:
        return self.model_dump(mode="json", exclude_unset=True)


class ProposalOut(Schema):
    """What the readings say so far, by the rule of before and after."""

    verdict: str = Field(description="moved, not_moved or cannot_tell")
    reason: str
    before: float | None
    after: float | None
    change: float | None
    low: float | None = Field(description="of the change's 95 % interval")
    high: float | None
    needed: float | None
    n_before: int
    n_after: int


class PredictionOut(PredictionIn):
    id: int
    late: bool = Field(description="made after the approval")
    created_at: datetime
    proposal: ProposalOut


class VerdictIn(Given):
    verdict: Literal["moved", "not_moved", "cannot_tell"]
    why: str = Field(description="a sentence for whoever reads it in a year")


class VerdictOut(Schema):
    verdict: str
    proposed: str = Field(description="what the readings suggested")
    release: ItemOut
    review: str | None = Field(description="the decision that keeps it, like PH-40")


class ScoreIn(Given):
    """Names that are absent are taken from the item."""

    reach: float | None = None
    impact: str | float | None = None
    confidence: float | None = Field(None, description="in per cent")
    effort: float | None = None


class GapOut(Schema):
    text: str
    action: str
    url: str


class StandingOut(Schema):
    ref: str
    title: str
    state: str
    category: str
    remark: str
    url: str


class StationOut(Schema):
    kind: str
    name: str
    here: bool = Field(description="the item that was asked for stands here")
    count: int
    items: list[StandingOut] = Field(description="the first twelve; of `station` up to 500")
    gaps: list[GapOut]


class EvidenceOut(Schema):
    level: int = Field(description="0 nobody, to 4: five or more sources, two segments, recent")
    reason: str
    sources: int
    age: int | None = Field(description="days since the newest source")
    segments: list[str]
    contradictions: int


class ThreadOut(Schema):
    item: str
    complete: bool = Field(description="false when there are more links than are walked")
    evidence: EvidenceOut
    stations: list[StationOut]


def reading_out(row: Reading) -> dict[str, Any]:
    names = ("id", "on", "value", "low", "high", "n", "source", "note", "created_at")
    by = row.recorded_by.email if row.recorded_by else None
    return {**{name: getattr(row, name) for name in names}, "recorded_by": by}


def prediction_out(one: Judged) -> dict[str, Any]:
    return {**prediction_row(one.prediction), "proposal": asdict(one.proposal)}


def prediction_row(row: Prediction) -> dict[str, Any]:
    names = ("id", "baseline", "expected", "probability", "review_on", "note", "late", "created_at")
    return {**{name: getattr(row, name) for name in names}, "metric": row.metric.ref}


def thread_out(item: Item, found: WholeThread) -> dict[str, Any]:
    evidence = found.evidence
    names = ("level", "reason", "sources", "age", "contradictions")
    return {
        "item": item.ref,
        "complete": found.complete,
        "evidence": {**{name: getattr(evidence, name) for name in names}, "segments": list(evidence.segments)},
        "stations": [station_out(stop) for stop in found.stops],
    }


def station_out(stop: Stop) -> dict[str, Any]:
    return {
        "kind": stop.slug,
        "name": str(stop.kind.name),
        "here": stop.here,
        "count": stop.count,
        "items": [standing_out(row, stop.remarks.get(row.pk, "")) for row in stop.rows],
        "gaps": [gap_out(gap) for gap in stop.gaps],
    }


def standing_out(row: Item, remark: str) -> dict[str, Any]:
    names = ("ref", "title", "state", "url")
    return {
        **{name: getattr(row, name) for name in names},
        "category": row.state_declared.category,
        "remark": str(remark),
    }


def gap_out(gap: Gap) -> dict[str, str]:
    return {"text": str(gap.text), "action": str(gap.action), "url": gap.url}
