"""Charts in files: what the page draws in the browser, drawn by the server with the same look, by day."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

from pilothouse.printing.fonts import (
    ARABIC,
    EMOJI,
    FONTS,
    HANGUL,
    HEBREW,
    LATIN,
    MAIN,
    THAI,
    UNPRINTABLE,
    characters,
)

# Named only where a chart needs them: beside Source Sans 3 every text is taken for twice as wide as it is.
FAMILIES = {
    LATIN: "Source Sans 3", EMOJI: "Noto Emoji", HANGUL: "NanumGothic", HEBREW: "Noto Sans Hebrew",
    ARABIC: "Noto Sans Arabic", THAI: "Noto Sans Thai",
}  # fmt: skip
# The tokens that charts name, as web/src/css/tokens.css has them by day.
DAY = {
    "paper": "#ffffff", "raised": "#ffffff", "text": "#192029", "muted": "#4f565f", "faint": "#636a72",
    "line": "#e2e1dd", "line-strong": "#cccac5", "sea": "#006aa5", "sea-fill": "#006aa5", "leaf": "#106c3e",
    "amber": "#8d5406", "coral": "#b6322d", "chart-rust": "#c96736", "chart-moss": "#528a54", "chart-plum": "#7f4382",
    "chart-slate": "#424e5e", "chart-sand": "#aaa065",
}  # fmt: skip
BEYOND = re.compile("[\U00010000-\U0010ffff]")  # emoji: cut in two where a label is shortened, they stop the drawing
TOKEN = re.compile(r"\$([a-z-]+)(?:/(\d+))?")


def colour(name: str) -> str:
    """ "$sea" is a token, "$sea/40" forty per cent of it on white."""
    found = TOKEN.fullmatch(name)
    if found is None or found[1] not in DAY:
        return name
    share, code = int(found[2] or 100), DAY[found[1]]
    parts = (int(code[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{round((part * share + 255 * (100 - share)) / 100):02x}" for part in parts)


def painted(value: Any) -> Any:
    """A specification with every name of a token replaced."""
    if isinstance(value, str):
        return colour(BEYOND.sub("", UNPRINTABLE.sub(" ", value)))
    if isinstance(value, dict):
        return {key: painted(one) for key, one in value.items()}
    return [painted(one) for one in value] if isinstance(value, list | tuple) else value


@cache
def look() -> dict[str, Any]:
    return dict(painted(json.loads((FONTS / "chart-look.json").read_text())))


def family(spec: dict[str, Any]) -> str:
    """The main font, and those that hold what it lacks."""
    lacking = {ord(one) for one in json.dumps(spec, ensure_ascii=False, default=str)} - characters(MAIN)
    others = [f"'{name}'" for file, name in FAMILIES.items() if lacking and lacking & characters(file)]
    return ", ".join(["'Noto Sans SC'", *others, "'PingFang SC'", "'Microsoft YaHei'", "sans-serif"])


def whole(spec: dict[str, Any], width: int, height: int | None = None) -> dict[str, Any]:
    """Links are left out: a picture in a file leads nowhere. What is one size on the page may be another here."""
    sized = {"height": height} if height and isinstance(spec.get("height"), int) else {}
    drawn = without_links(painted(spec))
    return {
        **drawn, **sized, "width": width, "config": {**look(), "font": family(drawn)}, "background": "#ffffff",
        "autosize": {"type": "fit-x", "contains": "padding"},
    }  # fmt: skip


def without_links(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: without_links(one) for key, one in value.items() if key not in ("href", "usermeta")}
    return [without_links(one) for one in value] if isinstance(value, list) else value


def as_svg(spec: dict[str, Any], width: int, height: int | None = None) -> str:
    return str(drawer().vegalite_to_svg(whole(spec, width, height), allowed_base_urls=[]))


def as_pdf(spec: dict[str, Any], width: int, height: int | None = None) -> bytes:
    return bytes(drawer().vegalite_to_pdf(whole(spec, width, height), allowed_base_urls=[]))


def as_png(spec: dict[str, Any], width: int, height: int | None = None) -> bytes:
    return bytes(drawer().vegalite_to_png(whole(spec, width, height), scale=3, allowed_base_urls=[]))


@cache
def drawer() -> Any:
    """Loaded when the first chart is asked for: it takes half a second and some memory."""
    import vl_convert

    vl_convert.register_font_directory(str(FONTS))
    return vl_convert
