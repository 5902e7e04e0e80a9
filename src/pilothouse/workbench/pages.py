"""What a view answers with. The people floor has pages too, so most of the words live there."""

from django.http import HttpResponse

from pilothouse.people.pages import (
    actor_in,
    framed,
    go,
    in_panel,
    is_fragment,
    page,
    product_of,
    say,
    show,
    sign_in_first,
    sought,
    tell,
)

__all__ = [
    "actor_in", "download", "framed", "go", "in_panel", "is_fragment", "page", "product_of", "say", "show",
    "sign_in_first", "sought", "tell",
]  # fmt: skip


def download(content: str | bytes, content_type: str, name: str) -> HttpResponse:
    """A file to be kept, under a name of plain ASCII."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=content_type, headers=headers)
