"""The picture as SVG: shapes and text alone, nothing that runs or is fetched."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from typing import Any

from pilothouse.canvases.export.sheet import Box, Drawn, Rule, Sheet, Words
from pilothouse.printing.fonts import UNPRINTABLE, plain

FAMILY = "'Noto Sans SC', 'Noto Sans CJK SC', 'Source Han Sans SC', 'PingFang SC', 'Microsoft YaHei', 'Noto Emoji', Arial, sans-serif"  # fmt: skip  # noqa: E501
LEAST, LARGER = 1263, 1.5  # pixels across, and those a point of a larger picture
ANCHORS = {"left": "start", "center": "middle", "right": "end"}
ROOT = re.compile(r"^<svg[^>]*>")


def svg(sheet: Sheet, title: str) -> str:
    larger = max(LARGER, LEAST / sheet.width)
    size = f'width="{sheet.width * larger:.0f}" height="{sheet.height * larger:.0f}"'
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {sheet.width:g} {sheet.height:.1f}" '
        f'font-family="{FAMILY}" role="img"><title>{safe(title)}</title>'
    )
    return "\n".join([head, *(WRITTEN[type(shape)](shape) for shape in sheet.shapes), "</svg>\n"])


def safe(text: str) -> str:
    return escape(plain(text))


def box(one: Box) -> str:
    edge = f' stroke="{one.stroke}" stroke-width=".7"' if one.stroke else ""
    return (
        f'<rect x="{one.x:.1f}" y="{one.y:.1f}" width="{one.width:.1f}" height="{one.height:.1f}" rx="{one.radius:g}" '
        f'fill="{one.fill}"{edge}/>'
    )


def rule(one: Rule) -> str:
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in one.points)
    return (
        f'<polyline points="{points}" fill="none" stroke="{one.colour}" stroke-width="{one.thick:g}" '
        'stroke-linejoin="round"/>'
    )


def words(one: Words) -> str:
    """The whole text of a shortened note is what a pointer on it is told."""
    look = ' font-weight="600"' if one.bold else ""
    look += "" if one.align == "left" else f' text-anchor="{ANCHORS[one.align]}"'
    told = f"<title>{escape(UNPRINTABLE.sub(' ', one.told))}</title>" if one.told else ""
    return (
        f'<text x="{one.x:.1f}" y="{one.y:.1f}" font-size="{one.size:g}" fill="{one.colour}"{look}>{told}'
        f"{safe(one.text)}</text>"
    )


def drawn(one: Drawn) -> str:
    place = f'x="{one.x:.1f}" y="{one.y:.1f}" width="{one.width:.1f}" height="{one.height:.1f}"'
    return ROOT.sub(f'<svg {place} viewBox="0 0 {one.chart.wide:g} {one.chart.high:g}">', one.chart.svg)


WRITTEN: dict[Any, Callable[[Any], str]] = {Box: box, Rule: rule, Words: words, Drawn: drawn}
