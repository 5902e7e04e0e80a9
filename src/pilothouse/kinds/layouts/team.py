"""A team: who matters, who does what, and what it learns."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pilothouse.kinds.layouts.declare import Cell, Layout, Measure, Phase, Stage
from pilothouse.kinds.layouts.phases import DECIDE, GROUP, VOTE, WRITE

stakeholder_map = Layout(
    slug="stakeholder_map",
    name=_("Stakeholder map"),
    icon="users",
    chapter=5,
    family="team",
    asks=_("Who can help or stop this, how much do they care, and who must hear first?"),
    when=_("At the start of anything that touches several teams; again when it changes course."),
    unless=_("It would be shown to those on it: keep it for those who must act on it."),
    source='Aubrey Mendelow, "Environmental scanning: the impact of the stakeholder concept", ICIS Proceedings, 1981',
    shape="plot",
    cells=(
        Cell(slug="supports", name=_("For it"), asks=_("Who wants it, and what do they get?"),
             example=_("Crew union: less arguing at the gate"), tone="good"),
        Cell(slug="undecided", name=_("Undecided"), asks=_("Who has not said, and what would they need to know?"),
             example=_("Harbour authority")),
        Cell(slug="opposes", name=_("Against it"), asks=_("Who loses something, and what exactly?"),
             example=_("Kiosk tenants lose their commission"), tone="bad"),
    ),
    measures=(
        Measure(slug="power", name=_("Power"), asks=_("10: can stop it alone; 1: cannot"), minimum=1, maximum=10),
        Measure(slug="interest", name=_("Interest"), asks=_("10: asks every week; 1: has not noticed"), minimum=1,
                maximum=10),
    ),
    computes="stakeholder_map",
)  # fmt: skip

raci = Layout(
    slug="raci",
    name=_("RACI"),
    icon="table-2",
    chapter=14,
    family="team",
    asks=_("Who does it, who answers for it, who is asked and who is told?"),
    when=_("Work falls between people, or two decide the same thing."),
    unless=_("Three people sit at one table: talk instead."),
    source=(
        "Project Management Institute, PMBOK Guide, 4th edition, 2008 (responsibility assignment matrix in "
        "RACI format)"
    ),
    shape="lanes",
    cells=(
        Cell(slug="responsible", name=_("Responsible: does it"), asks=_("Who does the work? At least one."),
             example=_("Mei, app developer"), tone="sea"),
        Cell(slug="accountable", name=_("Accountable: answers for it"),
             asks=_("Who has the last word and answers for the result? Exactly one."), example=_("Ana, product"),
             tone="good", limit=1),
        Cell(slug="consulted", name=_("Consulted: is asked before"),
             asks=_("Whose advice must be heard before it is done?"), example=_("Petra, crew")),
        Cell(slug="informed", name=_("Informed: is told after"), asks=_("Who must hear of it when it is done?"),
             example=_("Kiosk tenants")),
    ),
    stages=(
        Stage(slug="discover", name=_("Discovery")),
        Stage(slug="decide", name=_("Decision")),
        Stage(slug="build", name=pgettext_lazy("canvas", "Building")),
        Stage(slug="release", name=pgettext_lazy("canvas", "Release")),
        Stage(slug="support", name=pgettext_lazy("canvas", "Support")),
    ),
    computes="raci",
    claims=False,
)  # fmt: skip

retro_start_stop_continue = Layout(
    slug="retro_start_stop_continue",
    name=_("Start, stop, continue"),
    icon="repeat-2",
    chapter=7,
    family="team",
    asks=_("What should we start, stop and keep doing?"),
    when=_("After a sprint or a release, in half an hour."),
    unless=_("The last retrospective's actions are still open: look at those first."),
    source=(
        'Thomas DeLong, "Three questions for effective feedback", Harvard Business Review, 2011 (after Phil '
        "Daniels)"
    ),
    cells=(
        Cell(slug="start", name=pgettext_lazy("canvas", "Start"), asks=_("What would help that we do not do yet?"),
             example=_("Ask crews before we change the colours"), area=(1, 1, 1, 1), tone="good"),
        Cell(slug="stop", name=_("Stop"), asks=_("What costs more than it brings?"),
             example=_("Releasing on Fridays before the long weekend"), area=(2, 1, 1, 1), tone="bad"),
        Cell(slug="continue", name=_("Continue"), asks=_("What works and should not be lost?"),
             example=_("Walking the piers once a sprint"), area=(3, 1, 1, 1), tone="sea"),
    ),
    phases=(WRITE, GROUP, VOTE, DECIDE),
    computes="votes",
    claims=False,
)  # fmt: skip

retro_4l = Layout(
    slug="retro_4l",
    name=_("4L retrospective"),
    icon="clover",
    chapter=7,
    family="team",
    asks=_("What did we like, learn, lack and long for?"),
    when=_("After a longer stretch, when learning matters more than fixing."),
    unless=_("Something burns: find its cause first."),
    source='Mary Gorman and Ellen Gottesdiener, "The 4L’s: a retrospective technique", EBG Consulting, 2010',
    cells=(
        Cell(slug="liked", name=_("Liked"), asks=_("What went well and felt good?"),
             example=_("Crew sat with us while we drew"), area=(1, 1, 1, 1), tone="good"),
        Cell(slug="learned", name=_("Learned"), asks=_("What do we know now that we did not?"),
             example=_("Half the phones lose signal under the roof"), area=(2, 1, 1, 1), tone="sea"),
        Cell(slug="lacked", name=_("Lacked"), asks=_("What was missing that we needed?"),
             example=_("A test phone with an empty battery"), area=(1, 2, 1, 1), tone="bad"),
        Cell(slug="longed", name=_("Longed for"), asks=_("What did we wish for?"),
             example=_("One day a week without meetings"), area=(2, 2, 1, 1), tone="watch"),
    ),
    phases=(WRITE, GROUP, VOTE, DECIDE),
    computes="votes",
    claims=False,
)  # fmt: skip

retro_sailboat = Layout(
    slug="retro_sailboat",
    name=_("Sailboat"),
    icon="sailboat",
    chapter=7,
    family="team",
    asks=_("Where are we sailing, what drives us, what holds us, what lies ahead?"),
    when=_("The goal is far, and people feel slowed but cannot say why."),
    unless=_("Nobody agrees on the island yet."),
    source="Luke Hohmann, Innovation Games, Addison-Wesley, 2006 (“Speed boat”)",
    cells=(
        Cell(slug="wind", name=_("Wind"), asks=_("What drives us forward?"),
             example=_("The harbour wants this as much as we do"), area=(1, 1, 2, 1), tone="good"),
        Cell(slug="island", name=_("Island"), asks=_("Where do we want to be, and how will it look?"),
             example=_("No queue at Old Wharf"), area=(3, 1, 1, 2), tone="sea"),
        Cell(slug="anchors", name=_("Anchors"), asks=_("What slows us down?"),
             example=_("Each build waits two days for a tester"), area=(1, 2, 1, 1), tone="bad"),
        Cell(slug="rocks", name=_("Rocks"), asks=_("What ahead could sink us?"),
             example=_("The gate contract ends in June"), area=(2, 2, 1, 1), tone="watch"),
    ),
    phases=(WRITE, GROUP, VOTE, DECIDE),
    computes="votes",
    claims=False,
)  # fmt: skip

premortem = Layout(
    slug="premortem",
    name=_("Premortem"),
    icon="skull",
    chapter=24,
    family="team",
    asks=_("It is a year from now and this has failed: why?"),
    when=_("Just before a decision that is hard to undo, with all who will carry it."),
    unless=_("The decision is made and cannot be changed."),
    source='Gary Klein, "Performing a project premortem", Harvard Business Review 85(9), 2007',
    cells=(
        Cell(slug="failure", name=_("How it failed"), asks=_("What happened? Write the headline of that day."),
             example=_("“Thousands stranded as new tickets fail at dawn”"), area=(1, 1, 3, 1), limit=3),
        Cell(slug="reasons", name=pgettext_lazy("canvas", "Why"),
             asks=_("Each their own reasons, also the awkward ones."),
             example=_("Nobody tried it with 40 people in the rain"), area=(1, 2, 1, 1), tone="bad"),
        Cell(slug="signs", name=_("Early signs"), asks=_("What would we see first, and who would see it?"),
             example=_("Deckhands ask for the code again"), area=(2, 2, 1, 1), tone="watch"),
        Cell(slug="changes", name=_("What we change now"),
             asks=_("What do we do today so that it does not come to that?"),
             example=_("Trial with one class at Old Wharf first"), area=(3, 2, 1, 1), tone="good"),
    ),
    phases=(
        Phase(slug="imagine", name=_("Imagine"),
              asks=_("It has failed. Each writes alone why; nobody sees the others' notes yet."), minutes=5,
              private=True),
        GROUP,
        VOTE,
        Phase(slug="strengthen", name=_("Strengthen"),
              asks=_("Take the reasons with the most votes: which sign shows them early, and what changes now?"),
              minutes=15),
    ),
    computes="votes",
    claims=False,
)  # fmt: skip

five_whys = Layout(
    slug="five_whys",
    name=_("Five whys"),
    icon="message-circle-question-mark",
    chapter=7,
    family="team",
    asks=_("What lies behind the problem, so that it does not come back?"),
    when=_("Something went wrong once, and its causes follow one from another."),
    unless=_("Many causes act together, or the last why names a person: look at the process instead."),
    source="Taiichi Ohno, Toyota Production System, Productivity Press, 1988 (Japanese 1978)",
    shape="tree",
    cells=(
        Cell(slug="problem", name=_("Problem"), asks=_("What happened, when, and how often?"),
             example=_("On 3 March 140 people missed the 7:45"), tone="bad", limit=1),
        Cell(slug="why_1", name=_("Why 1"), asks=_("And why is that? A cause that can be seen or measured."),
             example=_("The gate turned valid tickets away")),
        Cell(slug="why_2", name=_("Why 2"), asks=_("And why is that? A cause that can be seen or measured."),
             example=_("Phones showed yesterday's colour")),
        Cell(slug="why_3", name=_("Why 3"), asks=_("And why is that? A cause that can be seen or measured."),
             example=_("The colour came at midnight, when phones sleep")),
        Cell(slug="why_4", name=_("Why 4"), asks=_("And why is that? A cause that can be seen or measured."),
             example=_("Nothing fetches it when the ticket is opened")),
        Cell(slug="why_5", name=_("Why 5"), asks=_("Is this the cause that, taken away, keeps it from coming back?"),
             example=_("No test opens a ticket after a night without network")),
        Cell(slug="countermeasure", name=_("Countermeasure"), asks=_("What do we change, who does it, by when?"),
             example=_("Fetch three days of colours in advance; Mei, this week"), tone="good"),
    ),
)  # fmt: skip
