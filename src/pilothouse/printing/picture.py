"""A page of a PDF as a picture, and drawings of other files put on its pages."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

MOST_PIXELS = 40_000_000
ONE = Lock()  # PDFium serves one thread at a time


@dataclass(frozen=True)
class Stamp:
    """A file whose only page is drawn on a page, in points from its top left, as wide as `width`."""

    file: bytes
    page: int
    x: float
    y: float
    width: float


def stamped(file: bytes, stamps: Sequence[Stamp]) -> bytes:
    if not stamps:
        return file
    from pypdfium2 import PdfDocument

    made = io.BytesIO()
    with ONE, PdfDocument(file) as document:
        for stamp in stamps:
            put(document, stamp)
        document.save(made)
    return made.getvalue()


def put(document: Any, stamp: Stamp) -> None:
    from pypdfium2 import PdfDocument, PdfMatrix

    with PdfDocument(stamp.file) as drawn:
        wide, high = drawn[0].get_size()
        page, scale = document[stamp.page], stamp.width / wide
        form = drawn.page_as_xobject(0, document).as_pageobject()
        bottom = page.get_height() - stamp.y - high * scale
        form.set_matrix(PdfMatrix().scale(scale, scale).translate(stamp.x, bottom))
        page.insert_obj(form)
        page.gen_content()


def png(file: bytes, *, scale: float = 2.0) -> bytes:
    """The first page of a PDF as pixels, `scale` of them a point, but never more than memory is kept for."""
    from pypdfium2 import PdfDocument

    made = io.BytesIO()
    with ONE, PdfDocument(file) as document:
        wide, high = document[0].get_size()
        image = document[0].render(scale=min(scale, (MOST_PIXELS / (wide * high)) ** 0.5)).to_pil()
    image.save(made, "PNG", compress_level=4)
    return made.getvalue()
