"""The steps of working together that several layouts share."""

from django.utils.translation import gettext_lazy as _

from pilothouse.kinds.layouts.declare import Phase

WRITE = Phase(
    slug="write",
    name=_("Write alone"),
    asks=_("Each for themselves; nobody sees the others' notes yet."),
    minutes=5,
    private=True,
)
GROUP = Phase(
    slug="group",
    name=_("Share and group"),
    asks=_("One after the other reads out; what belongs together goes together."),
    minutes=10,
)
VOTE = Phase(
    slug="vote",
    name=_("Vote"),
    asks=_("Three dots each; who votes does not see where the others' dots lie."),
    minutes=3,
    votes=3,
)
DECIDE = Phase(
    slug="decide",
    name=_("Decide"),
    asks=_("Take what has the most votes: who does what, by when?"),
    minutes=10,
)
