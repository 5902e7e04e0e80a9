"""The kinds of files that a canvas can become."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse

from pilothouse.canvases.export import markdown, slides
from pilothouse.canvases.export.content import Content
from pilothouse.canvases.export.pdf import pdf, picture_page
from pilothouse.canvases.export.picture import picture
from pilothouse.canvases.export.svg import svg
from pilothouse.printing.picture import png
from pilothouse.workbench.pages import download

SHARP = 2.4  # pixels a point
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
# Whoever opens a file's address instead of keeping it sees what runs nothing and fetches nothing.
SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

Maker = Callable[[Content], bytes]


def as_svg(content: Content) -> bytes:
    return svg(picture(content), content.item.title).encode("utf-8", "replace")


def as_png(content: Content) -> bytes:
    return png(picture_page(content, picture(content)), scale=SHARP)


def as_pdf(content: Content) -> bytes:
    return pdf(content, picture(content))


def as_markdown(content: Content) -> bytes:
    return markdown.markdown(content).encode("utf-8", "replace")


FILES: dict[str, tuple[Maker, str]] = {
    "svg": (as_svg, "image/svg+xml; charset=utf-8"),
    "png": (as_png, "image/png"),
    "pdf": (as_pdf, "application/pdf"),
    "pptx": (slides.pptx, PPTX),
    "md": (as_markdown, "text/markdown; charset=utf-8"),
}


def file_response(content: Content, kind: str) -> HttpResponse:
    """The file, to be kept."""
    make, content_type = FILES[kind]
    name = f"{content.item.ref}-{content.layout.slug}.{kind}"
    response = download(make(content), content_type, name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = SANDBOX
    return response
