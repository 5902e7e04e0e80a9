"""A document of pages, drawn in points from the top left. Its one font is embedded, only the characters used."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

FONT = Path(__file__).parent.parent / "static/dist/NotoSansSC-Regular.ttf"
A4_ACROSS = (842.0, 595.0)
INK, MUTED, HAIR, SHEET = "#1a202b", "#5b6270", "#d6d4cf", "#ffffff"
UNPRINTABLE = re.compile("[\x00-\x1f\x7f\u200b-\u200f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
# A line may break after a space, and beside any Han character but before closing punctuation.
HAN, CLOSING = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef", "，。、；：？！）】》”’%"
PIECE = re.compile(rf"[ ]|[{HAN}][{CLOSING}]*|[^ {HAN}]+[{CLOSING}]*")


@cache
def font() -> str:
    """Registered once a process."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    if not FONT.exists():
        raise FileNotFoundError(f"{FONT.name} is not built: run npm ci and npm run build in web/")
    pdfmetrics.registerFont(TTFont("Noto", str(FONT)))
    return "Noto"


def width_of(text: str, size: float) -> float:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return float(stringWidth(text, font(), size))


def plain(text: Any) -> str:
    """In one line, without what no paper can show."""
    return " ".join(UNPRINTABLE.sub(" ", str(text)).split())


def cut(text: str, size: float, room: float) -> str:
    """As much of a text as fits, with an ellipsis where something is missing."""
    if width_of(text, size) <= room:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if width_of(text[:middle] + "…", size) <= room else (low, middle - 1)
    return text[:low].rstrip() + "…" if low else ""


def wrapped(text: Any, size: float, room: float, most: int = 50) -> list[str]:
    """At most so many lines; the last is cut where more would follow."""
    lines = list(broken(plain(text), size, room))
    return lines if len(lines) <= most else [*lines[: most - 1], cut(" ".join(lines[most - 1 :]), size, room)]


def broken(text: str, size: float, room: float) -> Iterator[str]:
    line = ""
    for piece in PIECE.findall(text):
        if not line or width_of(line + piece, size) <= room:
            line += piece
        else:
            yield line.rstrip()
            line = piece.lstrip()
        while width_of(line, size) > room and len(line) > 1:  # a word longer than the line
            head = cut(line, size, room).removesuffix("…") or line[0]
            yield head
            line = line[len(head) :]
    if line.strip():
        yield line.rstrip()


class Paper:
    """`done` gives the file. Every page is added by `page`, the first one as well."""

    def __init__(self, title: str, size: tuple[float, float] = A4_ACROSS) -> None:
        from reportlab.pdfgen.canvas import Canvas

        self.width, self.height = size
        self.buffer = io.BytesIO()
        self.canvas = Canvas(self.buffer, pagesize=size, pageCompression=1)
        self.canvas.setTitle(plain(title))
        self.canvas.setCreator("Pilothouse")
        self.pages = 0

    def page(self) -> None:
        if self.pages:
            self.canvas.showPage()
        self.pages += 1

    def text(
        self, x: float, y: float, text: Any, size: float = 9, *, room: float | None = None, colour: str = INK,
        bold: bool = False, align: str = "left",
    ) -> None:  # fmt: skip
        """One line; `y` is where its letters stand. Bold is the same font with a stroke of its own colour."""
        said = plain(text)
        said = cut(said, size, room) if room is not None else said
        start = x - {"left": 0, "center": 0.5, "right": 1}[align] * width_of(said, size)
        self.colours(colour, colour)
        self.canvas.setLineWidth(size / 28)
        line = self.canvas.beginText(start, self.height - y)
        line.setFont(font(), size)
        line.setTextRenderMode(2 if bold else 0)
        line.textOut(said)
        line.setTextRenderMode(0)
        self.canvas.drawText(line)

    def block(
        self, x: float, y: float, text: Any, size: float, room: float, *, most: int = 50, colour: str = INK,
        bold: bool = False, leading: float = 1.35,
    ) -> float:  # fmt: skip
        """Several lines from the first one's `y`; the answer is the height that they take."""
        lines = wrapped(text, size, room, most)
        for number, line in enumerate(lines):
            self.text(x, y + number * size * leading, line, size, colour=colour, bold=bold)
        return len(lines) * size * leading

    def box(
        self, x: float, y: float, width: float, height: float, *, fill: str = "", stroke: str = "", radius: float = 0,
        dashed: bool = False,
    ) -> None:  # fmt: skip
        self.colours(fill or SHEET, stroke or INK)
        self.canvas.setLineWidth(0.7)
        self.canvas.setDash([3, 2] if dashed else [])
        self.canvas.roundRect(
            x, self.height - y - height, width, height, min(radius, width / 2, height / 2), int(bool(stroke)),
            int(bool(fill)),
        )  # fmt: skip
        self.canvas.setDash([])

    def line(self, x1: float, y1: float, x2: float, y2: float, *, colour: str = HAIR, thick: float = 0.6) -> None:
        self.colours(colour, colour)
        self.canvas.setLineWidth(thick)
        self.canvas.line(x1, self.height - y1, x2, self.height - y2)

    def colours(self, fill: str, stroke: str) -> None:
        from reportlab.lib.colors import HexColor

        self.canvas.setFillColor(HexColor(fill))
        self.canvas.setStrokeColor(HexColor(stroke))

    def done(self) -> bytes:
        if not self.pages:
            self.page()
        self.canvas.save()
        return self.buffer.getvalue()
