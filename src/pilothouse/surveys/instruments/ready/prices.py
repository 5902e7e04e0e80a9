"""What may it cost: Van Westendorp's four questions and the Gabor-Granger ladder."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from pilothouse.surveys.definition import Page
from pilothouse.surveys.instruments.ready.declare import Ready, ask, page
from pilothouse.surveys.questions.wording import both
from pilothouse.workbench.models import Item

WHAT = both(
    "Picture {product} as it is today, paid by the month.", "想象一下现在的 {product}，按月付费。"
)  # fmt: skip


def psm_pages(items: Sequence[Item]) -> list[Page]:
    question = ask("psm", "psm", "PSM", required=True, help=WHAT)
    return [page("prices", question)]


def ladder_pages(items: Sequence[Item]) -> list[Page]:
    question = ask(
        "ladder", "ladder", "Ladder", required=True, help=WHAT,
        text=both("Would you pay this for {product} every month?", "每月付这个价格用 {product}，你愿意吗？"),
    )  # fmt: skip
    return [page("prices", question)]


PSM = Ready(
    slug="psm", name=_("Price sensitivity (Van Westendorp)"), icon="banknote",
    asks=_("Between which prices something seems neither suspect nor too dear."),
    avoid=_("Not for things nobody has seen, and never alone: it asks about feelings, not about buying."),
    sample=100, why=_("Below 100 consistent answers the curves are steps; 5 to 40 % of people contradict themselves."),
    title=("What may {product} cost?", "{product} 该卖多少钱？"),
    intro=("Four prices, as you feel them.", "请凭感觉说四个价格。"), build=psm_pages,
)  # fmt: skip
LADDER = Ready(
    slug="ladder", name=_("Price ladder (Gabor-Granger)"), icon="chart-no-axes-column-increasing",
    asks=_("How many would buy at each of a few prices, and which brings most revenue."),
    avoid=_("Not to find a price outside the ladder. People say yes more easily than they pay."),
    sample=100, why=_("With 100 answers demand at each price is known to about 10 points either way."),
    title=("Would you pay for {product}?", "你愿意为 {product} 付费吗？"),
    intro=("Say yes or no to a few prices.", "请对几个价格回答愿意或不愿意。"), build=ladder_pages,
)  # fmt: skip
