"""Every declared layout of a canvas: complete, believable, and the same in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.utils import translation

from pilothouse.chapters import CHAPTERS
from pilothouse.jinja import icon
from pilothouse.kinds.layouts import FAMILIES, LAYOUTS
from pilothouse.kinds.layouts.declare import Cell, Layout, Measure, Stage

# In the order in which they are offered.
NAMED = [
    "swot",
    "tows",
    "pestel",
    "porter",
    "ansoff",
    "bcg_matrix",
    "ge_matrix",
    "lean_canvas",
    "business_model",
    "value_proposition",
    "empathy_map",
    "persona_sheet",
    "journey_map",
    "service_blueprint",
    "story_map",
    "opportunity_tree",
    "impact_map",
    "okr_tree",
    "assumption_map",
    "marketing_4p",
    "marketing_7p",
    "positioning",
    "positioning_map",
    "life_cycle",
    "stakeholder_map",
    "raci",
    "retro_start_stop_continue",
    "retro_4l",
    "retro_sailboat",
    "premortem",
    "five_whys",
    "brainstorm",
    "six_hats",
    "scamper",
    "crazy_eights",
    "technology_radar",
]
# A cross: the published form leaves the corners empty.
WITH_HOLES = {"porter"}
HAN = re.compile(r"[\u4e00-\u9fff]")
TIGHT = re.compile(r"[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9%][\u4e00-\u9fff]")
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,;:?!]")


def texts(layout: Layout) -> Iterator[tuple[str, object]]:
    """Every text that a reader sees, with where it stands."""
    for field in ("name", "asks", "when", "unless"):
        yield field, getattr(layout, field)
    for cell in layout.cells:
        yield from ((f"{cell.slug}.{field}", getattr(cell, field)) for field in ("name", "asks", "example"))
    for measure in layout.measures:
        yield from ((f"{measure.slug}.{field}", getattr(measure, field)) for field in ("name", "asks"))
        yield from ((f"{measure.slug}.words", word) for word in measure.words)
    yield from ((f"{stage.slug}.stage", stage.name) for stage in layout.stages)
    for phase in layout.phases:
        yield from ((f"{phase.slug}.{field}", getattr(phase, field)) for field in ("name", "asks"))


def said(text: object, language: str) -> str:
    with translation.override(language):
        return str(text)


def test_all_are_there_and_belong_somewhere():
    assert list(LAYOUTS) == NAMED
    chapters = {chapter.number for chapter in CHAPTERS}
    for slug, layout in LAYOUTS.items():
        assert (layout.slug, layout.family in FAMILIES, layout.chapter in chapters) == (slug, True, True), slug
        assert re.search(r"\b(19|20)\d\d\b", layout.source), f"{slug}: a source without its year"
        assert "<svg" in icon(layout.icon), slug
    assert {layout.family for layout in LAYOUTS.values()} == set(FAMILIES)


def test_every_text_stands_in_both_languages():
    problems = []
    families = {said(name, "zh-hans") for name in FAMILIES.values()}
    assert len(families) == len(FAMILIES)
    assert all(HAN.search(name) for name in families)
    for layout in LAYOUTS.values():
        for place, text in texts(layout):
            english, chinese = said(text, "en"), said(text, "zh-hans")
            if not english.strip() or HAN.search(english):
                problems.append(f"{layout.slug}.{place}: {english!r} is not English")
            if not HAN.search(chinese) or "您" in chinese or TIGHT.search(chinese) or HALF_WIDTH.search(chinese):
                problems.append(f"{layout.slug}.{place}: {chinese!r} is not written as Chinese")
    assert not problems, "\n".join(problems)


def test_no_two_places_of_a_layout_have_the_same_name():
    for layout in LAYOUTS.values():
        for language in ("en", "zh-hans"):
            for things in (layout.cells, layout.stages, layout.measures, layout.phases):
                names = [said(thing.name, language) for thing in things]
                assert len(set(names)) == len(names), f"{layout.slug}: {names}"
            assert len({said(one.name, language) for one in LAYOUTS.values()}) == len(LAYOUTS)


def test_grids_are_filled_without_holes_as_they_were_published():
    for layout in LAYOUTS.values():
        if layout.shape != "grid":
            assert all(cell.area is None for cell in layout.cells), layout.slug
            continue
        filled = sum(cell.area[2] * cell.area[3] for cell in layout.cells if cell.area)
        assert (filled == layout.columns * layout.rows) != (layout.slug in WITH_HOLES), layout.slug


def test_shapes_have_what_they_need():
    for layout in LAYOUTS.values():
        assert layout.measures or layout.shape != "plot", f"{layout.slug}: a plot of no numbers"
        assert len(layout.cells) > 1 or layout.shape == "plot", layout.slug
        for measure in layout.measures:
            if measure.minimum is not None and measure.maximum is not None:
                assert measure.minimum < measure.maximum, f"{layout.slug}.{measure.slug}"


def test_strategies_cite_one_factor_from_within_and_one_from_without():
    tows = LAYOUTS["tows"]
    assert tows.cites == "swot"
    assert {cell.slug: cell.cites for cell in tows.cells} == {
        "so": ("strengths", "opportunities"),
        "wo": ("weaknesses", "opportunities"),
        "st": ("strengths", "threats"),
        "wt": ("weaknesses", "threats"),
    }


def test_what_is_written_in_private_is_shown_before_it_is_voted_on():
    for layout in LAYOUTS.values():
        order = ["private" if p.private else "votes" if p.votes else "open" for p in layout.phases]
        if "private" in order:
            assert order[0] == "private", layout.slug
            assert order.index("open") < order.index("votes"), layout.slug


def cell(slug: str, **rest) -> Cell:
    return Cell(slug=slug, name=slug, asks="?", example="…", **rest)


def layout_of(*cells: Cell, **rest) -> Layout:
    return Layout(
        slug="x",
        name="x",
        icon="x",
        chapter=1,
        family="team",
        asks="",
        when="",
        unless="",
        source="",
        cells=cells,
        **rest,
    )


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (lambda: layout_of(), "cells"),
        (lambda: layout_of(cell("a")), "lies nowhere"),
        (lambda: layout_of(cell("a", area=(1, 1, 2, 1)), cell("b", area=(2, 1, 1, 1))), "lies on a"),
        (lambda: layout_of(cell("a"), cell("a"), shape="tree"), "names of their own"),
        (lambda: layout_of(cell("a"), shape="lanes"), "stages"),
        (lambda: layout_of(cell("a"), shape="tree", stages=(Stage(slug="s", name="s"),)), "stages"),
        (lambda: Measure(slug="m", name="m", asks="", minimum=1, maximum=4, words=("one", "two")), "a word for each"),
        (lambda: cell("a", tone="pink"), "no tone"),
    ],
)
def test_a_wrong_declaration_says_what_is_wrong(wrong, says):
    with pytest.raises(ValueError, match=says):
        wrong()


def test_measures_belong_to_their_cells():
    journey = LAYOUTS["journey_map"]
    assert [one.slug for one in journey.measures_of("emotion")] == ["emotion"]
    assert journey.measures_of("pains") == ()
    assert len(LAYOUTS["bcg_matrix"].measures_of("products")) == 4
