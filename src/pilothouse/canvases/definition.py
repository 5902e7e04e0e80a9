"""Layouts that people make in the page: kept as JSON, checked like those that the product declares.

A document holds name, asks, shape, cells [{slug, name, asks, example, area, tone, limit}] and, for lanes, stages
[{slug, name}]; measures and phases come along from the layout that it was made from.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from pilothouse.kinds import FieldError
from pilothouse.kinds.canvas import OWN
from pilothouse.kinds.layouts import LAYOUTS, Cell, Layout, Measure, Phase, Stage
from pilothouse.kinds.layouts.declare import SHAPES, TONES
from pilothouse.workbench.writing.cleaning import Invalid, refuse_unstorable, seen

PLAIN = "brainstorm"
MOST_CELLS, MOST_STAGES = 40, 30
LONGEST_NAME, LONGEST_TEXT = 100, 500
SIDE = 12  # the grid that cells are laid on


def default_layout() -> Layout:
    return LAYOUTS.get(PLAIN) or next(iter(LAYOUTS.values()))


def as_layout(document: Mapping[str, Any]) -> Layout:
    """The layout that a checked document describes."""
    based = LAYOUTS.get(str(document.get("based_on", "")))
    return Layout(
        slug=OWN, name=document.get("name", ""), icon=based.icon if based else "layout-template",
        chapter=based.chapter if based else 21, family=based.family if based else "ideas",
        asks=document.get("asks", ""), when="", unless="", source="", shape=document.get("shape", "grid"),
        cells=tuple(as_cell(row) for row in document["cells"]),
        stages=tuple(Stage(slug=row["slug"], name=row["name"]) for row in document.get("stages", ())),
        measures=based.measures if based else (), phases=based.phases if based else (),
        computes="", cites=based.cites if based else "", claims=bool(document.get("claims", True)),
    )  # fmt: skip


def as_cell(row: Mapping[str, Any]) -> Cell:
    area = tuple(row["area"]) if row.get("area") else None
    return Cell(
        slug=row["slug"], name=row["name"], asks=row.get("asks", ""), example=row.get("example", ""),
        area=area, tone=row.get("tone", ""), limit=row.get("limit"), cites=tuple(row.get("cites", ())),
    )  # fmt: skip


def as_document(layout: Layout, stages: Sequence[Stage] = ()) -> dict[str, Any]:
    """A layout as a template of one's own begins: in the reader's language, like everything that people wrote."""
    return {
        "name": str(layout.name), "asks": str(layout.asks), "shape": layout.shape, "claims": layout.claims,
        "based_on": "" if layout.slug == OWN else layout.slug,
        "cells": [
            {
                "slug": cell.slug, "name": str(cell.name), "asks": str(cell.asks), "example": str(cell.example),
                "area": list(cell.area) if cell.area else None, "tone": cell.tone, "limit": cell.limit,
                "cites": list(cell.cites),
            }
            for cell in layout.cells
        ],
        "stages": [{"slug": stage.slug, "name": str(stage.name)} for stage in stages or layout.stages],
    }  # fmt: skip


def checked(given: Mapping[str, Any]) -> dict[str, Any]:
    """The document to keep for what somebody gave. Raises Invalid that names the cell and what is wrong with it."""
    shape = given.get("shape", "grid")
    if shape not in SHAPES:
        raise Invalid({"shape": _("There is no such shape of a canvas.")})
    cells = [checked_cell(row, place, shape) for place, row in enumerate(given.get("cells") or (), start=1)]
    if not 1 <= len(cells) <= MOST_CELLS:
        raise Invalid({"cells": _("A layout has between 1 and %(most)s cells.") % {"most": MOST_CELLS}})
    named_apart(cells)
    if shape == "grid":
        refuse_overlap(cells)
    stages = checked_stages(given.get("stages") or ()) if shape == "lanes" else []
    based = str(given.get("based_on", ""))
    return {
        "name": text_of(given, "name", LONGEST_NAME, needed=_("The layout needs a name.")),
        "asks": text_of(given, "asks", LONGEST_TEXT), "shape": shape, "claims": bool(given.get("claims", True)),
        "based_on": based if based in LAYOUTS else "", "cells": cells, "stages": stages,
    }  # fmt: skip


def checked_cell(row: Mapping[str, Any], place: int, shape: str) -> dict[str, Any]:
    needed = _("Cell %(n)s needs a name.") % {"n": place}
    tone, limit = str(row.get("tone") or ""), str(row.get("limit") or "")
    return {
        "slug": slug_of(row, place),
        "name": text_of(row, "name", LONGEST_NAME, needed=needed, at="cells"),
        "asks": text_of(row, "asks", LONGEST_TEXT, at="cells"),
        "example": text_of(row, "example", LONGEST_TEXT, at="cells"),
        "area": area_of(row, place) if shape == "grid" else None,
        "cites": [str(slug) for slug in row.get("cites") or ()][:MOST_CELLS],
        "tone": tone if tone in TONES else "",
        "limit": int(limit) if limit.isdecimal() and len(limit) <= 4 and int(limit) else None,
    }


def slug_of(row: Mapping[str, Any], place: int) -> str:
    """A name for addresses: what the cell had before, so that its notes stay where they are."""
    slug = str(row.get("slug") or "")
    return slug if re.fullmatch(r"[a-z][a-z0-9_]{0,39}", slug) else f"cell_{place}"


def area_of(row: Mapping[str, Any], place: int) -> list[int]:
    parts = [str(part).strip() for part in row.get("area") or ()]
    if len(parts) != 4 or not all(part.isdecimal() and len(part) <= 3 and 1 <= int(part) <= SIDE for part in parts):
        raise Invalid({"cells": _("Cell %(n)s needs a column, a row, a width and a height from 1 to %(most)s.")
                       % {"n": place, "most": SIDE}})  # fmt: skip
    left, top, width, height = (int(part) for part in parts)
    if left + width - 1 > SIDE or top + height - 1 > SIDE:
        raise Invalid({"cells": _("Cell %(n)s reaches over the edge: there are %(most)s columns and rows.")
                       % {"n": place, "most": SIDE}})  # fmt: skip
    return [left, top, width, height]


def named_apart(cells: Sequence[dict[str, Any]]) -> None:
    """Cells of one name for addresses get another each; people never see these."""
    taken: set[str] = set()
    for cell in cells:
        base, n = cell["slug"], 1
        while cell["slug"] in taken:
            n += 1
            cell["slug"] = f"{base[:34]}_{n}"
        taken.add(cell["slug"])


def refuse_overlap(cells: Sequence[Mapping[str, Any]]) -> None:
    taken: dict[tuple[int, int], str] = {}
    for cell in cells:
        left, top, width, height = cell["area"]
        for spot in ((x, y) for x in range(left, left + width) for y in range(top, top + height)):
            if spot in taken:
                where = {"one": taken[spot], "other": cell["name"], "column": spot[0], "row": spot[1]}
                raise Invalid(
                    {"cells": _("“%(one)s” and “%(other)s” overlap in column %(column)s, row %(row)s.") % where}
                )
            taken[spot] = cell["name"]


def checked_stages(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    if not 1 <= len(rows) <= MOST_STAGES:
        raise Invalid({"stages": _("There are between 1 and %(most)s columns.") % {"most": MOST_STAGES}})
    stages = [
        {"slug": slug_of(row, place).replace("cell_", "stage_"),
         "name": text_of(row, "name", LONGEST_NAME, needed=_("Every column needs a name."), at="stages")}
        for place, row in enumerate(rows, start=1)
    ]  # fmt: skip
    named_apart(stages)
    return stages


def text_of(row: Mapping[str, Any], name: str, most: int, *, needed: str = "", at: str = "") -> str:
    text = " ".join(str(row.get(name) or "").split())
    try:
        refuse_unstorable(text)
    except FieldError as error:
        raise Invalid({at or name: error}) from None
    if needed and not seen(text):
        raise Invalid({at or name: needed})
    if len(text) > most:
        raise Invalid({at or name: _("“%(text)s…” is too long: at most %(most)s characters fit.")
                       % {"text": text[:20], "most": most}})  # fmt: skip
    return text


__all__ = ["Measure", "Phase", "as_document", "as_layout", "checked", "checked_stages", "default_layout"]
