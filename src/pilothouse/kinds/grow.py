"""Grow: what was read, heard and attended, and what became of it."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pilothouse.kinds.declare import Field, Kind, Option, State

reading = Kind(
    slug="reading",
    name=pgettext_lazy("learning", "Reading"),
    plural=pgettext_lazy("learning", "Readings"),
    icon="book-open",
    chapter=1,
    room="grow",
    asks=_("What did I learn from others, and what became of it here?"),
    example=_("The Mom Test: ask about what people did, not about what they would do"),
    body_name=_("What I take from it"),
    fields=(
        Field(
            slug="form",
            name=pgettext_lazy("learning", "Form"),
            type="choice",
            options=(
                Option(slug="book", name=_("Book")),
                Option(slug="course", name=_("Course")),
                Option(slug="article", name=_("Article")),
                Option(slug="talk", name=_("Talk")),
                Option(slug="event", name=pgettext_lazy("learning", "Event")),
            ),
        ),
        Field(slug="author", name=_("By whom")),
        Field(slug="link", name=pgettext_lazy("learning", "Link"), type="link"),
        Field(slug="finished_on", name=_("Finished on"), type="date"),
        Field(slug="minutes", name=_("Time spent"), type="number", minimum=0, unit=_("minutes")),
    ),
    states=(
        State(slug="to_read", name=pgettext_lazy("learning", "Planned"), category="new"),
        State(slug="reading", name=pgettext_lazy("learning", "Under way")),
        State(slug="finished", name=pgettext_lazy("learning", "Finished"), stamps="finished_on"),
        State(slug="applied", name=pgettext_lazy("learning", "Applied"), category="done"),
        State(slug="dropped", name=_("Dropped"), category="dropped"),
    ),
    views=("list", "table", "board", "cards"),
    lifts_to={"insight": "leads_to", "requirement": "leads_to", "decision": "leads_to", "note": "leads_to"},
    lifted_state="applied",
)
