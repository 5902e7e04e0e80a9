"""Ideas: finding many, looking at them from all sides, and watching what comes."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pilothouse.kinds.layouts.declare import Cell, Layout, Measure, Phase, Stage
from pilothouse.kinds.layouts.phases import DECIDE, GROUP, VOTE, WRITE

brainstorm = Layout(
    slug="brainstorm",
    name=_("Brainstorm"),
    icon="lightbulb",
    chapter=9,
    family="ideas",
    asks=_("What could we do? Many ideas first, then groups, then a choice."),
    when=_("The need is clear and the answer is open."),
    unless=_("The need is not clear: talk with people first."),
    source=(
        "Alex Osborn, Applied Imagination, Scribner, 1953; Michael Diehl and Wolfgang Stroebe, Journal of "
        "Personality and Social Psychology 53(3), 1987 (write alone first)"
    ),
    shape="lanes",
    cells=(
        Cell(slug="ideas", name=_("Ideas"), asks=_("One idea a note, wild ones too; nobody judges yet."),
             example=_("The ticket as a song that the gate hears"), tone="sea"),
        Cell(slug="chosen", name=_("To try"),
             asks=_("Which idea of this group do we try, and what is its cheapest test?"),
             example=_("Hum it at one gate on a Tuesday"), tone="good", limit=2),
    ),
    stages=(
        Stage(slug="loose", name=_("Not grouped yet")),
        Stage(slug="one", name=_("Group 1")),
        Stage(slug="two", name=_("Group 2")),
        Stage(slug="three", name=_("Group 3")),
        Stage(slug="four", name=_("Group 4")),
    ),
    phases=(replace(WRITE, minutes=8), GROUP, VOTE, DECIDE),
    computes="votes",
    claims=False,
)  # fmt: skip

six_hats = Layout(
    slug="six_hats",
    name=_("Six thinking hats"),
    icon="hat-glasses",
    chapter=9,
    family="ideas",
    asks=_("What do we see if all look the same way at the same time?"),
    when=_("A discussion goes in circles because each defends a corner."),
    unless=_("The facts decide: look them up."),
    source="Edward de Bono, Six Thinking Hats, Little, Brown, 1985",
    cells=(
        Cell(slug="blue", name=_("Blue: the process"),
             asks=_("What is the question, in what order do we think, what did we decide?"),
             example=_("Should we drop the paper ticket in June?"), area=(1, 1, 1, 1), tone="sea"),
        Cell(slug="white", name=_("White: the facts"), asks=_("What do we know, and what would we have to find out?"),
             example=_("7 % still board with paper"), area=(2, 1, 1, 1)),
        Cell(slug="green", name=_("Green: new ideas"), asks=_("What else could be done?"),
             example=_("Crew lend a phone card at the pier"), area=(3, 1, 1, 1), tone="good"),
        Cell(slug="yellow", name=_("Yellow: the gain"), asks=_("What is good about it, and for whom?"),
             example=_("Two kiosks less to run"), area=(1, 2, 1, 1), tone="watch"),
        Cell(slug="black", name=_("Black: the caution"), asks=_("What can go wrong, and what does not fit?"),
             example=_("Older passengers without phones are left behind"), area=(2, 2, 1, 1)),
        Cell(slug="red", name=_("Red: the feeling"), asks=_("How does it feel, without reasons?"),
             example=_("It feels cold to turn anyone away"), area=(3, 2, 1, 1), tone="bad"),
    ),
    phases=(
        Phase(slug="question", name=_("Blue: the question"),
              asks=_("Agree on the question and the order of the hats."), minutes=3),
        Phase(slug="facts", name=_("White"), asks=_("Facts only: numbers, quotes, and what is not known."), minutes=5),
        Phase(slug="ideas", name=_("Green"), asks=_("Other ways, however odd."), minutes=5),
        Phase(slug="gains", name=_("Yellow"), asks=_("What speaks for it; all of you, also those against."), minutes=5),
        Phase(slug="cautions", name=_("Black"), asks=_("What speaks against it; all of you, also those in favour."),
              minutes=5),
        Phase(slug="feelings", name=_("Red"), asks=_("One feeling each, in a sentence; no reasons, no replies."),
              minutes=2),
        Phase(slug="decision", name=_("Blue: the decision"),
              asks=_("What follows: a decision, a test, or a question to look into."), minutes=5, votes=2),
    ),
    computes="votes",
    claims=False,
)  # fmt: skip

scamper = Layout(
    slug="scamper",
    name=_("SCAMPER"),
    icon="wand-sparkles",
    chapter=9,
    family="ideas",
    asks=_("What becomes of it if we change one thing at a time?"),
    when=_("There is something to start from and ideas have run dry."),
    unless=_("There is nothing yet to change."),
    source="Bob Eberle, SCAMPER: Games for Imagination Development, D.O.K. Publishers, 1971",
    cells=(
        Cell(slug="substitute", name=_("Substitute"), asks=_("What could stand in for a part, a material, a person?"),
             example=_("Sound instead of a code"), area=(1, 1, 1, 1)),
        Cell(slug="combine", name=_("Combine"), asks=_("What could be one thing instead of two?"),
             example=_("Ticket and bicycle tag in one"), area=(2, 1, 1, 1)),
        Cell(slug="adapt", name=_("Adapt"), asks=_("Who solved something like it, and what can we borrow?"),
             example=_("Ski lifts open at hip height"), area=(3, 1, 1, 1)),
        Cell(slug="modify", name=_("Modify"), asks=_("What if it were larger, smaller, slower, louder?"),
             example=_("A ticket readable from ten metres"), area=(4, 1, 1, 1)),
        Cell(slug="put_to_use", name=_("Put to other use"), asks=_("Who else could use it, or what else could it do?"),
             example=_("Boarding counts for the rescue drill"), area=(1, 2, 1, 1)),
        Cell(slug="eliminate", name=_("Eliminate"), asks=_("What if it were not there at all?"),
             example=_("No gate: crew count heads"), area=(2, 2, 1, 1)),
        Cell(slug="reverse", name=_("Reverse"), asks=_("What if order, roles or cause were turned round?"),
             example=_("Pay on leaving, by distance"), area=(3, 2, 2, 1)),
    ),
    phases=(WRITE, GROUP, VOTE, DECIDE),
    computes="votes",
    claims=False,
)  # fmt: skip

crazy_eights = Layout(
    slug="crazy_eights",
    name=_("Crazy eights"),
    icon="timer",
    chapter=9,
    family="ideas",
    asks=_("Which eight answers can each of us find in eight minutes?"),
    when=_("A problem is chosen, and the first solution looks too good too soon."),
    unless=_("Nobody has looked at how others solve it yet: do that first."),
    source="Jake Knapp with John Zeratsky and Braden Kowitz, Sprint, Simon & Schuster, 2016",
    cells=(
        Cell(slug="sketch_1", name=_("Sketch 1"), asks=_("The first that comes to mind."),
             example=_("The ticket on the lock screen"), area=(1, 1, 1, 1)),
        Cell(slug="sketch_2", name=_("Sketch 2"), asks=_("The same, with one part left out."),
             example=_("No code, only the colour"), area=(2, 1, 1, 1)),
        Cell(slug="sketch_3", name=_("Sketch 3"), asks=_("How a child would want it."),
             example=_("The boat swims across the ticket"), area=(3, 1, 1, 1)),
        Cell(slug="sketch_4", name=_("Sketch 4"), asks=_("How it would be on paper, without any screen."),
             example=_("A paper strip with tomorrow's colour"), area=(4, 1, 1, 1)),
        Cell(slug="sketch_5", name=_("Sketch 5"), asks=_("As if it had to work in one second."),
             example=_("The gate sees the phone in the pocket"), area=(1, 2, 1, 1)),
        Cell(slug="sketch_6", name=_("Sketch 6"), asks=_("Borrowed from another trade."),
             example=_("A festival wristband"), area=(2, 2, 1, 1)),
        Cell(slug="sketch_7", name=_("Sketch 7"), asks=_("The opposite of the first."),
             example=_("The boat shows your name, you show nothing"), area=(3, 2, 1, 1)),
        Cell(slug="sketch_8", name=_("Sketch 8"), asks=_("The one you would be embarrassed to show."),
             example=_("The deckhand simply knows everybody"), area=(4, 2, 1, 1)),
    ),
    phases=(
        Phase(slug="sketch", name=_("Sketch"), asks=_("One minute a field, alone. A few words are a sketch too."),
              minutes=8, private=True),
        Phase(slug="show", name=pgettext_lazy("canvas", "Show"),
              asks=_("Each has two minutes; the others only listen."), minutes=10),
        VOTE,
        DECIDE,
    ),
    computes="votes",
    claims=False,
)  # fmt: skip

technology_radar = Layout(
    slug="technology_radar",
    name=_("Technology radar"),
    icon="radar",
    chapter=15,
    family="ideas",
    asks=_("Which techniques and tools do we adopt, try, watch or leave?"),
    when=_("Twice a year, with those who build; each blip with the reason."),
    unless=_("You want an inventory of all that is in use."),
    source="Thoughtworks, Technology Radar, January 2010",
    cells=(
        Cell(slug="techniques", name=_("Techniques"), asks=_("Ways of working that changed what we can do."),
             example=_("Trunk-based development"), area=(1, 1, 1, 1)),
        Cell(slug="tools", name=_("Tools"), asks=_("Programs with which we build or run."),
             example=_("End-to-end tests in a real browser"), area=(2, 1, 1, 1)),
        Cell(slug="platforms", name=_("Platforms"), asks=_("What our things run on."),
             example=_("Passkeys on the phone"), area=(1, 2, 1, 1)),
        Cell(slug="languages", name=_("Languages and frameworks"), asks=_("In what we write."),
             example=_("Kotlin for the crew app"), area=(2, 2, 1, 1)),
    ),
    measures=(
        Measure(slug="ring", name=_("Ring"), asks=_("How close we let it: adopt, trial, assess or hold"), minimum=1,
                maximum=4, words=(_("Adopt"), pgettext_lazy("canvas", "Trial"), _("Assess"), _("Hold"))),
    ),
    computes="technology_radar",
)  # fmt: skip
