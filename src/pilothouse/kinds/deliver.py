"""Deliver and measure: who does what, when it ships, and whether it worked."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pilothouse.kinds.declare import Field, Kind, Option, State
from pilothouse.kinds.define import PRIORITIES

task = Kind(
    slug="task",
    name=_("Task"),
    plural=_("Tasks"),
    icon="square-check",
    chapter=4,
    room="deliver",
    asks=_("Who does what next?"),
    example=_("Store the last valid ticket on the phone"),
    fields=(
        Field(
            slug="type",
            name=_("Type"),
            type="choice",
            options=(
                Option(slug="task", name=_("Task")),
                Option(slug="bug", name=_("Bug")),
                Option(slug="chore", name=_("Chore")),
                Option(slug="research", name=_("Research")),
            ),
        ),
        Field(slug="priority", name=_("Priority"), type="choice", options=PRIORITIES),
        Field(slug="points", name=_("Points"), type="number", minimum=0),
        Field(slug="estimate", name=_("Estimate"), type="number", minimum=0, unit=_("hours")),
        Field(slug="remaining", name=_("Remaining"), type="number", minimum=0, unit=_("hours")),
    ),
    states=(
        State(slug="todo", name=_("To do"), category="new"),
        State(slug="doing", name=_("Doing"), limit=5),
        State(slug="review", name=_("In review")),
        State(slug="done", name=pgettext_lazy("state", "Done"), category="done"),
        State(slug="cancelled", name=_("Cancelled"), category="dropped"),
    ),
    views=("board", "list", "table"),
    station=True,
)

release = Kind(
    slug="release",
    name=_("Release"),
    plural=_("Releases"),
    icon="ship",
    chapter=12,
    room="deliver",
    asks=_("What ships together, when, and what should it change?"),
    example=_("2.4 Offline tickets, due 2026-12-10"),
    title_name=_("Name"),
    fields=(
        Field(slug="tag", name=_("Version tag")),
        Field(slug="changelog", name=_("Release notes"), type="long"),
        Field(slug="released_on", name=_("Released on"), type="date"),
    ),
    states=(
        State(slug="planning", name=_("Planning"), category="new"),
        State(slug="approved", name=_("Approved")),
        State(slug="released", name=_("Released"), stamps="released_on"),
        State(slug="closed", name=_("Closed with a verdict"), category="done"),
        State(slug="cancelled", name=_("Cancelled"), category="dropped"),
    ),
    lifts_to={"metric": "measured_by", "decision": "reviewed_in"},
    station=True,
)

metric = Kind(
    slug="metric",
    name=_("Metric"),
    plural=_("Metrics"),
    icon="chart-line",
    chapter=10,
    room="measure",
    asks=_("Which number tells us that it worked?"),
    example=_("Share of boardings where the ticket opened within two seconds"),
    title_name=_("Name"),
    body_name=_("How it is measured"),
    fields=(
        Field(slug="unit", name=_("Unit")),
        Field(
            slug="direction",
            name=_("Better when"),
            type="choice",
            options=(Option(slug="up", name=_("Higher")), Option(slug="down", name=_("Lower"))),
        ),
        Field(slug="baseline", name=_("Baseline"), type="number"),
        Field(slug="target", name=_("Target"), type="number"),
        Field(slug="source", name=_("Where the number comes from")),
    ),
    states=(
        State(slug="proposed", name=_("Proposed"), category="new"),
        State(slug="live", name=_("Measured")),
        State(slug="retired", name=_("Retired"), category="dropped"),
    ),
    views=("list", "table"),
    lifts_to={"decision": "reviewed_in"},
    station=True,
)

plan = Kind(
    slug="plan",
    name=_("Release plan"),
    plural=_("Release plans"),
    icon="calendar-range",
    chapter=4,
    room="deliver",
    asks=_("What goes into the next releases, given who can do how much?"),
    example=_("Spring: 2.5, 2.6 and 2.7 with two designers and three developers"),
    body_name=_("What this plan assumes"),
    states=(
        State(slug="draft", name=pgettext_lazy("plan", "Draft"), category="new"),
        State(slug="committed", name=pgettext_lazy("plan", "Committed"), category="done"),
        State(slug="dropped", name=_("Dropped"), category="dropped"),
    ),
    views=("list", "table"),
)
