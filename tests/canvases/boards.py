"""Notes with numbers as a board gives them to readings, without a database."""

from __future__ import annotations

from datetime import date
from typing import Any

from pilothouse.canvases.board import Noted
from pilothouse.canvases.models import Figure
from pilothouse.people.models import Product, Workspace
from pilothouse.workbench.models import Item

PRODUCT = Product(key="TW", workspace=Workspace(slug="tidewater"))
TODAY = date(2026, 11, 20)


def note(
    number: int, title: str, place: str, *, under: int | None = None, votes: int | None = 0, **figures: Any
) -> Noted:
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
    return Noted(item=item, cell=cell, stage=stage, votes=votes, history=history)


def figure(measure: str, given: Any) -> Figure:
    if isinstance(given, Figure):
        return given
    value, low, high = given if isinstance(given, tuple) else (given, None, None)
    return Figure(measure=measure, value=value, low=low, high=high, said_on=TODAY)


def said(measure: str, value: float | None, day: date) -> Figure:
    return Figure(measure=measure, value=value, said_on=day)
