"""From a goal to the work, and what the plan rests on."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pilothouse.kinds.layouts.declare import Cell, Layout, Measure, Stage

story_map = Layout(
    slug="story_map",
    name=_("Story map"),
    icon="map",
    chapter=4,
    family="planning",
    asks=_("What is the whole story, and what is the thinnest slice that still tells it?"),
    when=_("A backlog has become a heap, and a first release must be cut from it."),
    unless=_("There is one small change: a list will do."),
    source="Jeff Patton, User Story Mapping, O'Reilly, 2014",
    shape="lanes",
    cells=(
        Cell(slug="steps", name=_("Steps"), asks=_("What does the person do in this activity, from left to right?"),
             example=_("Pick the pier and the day"), tone="sea"),
        Cell(slug="first", name=_("First release"),
             asks=_("What is the least that lets someone get through the whole story?"),
             example=_("Tickets for today only"), tone="good"),
        Cell(slug="next", name=_("Next release"), asks=_("What makes it better for most people?"),
             example=_("Tickets for a date in the next 30 days")),
        Cell(slug="later", name=_("Later"), asks=_("What can wait, and what would bring it forward?"),
             example=_("Tickets as a gift")),
    ),
    stages=(
        Stage(slug="find", name=_("Find")),
        Stage(slug="choose", name=_("Choose")),
        Stage(slug="pay", name=_("Pay")),
        Stage(slug="travel", name=_("Travel")),
        Stage(slug="settle", name=_("Settle up")),
    ),
    claims=False,
)  # fmt: skip

opportunity_tree = Layout(
    slug="opportunity_tree",
    name=_("Opportunity solution tree"),
    icon="list-tree",
    chapter=3,
    family="planning",
    asks=_("Which opportunities lead to the outcome, and which solution is worth testing?"),
    when=_("There is an outcome to reach, and interviews every week."),
    unless=_("The solution is decided already: then the tree is decoration."),
    source=(
        'Teresa Torres, "Why this opportunity solution tree is changing the way product teams work", 2016; '
        "Continuous Discovery Habits, 2021"
    ),
    shape="tree",
    cells=(
        Cell(slug="outcome", name=_("Outcome"), asks=_("Which number should move, by how much, by when?"),
             example=_("Boardings opened within two seconds: 71 % to 95 % by June"), limit=1),
        Cell(slug="opportunity", name=_("Opportunity"),
             asks=_("Which need or pain, if met, would move it? Say it as the customer would."),
             example=_("“I cannot open my ticket under the roof”"), tone="sea"),
        Cell(slug="solution", name=_("Solution"), asks=_("What could we do? Three before you compare."),
             example=_("Keep the last valid ticket on the phone")),
        Cell(slug="test", name=pgettext_lazy("canvas", "Test"),
             asks=_("Which assumption decides, and what is the cheapest way to check it?"),
             example=_("Walk the dead zones with five phones"), tone="good"),
    ),
)  # fmt: skip

impact_map = Layout(
    slug="impact_map",
    name=_("Impact map"),
    icon="network",
    chapter=4,
    family="planning",
    asks=_("Why do we build this: whose behaviour must change for the goal to be met?"),
    when=_("Before a plan for a quarter, to cut what changes nobody's behaviour."),
    unless=_("The goal has no number: settle that first."),
    source="Gojko Adzic, Impact Mapping, Provoking Thoughts, 2012",
    shape="tree",
    cells=(
        Cell(slug="goal", name=_("Goal"), asks=_("Why are we doing this, in one measurable sentence?"),
             example=_("Queue at Old Wharf under four minutes by June"), limit=1),
        Cell(slug="actor", name=_("Actor"), asks=_("Who can bring it about, and who can stop it?"),
             example=_("Deckhands at the gate"), tone="sea"),
        Cell(slug="impact", name=pgettext_lazy("canvas", "Impact"),
             asks=_("What should they do otherwise than today?"),
             example=_("Check by colour, without asking for the code")),
        Cell(slug="deliverable", name=_("Deliverable"), asks=_("What can we make that helps that change along?"),
             example=_("One colour a day on every ticket"), tone="good"),
    ),
)  # fmt: skip

okr_tree = Layout(
    slug="okr_tree",
    name=_("OKR tree"),
    icon="target",
    chapter=14,
    family="planning",
    asks=_("What do we want to reach this quarter, and which numbers will show it?"),
    when=_("At the start of a quarter; look at it every week."),
    unless=_("The key results are tasks: “launch X” is done or not, it shows no result."),
    source=(
        "Andrew Grove, High Output Management, Random House, 1983; John Doerr, Measure What Matters, "
        "Portfolio, 2018"
    ),
    shape="tree",
    cells=(
        Cell(slug="objective", name=_("Objective"), asks=_("What do we want to be true, in words people remember?"),
             example=_("Nobody misses the boat with a paid ticket"), limit=5),
        Cell(slug="key_result", name=_("Key result"),
             asks=_("Which number shows that we are there? Three to five an objective."),
             example=_("Tickets opened within two seconds: 71 % to 95 %"), tone="good"),
        Cell(slug="initiative", name=_("Initiative"), asks=_("What do we try, so that the number moves?"),
             example=_("Offline tickets in 2.4")),
    ),
    measures=(
        Measure(slug="start", name=_("Starting point"), asks=_("Where the number stood at the beginning"),
                cells=("key_result",)),
        Measure(slug="target", name=pgettext_lazy("canvas", "Target"), asks=_("Where it should stand at the end"),
                cells=("key_result",)),
        Measure(slug="now", name=_("Now"), asks=_("Where it stands; give a range where it is a sample"),
                cells=("key_result",)),
    ),
    computes="okr_tree",
    claims=False,
)  # fmt: skip

assumption_map = Layout(
    slug="assumption_map",
    name=_("Assumption map"),
    icon="flask-conical",
    chapter=9,
    family="planning",
    asks=_("Which belief would sink us if it were wrong, and rests on the least?"),
    when=_("Before building, to pick what to test first."),
    unless=_("All of it has been tested, or none of it would change the plan."),
    source="David J. Bland and Alexander Osterwalder, Testing Business Ideas, Wiley, 2019",
    shape="plot",
    cells=(
        Cell(slug="desirability", name=_("Desirability"), asks=_("Do they want it?"),
             example=_("Commuters trust a ticket without a network"), tone="sea"),
        Cell(slug="feasibility", name=_("Feasibility"), asks=_("Can we make and run it?"),
             example=_("A colour can be told apart in rain"), tone="good"),
        Cell(slug="viability", name=_("Viability"), asks=_("Is it worth our while?"),
             example=_("The harbour takes 3 % and no more"), tone="watch"),
    ),
    measures=(
        Measure(slug="importance", name=pgettext_lazy("canvas", "Importance"),
                asks=_("10: if it is wrong, all is lost; 1: nothing changes"), minimum=1, maximum=10),
        Measure(slug="evidence", name=_("Evidence"), asks=_("10: seen in what people did; 1: nobody has asked"),
                minimum=1, maximum=10),
    ),
    computes="assumption_map",
)  # fmt: skip
