"""Strategy: where we stand, and what follows."""

from django.utils.translation import gettext_lazy as _

from pilothouse.kinds.layouts.declare import Cell, Layout

swot = Layout(
    slug="swot",
    name=_("SWOT"),
    icon="grid-2x2",
    chapter=21,
    family="strategy",
    asks=_("What are we good and bad at, and what is coming towards us?"),
    when=_("Before a plan for the year, or when a rival moves."),
    unless=_("You want a list of adjectives: every note here should stand on a quote, a metric or a fact with a date."),
    source="Robert F. Stewart et al., The SOFT approach, Stanford Research Institute, 1965",
    cells=(
        Cell(slug="strengths", name=_("Strengths"), asks=_("What do we do better than others, and how do we know?"),
             example=_("91 of 100 tickets open within two seconds"), area=(1, 1, 1, 1), tone="good"),
        Cell(slug="weaknesses", name=_("Weaknesses"), asks=_("Where do people leave us, or grumble?"),
             example=_("Refunds take six days"), area=(2, 1, 1, 1), tone="bad"),
        Cell(slug="opportunities", name=_("Opportunities"), asks=_("What is changing outside that we could use?"),
             example=_("The harbour opens its gates to third parties in May"), area=(1, 2, 1, 1), tone="sea"),
        Cell(slug="threats", name=_("Threats"), asks=_("What is changing outside that could hurt us?"),
             example=_("A rival sells the same ticket in the map app"), area=(2, 2, 1, 1), tone="watch"),
    ),
)  # fmt: skip
