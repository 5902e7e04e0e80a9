"""Market: do we know whom we serve, what they would pay, and whom we have not spoken with?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from pilothouse.steps.declare import Finding, Rule
from pilothouse.steps.facts import Facts
from pilothouse.steps.rules.judging import mostly, said, some, too_few_answers

LARGE_METHODS_OF_PRICE = frozenset({"psm", "ladder"})


def collecting(facts: Facts) -> list:
    return [one for one in facts.surveys if one.category == "active"]


def no_consent(facts: Facts) -> Finding | None:
    """An anonymous survey asks for no personal data and needs no consent."""
    if not (open_ones := [one for one in collecting(facts) if one.personal]):
        return None
    bare = [one for one in open_ones if not one.consent]
    first = (bare or open_ones)[0]
    return Finding(bool(bare), {**said(first), "n": len(bare), "of": len(open_ones)}, bad=len(bare), at=first.number)


def one_language(facts: Facts) -> Finding | None:
    """The team reads two languages, as the product does; a survey in one of them hears half of its people."""
    open_ones = collecting(facts)
    if not open_ones or len(facts.team.languages) < 2:
        return None
    alone = [one for one in open_ones if len(one.languages) < 2]
    first = (alone or open_ones)[0]
    numbers = {**said(first), "n": len(alone), "languages": len(facts.team.languages)}
    return Finding(bool(alone), numbers, bad=len(alone), at=first.number)


def nobody_asked_what_it_is_worth(facts: Facts) -> Finding | None:
    n = facts.rows("customer", "serving").n
    if n < 5:
        return None
    asked = sum(bool(one.instruments & (LARGE_METHODS_OF_PRICE | {"conjoint"})) for one in facts.surveys)
    return Finding(not asked, {"n": n, "asked": asked})


RULES = (
    Rule(
        slug="customers_silent", chapters=(16,), order=36, judge=some("customer", "silent"), check=("customer", "silent"),
        claim=_("Somebody spoke with every customer within 90 days"),
        text=ngettext_lazy("Speak with %(n)s customer who has gone silent", "Speak with %(n)s customers who have gone silent", "n"),
        here=_("Speak with them: nobody has for a quarter of a year"),
        reason=_("Nobody has spoken with anyone there for 90 days. Those who leave rarely say so before."),
        enough=_("Good enough: one talk a quarter with each, noted at the contact."),
        action=_("Open"), path="@", many="customer/?view=table",
    ),
    Rule(
        slug="renewal_unowned", chapters=(16,), order=18, judge=some("customer", "renewing"), check=("customer", "renewing"),
        claim=_("Renewals due within 60 days are in somebody's hands"),
        text=ngettext_lazy("Say who looks after %(n)s renewal", "Say who looks after %(n)s renewals", "n"),
        here=_("Say who looks after this renewal: it is due within 60 days"),
        reason=_("Due within 60 days, and in nobody's hands."),
        enough=_("Good enough: a name, and a talk before the last month."),
        action=_("Assign it"), path="@#row-owner", many="customer/?view=table&sort=renewal_on",
    ),
    Rule(
        slug="release_untold", chapters=(16, 5), order=42, judge=some("release", "untold"), check=("release", "untold"),
        claim=_("Those who asked were told what is out"),
        text=ngettext_lazy("Tell those who asked that %(n)s release is out", "Tell those who asked that %(n)s releases are out", "n"),
        here=_("Tell those who asked: this is out, and nobody was told"),
        reason=_("It is out, and nobody who asked for it was told. Closing the loop is the cheapest thanks there is."),
        enough=_("Good enough: everyone who is named in the thread was told once."),
        action=_("Open the launch"), path="@/launch", many="release/",
    ),
    Rule(
        slug="nps_few_answers", chapters=(16, 10), order=73, method="nps", judge=too_few_answers(frozenset({"nps"}), 100),
        claim=_("NPS surveys have 100 answers or more"),
        text=_("Read “%(survey)s” with care, or ask more people"),
        reason=_("%(n)s answers; with fewer than %(least)s an NPS moves by ten points and more by chance alone."),
        enough=_("Good enough: 100 answers a wave, and the interval beside the number."),
        action=_("Collect answers"), path="@/survey/collect",
    ),
    Rule(
        slug="customers_without_segment", chapters=(13,), order=76, judge=mostly("customer", "no_segment", 5),
        claim=_("Most customers have a segment"),
        text=_("Sort %(n)s customers into segments"),
        reason=_("%(n)s of %(of)s have none. Whom you serve best, and whom not at all, stays a feeling."),
        enough=_("Good enough: three to six segments by what people try to get done, not by size alone."),
        action=_("Fill in the table"), path="customer/?view=table&segment.empty=1",
    ),
    Rule(
        slug="price_few_answers", chapters=(13, 17), order=74, method="van_westendorp",
        judge=too_few_answers(LARGE_METHODS_OF_PRICE, 100),
        claim=_("Price surveys have 100 answers or more"),
        text=_("Ask more people before you quote a price from “%(survey)s”"),
        reason=_("%(n)s answered; the curves of a price survey need %(least)s people of one segment before they cross where they mean to."),
        enough=_("Good enough: 100 people of one segment; those who contradict themselves are left out and counted."),
        action=_("Collect answers"), path="@/survey/collect",
    ),
    Rule(
        slug="price_never_asked", chapters=(13, 17), order=84, judge=nobody_asked_what_it_is_worth, method="van_westendorp",
        claim=_("Customers were asked about the price"),
        text=_("Ask what it is worth to them"),
        reason=_("%(n)s customers use the product, and nobody was ever asked about the price."),
        enough=_("Good enough: 100 people of one segment, then a real offer to a few, for people say yes more easily than they pay."),
        action=_("New price survey"), path="surveys/new?instrument=psm",
    ),
    Rule(
        slug="revenue_unknown", chapters=(17, 16), order=77, judge=mostly("customer", "no_revenue", 5),
        claim=_("The revenue of most customers is noted"),
        text=_("Note what %(n)s customers pay"),
        reason=_("Without it, what serves a large contract and what serves a small one weigh the same."),
        enough=_("Good enough: a yearly figure for most; a rough one is better than none."),
        action=_("Fill in the table"), path="customer/?view=table&revenue.empty=1",
    ),
    Rule(
        slug="survey_without_consent", chapters=(19,), order=17, judge=no_consent,
        claim=_("Surveys that take personal data ask for consent"),
        text=_("Ask for consent in “%(survey)s”"),
        reason=_("It invites people by name or asks for personal data, and does not say what becomes of them. They need a purpose that people agreed to."),
        enough=_("Good enough: who asks, what for, how long it is kept, how to withdraw, and a box that is ticked by hand."),
        action=_("Open the questionnaire"), path="@/survey/edit",
    ),
    Rule(
        slug="contacts_without_consent", chapters=(19,), order=78, judge=mostly("contact", "no_consent", 5), check=("contact", "no_consent"),
        claim=_("Most contacts have agreed to be asked"),
        text=_("Ask %(n)s contacts whether you may write to them"),
        here=_("Ask before writing for research: there is no consent on record"),
        reason=_("Of %(of)s contacts, %(n)s have not agreed to be asked for research."),
        enough=_("Good enough: a clear yes on record before the first invitation."),
        action=_("Look at them"), path="@#row-consent", many="contact/?view=table",
    ),
    Rule(
        slug="survey_in_one_language", chapters=(18,), order=79, judge=one_language,
        claim=_("Surveys speak the languages that the team reads"),
        text=_("Ask in both languages: “%(survey)s”"),
        reason=_("Your team reads %(languages)s languages, this survey speaks one. Whoever reads the other answers less, or something else."),
        enough=_("Good enough: translated, read by a native speaker, and translated back without a change of meaning."),
        action=_("Add a language"), path="@/survey/languages",
    ),
)  # fmt: skip
