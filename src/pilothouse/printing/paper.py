"""A document of pages, drawn in points from the top left. Its fonts are embedded, only the characters used."""

from __future__ import annotations

import io
from typing import Any

from pilothouse.printing.fonts import as_seen, cut, plain, runs, width_of, wrapped

A4_ACROSS, A4 = (842.0, 595.0), (595.0, 842.0)
INK, MUTED, HAIR, SHEET = "#1a202b", "#5b6270", "#d6d4cf", "#ffffff"


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

    def page(self, size: tuple[float, float] | None = None) -> None:
        """The next page, from now on of this size where one is given."""
        if self.pages:
            self.canvas.showPage()
        self.pages += 1
        if size:
            self.width, self.height = size
            self.canvas.setPageSize(size)

    def scaled(self, scale: float) -> None:
        """Draw what follows on this page smaller, as if it were so much larger."""
        self.height /= scale
        self.width /= scale
        self.canvas.scale(scale, scale)

    def text(
        self, x: float, y: float, text: Any, size: float = 9, *, room: float | None = None, colour: str = INK,
        bold: bool = False, align: str = "left",
    ) -> None:  # fmt: skip
        """One line; `y` is where its letters stand. Bold is the same font with a stroke of its own colour."""
        said = plain(text)
        said = as_seen(cut(said, size, room) if room is not None else said)
        start = x - {"left": 0, "center": 0.5, "right": 1}[align] * width_of(said, size)
        self.colours(colour, colour)
        self.canvas.setLineWidth(size / 34)
        line = self.canvas.beginText(start, self.height - y)
        line.setTextRenderMode(2 if bold else 0)
        for name, run in runs(said):
            line.setFont(name, size)
            line.textOut(run)
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
