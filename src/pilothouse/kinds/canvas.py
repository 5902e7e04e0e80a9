"""Canvases, on which a team thinks together, and the notes that lie on them."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pilothouse.kinds.declare import Field, Kind, Option, State
from pilothouse.kinds.layouts import LAYOUTS

OWN = "own"  # the layout of a canvas that was made from a template of the product's own

COLOURS = (
    Option(slug="yellow", name=pgettext_lazy("note", "Yellow")),
    Option(slug="green", name=pgettext_lazy("note", "Green")),
    Option(slug="blue", name=pgettext_lazy("note", "Blue")),
    Option(slug="red", name=pgettext_lazy("note", "Red")),
    Option(slug="violet", name=pgettext_lazy("note", "Violet")),
)

canvas = Kind(
    slug="canvas",
    name=_("Canvas"),
    plural=_("Canvases"),
    icon="layout-dashboard",
    chapter=21,
    room="define",
    asks=_("What do we know, what do we only think, and what follows?"),
    example=_("SWOT before the summer season, with the harbour team"),
    body_name=_("What this canvas is for"),
    fields=(
        Field(
            slug="layout",
            name=_("Layout"),
            type="choice",
            options=(
                *(Option(slug=layout.slug, name=layout.name) for layout in LAYOUTS.values()),
                Option(slug=OWN, name=_("Own layout")),
            ),
            typed=False,
        ),
        Field(slug="as_is", name=_("Shows the future of"), type="number", minimum=1, typed=False),
    ),
    states=(
        State(slug="open", name=pgettext_lazy("canvas", "In work"), category="new"),
        State(slug="settled", name=pgettext_lazy("canvas", "Settled"), category="done"),
        State(slug="dropped", name=_("Dropped"), category="dropped"),
    ),
    views=("list", "table", "cards"),
)

note = Kind(
    slug="note",
    name=pgettext_lazy("canvas", "Note"),
    plural=_("Notes"),
    icon="sticky-note",
    chapter=21,
    room="define",
    asks=_("What did somebody put on a canvas, and what does it stand on?"),
    example=_("Refunds take six days"),
    title_name=_("Text"),
    body_name=_("More"),
    fields=(
        Field(slug="colour", name=_("Colour"), type="choice", options=COLOURS),
        Field(slug="cell", name=_("Place on the canvas"), typed=False),
        Field(slug="under", name=_("Hangs under"), type="number", minimum=1, typed=False),
        Field(slug="as_is", name=_("Comes from the as-is note"), type="number", minimum=1, typed=False),
    ),
    states=(
        State(slug="open", name=pgettext_lazy("note", "Open"), category="new"),
        State(slug="taken", name=pgettext_lazy("note", "Taken up")),
        State(slug="settled", name=pgettext_lazy("note", "Settled"), category="done"),
        State(slug="dropped", name=_("Dropped"), category="dropped"),
    ),
    views=("list", "table", "board"),
    lifts_to={
        "requirement": "leads_to",
        "task": "leads_to",
        "insight": "leads_to",
        "need": "leads_to",
        "decision": "leads_to",
    },
    lifted_state="taken",
)
