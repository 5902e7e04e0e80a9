"""What a view answers with. The people floor has pages too, so the words live there."""

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
    "actor_in",
    "framed",
    "go",
    "in_panel",
    "is_fragment",
    "page",
    "product_of",
    "say",
    "show",
    "sign_in_first",
    "sought",
    "tell",
]
