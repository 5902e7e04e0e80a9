"""Define: what people need, and what we mean to do about it."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pilothouse.kinds.declare import Field, Kind, Option, State

IMPACT = (
    Option(slug="3", name=_("3 massive")),
    Option(slug="2", name=_("2 high")),
    Option(slug="1", name=_("1 medium")),
    Option(slug="0.5", name=_("0.5 low")),
    Option(slug="0.25", name=_("0.25 minimal")),
)
PRIORITIES = (
    Option(slug="urgent", name=pgettext_lazy("priority", "Urgent")),
    Option(slug="high", name=pgettext_lazy("priority", "High")),
    Option(slug="medium", name=pgettext_lazy("priority", "Medium")),
    Option(slug="low", name=pgettext_lazy("priority", "Low")),
)
FREQUENCIES = (
    Option(slug="daily", name=_("Daily")),
    Option(slug="weekly", name=_("Weekly")),
    Option(slug="monthly", name=_("Monthly")),
    Option(slug="rarely", name=_("Rarely")),
)

KANO = (
    Option(slug="M", name=pgettext_lazy("kano", "Must-be")),
    Option(slug="O", name=pgettext_lazy("kano", "One-dimensional")),
    Option(slug="A", name=pgettext_lazy("kano", "Attractive")),
    Option(slug="I", name=pgettext_lazy("kano", "Indifferent")),
    Option(slug="R", name=pgettext_lazy("kano", "Reverse")),
    Option(slug="Q", name=pgettext_lazy("kano", "Questionable")),
)
# Written by a survey that is used as priority.
SURVEYED = (
    Field(slug="kano", name=_("Kano category"), type="choice", options=KANO, typed=False),
    Field(slug="kano_better", name=_("Better"), type="number", typed=False),
    Field(slug="kano_worse", name=_("Worse"), type="number", typed=False),
    Field(slug="kano_n", name=_("Kano answers"), type="number", minimum=0, typed=False),
    Field(slug="maxdiff", name=_("MaxDiff share"), type="number", minimum=0, unit="%", typed=False),
    Field(slug="opportunity", name=_("Opportunity score"), type="number", typed=False),
    Field(slug="survey_place", name=_("Place by survey"), type="number", minimum=1, typed=False),
)
SCORED_BY = (
    Option(slug="rice", name="RICE"),
    Option(slug="ice", name="ICE"),
    Option(slug="wsjf", name="WSJF"),
    Option(slug="value_effort", name=_("Value and effort")),
    Option(slug="opportunity", name=_("Opportunity score")),
    Option(slug="moscow", name="MoSCoW"),
    Option(slug="weighted", name=_("Weighted scoring")),
    Option(slug="ahp", name="AHP"),
    Option(slug="own", name=_("Own formula")),
)
HORIZONS = (
    Option(slug="now", name=pgettext_lazy("horizon", "Now")),
    Option(slug="next", name=pgettext_lazy("horizon", "Next")),
    Option(slug="later", name=pgettext_lazy("horizon", "Later")),
)

need = Kind(
    slug="need",
    name=_("Need"),
    plural=_("Needs"),
    icon="heart-handshake",
    chapter=3,
    room="define",
    asks=_("Who needs what, when, and why?"),
    example=_("When I board, I want my ticket to open without a signal, so that I do not hold up the queue."),
    fields=(
        Field(slug="who", name=_("Who")),
        Field(slug="situation", name=_("When does it come up?"), type="long"),
        Field(slug="outcome", name=_("What do they want to get done?"), type="long"),
        Field(slug="frequency", name=_("How often"), type="choice", options=FREQUENCIES),
        Field(slug="segment", name=_("Segment")),
        Field(slug="workaround", name=_("What they do today"), type="long"),
        *SURVEYED,
    ),
    states=(
        State(slug="heard", name=_("Heard"), category="new"),
        State(slug="confirmed", name=_("Confirmed")),
        State(slug="planned", name=_("Planned")),
        State(slug="met", name=_("Met"), category="done"),
        State(slug="dropped", name=_("Dropped"), category="dropped"),
    ),
    lifts_to={"requirement": "addressed_by"},
    station=True,
)

requirement = Kind(
    slug="requirement",
    name=_("Requirement"),
    plural=_("Requirements"),
    icon="file-check",
    chapter=3,
    room="define",
    asks=_("What will we build to meet the need, and how will we know?"),
    example=_("Show the ticket from the phone's own storage when there is no signal"),
    fields=(
        Field(slug="priority", name=_("Priority"), type="choice", options=PRIORITIES),
        Field(slug="suite", name=_("Module")),
        Field(slug="acceptance", name=_("Accepted when"), type="long"),
        Field(slug="reach", name=_("Reach"), type="number", minimum=0, unit=_("people per quarter")),
        Field(slug="impact", name=_("Impact"), type="choice", options=IMPACT),
        Field(slug="confidence", name=_("Confidence"), type="number", minimum=0, maximum=100, unit="%"),
        Field(slug="effort", name=_("Effort"), type="number", minimum=0, unit=_("person-months")),
        Field(slug="score_way", name=_("Scored by"), type="choice", options=SCORED_BY, typed=False),
        Field(slug="progress", name=_("Progress"), type="number", minimum=0, maximum=100, unit="%"),
        Field(slug="horizon", name=_("Horizon"), type="choice", options=HORIZONS),
        Field(slug="planned_from", name=_("Planned from"), type="date"),
        Field(slug="planned_to", name=_("Planned to"), type="date"),
        Field(slug="real_from", name=_("Really from"), type="date"),
        Field(slug="real_to", name=_("Really to"), type="date"),
        *SURVEYED,
    ),
    states=(
        State(slug="idea", name=_("Idea"), category="new"),
        State(slug="exploring", name=_("Exploring")),
        State(slug="approved", name=_("Approved")),
        State(slug="building", name=_("Building"), stamps="real_from"),
        State(slug="shipped", name=_("Shipped"), category="done", stamps="real_to"),
        State(slug="dropped", name=_("Dropped"), category="dropped"),
    ),
    lifts_to={"task": "delivered_by", "release": "planned_in", "metric": "measured_by"},
    methods=("rice",),
    station=True,
)

decision = Kind(
    slug="decision",
    name=_("Decision"),
    plural=_("Decisions"),
    icon="gavel",
    chapter=24,
    room="define",
    asks=_("What did we decide, on what evidence, and were we right?"),
    example=_("Keep tickets on the phone for 24 hours. We expect missed boats to fall by a third (70 %)."),
    title_name=_("Decision"),
    body_name=_("Why, and what we gave up"),
    fields=(
        Field(
            slug="door",
            name=_("Can it be undone?"),
            type="choice",
            options=(Option(slug="two_way", name=_("Two-way door")), Option(slug="one_way", name=_("One-way door"))),
        ),
        Field(slug="evidence_then", name=_("Evidence at the time"), type="long"),
        Field(slug="prediction", name=_("We expect"), type="long"),
        Field(slug="probability", name=_("How sure"), type="number", minimum=0, maximum=100, unit="%"),
        Field(slug="change_my_mind", name=_("What would change our mind"), type="long"),
        Field(slug="dissent", name=_("Who saw it otherwise, and why"), type="long"),
        Field(slug="premortem", name=_("Premortem: it failed, and why?"), type="long"),
        Field(slug="decided_on", name=_("Decided on"), type="date"),
        Field(slug="review_on", name=_("Review on"), type="date"),
        Field(
            slug="verdict",
            name=_("Verdict"),
            type="choice",
            options=(
                Option(slug="moved", name=_("Moved as predicted")),
                Option(slug="not_moved", name=_("Did not move")),
                Option(slug="cannot_tell", name=_("Cannot tell")),
            ),
        ),
        Field(slug="outcome", name=_("What happened"), type="long"),
        Field(
            slug="quality",
            name=_("How good was the decision itself?"),
            type="choice",
            options=(
                Option(slug="sound", name=_("Sound")),
                Option(slug="hasty", name=_("Hasty")),
                Option(slug="poor", name=_("Poor")),
            ),
        ),
        Field(slug="lesson", name=_("Lesson"), type="long"),
    ),
    states=(
        State(slug="open", name=_("To decide"), category="new"),
        State(slug="decided", name=_("Decided"), stamps="decided_on"),
        State(slug="reviewed", name=_("Reviewed"), category="done"),
        State(slug="dropped", name=_("Withdrawn"), category="dropped"),
    ),
    station=True,
)

option = Kind(
    slug="option",
    name=pgettext_lazy("of a decision", "Option"),
    plural=pgettext_lazy("of a decision", "Options"),
    icon="split",
    chapter=24,
    room="define",
    asks=_("Between what do we choose?"),
    example=_("Keep tickets on the phone for 24 hours"),
    title_name=pgettext_lazy("of a decision", "Option"),
    body_name=_("What it means, and what it costs"),
    states=(
        State(slug="open", name=_("Weighed"), category="new"),
        State(slug="chosen", name=_("Chosen"), category="done"),
        State(slug="rejected", name=_("Not chosen"), category="dropped"),
    ),
    views=("list", "table", "board", "cards"),
)

scorecard = Kind(
    slug="scorecard",
    name=_("Scorecard"),
    plural=_("Scorecards"),
    icon="table-properties",
    chapter=3,
    room="define",
    asks=_("Which of these comes first, by what measure, and who sees it otherwise?"),
    example=_("What to build this spring, by RICE, scored by Ada and Lin apart"),
    body_name=_("What the order is for"),
    states=(
        State(slug="scoring", name=pgettext_lazy("scorecard", "Scoring"), category="new"),
        State(slug="agreed", name=pgettext_lazy("scorecard", "Agreed"), category="done"),
        State(slug="dropped", name=_("Dropped"), category="dropped"),
    ),
    views=("list", "table"),
)
