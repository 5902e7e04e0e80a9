"""Discover: what people said, and what we understood."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pilothouse.kinds.declare import Field, Kind, Option, State

CHANNELS = (
    Option(slug="interview", name=_("Interview")),
    Option(slug="survey", name=_("Survey")),
    Option(slug="support", name=_("Support")),
    Option(slug="review", name=_("App review")),
    Option(slug="issue", name=_("Issue tracker")),
    Option(slug="sales", name=_("Sales call")),
    Option(slug="email", name=pgettext_lazy("channel", "E-mail")),
    Option(slug="other", name=_("Other")),
)
SENTIMENTS = (
    Option(slug="positive", name=_("Positive")),
    Option(slug="mixed", name=_("Mixed")),
    Option(slug="negative", name=_("Negative")),
)
CONFIDENCE = (
    Option(slug="high", name=pgettext_lazy("confidence", "High")),
    Option(slug="medium", name=pgettext_lazy("confidence", "Medium")),
    Option(slug="low", name=pgettext_lazy("confidence", "Low")),
)

feedback = Kind(
    slug="feedback",
    name=_("Feedback"),
    plural=_("Feedback"),
    icon="message-square",
    chapter=2,
    room="discover",
    asks=_("What did people tell us, in their own words?"),
    example=_("“The card never connects in the lift, so I miss my boat.” (app review, two stars)"),
    body_name=_("What they said"),
    fields=(
        Field(slug="channel", name=_("Channel"), type="choice", options=CHANNELS),
        Field(slug="source_url", name=_("Source link"), type="link"),
        Field(slug="person", name=_("Person")),
        Field(slug="email", name=_("E-mail"), type="email"),
        Field(slug="company", name=_("Company")),
        Field(slug="segment", name=_("Segment")),
        Field(slug="importance", name=_("Importance"), type="number", minimum=0, maximum=3, hint=_("0 nice, 3 vital")),
        Field(slug="rating", name=_("Rating"), type="number", minimum=0, maximum=10),
        Field(slug="sentiment", name=_("Sentiment"), type="choice", options=SENTIMENTS),
        Field(slug="said_on", name=_("Said on"), type="date"),
        Field(slug="category", name=_("Category")),
    ),
    states=(
        State(slug="inbox", name=_("To read"), category="new"),
        State(slug="read", name=pgettext_lazy("state", "Read")),
        State(slug="processed", name=_("Processed"), category="done"),
        State(slug="dropped", name=_("Not for us"), category="dropped"),
    ),
    lifts_to={"quote": "quoted_as", "need": "leads_to"},
    station=True,
)

quote = Kind(
    slug="quote",
    name=_("Quote"),
    plural=_("Quotes"),
    icon="quote",
    chapter=2,
    room="discover",
    asks=_("Which words, exactly, carry the point?"),
    example=_("“I miss my boat.”"),
    body_name=_("The words"),
    fields=(
        Field(slug="speaker", name=_("Speaker")),
        Field(slug="segment", name=_("Segment")),
        Field(slug="said_on", name=_("Said on"), type="date"),
        Field(slug="sentiment", name=_("Sentiment"), type="choice", options=SENTIMENTS),
        Field(slug="start", name=_("Starts at character"), type="number", minimum=0, typed=False),
        Field(slug="end", name=_("Ends at character"), type="number", minimum=0, typed=False),
        Field(slug="body_version", name=_("Version of the text"), type="number", minimum=1),
    ),
    states=(
        State(slug="open", name=_("Not used yet"), category="new"),
        State(slug="used", name=_("Used"), category="done"),
        State(slug="dropped", name=_("Set aside"), category="dropped"),
    ),
    views=("list", "table", "cards", "board"),
    lifts_to={"insight": "supports"},
    lifted_state="used",
    station=True,
)

insight = Kind(
    slug="insight",
    name=_("Insight"),
    plural=_("Insights"),
    icon="lightbulb",
    chapter=2,
    room="discover",
    asks=_("What did we learn that we did not know?"),
    example=_("Commuters open the app in the lift, where there is no signal."),
    title_name=_("Statement, one sentence"),
    fields=(
        Field(slug="confidence", name=_("Confidence"), type="choice", options=CONFIDENCE),
        Field(slug="confidence_reason", name=_("Why this confidence"), type="long"),
        Field(slug="method", name=_("Found by")),
        Field(slug="learned_on", name=_("Learned on"), type="date"),
        Field(slug="segment", name=_("Segment")),
        Field(slug="sample", name=_("Sample size"), type="number", minimum=0),
        Field(slug="topic", name=_("Topic")),
        Field(slug="sentiment", name=_("Sentiment"), type="choice", options=SENTIMENTS),
    ),
    states=(
        State(slug="draft", name=_("Draft"), category="new"),
        State(slug="confirmed", name=_("Confirmed"), category="done"),
        State(slug="doubtful", name=_("In doubt")),
        State(slug="dropped", name=_("Refuted"), category="dropped"),
    ),
    views=("list", "table", "cards", "board"),
    lifts_to={"need": "leads_to"},
    station=True,
)

persona = Kind(
    slug="persona",
    name=_("Persona"),
    plural=_("Personas"),
    icon="user-round",
    chapter=3,
    room="discover",
    asks=_("For whom do we build, and on what evidence?"),
    example=_("Lin, commutes by the 7:40 boat, one hand on a child"),
    title_name=_("Name and role"),
    fields=(
        Field(slug="goals", name=_("Goals"), type="long"),
        Field(slug="pains", name=_("Pains"), type="long"),
        Field(slug="context", name=_("Context of use"), type="long"),
        Field(slug="segment", name=_("Segment")),
        Field(slug="sample", name=_("People it rests on"), type="number", minimum=0),
    ),
    states=(
        State(slug="draft", name=_("Assumed"), category="new"),
        State(slug="grounded", name=_("Grounded in evidence"), category="done"),
        State(slug="retired", name=_("Retired"), category="dropped"),
    ),
    views=("cards", "list", "table"),
)

competitor = Kind(
    slug="competitor",
    name=_("Competitor"),
    plural=_("Competitors"),
    icon="swords",
    chapter=2,
    room="discover",
    asks=_("What else can people choose, and why do they?"),
    example=_("FerryPal: free tickets, no group passes (their price page, read 2026-10-02)"),
    title_name=_("Name"),
    body_name=_("Overview"),
    fields=(
        Field(slug="website", name=_("Website"), type="link"),
        Field(slug="pricing", name=_("Pricing"), type="long"),
        Field(slug="audience", name=_("Whom they serve")),
        Field(slug="go_to_market", name=_("How they sell"), type="long"),
        Field(slug="strengths", name=_("Strengths"), type="long"),
        Field(slug="weaknesses", name=_("Weaknesses"), type="long"),
        Field(slug="win_loss", name=_("Why we win or lose"), type="long"),
        Field(slug="source_url", name=_("Source link"), type="link"),
        Field(slug="checked_on", name=_("Checked on"), type="date"),
    ),
    states=(
        State(slug="watching", name=_("Watching"), category="new"),
        State(slug="profiled", name=_("Profiled")),
        State(slug="gone", name=_("Gone"), category="dropped"),
    ),
    views=("table", "cards", "list"),
)

survey = Kind(
    slug="survey",
    name=_("Survey"),
    plural=_("Surveys"),
    icon="clipboard-list",
    chapter=2,
    room="discover",
    asks=_("What do many people answer when all are asked the same?"),
    example=_("Which of these twelve ideas would riders miss, and which would delight them?"),
    body_name=_("What we want to learn, and what we will decide with it"),
    fields=(
        Field(slug="audience", name=_("Who is asked")),
        Field(slug="responses", name=_("Responses"), type="number", minimum=0, typed=False),
        Field(slug="answered_on", name=_("Newest answer"), type="date", typed=False),
    ),
    states=(
        State(slug="draft", name=pgettext_lazy("survey", "Draft"), category="new"),
        State(slug="open", name=pgettext_lazy("survey", "Open")),
        State(slug="paused", name=pgettext_lazy("survey", "Paused")),
        State(slug="closed", name=pgettext_lazy("survey", "Closed"), category="done"),
    ),
    views=("list", "table", "board", "cards"),
    lifts_to={"insight": "supports", "requirement": "scores"},
)
