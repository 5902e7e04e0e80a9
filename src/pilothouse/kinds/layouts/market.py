"""The market: how we are sold, seen and outgrown."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pilothouse.kinds.layouts.declare import Cell, Layout, Measure

marketing_4p = Layout(
    slug="marketing_4p",
    name=_("Marketing mix (4P)"),
    icon="tags",
    chapter=13,
    family="market",
    asks=_("Do product, price, place and promotion say the same thing?"),
    when=_("Before a launch, once segment and position stand."),
    unless=_("You sell a service that people take part in: use the seven Ps."),
    source="E. Jerome McCarthy, Basic Marketing: A Managerial Approach, Irwin, 1960",
    cells=(
        Cell(slug="product", name=_("Product"), asks=_("What do they get, and what is left out on purpose?"),
             example=_("A ticket that opens without a signal"), area=(1, 1, 1, 1)),
        Cell(slug="price", name=_("Price"),
             asks=_("What does it cost whom, how is it paid, and against what is it compared?"),
             example=_("A pass for the price of 16 singles"), area=(2, 1, 1, 1)),
        Cell(slug="place", name=pgettext_lazy("canvas", "Place"), asks=_("Where do they find and get it?"),
             example=_("App stores, nine piers, three employers"), area=(1, 2, 1, 1)),
        Cell(slug="promotion", name=_("Promotion"), asks=_("Who should hear what, where, at what cost?"),
             example=_("Posters at Old Wharf in the rain season"), area=(2, 2, 1, 1)),
    ),
)  # fmt: skip

marketing_7p = Layout(
    slug="marketing_7p",
    name=_("Services mix (7P)"),
    icon="concierge-bell",
    chapter=13,
    family="market",
    asks=_("Does everything the customer meets keep the promise?"),
    when=_("What is sold is a service, and people make or break it."),
    unless=_("Nobody takes part: four Ps are enough."),
    source=(
        'Bernard Booms and Mary Jo Bitner, "Marketing strategies and organization structures for service '
        'firms", in Marketing of Services, AMA, 1981'
    ),
    cells=(
        Cell(slug="product", name=_("Product"), asks=_("What do they get, and what is left out on purpose?"),
             example=_("A ticket that opens without a signal"), area=(1, 1, 3, 1)),
        Cell(slug="price", name=_("Price"),
             asks=_("What does it cost whom, how is it paid, and against what is it compared?"),
             example=_("A pass for the price of 16 singles"), area=(4, 1, 3, 1)),
        Cell(slug="place", name=pgettext_lazy("canvas", "Place"), asks=_("Where do they find and get it?"),
             example=_("App stores, nine piers, three employers"), area=(7, 1, 3, 1)),
        Cell(slug="promotion", name=_("Promotion"), asks=_("Who should hear what, where, at what cost?"),
             example=_("Posters at Old Wharf in the rain season"), area=(10, 1, 3, 1)),
        Cell(slug="people", name=_("People"), asks=_("Who meets the customer, and are they able and willing?"),
             example=_("Deckhands trained on the colour of the day"), area=(1, 2, 4, 1)),
        Cell(slug="process", name=_("Process"), asks=_("How does it run, step by step, on a full morning?"),
             example=_("Boarding 200 people takes seven minutes"), area=(5, 2, 4, 1)),
        Cell(slug="physical_evidence", name=_("Physical evidence"),
             asks=_("What can they see or hold that shows it is good?"), example=_("A gate that greets by name"),
             area=(9, 2, 4, 1)),
    ),
)  # fmt: skip

positioning = Layout(
    slug="positioning",
    name=_("Positioning"),
    icon="crosshair",
    chapter=13,
    family="market",
    asks=_("For whom are we the obvious choice, and instead of what?"),
    when=_("People ask “so it is like …?” and name the wrong thing."),
    unless=_("Fewer than about ten customers love it yet: learn from them first."),
    source="Geoffrey Moore, Crossing the Chasm, HarperBusiness, 1991; April Dunford, Obviously Awesome, 2019",
    cells=(
        Cell(slug="alternatives", name=_("Alternatives"), asks=_("What would they do if we were not there?"),
             example=_("A screenshot of a ticket from the map app"), area=(1, 1, 1, 1), tone="watch"),
        Cell(slug="attributes", name=_("What only we have"), asks=_("What have we that the alternatives lack?"),
             example=_("Opens without a network, valid 24 hours"), area=(2, 1, 1, 1)),
        Cell(slug="value", name=_("Value, with proof"),
             asks=_("What does that make possible for them, and who says so?"),
             example=_("Boarding in two seconds: gate log, 8,200 boardings"), area=(3, 1, 1, 1), tone="good"),
        Cell(slug="customers", name=_("Who cares most"), asks=_("Which people care so much that they decide by it?"),
             example=_("Commuters at the three piers without signal"), area=(1, 2, 1, 1)),
        Cell(slug="category", name=pgettext_lazy("canvas", "Category"),
             asks=_("In which market do they look for us, so that the value is plain?"),
             example=_("Ferry passes, not travel apps"), area=(2, 2, 1, 1), tone="sea"),
        Cell(slug="trend", name=_("Why now"),
             asks=_("Which change makes this matter now? Leave it empty rather than stretch."),
             example=_("Gates open to third parties in May"), area=(3, 2, 1, 1)),
        Cell(slug="statement", name=_("The sentence"), asks=_("For … who …, ours is a … that …; unlike …, it …"),
             example=_("For commuters who board without signal, a pass that always opens; unlike a screenshot, it is "
                       "valid"),
             area=(1, 3, 3, 1), limit=1),
    ),
)  # fmt: skip

positioning_map = Layout(
    slug="positioning_map",
    name=_("Positioning map"),
    icon="chart-scatter",
    chapter=13,
    family="market",
    asks=_("How do people see us beside the others, and where is nobody?"),
    when=_("At least three brands were rated on the same attributes by people who know them."),
    unless=_("The ratings are our own: the map would show our wishes."),
    source=(
        'John Hauser and Frank Koppelman, "Alternative perceptual mapping techniques", Journal of Marketing '
        "Research 16(4), 1979"
    ),
    shape="plot",
    cells=(
        Cell(slug="ours", name=_("Ours"), asks=_("Our own brand or product, as others rated it."),
             example=_("Tidewater"), tone="sea"),
        Cell(slug="others", name=_("Others"), asks=_("What else people choose, rated by the same people."),
             example=_("The map app")),
    ),
    measures=(
        Measure(slug="ease", name=_("Easy to use"), asks=_("Mean rating, 1 poor to 7 excellent"), minimum=1, maximum=7,
                required=False),
        Measure(slug="price", name=_("Fair price"), asks=_("Mean rating, 1 poor to 7 excellent"), minimum=1, maximum=7,
                required=False),
        Measure(slug="reliability", name=_("Reliable"), asks=_("Mean rating, 1 poor to 7 excellent"), minimum=1,
                maximum=7, required=False),
        Measure(slug="speed", name=_("Fast"), asks=_("Mean rating, 1 poor to 7 excellent"), minimum=1, maximum=7,
                required=False),
        Measure(slug="choice", name=_("Wide choice"), asks=_("Mean rating, 1 poor to 7 excellent"), minimum=1,
                maximum=7, required=False),
        Measure(slug="help", name=_("Good help"), asks=_("Mean rating, 1 poor to 7 excellent"), minimum=1, maximum=7,
                required=False),
    ),
    computes="positioning_map",
)  # fmt: skip

life_cycle = Layout(
    slug="life_cycle",
    name=_("Life cycle"),
    icon="chart-spline",
    chapter=12,
    family="market",
    asks=_("At which stage is the product, and when does the curve bend?"),
    when=_("There are eight periods of sales or new users, and a decision about what to spend."),
    unless=_("The series is short or seasonal: the stage would follow the calendar."),
    source='Theodore Levitt, "Exploit the product life cycle", Harvard Business Review 43(6), 1965',
    shape="plot",
    cells=(
        Cell(slug="periods", name=_("Periods"),
             asks=_("One note a period of equal length, the earliest first, with its number."),
             example=_("March 2026")),
    ),
    measures=(
        Measure(slug="sales", name=_("Sales or new users"), asks=_("Of this period alone, not added up"), minimum=0),
    ),
    computes="life_cycle",
)  # fmt: skip
