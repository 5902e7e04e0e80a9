"""What a canvas layout is: the places where notes lie, what each place asks, and what is computed from the notes.

A layout states only what makes it itself; a misspelt or overlapping place is an error at import.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

SHAPES = ("grid", "lanes", "tree", "plot")
TONES = ("", "good", "watch", "bad", "sea", "brass")


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A place for notes. On a grid `area` is (column, row, width, height) in cells from 1; of lanes and of a tree the
    cells are the rows, or the levels from the root. `cites` names the cells whose notes a note here should cite."""

    slug: str
    name: Any
    asks: Any
    example: Any
    area: tuple[int, int, int, int] | None = None
    tone: str = ""
    cites: tuple[str, ...] = ()
    limit: int | None = None  # more notes than this are a warning, never a refusal

    def __post_init__(self) -> None:
        if self.tone not in TONES:
            raise ValueError(f"cell {self.slug}: no tone {self.tone!r}")


@dataclass(frozen=True, kw_only=True)
class Stage:
    """A column of a layout of lanes, until a canvas has columns of its own."""

    slug: str
    name: Any


@dataclass(frozen=True, kw_only=True)
class Measure:
    """A number that notes of a layout carry, with what it means and the scale it is given on. `cells` are those whose
    notes carry it (empty: all); `words` name the whole numbers from the minimum up, so that it is asked as a choice."""

    slug: str
    name: Any
    asks: Any
    unit: Any = ""
    minimum: float | None = None
    maximum: float | None = None
    required: bool = True
    cells: tuple[str, ...] = ()
    words: tuple[Any, ...] = ()

    def __post_init__(self) -> None:
        if self.words and (self.maximum or 0) - (self.minimum or 0) != len(self.words) - 1:
            raise ValueError(f"measure {self.slug}: a word for each whole number from minimum to maximum")


@dataclass(frozen=True, kw_only=True)
class Phase:
    """A step of working together: while `private`, everybody sees their own notes only; `votes` are each one's dots."""

    slug: str
    name: Any
    asks: Any
    minutes: int = 0
    private: bool = False
    votes: int = 0


@dataclass(frozen=True, kw_only=True)
class Layout:
    """`computes` names the reading that turns the notes' measures into a chart; `claims` says that a note without
    evidence is an opinion; `paired` that it is drawn twice, as it is and as it is to be; `cites` names the layout whose
    cells its own cells cite (its own where empty); `source` is where the layout was published."""

    slug: str
    name: Any
    icon: str
    chapter: int
    family: str
    asks: Any
    when: Any
    unless: Any
    source: str
    shape: str = "grid"
    cells: tuple[Cell, ...] = ()
    stages: tuple[Stage, ...] = ()
    measures: tuple[Measure, ...] = ()
    phases: tuple[Phase, ...] = ()
    computes: str = ""
    cites: str = ""
    claims: bool = True
    paired: bool = False

    def __post_init__(self) -> None:
        slugs = [cell.slug for cell in self.cells]
        if self.shape not in SHAPES or not slugs or len(set(slugs)) != len(slugs):
            raise ValueError(f"layout {self.slug}: needs a shape among {SHAPES}, and cells with names of their own")
        if self.shape == "grid":
            self._check_areas()
        if bool(self.stages) != (self.shape == "lanes"):
            raise ValueError(f"layout {self.slug}: stages belong to lanes, and only to them")

    def _check_areas(self) -> None:
        taken: dict[tuple[int, int], str] = {}
        for cell in self.cells:
            if cell.area is None or min(cell.area) < 1:
                raise ValueError(f"layout {self.slug}: cell {cell.slug} lies nowhere")
            left, top, width, height = cell.area
            for place in ((x, y) for x in range(left, left + width) for y in range(top, top + height)):
                if (other := taken.setdefault(place, cell.slug)) != cell.slug:
                    raise ValueError(f"layout {self.slug}: {cell.slug} lies on {other} at {place}")

    @cached_property
    def cell_by_slug(self) -> dict[str, Cell]:
        return {cell.slug: cell for cell in self.cells}

    def measures_of(self, cell: str) -> tuple[Measure, ...]:
        """What a note in this cell (of lanes: in this lane) is asked for."""
        return tuple(one for one in self.measures if not one.cells or cell in one.cells)

    @property
    def columns(self) -> int:
        return max((cell.area[0] + cell.area[2] - 1 for cell in self.cells if cell.area), default=1)

    @property
    def rows(self) -> int:
        return max((cell.area[1] + cell.area[3] - 1 for cell in self.cells if cell.area), default=1)
