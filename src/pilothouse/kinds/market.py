"""Market: whom we serve, and who speaks for them."""

from django.utils.translation import gettext_lazy as _

from pilothouse.kinds.declare import Field, Kind, Option, State

customer = Kind(
    slug="customer",
    name=_("Customer"),
    plural=_("Customers"),
    icon="building-2",
    chapter=16,
    room="market",
    asks=_("Who pays us, and how are they doing?"),
    example=_("Harbour Council: 1,200 commuters, contract renews in March"),
    title_name=_("Name"),
    fields=(
        Field(slug="email", name=_("E-mail"), type="email"),
        Field(slug="website", name=_("Website"), type="link"),
        Field(slug="industry", name=_("Industry")),
        Field(slug="employees", name=_("Employees"), type="number", minimum=0),
        Field(slug="segment", name=_("Segment")),
        Field(
            slug="stage",
            name=_("Stage"),
            type="choice",
            options=(
                Option(slug="lead", name=_("Lead")),
                Option(slug="trial", name=_("Trial")),
                Option(slug="customer", name=_("Customer")),
                Option(slug="former", name=_("Former customer")),
            ),
        ),
        Field(slug="contract", name=_("Contract status")),
        Field(slug="revenue", name=_("Revenue per year"), type="number", minimum=0),
        Field(slug="renewal_on", name=_("Renews on"), type="date"),
    ),
    states=(
        State(slug="active", name=_("Active"), category="new"),
        State(slug="at_risk", name=_("At risk")),
        State(slug="silent", name=_("Silent")),
        State(slug="lost", name=_("Lost"), category="dropped"),
    ),
    views=("table", "list", "board"),
)

contact = Kind(
    slug="contact",
    name=_("Contact"),
    plural=_("Contacts"),
    icon="contact",
    chapter=16,
    room="market",
    asks=_("Whom do we talk to, and when did we last?"),
    example=_("Mei Chen, operations, Harbour Council"),
    title_name=_("Name"),
    fields=(
        Field(slug="email", name=_("E-mail"), type="email"),
        Field(slug="phone", name=_("Phone")),
        Field(slug="company", name=_("Company")),
        Field(slug="role", name=_("Job title")),
        Field(slug="last_touch_on", name=_("Last spoke on"), type="date"),
        Field(slug="consent", name=_("May be contacted for research"), type="flag"),
    ),
    states=(
        State(slug="active", name=_("Active"), category="new"),
        State(slug="gone", name=_("Gone"), category="dropped"),
    ),
    views=("table", "list", "cards"),
    lifts_to={"customer": "works_at"},
)
