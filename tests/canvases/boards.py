"""Notes with numbers as a board gives them to readings, without a database; and what is looked at in a reading."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from pilothouse.canvases.models import Figure
from pilothouse.canvases.note import Note
from pilothouse.canvases.readings import Reading, reading_of
from pilothouse.kinds.layouts import LAYOUTS
from pilothouse.people.models import Product, Workspace
from pilothouse.workbench.models import Item
from tests.datasets import REFERENCE

PRODUCT = Product(key="TW", workspace=Workspace(slug="tidewater"))
TODAY = date(2026, 11, 20)


def note(
    number: int, title: str, place: str, *, under: int | None = None, votes: int | None = 0, **figures: Any
) -> Note:
    """`place` is "cell" or "cell.stage"; a figure is a number, (number, lowest, highest), or a list of those, the
    newest first."""
    cell, _dot, stage = place.partition(".")
    item = Item(
        pk=number, number=number, title=title, product=PRODUCT, kind="note", fields={"cell": place, "under": under}
    )
    history = {
        name: [figure(name, one) for one in (given if isinstance(given, list) else [given])]
        for name, given in figures.items()
    }
    return Note(item=item, cell=cell, stage=stage, votes=votes, history=history)


def figure(measure: str, given: Any) -> Figure:
    if isinstance(given, Figure):
        return given
    value, low, high = given if isinstance(given, tuple) else (given, None, None)
    return Figure(measure=measure, value=value, low=low, high=high, said_on=TODAY)


def said(measure: str, value: float | None, day: date) -> Figure:
    return Figure(measure=measure, value=value, said_on=day)


def published(method: str) -> dict:
    path = REFERENCE / f"{method}.json"
    if not path.exists():
        pytest.skip(f"{path.name} with the published figures is not here")
    return json.loads(path.read_text("utf-8"))["cases"][0]


def read(slug: str, notes: list[Note], language: str = "en") -> Reading:
    reading = reading_of(LAYOUTS[slug], notes, language)
    assert reading is not None
    return reading


def column(reading: Reading, name: str) -> list:
    return [row[list(reading.head).index(name)] for row in reading.rows]


def marks(reading: Reading) -> list[dict]:
    return reading.charts[0]["data"]["values"]
