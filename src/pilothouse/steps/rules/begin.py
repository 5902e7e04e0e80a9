"""The first path: from what somebody said to a requirement with an order, one step at a time."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from pilothouse.steps.declare import Finding, Judge, Rule
from pilothouse.steps.facts import Facts


def nothing_yet(facts: Facts) -> Finding:
    return Finding(not facts.counts, {"n": sum(facts.n(kind) for kind in facts.counts)})


def nothing_said(facts: Facts) -> Finding | None:
    if not facts.counts:
        return None
    n = facts.n("feedback") + facts.n("quote")
    return Finding(not n, {"n": n})


def none_made(source: str, check: str, *made: str) -> Judge:
    """Fires where there are rows to make something of, and nothing was made yet."""

    def judge(facts: Facts) -> Finding | None:
        if not facts.n(source):
            return None
        n = sum(facts.n(kind) for kind in made)
        at = None if n else facts.rows(source, check).at  # the rows are not read where nothing is missing
        return Finding(not n, {"n": n, "of": facts.n(source)}, at=at)

    return judge


def none_scored(facts: Facts) -> Finding | None:
    left = facts.rows("requirement", "unscored")
    if not facts.n("requirement", "new", "active"):
        return None
    return Finding(left.n == facts.n("requirement", "new", "active"), {"n": left.n, "of": left.of}, at=left.at)


def one_order(facts: Facts) -> Finding | None:
    """Scored one by one is fine for one or two; an order of several is made on one sheet, so that they are compared."""
    n = facts.n("requirement", "new", "active")
    if n < 3:
        return None
    return Finding(not facts.cards, {"n": n, "cards": len(facts.cards)}, bad=n)


RULES = (
    Rule(
        slug="first_words", chapters=(1, 2), order=1, judge=nothing_yet,
        claim=_("Something was said about the product"),
        text=_("Write down one thing that somebody said about your product"),
        reason=_("Everything here begins with what people said, in their own words. For example: “The ticket would not open on the boat, and I held up the queue.”"),
        enough=_("One is enough to begin. A file with many can be imported later."),
        action=_("Write it down"), path="feedback/new",
    ),
    Rule(
        slug="no_feedback", chapters=(2,), order=8, judge=nothing_said,
        claim=_("People's own words are here"),
        text=_("Bring in what people said"),
        reason=_("There are items here, but not a word from those they are for."),
        enough=_("Good enough to begin: a dozen voices from more than one channel."),
        action=_("Import feedback"), path="import",
    ),
    Rule(
        slug="first_quote", chapters=(2,), order=2, judge=none_made("feedback", "unquoted", "quote", "insight"),
        claim=_("A passage is marked as a quote"),
        text=_("Mark the words that carry the point"),
        reason=_("Feedback is there, but no quote yet. A passage you select in the text becomes a quote that keeps its source."),
        enough=_("One quote for each point; ten quotes of one person are still one source."),
        action=_("Open the text"), path="@?text=source#body",
        here=_("Select the words that carry the point, and mark them as a quote"), check=("feedback", "unquoted"), young=True,
    ),
    Rule(
        slug="first_insight", chapters=(1, 2), order=3, judge=none_made("quote", "unused", "insight"),
        claim=_("Something was learned from the quotes"),
        text=_("Say in one sentence what you learned"),
        reason=_("Quotes are there, and nothing was learned from them yet: an insight says what they mean."),
        enough=_("An insight is a statement that could be wrong, not a topic."),
        action=_("Make an insight"), path="@/lift/insight",
    ),
    Rule(
        slug="first_need", chapters=(1, 3), order=4, judge=none_made("insight", "orphan", "need"),
        claim=_("An insight led to a need"),
        text=_("Say who needs what, and when"),
        reason=_("An insight is there, but no need yet: it says for whom it matters and in which situation."),
        enough=_("Good enough: a person, a situation and an outcome, without a solution in it."),
        action=_("Make a need"), path="@/lift/need",
        here=_("Say what follows from this: lift it into a need"), check=("insight", "orphan"), young=True,
    ),
    Rule(
        slug="first_requirement", chapters=(1, 3), order=5, judge=none_made("need", "unanswered_yet", "requirement"),
        claim=_("A need led to a requirement"),
        text=_("Say what you will build to meet the need"),
        reason=_("A need is there, and nothing answers it yet."),
        enough=_("Good enough: one sentence, and how you will know that it is done."),
        action=_("Make a requirement"), path="@/lift/requirement",
        here=_("Say what you will build to meet this need"), check=("need", "unanswered_yet"), young=True,
    ),
    Rule(
        slug="first_score", chapters=(1, 3), order=6, judge=none_scored, method="rice",
        claim=_("A requirement has a score"),
        text=_("Give the requirement a score"),
        reason=_("Without a score nothing says what comes first, and why."),
        enough=_("Rough numbers are enough: reach, impact, how sure you are, and effort. The order is what counts."),
        action=_("Score it"), path="@?score=open",
        here=_("Give it a score, so that it can be compared"), check=("requirement", "unscored"), young=True,
    ),
    Rule(
        slug="one_order", chapters=(3,), order=40, judge=one_order, method="rice",
        claim=_("Three or more open requirements stand on one scorecard"),
        text=_("Put the %(n)s open requirements in one order"),
        reason=_("Scored one at a time, they are never compared. On a scorecard all stand in one table, by the same measure."),
        enough=_("Good enough: every row filled by two people who scored apart, and the differences talked over."),
        action=_("Make a scorecard"), path="scorecards/new?way=rice",
    ),
)  # fmt: skip
