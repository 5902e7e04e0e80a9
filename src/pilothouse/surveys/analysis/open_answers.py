"""Open answers of one question: what is said most, the latest, and how they are coded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from pilothouse.charts import Bar, bars
from pilothouse.surveys.analysis.coding import Counted, counted
from pilothouse.surveys.analysis.frame import Asked, Frame
from pilothouse.surveys.analysis.naming import column_name
from pilothouse.surveys.analysis.picking import Selection, moments_of
from pilothouse.surveys.analysis.words import Phrase, phrases

READ, LATEST, SHOWN = 3_000, 5, 16


@dataclass(frozen=True)
class OpenAnswers:
    """`read` of the `n` people who wrote something (the newest) were looked at for words."""

    asked: Asked
    title: str
    n: int
    read: int
    phrases: list[Phrase]
    latest: list[tuple[int, str]]
    codes: list[Counted]
    chart: dict[str, Any] | None
    rows_url: str
    codes_url: str


def open_answers(frame: Frame, selection: Selection, asked: Asked) -> OpenAnswers:
    column = asked.column
    places = newest(frame, asked)
    ids = frame.response_ids[places[:READ]]
    texts = [(int(pk), text) for pk, text in zip(ids, frame.read_texts(asked, ids), strict=True) if text]
    found = phrases([text for _pk, text in texts], SHOWN)
    base = f"{frame.survey.url}"
    name = f"q.{column.question}.{column.key}".rstrip(".")
    codes = counted(frame, asked, selection)
    return OpenAnswers(
        asked, column_name(asked), len(places), len(texts), found, texts[:LATEST], codes, code_chart(codes),
        selection.url(f"{base}/responses", (name, "*")),
        selection.url(f"{base}/codes", question=column.question, key=column.key),
    )  # fmt: skip


def newest(frame: Frame, asked: Asked) -> Any:
    """The places of those who wrote something, the latest first."""
    places = np.flatnonzero(frame.known(asked))
    return places[np.argsort(-moments_of(frame)[places], kind="stable")]


def code_chart(codes: list[Counted]) -> dict[str, Any] | None:
    if not codes:
        return None
    return bars([
        Bar(one.code.name, one.share.share, f"{one.share.share:.0%}", one.tip, one.share.low, one.share.high, one.url)
        for one in codes
    ])  # fmt: skip
